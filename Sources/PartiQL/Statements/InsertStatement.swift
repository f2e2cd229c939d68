import Model

public struct InsertStatement: Equatable, Sendable {
    public let source: PartiQLSource
    let tuple: PartiQLOperand

    /// The new item. The statement must be bound.
    public var item: Item {
        guard case .literal(.map(let attributes)) = tuple else {
            preconditionFailure("the parser takes only a tuple, and binding makes it a literal")
        }
        return Item(attributes)
    }

    func bound(to parameters: [AttributeValue]) -> InsertStatement {
        InsertStatement(source: source, tuple: tuple.bound(to: parameters))
    }
}
