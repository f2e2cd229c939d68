import Model
import Testing
import Wire

@Suite struct ItemJSONTests {
    private let item: Item = [
        "pk": .string("a\"b\n"), "n": .number(-42), "bin": .binary([1, 2, 3]), "t": .bool(true), "f": .bool(false),
        "z": .null, "ss": .stringSet(["b", "a"]), "ns": .numberSet([10, 9]), "bs": .binarySet([[2], [1]]),
        "l": .list([.number(1), .list([]), .map(["k": .null])]), "m": .map([:]),
    ]

    private func typed(_ item: Item, first: [AttributeName] = []) -> String {
        var bytes: [UInt8] = []
        ResponseEncoder.appendJSON(item: item, first: first, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private func plain(_ item: Item, first: [AttributeName] = []) -> String {
        var bytes: [UInt8] = []
        ResponseEncoder.appendPlainJSON(item: item, first: first, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func writesDynamoDBJSON() {
        #expect(
            typed(item)
                == #"{"bin":{"B":"AQID"},"bs":{"BS":["AQ==","Ag=="]},"f":{"BOOL":false},"#
                + #""l":{"L":[{"N":"1"},{"L":[]},{"M":{"k":{"NULL":true}}}]},"m":{"M":{}},"n":{"N":"-42"},"#
                + #""ns":{"NS":["9","10"]},"pk":{"S":"a\"b\n"},"ss":{"SS":["a","b"]},"t":{"BOOL":true},"#
                + #""z":{"NULL":true}}"#
        )
        #expect(typed(.empty) == "{}")
    }

    @Test func writesPlainJSON() {
        #expect(
            plain(item)
                == #"{"bin":"AQID","bs":["AQ==","Ag=="],"f":false,"l":[1,[],{"k":null}],"m":{},"n":-42,"ns":[9,10],"#
                + #""pk":"a\"b\n","ss":["a","b"],"t":true,"z":null}"#
        )
        #expect(plain(.empty) == "{}")
    }

    @Test func keysMayLead() {
        let item: Item = ["a": .number(1), "sk": .number(2), "pk": .number(3)]
        #expect(plain(item, first: ["pk", "sk"]) == #"{"pk":3,"sk":2,"a":1}"#)
        #expect(plain(item, first: ["missing", "sk"]) == #"{"sk":2,"a":1,"pk":3}"#)
        #expect(typed(item, first: ["pk"]) == #"{"pk":{"N":"3"},"a":{"N":"1"},"sk":{"N":"2"}}"#)
        #expect(plain(["pk": .null], first: ["pk"]) == #"{"pk":null}"#)
    }

    @Test func keepsAllDigits() throws {
        let digits = "-12345678901234567890.123456789012345678"
        let item: Item = ["n": .number(try Number(digits)), "e": .number(try Number("1e40"))]
        #expect(plain(item) == #"{"e":1\#(String(repeating: "0", count: 40)),"n":\#(digits)}"#)
    }

    /// The fast path and the way over documents agree, for every sample.
    @Test func agreesWithTheDocument() throws {
        for item in [item, RequestSamples.value, RequestSamples.key, .empty] {
            let document = ResponseEncoder.encode(.getItem(GetItemResponse(item: item)))
            #expect(try JSONReader.read(typed(item)) == document["Item"])
        }
    }
}
