import Expressions
import Model
import PartiQL

enum Samples {
    static let table = KeySchema(hash: [KeyAttribute("pk", .string)], range: [KeyAttribute("sk", .string)])
    static let simple = KeySchema(hash: [KeyAttribute("pk", .string)])
    static let wide = KeySchema(
        hash: [KeyAttribute("h1", .string), KeyAttribute("h2", .number)],
        range: [KeyAttribute("r1", .string), KeyAttribute("r2", .number)]
    )

    static let item: Item = [
        "pk": "k", "sk": "s", "word": "hello", "num": 5, "yes": .bool(true), "nothing": .null, "bin": .binary([1, 2]),
        "words": .stringSet(["a", "b"]), "nums": .numberSet([1, 2]), "goods": ["x", 7], "doc": ["kid": ["low": 1]],
    ]

    static func statement(_ text: String, _ parameters: [AttributeValue] = []) throws -> PartiQLStatement {
        try PartiQLStatement.parse(text).bound(to: parameters)
    }

    static func select(_ text: String, _ parameters: [AttributeValue] = []) throws -> SelectStatement {
        guard case .select(let select) = try statement(text, parameters) else { throw Unexpected() }
        return select
    }

    static func update(_ text: String, _ parameters: [AttributeValue] = []) throws -> UpdateStatement {
        guard case .update(let update) = try statement(text, parameters) else { throw Unexpected() }
        return update
    }

    static func condition(_ text: String, _ parameters: [AttributeValue] = []) throws -> PartiQLCondition {
        guard let condition = try select("SELECT * FROM t WHERE \(text)", parameters).condition else {
            throw Unexpected()
        }
        return condition
    }

    struct Unexpected: Error {}
}

/// The message of the error thrown, or nil when there was none.
func message<R>(of body: () throws -> R) -> String? {
    do {
        _ = try body()
        return nil
    } catch let error as PartiQLError {
        return error.message
    } catch let error as ServiceError {
        return error.message
    } catch {
        return "\(error)"
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
