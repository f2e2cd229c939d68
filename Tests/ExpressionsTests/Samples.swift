import Model

@testable import Expressions

/// The item and the placeholders that most tests speak of.
enum Samples {
    static let item: Item = [
        "word": "hello", "num": 5, "bin": .binary([1, 2, 3]), "yes": .bool(true), "nothing": .null,
        "words": .stringSet(["a", "b"]), "nums": .numberSet([1, decimal("2.5")]), "bins": .binarySet([[1], [2]]),
        "goods": ["x", 7, ["k": "v"]], "doc": ["kid": ["low": 1], "title": "d"],
        "blank": "", "wide": "é😀", "a.b": "dotted",
    ]

    static let names = [
        "#w": "word", "#dot": "a.b", "#count": "count", "#kid": "kid", "#size": "size",
    ]

    static let values: [String: AttributeValue] = [
        ":hello": "hello", ":hell": "hell", ":ell": "ell", ":zebra": "zebra", ":x": "x", ":a": "a", ":none": "",
        ":zero": 0, ":one": 1, ":two": 2, ":three": 3, ":five": 5, ":fiveLong": .number(decimal("5.00")), ":six": 6,
        ":bin": .binary([1, 2, 3]), ":bin1": .binary([1]), ":bin23": .binary([2, 3]),
        ":yes": .bool(true), ":null": .null,
        ":words": .stringSet(["b", "a"]), ":nums": .numberSet([decimal("2.50"), 1]),
        ":newWords": .stringSet(["b", "c"]),
        ":goods": ["x", 7, ["k": "v"]], ":list": [1], ":map": ["k": "v"], ":doc": ["title": "d", "kid": ["low": 1]],
        ":S": "S", ":N": "N", ":NULL": "NULL", ":L": "L", ":M": "M", ":SS": "SS", ":NS": "NS", ":BS": "BS", ":B": "B",
        ":BOOL": "BOOL", ":Q": "Q", ":huge": .number(decimal("9.9e125")), ":tiny": .number(decimal("1e-100")),
    ]

    static var attributes: ExpressionAttributes { ExpressionAttributes(names: names, values: values) }

    static func binder() -> ExpressionBinder { ExpressionBinder(attributes, cache: ExpressionCache()) }

    static func condition(_ text: String) throws(ServiceError) -> ConditionExpression {
        var binder = binder()
        return try binder.condition(text, in: .condition)
    }

    static func update(_ text: String) throws(ServiceError) -> UpdateExpression {
        var binder = binder()
        return try binder.update(text)
    }

    static func keyCondition(_ text: String) throws(ServiceError) -> KeyConditionExpression {
        var binder = binder()
        return try binder.keyCondition(text)
    }

    static func projection(_ text: String) throws(ServiceError) -> ProjectionExpression {
        var binder = binder()
        return try binder.projection(text)
    }
}

func decimal(_ text: String) -> Number {
    guard let number = try? Number(text) else { preconditionFailure("no number: \(text)") }
    return number
}

/// The message of the error thrown, or nil when there was none.
func message<R>(of body: () throws(ServiceError) -> R) -> String? {
    do throws(ServiceError) {
        _ = try body()
        return nil
    } catch {
        return error.message
    }
}

extension AttributeValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    public init(stringLiteral text: String) { self = .string(text) }
    public init(integerLiteral value: Int) { self = .number(Number(value)) }
    public init(arrayLiteral elements: AttributeValue...) { self = .list(elements) }
    public init(dictionaryLiteral elements: (String, AttributeValue)...) {
        self = .map(elements.reduce(into: AttributeMap()) { $0[$1.0] = $1.1 })
    }
}

/// SplitMix64: the same numbers for the same seed, everywhere.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
