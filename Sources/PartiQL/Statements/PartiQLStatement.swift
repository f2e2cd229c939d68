import Expressions
import Model

/// A statement of DynamoDB's PartiQL dialect. Source: reference D.
///
/// `parse` reads the text, `bound(to:)` puts the parameters in; only then may the statement be planned and evaluated.
public enum PartiQLStatement: Equatable, Sendable {
    case select(SelectStatement)
    case insert(InsertStatement)
    case update(UpdateStatement)
    case delete(DeleteStatement)
    /// `EXISTS(SELECT …)`: a condition check, allowed in ExecuteTransaction only.
    case exists(SelectStatement)

    public static func parse(_ text: String) throws(PartiQLError) -> PartiQLStatement {
        var parser = try Parser(text)
        return try parser.parseStatement()
    }

    /// The table, or index, the statement speaks of.
    public var source: PartiQLSource {
        switch self {
        case .select(let statement), .exists(let statement): statement.source
        case .insert(let statement): statement.source
        case .update(let statement): statement.source
        case .delete(let statement): statement.source
        }
    }

    /// Only SELECT counts as a read: EXISTS goes together with writes.
    public var isRead: Bool {
        if case .select = self { true } else { false }
    }
}

extension PartiQLStatement {
    /// How many `?` the statement holds. None once it is bound.
    public var parameterCount: Int {
        switch self {
        case .select(let statement), .exists(let statement): statement.condition?.parameterCount ?? 0
        case .insert(let statement): statement.tuple.parameterCount
        case .update(let statement):
            statement.actions.reduce(statement.condition?.parameterCount ?? 0) { $0 + $1.parameterCount }
        case .delete(let statement): statement.condition?.parameterCount ?? 0
        }
    }

    /// The statement with its parameters' values in place, operand types checked. Call it also without parameters.
    public func bound(to parameters: [AttributeValue]) throws(ServiceError) -> PartiQLStatement {
        if parameters.count != parameterCount {
            throw .validationException("Number of parameters in request and statement don't match.")
        }
        switch self {
        case .select(let statement): return .select(try statement.bound(to: parameters))
        case .insert(let statement): return .insert(statement.bound(to: parameters))
        case .update(let statement): return .update(try statement.bound(to: parameters))
        case .delete(let statement): return .delete(try statement.bound(to: parameters))
        case .exists(let statement): return .exists(try statement.bound(to: parameters))
        }
    }
}

/// What stands after FROM, INTO or UPDATE.
public struct PartiQLSource: Equatable, Sendable {
    public let table: String
    public let index: String?
    /// The bytes of the statement it was read from.
    public let range: Range<Int>
}

extension Optional where Wrapped == PartiQLCondition {
    func bound(to parameters: [AttributeValue]) throws(ServiceError) -> PartiQLCondition? {
        guard let condition = self?.bound(to: parameters) else { return nil }
        try condition.check()
        return condition
    }
}

extension PartiQLCondition {
    fileprivate var parameterCount: Int {
        switch self {
        case .or(let parts), .and(let parts): parts.reduce(0) { $0 + $1.parameterCount }
        case .not(let inner): inner.parameterCount
        case .comparison(_, let left, let right): left.parameterCount + right.parameterCount
        case .between(let operand, let lower, let upper):
            operand.parameterCount + lower.parameterCount + upper.parameterCount
        case .isIn(let operand, let candidates):
            candidates.reduce(operand.parameterCount) { $0 + $1.parameterCount }
        case .isMissing, .isNull: 0
        case .beginsWith(_, let operand), .contains(_, let operand), .attributeType(_, let operand):
            operand.parameterCount
        }
    }
}

extension PartiQLOperand {
    fileprivate var parameterCount: Int {
        switch self {
        case .literal, .path, .size: 0
        case .parameter: 1
        case .plus(let left, let right), .minus(let left, let right): left.parameterCount + right.parameterCount
        case .list(let elements): elements.reduce(0) { $0 + $1.parameterCount }
        case .map(let entries): entries.reduce(0) { $0 + $1.value.parameterCount }
        }
    }
}

extension UpdateStatement.Action {
    fileprivate var parameterCount: Int {
        if case .set(_, let value) = self { value.parameterCount } else { 0 }
    }
}

extension UpdateStatement.Value {
    fileprivate var parameterCount: Int {
        switch self {
        case .operand(let operand), .setAdd(_, let operand), .setDelete(_, let operand): operand.parameterCount
        case .listAppend(let first, let second): first.parameterCount + second.parameterCount
        }
    }
}
