import Model
import Testing

@Suite struct NumberTextTests {
    @Test(arguments: [
        ("0", "0"), ("-0", "0"), ("+0.000", "0"), ("0e500", "0"), ("1", "1"), ("+1", "1"), ("-1", "-1"),
        ("1.0", "1"), ("1.50", "1.5"), ("001", "1"), (".5", "0.5"), ("5.", "5"), ("-.5", "-0.5"), ("1e2", "100"),
        ("1E+2", "100"), ("1e-2", "0.01"), ("100", "100"), ("123.456e1", "1234.56"), ("0.0012300", "0.00123"),
        ("12345678901234567890123456789012345678", "12345678901234567890123456789012345678"),
        ("99999999999999999999999999999999999999", "99999999999999999999999999999999999999"),
        ("0.00000000000000000000000000000000000001", "0.00000000000000000000000000000000000001"),
        ("1000000000000000000000000000000000000000000", "1000000000000000000000000000000000000000000"),
    ])
    func readsAndPrintsCanonically(text: String, canonical: String) throws {
        #expect(try Number(text).text == canonical)
    }

    @Test(arguments: [
        "", " 1", "1 ", "+", "-", ".", "e5", "1e", "1e+", "--1", "1.2.3", "0x10", "NaN", "Infinity", "1_000", "१",
    ])
    func refusesWhatIsNoNumber(text: String) {
        #expect(throws: NumberError.notNumeric(text)) { try Number(text) }
    }

    @Test func namesTheTextInItsMessages() {
        #expect(NumberError.notNumeric("").message == "The parameter cannot be converted to a numeric value")
        #expect(NumberError.notNumeric("x").message == "The parameter cannot be converted to a numeric value: x")
    }

    @Test func keepsThirtyEightDigitsAndNoMore() throws {
        let digits = String(repeating: "9", count: 38)
        #expect(try Number(digits).text == digits)
        #expect(try Number(digits + "000").text == digits + "000")
        #expect(throws: NumberError.tooManyDigits) { try Number(digits + "9") }
        #expect(throws: NumberError.tooManyDigits) { try Number("1" + String(repeating: "0", count: 37) + "1") }
        #expect(throws: NumberError.tooManyDigits) { try Number("0." + String(repeating: "1", count: 39)) }
    }

    @Test func keepsTheServicesRange() throws {
        let nines = String(repeating: "9", count: 38)
        #expect(try Number("9.\(nines.dropLast())e125").text == nines + String(repeating: "0", count: 88))
        #expect(try Number("1e125").text == "1" + String(repeating: "0", count: 125))
        #expect(try Number("1e-130").text == "0." + String(repeating: "0", count: 129) + "1")
        #expect(try Number("-1e-130").text == "-0." + String(repeating: "0", count: 129) + "1")
        #expect(throws: NumberError.overflow) { try Number("1e126") }
        #expect(throws: NumberError.overflow) { try Number("-1e126") }
        #expect(throws: NumberError.overflow) { try Number("1e99999999999999999999") }
        #expect(throws: NumberError.underflow) { try Number("1e-131") }
        #expect(throws: NumberError.underflow) { try Number("1e-99999999999999999999") }
        #expect(throws: NumberError.underflow) { try Number("0.9e-130") }
    }

    /// Sizes as the service counts them: reference A3.
    @Test(arguments: [
        ("0", 1), ("1", 2), ("-1", 3), ("12", 2), ("123", 3), ("1234", 3), ("-1234", 4), ("0.1", 2), ("0.12", 2),
        ("1.2", 3), ("12.34", 3), ("123.4", 4), ("100", 2), ("1e125", 2), ("1e-130", 2), ("0.001", 2), ("10.01", 3),
        ("99999999999999999999999999999999999999", 20), ("-99999999999999999999999999999999999999", 21),
        ("1.0000000000000000000000000000000000001", 21),
    ])
    func countsItsSize(text: String, size: Int) throws {
        #expect(try Number(text).size == size)
        #expect(AttributeValue.number(try Number(text)).size == size)
    }

    @Test func convertsToIntegers() throws {
        #expect(try Number("42").integer == 42)
        #expect(try Number("-4200").integer == -4200)
        #expect(try Number("9223372036854775807").integer == Int.max)
        #expect(try Number("-9223372036854775808").integer == Int.min)
        #expect(try Number("9223372036854775808").integer == nil)
        #expect(try Number("1.5").integer == nil)
        #expect(try Number("1e19").integer == nil)
        #expect(Number(Int.min).text == "-9223372036854775808")
        #expect(Number(0).text == "0")
        #expect(Number(-1_200).text == "-1200")
    }
}
