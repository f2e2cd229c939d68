import Expressions
import Model

public struct SelectStatement: Equatable, Sendable {
    public let source: PartiQLSource
    /// What to return of each item; nil for `*`.
    public let paths: [Path]?
    public let condition: PartiQLCondition?
    public let order: [OrderKey]

    /// What to return of each item, in the shape it has in the item; nil for `*`. A path below another one in the list
    /// adds nothing.
    public var projection: ProjectionExpression? {
        guard let paths else { return nil }
        var kept: [Path] = []
        for path in paths where !kept.contains(where: path.isBelowOrEqual) {
            kept.removeAll { $0.isBelowOrEqual(path) }
            kept.append(path)
        }
        return ProjectionExpression(paths: kept)
    }

    /// The one item that a SELECT inside EXISTS speaks of. Throws unless WHERE gives every key attribute by equality.
    public func target(for schema: KeySchema) throws(ServiceError) -> StatementTarget {
        try StatementTarget(condition, schema)
    }

    func bound(to parameters: [AttributeValue]) throws(ServiceError) -> SelectStatement {
        SelectStatement(source: source, paths: paths, condition: try condition.bound(to: parameters), order: order)
    }
}

/// One attribute of ORDER BY.
public struct OrderKey: Equatable, Sendable {
    public let name: String
    public let isDescending: Bool
    /// The bytes of the statement it was read from.
    public let range: Range<Int>
}
