import Glibc
import Model

@testable import Engine

// MARK: Values

extension AttributeValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    public init(stringLiteral text: String) { self = .string(text) }
    public init(integerLiteral value: Int) { self = .number(Number(value)) }
    public init(arrayLiteral elements: AttributeValue...) { self = .list(elements) }
    public init(dictionaryLiteral elements: (String, AttributeValue)...) {
        self = .map(elements.reduce(into: AttributeMap()) { $0[$1.0] = $1.1 })
    }

    /// A number written as the API writes it.
    static func decimal(_ text: String) -> AttributeValue {
        guard let number = try? Number(text) else { preconditionFailure("no number: \(text)") }
        return .number(number)
    }
}

extension Item {
    /// The item with `filler` attribute bytes added, so that the whole counts exactly `size`.
    func padded(to size: Int, with name: String = "fill") -> Item {
        let rest = size - self.size - name.utf8.count
        precondition(rest >= 0, "the item is larger already")
        var attributes = attributes
        attributes[name] = .string(String(repeating: "x", count: rest))
        return Item(attributes)
    }
}

// MARK: Chance

/// Where a simulation starts. `SIMULATION_SEED` in the environment replays just one.
enum Seeds {
    /// Seeds that failed once, a few fixed ones, and a fresh one.
    static let thisRun: [UInt64] = {
        if let text = getenv("SIMULATION_SEED"), let seed = UInt64(String(cString: text)) { return [seed] }
        return [1, 2, 3, 4, UInt64.random(in: 1_000...999_999)]
    }()
}

extension Randomness {
    mutating func pick<Element>(_ choices: [Element]) -> Element { choices[next(below: choices.count)] }

    /// True once in `count` draws, on average.
    mutating func oneIn(_ count: Int) -> Bool { next(below: count) == 0 }
}

// MARK: Errors

/// The error thrown, or nil when there was none.
func thrown<R>(by body: () throws(ServiceError) -> R) -> ServiceError? {
    do throws(ServiceError) {
        _ = try body()
        return nil
    } catch {
        return error
    }
}

/// The message of the error thrown, or nil when there was none.
func message<R>(of body: () throws(ServiceError) -> R) -> String? { thrown(by: body)?.message }
