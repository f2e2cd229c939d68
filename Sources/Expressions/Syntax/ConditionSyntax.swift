/// A condition as it was written. Operands and conditions are one type, because a parenthesis may hold either and a
/// function in the wrong place has an error of its own.
indirect enum ConditionSyntax: Equatable {
    case or([ConditionSyntax])
    case and([ConditionSyntax])
    case not(ConditionSyntax)
    case comparison(Comparator, ConditionSyntax, ConditionSyntax)
    case between(ConditionSyntax, ConditionSyntax, ConditionSyntax)
    case isIn(ConditionSyntax, [ConditionSyntax])
    case parenthesised(ConditionSyntax)
    case function(String, [ConditionSyntax])
    case path(PathSyntax)
    /// With its `:`.
    case value(String)

    var isOperand: Bool {
        switch self {
        case .path, .value, .function: true
        case .parenthesised(let inner): inner.isOperand
        case .or, .and, .not, .comparison, .between, .isIn: false
        }
    }

    var isCondition: Bool {
        switch self {
        case .or, .and, .not, .comparison, .between, .isIn, .function: true
        case .parenthesised(let inner): inner.isCondition
        case .path, .value: false
        }
    }

    /// The parts in the order they were written.
    var children: [ConditionSyntax] {
        switch self {
        case .or(let parts), .and(let parts): parts
        case .not(let inner), .parenthesised(let inner): [inner]
        case .comparison(_, let left, let right): [left, right]
        case .between(let operand, let lower, let upper): [operand, lower, upper]
        case .isIn(let operand, let candidates): [operand] + candidates
        case .function(_, let arguments): arguments
        case .path, .value: []
        }
    }

    var withoutParentheses: ConditionSyntax {
        if case .parenthesised(let inner) = self { inner.withoutParentheses } else { self }
    }
}

public enum Comparator: String, Sendable {
    case equal = "="
    case notEqual = "<>"
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="

    /// Whether it asks for an order, which only strings, numbers and binaries have.
    public var isOrdering: Bool { self != .equal && self != .notEqual }

    /// The comparator that says the same with both sides exchanged.
    public var mirrored: Comparator {
        switch self {
        case .equal: .equal
        case .notEqual: .notEqual
        case .less: .greater
        case .lessOrEqual: .greaterOrEqual
        case .greater: .less
        case .greaterOrEqual: .lessOrEqual
        }
    }

    init?(_ kind: Token.Kind) {
        switch kind {
        case .equal: self = .equal
        case .notEqual: self = .notEqual
        case .less: self = .less
        case .lessOrEqual: self = .lessOrEqual
        case .greater: self = .greater
        case .greaterOrEqual: self = .greaterOrEqual
        default: return nil
        }
    }
}
