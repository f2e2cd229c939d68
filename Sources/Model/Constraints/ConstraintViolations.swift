/// The modelled constraints that one request breaks. The service tells them together, at most ten, in one message.
///
/// ```
/// 2 validation errors detected: Value null at 'tableName' failed to satisfy constraint: Member must not be null; …
/// ```
public struct ConstraintViolations: Equatable, Sendable {
    public enum Requirement: Equatable, Sendable {
        case notNull
        case lengthAtLeast(Int)
        case lengthAtMost(Int)
        case valueAtLeast(Int)
        case valueAtMost(Int)
        case pattern(String)
        /// In the order the service prints them.
        case enumeration([String])
        case mapKeys([Requirement])
        case mapValues([Requirement])

        public var text: String {
            switch self {
            case .notNull: "Member must not be null"
            case .lengthAtLeast(let length): "Member must have length greater than or equal to \(length)"
            case .lengthAtMost(let length): "Member must have length less than or equal to \(length)"
            case .valueAtLeast(let value): "Member must have value greater than or equal to \(value)"
            case .valueAtMost(let value): "Member must have value less than or equal to \(value)"
            case .pattern(let pattern): "Member must satisfy regular expression pattern: \(pattern)"
            case .enumeration(let names): "Member must satisfy enum value set: [\(names.joined(separator: ", "))]"
            case .mapKeys(let requirements): "Map keys must satisfy constraint: [\(Self.list(requirements))]"
            case .mapValues(let requirements): "Map value must satisfy constraint: [\(Self.list(requirements))]"
            }
        }

        private static func list(_ requirements: [Requirement]) -> String {
            requirements.map(\.text).joined(separator: ", ")
        }
    }

    public static let maximumReported = 10
    /// What table and index names are made of.
    public static let namePattern = "[a-zA-Z0-9_.-]+"

    private var clauses: [String] = []

    public init() {}

    public var isEmpty: Bool { clauses.isEmpty }

    /// Nil stands for a null member. `path` is written as the service does: `keySchema.1.member.keyType`.
    public mutating func add(_ value: String?, at path: String, _ requirement: Requirement) {
        let shown = value.map { "'\($0)'" } ?? "null"
        clauses.append("Value \(shown) at '\(path)' failed to satisfy constraint: \(requirement.text)")
    }

    /// For the few checks whose text leaves the value out.
    public mutating func add(withoutValueAt path: String, _ requirement: Requirement) {
        clauses.append("Value at '\(path)' failed to satisfy constraint: \(requirement.text)")
    }

    public mutating func check(
        length: Int,
        of shown: @autoclosure () -> String,
        at path: String,
        _ range: ClosedRange<Int>
    ) {
        if length < range.lowerBound { add(shown(), at: path, .lengthAtLeast(range.lowerBound)) }
        if length > range.upperBound { add(shown(), at: path, .lengthAtMost(range.upperBound)) }
    }

    public mutating func check(value: Int, at path: String, _ range: ClosedRange<Int>) {
        if value < range.lowerBound { add(String(value), at: path, .valueAtLeast(range.lowerBound)) }
        if value > range.upperBound { add(String(value), at: path, .valueAtMost(range.upperBound)) }
    }

    /// Pattern and length of a table's or index's name.
    public mutating func check(name: String, at path: String, minimum: Int) {
        if name.utf8.isEmpty || !name.utf8.allSatisfy(Self.isNameByte) {
            add(name, at: path, .pattern(Self.namePattern))
        }
        check(length: name.utf8.count, of: name, at: path, minimum...Limits.tableNameLength.upperBound)
    }

    public static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    /// Nil when nothing was broken.
    public var error: ServiceError? {
        if clauses.isEmpty { return nil }
        let reported = clauses.prefix(Self.maximumReported)
        let noun = reported.count == 1 ? "error" : "errors"
        return .validationException(
            "\(reported.count) validation \(noun) detected: " + reported.joined(separator: "; ")
        )
    }

    /// Throws what was collected, if anything.
    public func check() throws(ServiceError) {
        if let error { throw error }
    }

    /// Throws what `collect` finds: `check { $0.check(request) }`.
    public static func check(_ collect: (inout ConstraintViolations) -> Void) throws(ServiceError) {
        var violations = ConstraintViolations()
        collect(&violations)
        try violations.check()
    }
}

extension ConstraintViolations {
    /// A table's name, which the service reports by itself. Data calls take an ARN in its place.
    public static func ofTableName(
        _ name: String?,
        minimum: Int,
        acceptsArn: Bool,
        at path: String = "tableName"
    ) -> ConstraintViolations {
        var violations = ConstraintViolations()
        guard let name else {
            violations.add(nil, at: path, .notNull)
            return violations
        }
        if acceptsArn {
            violations.check(nameOrArn: name, at: path, minimum: minimum)
        } else {
            violations.check(name: name, at: path, minimum: minimum)
        }
        return violations
    }

    /// A table's name or ARN.
    mutating func check(nameOrArn: String, at path: String, minimum: Int = 1) {
        if nameOrArn.utf8.starts(with: "arn:".utf8) {
            check(length: nameOrArn.utf8.count, of: nameOrArn, at: path, 1...Limits.tableArnLength)
        } else {
            check(name: nameOrArn, at: path, minimum: minimum)
        }
    }
}
