import Expressions
import Model

public struct DeleteStatement: Equatable, Sendable {
    public let source: PartiQLSource
    public let condition: PartiQLCondition?
    /// `RETURNING ALL OLD *`, the only form there is.
    public let returnsOld: Bool

    /// The item to delete and what else must be true of it. Throws unless WHERE gives every key attribute by equality.
    public func target(for schema: KeySchema) throws(ServiceError) -> StatementTarget {
        try StatementTarget(condition, schema)
    }

    func bound(to parameters: [AttributeValue]) throws(ServiceError) -> DeleteStatement {
        DeleteStatement(source: source, condition: try condition.bound(to: parameters), returnsOld: returnsOld)
    }
}
