import Model
import Testing

@testable import Shell

/// How items look as a table on a screen and in a file.
struct TableTests {
    private func table(_ items: [Item?], width: Int = 100, isScreen: Bool = true, isPlain: Bool = false) -> String {
        var style = RenderingStyle()
        style.isScreen = isScreen
        style.width = width
        style.isPlain = isPlain
        var bytes: [UInt8] = []
        ItemTable(items: items, keys: ["pk", "sk"], style: style).append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func keysComeFirstThenFrequentAttributes() {
        let items: [Item] = [
            ["pk": .string("a"), "sk": .string("1"), "zip": .string("x"), "all": .number(1)],
            ["pk": .string("b"), "sk": .string("2"), "all": .number(20)],
        ]
        #expect(
            table(items) == """
                 pk │ sk  │ all │ zip
                ────┼─────┼─────┼─────
                 a  │ '1' │   1 │ x
                 b  │ '2' │  20 │ ·

                """
        )
    }

    @Test func equalAttributesAreHoistedOnAScreenOnly() {
        let items: [Item] = [
            ["pk": .string("USER#alice"), "sk": .string("A"), "type": .string("order")],
            ["pk": .string("USER#alice"), "sk": .string("B"), "type": .string("order")],
        ]
        #expect(table(items).hasPrefix("pk = USER#alice, type = order in all rows\n sk\n"))
        #expect(table(items, isScreen: false).hasPrefix(" pk         │ sk │ type\n"))
    }

    @Test func whenAllIsEqualOneColumnStays() {
        let items: [Item] = [["pk": .string("a")], ["pk": .string("a")]]
        #expect(table(items) == " pk\n────\n a\n a\n")
    }

    @Test func stringsThatLookLikeSomethingElseAreQuoted() {
        let literal = LiteralText()
        func cell(_ value: AttributeValue) -> String {
            let item: Item = ["v": value]
            return item.withValue(of: "v") { literal.cell($0!) }
        }
        #expect(cell(.string("017")) == "'017'")
        #expect(cell(.string("-1e5")) == "'-1e5'")
        #expect(cell(.string("null")) == "'null'")
        #expect(cell(.string("")) == "''")
        #expect(cell(.string("·")) == "'·'")
        #expect(cell(.string("{a}")) == "'{a}'")
        #expect(cell(.string("2026-01-15")) == "2026-01-15")
        #expect(cell(.null) == "null")
        #expect(cell(.bool(true)) == "true")
        #expect(cell(.binary([72, 105])) == "b64'SGk='")
        #expect(cell(.stringSet(["b", "a'"])) == "<<'a\\'', 'b'>>")
        let map: AttributeMap = ["city": .string("Oslo"), "a b": .list([.number(1), .null])]
        #expect(cell(.map(map)) == "{\"a b\": [1, null], city: \"Oslo\"}")
    }

    @Test func numbersKeepAllTheirDigits() throws {
        let digits = "12345678901234567890123456789012345678"
        let items: [Item] = [["pk": .number(try Number(digits))]]
        #expect(table(items, isScreen: false).contains(digits))
    }

    @Test func wideCharactersTakeTwoColumns() {
        let items: [Item] = [
            ["pk": .string("東京"), "sk": .string("x")],
            ["pk": .string("ab"), "sk": .string("y")],
        ]
        #expect(
            table(items) == """
                 pk   │ sk
                ──────┼────
                 東京 │ x
                 ab   │ y

                """
        )
    }

    @Test func longCellsAreCutOnAScreenAndNeverInAFile() {
        let long = String(repeating: "x", count: 200)
        let items: [Item] = [["pk": .string("a"), "sk": .string("b"), "text": .string(long)]]
        #expect(table(items, width: 60).split(separator: "\n").allSatisfy { displayWidth(of: String($0)) <= 60 })
        #expect(table(items, width: 60).contains("…"))
        #expect(table(items, isScreen: false).contains(long))
    }

    @Test func surplusColumnsAreNamed() {
        var item: AttributeMap = ["pk": .string("a"), "sk": .string("b")]
        for letter in "cdefghij" { item["\(letter)\(letter)"] = .string(String(repeating: "v", count: 12)) }
        let text = table([Item(item)], width: 60)
        #expect(text.contains("more attributes: "))
        #expect(text.contains("(\\G shows all)"))
    }

    @Test func mapsThatAreCutSayHowMuchIsLeftOut() {
        let map: AttributeMap = ["city": .string("Oslo"), "street": .string("Karl Johans gate"), "zip": .number(1)]
        let item: Item = ["m": .map(map)]
        item.withValue(of: "m") { value in
            #expect(LiteralText().cell(value!, columnsMax: 20, ellipsis: "…") == "{city: \"Oslo\", …2}")
        }
    }

    @Test func aNarrowScreenGetsNamesAndValues() {
        let items: [Item] = [["pk": .string(String(repeating: "p", count: 30)), "sk": .string("s"), "n": .number(1)]]
        #expect(table(items, width: 20) == "pk: pppppppppppppppppppppppppppppp\nsk: s\n n: 1\n")
    }

    @Test func plainStyleHasNoBoxes() {
        let items: [Item] = [["pk": .string("a"), "sk": .string("b")], ["pk": .string("a"), "sk": .string("c")]]
        #expect(table(items, isPlain: true) == "item 1 of 2\npk: a\nsk: b\nitem 2 of 2\npk: a\nsk: c\n")
    }

    @Test func absentItemsAreRowsOfDots() {
        #expect(table([["pk": .string("a"), "sk": .string("b")], nil]).hasSuffix(" a  │ b\n ·  │ ·\n"))
    }
}
