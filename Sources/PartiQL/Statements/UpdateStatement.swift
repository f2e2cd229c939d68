import Expressions
import Model

public struct UpdateStatement: Equatable, Sendable {
    public enum Action: Equatable, Sendable {
        case set(Path, Value)
        case remove(Path)

        public var target: Path {
            switch self {
            case .set(let path, _), .remove(let path): path
            }
        }
    }

    /// The right-hand side of a SET.
    public indirect enum Value: Equatable, Sendable {
        case operand(PartiQLOperand)
        case listAppend(Value, Value)
        /// The set at the path with these members too; created when missing.
        case setAdd(Path, PartiQLOperand)
        /// The set at the path without these members; nothing of it is left when it has no others.
        case setDelete(Path, PartiQLOperand)
    }

    public let source: PartiQLSource
    /// In the order they were written.
    public let actions: [Action]
    public let condition: PartiQLCondition?
    public let returning: Returning?

    /// The paths to change, in the order they were written.
    public var paths: [Path] { actions.map(\.target) }

    /// The attributes the paths begin with, each once: none of them may be part of a key.
    public var topLevelNames: [String] { paths.topLevelNames }

    /// The item to update and what else must be true of it. Throws unless WHERE gives every key attribute by equality.
    public func target(for schema: KeySchema) throws(ServiceError) -> StatementTarget {
        try StatementTarget(condition, schema)
    }

    func bound(to parameters: [AttributeValue]) throws(ServiceError) -> UpdateStatement {
        try Path.checkDistinctInStatement(paths)
        let actions = actions.map { action in
            switch action {
            case .set(let path, let value): Action.set(path, value.bound(to: parameters))
            case .remove: action
            }
        }
        return UpdateStatement(
            source: source,
            actions: actions,
            condition: try condition.bound(to: parameters),
            returning: returning
        )
    }
}

public enum Returning: String, Sendable {
    case allOld = "ALL OLD"
    case allNew = "ALL NEW"
    case modifiedOld = "MODIFIED OLD"
    case modifiedNew = "MODIFIED NEW"
}

extension UpdateStatement.Value {
    func bound(to parameters: [AttributeValue]) -> UpdateStatement.Value {
        switch self {
        case .operand(let operand): .operand(operand.bound(to: parameters))
        case .listAppend(let first, let second):
            .listAppend(first.bound(to: parameters), second.bound(to: parameters))
        case .setAdd(let path, let members): .setAdd(path, members.bound(to: parameters))
        case .setDelete(let path, let members): .setDelete(path, members.bound(to: parameters))
        }
    }
}
