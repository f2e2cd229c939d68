import Expressions
import Model
import PartiQL

/// A question to one item: a condition or filter expression, or a PartiQL WHERE clause.
protocol ItemPredicate {
    func isTrue(for item: Item) -> Bool
    /// The attributes it reads, each once.
    var topLevelNames: [String] { get }
}

extension ConditionExpression: ItemPredicate {}
extension PartiQLCondition: ItemPredicate {}
