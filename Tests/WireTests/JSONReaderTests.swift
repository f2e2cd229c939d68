import Testing
import Wire

@Suite struct JSONReaderTests {
    @Test func readsEveryKindOfValue() throws {
        let text = #" {"a" : [1, -0.5e+10, true, false, null, "x"], "b": {}, "c": []} "#
        #expect(
            try JSONReader.read(text)
                == .object([
                    .init(
                        "a",
                        .array([
                            .number("1"), .number("-0.5e+10"), .bool(true), .bool(false), .null,
                            .string("x"),
                        ])
                    ),
                    .init("b", .object([])), .init("c", .array([])),
                ])
        )
    }

    @Test func readsEscapes() throws {
        let text = #""\"\\\/\b\f\n\r\t\u0041\u00e9\ud83d\ude00é😀""#
        #expect(try JSONReader.read(text) == .string("\"\\/\u{8}\u{C}\n\r\tA\u{E9}😀é😀"))
    }

    @Test func keepsNumbersAsWritten() throws {
        let digits = "0.12345678901234567890123456789012345678901234567890e-100"
        #expect(try JSONReader.read(digits) == .number(digits))
    }

    @Test func keepsOrderAndTheLastOfTwoMembersCounts() throws {
        let document = try JSONReader.read(#"{"b":1,"a":2,"b":3}"#)
        #expect(document["b"] == .number("3"))
        #expect(document["c"] == nil)
        #expect(
            document
                == .object([.init("b", .number("1")), .init("a", .number("2")), .init("b", .number("3"))])
        )
    }

    @Test(arguments: [
        "", " ", "{", "[", "[1", "[1,", "[1,]", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{a:1}",
        "{'a':1}",
        "'x'", "\"x", "\"\\x\"", "\"\\u12\"", "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\\udc00\"", "\"\u{1}\"", "tru",
        "truex", "nul", "01", "-", "+1", ".5", "5.", "1e", "1e+", "0x1", "NaN", "1 2", "{} []", "//", "[1 2]",
        "\u{FEFF}1",
    ])
    func refusesWhatIsNoJSON(text: String) {
        #expect(throws: JSONError.self) { try JSONReader.read(text) }
    }

    @Test func refusesTextThatIsNotUTF8() {
        #expect(throws: JSONError.self) { try JSONReader.read([0x22, 0xFF, 0x22]) }
        #expect(throws: JSONError.self) { try JSONReader.read([0x22, 0xC3, 0x22]) }
        #expect(throws: JSONError.self) { try JSONReader.read([0x22, 0xED, 0xA0, 0x80, 0x22]) }
        #expect(throws: JSONError.self) { try JSONReader.read([0x22, 0x5C, 0x6E, 0xFF, 0x22]) }
    }

    @Test func tellsWhere() {
        let error = #expect(throws: JSONError.self) { try JSONReader.read("{\n  \"a\": ?\n}") }
        #expect(error?.line == 2)
        #expect(error?.column == 8)
        #expect(error?.offset == 9)
        let trailing = #expect(throws: JSONError.self) { try JSONReader.read("[1] x") }
        #expect(trailing?.message == "unexpected text after the value")
    }

    @Test func depthIsLimited() throws {
        let deep = String(repeating: "[", count: 256) + String(repeating: "]", count: 256)
        _ = try JSONReader.read(deep)
        #expect(throws: JSONError.self) { try JSONReader.read("[" + deep + "]") }
        #expect(throws: JSONError.self) { try JSONReader.read(String(repeating: "[", count: 100_000)) }
        #expect(throws: JSONError.self) { try JSONReader.read(String(repeating: "{\"a\":", count: 100_000)) }
    }

    /// Whatever becomes of the bytes, reading ends with a document or an error, and a document can be written again.
    @Test(arguments: [1, 2, 3, 5, 8, 13, 21, 34] as [UInt64])
    func mutatedBytesNeverCrash(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let seeds = [
            #"{"TableName":"Music","Item":{"pk":{"S":"x\u00e9\ud83d\ude00"},"n":{"N":"-1.5e10"},"#
                + #""l":{"L":[{"NULL":true}]}}}"#,
            #"[1,-2.5,3e-7,true,false,null,"\"\\\/\b\f\n\r\t",{},[],{"a":{"b":{"c":[[[]]]}}}]"#,
        ].map { Array($0.utf8) }
        let spice = Array("{}[]\",:\\u0e-+.\u{0}\n tfn😀".utf8) + [0xFF, 0xC2, 0x80, 0xED]
        for _ in 0..<3_000 {
            var bytes = seeds.randomElement(using: &generator)!
            for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
                let index = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: bytes[index] = spice.randomElement(using: &generator)!
                case 1: bytes.insert(spice.randomElement(using: &generator)!, at: index)
                case 2: bytes.remove(at: index)
                default: bytes.removeSubrange(index...)
                }
            }
            guard let document = try? JSONReader.read(bytes) else { continue }
            #expect(try JSONReader.read(JSONWriter.compact(document)) == document, "seed \(seed)")
            var pretty: [UInt8] = []
            JSONWriter.appendPretty(document, to: &pretty)
            #expect(try JSONReader.read(pretty) == document, "seed \(seed)")
        }
    }
}
