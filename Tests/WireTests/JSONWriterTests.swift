import Model
import Testing

@testable import Wire

@Suite struct JSONWriterTests {
    @Test func writesCompactly() {
        let document = Document.object([
            .init("a", .array([.number(1), .number(0.5), .bool(true), .null])), .init("b", .object([])),
            .init("c", .bytes([1, 2])),
        ])
        #expect(JSONWriter.compactText(document) == #"{"a":[1,0.5,true,null],"b":{},"c":"AQI="}"#)
    }

    @Test func writesIndented() {
        let document = Document.object([
            .init("a", .array([.number(1), .object([.init("b", .null)])])), .init("c", .array([])),
        ])
        var bytes: [UInt8] = []
        JSONWriter.appendPretty(document, to: &bytes)
        #expect(
            String(decoding: bytes, as: UTF8.self) == """
                {
                  "a": [
                    1,
                    {
                      "b": null
                    }
                  ],
                  "c": []
                }
                """
        )
    }

    @Test func escapesEveryControlCharacter() throws {
        // Eight bytes are looked at together: the character stands in each place of them.
        for value in Array(0..<0x20) + [0x22, 0x5C] + Array(0x7F..<0xA0) as [UInt32] {
            for (before, after) in [(1, 1), (0, 9), (3, 7), (7, 0), (8, 8), (14, 1), (15, 3), (20, 30)] {
                let character = String(Unicode.Scalar(value)!)
                let text = String(repeating: "a", count: before) + character + String(repeating: "b", count: after)
                let bytes = JSONWriter.compact(.string(text))
                #expect(bytes.allSatisfy { $0 >= 0x20 && $0 < 0x7F }, "U+\(String(value, radix: 16)) behind \(before)")
                #expect(bytes.count > text.unicodeScalars.count + 2)
                #expect(try JSONReader.read(bytes) == .string(text))
            }
        }
        #expect(JSONWriter.compactText(.string("\n\t\u{1B}\u{9B}é")) == #""\n\t\u001b\u009bé""#)
    }

    @Test func leavesOtherTextAlone() {
        let text = "é€😀\u{A0}\u{C0}"
        #expect(JSONWriter.compactText(.string(text)) == "\"\(text)\"")
        #expect(JSONWriter.compactText(.string("")) == "\"\"")
        let ascii = String((0x20..<0x7F).map { Character(Unicode.Scalar($0)) }.filter { $0 != "\"" && $0 != "\\" })
        for length in 0..<ascii.count {
            let part = ascii.suffix(length) + "é".prefix(length % 2)
            #expect(JSONWriter.compactText(.string(String(part))) == "\"\(part)\"")
        }
    }
}

@Suite struct Base64Tests {
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func knownTexts(plain: String, encoded: String) throws {
        #expect(Base64.encode(Array(plain.utf8)) == encoded)
        #expect(try Base64.decode(encoded) == Array(plain.utf8))
    }

    @Test func anyBytesComeBack() throws {
        var generator = SeededGenerator(seed: 7)
        for count in 0..<100 {
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
            #expect(try Base64.decode(Base64.encode(bytes)) == bytes)
        }
    }

    @Test(arguments: [
        ("23456", "Base64 encoded length is expected a multiple of 4 bytes but found: 5"),
        ("Zh==", "Invalid last non-pad Base64 character dectected"),
        ("Zm9=", "Invalid last non-pad Base64 character dectected"),
        ("Z===", "only base-64-encoded strings are convertible to bytes"),
        ("====", "only base-64-encoded strings are convertible to bytes"),
        ("Zm_v", "only base-64-encoded strings are convertible to bytes"),
        ("Z=9v", "only base-64-encoded strings are convertible to bytes"),
    ])
    func refusesWhatIsNoBase64(text: String, message: String) {
        #expect(throws: Base64.Failure(message: message)) { try Base64.decode(text) }
    }
}
