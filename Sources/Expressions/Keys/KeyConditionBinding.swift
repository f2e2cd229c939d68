import Model

extension KeyConditionExpression {
    init(_ syntax: ConditionSyntax, _ binder: inout ExpressionBinder) throws(ExpressionError) {
        var binding = ConditionBinding()
        let condition = try binding.bind(syntax, &binder)
        try binding.finish()
        var reading = KeyConditionReading(literals: binding.literals)
        try reading.read(condition)
        parts = reading.parts
    }
}

/// Reads the few shapes a key condition may have out of a bound condition, and refuses the others. Source: C5.
private struct KeyConditionReading {
    private let literals: [AttributeValue]
    private(set) var parts: [KeyConditionExpression.Part] = []

    init(literals: [AttributeValue]) { self.literals = literals }

    mutating func read(_ condition: Condition) throws(ExpressionError) {
        switch condition {
        case .and(let parts):
            for part in parts { try read(part) }
        case .comparison(let comparator, let left, let right):
            try read(comparator, left, right)
        case .between(let key, let lower, let upper):
            let name = try name([key, lower, upper], operation: "BETWEEN")
            try add(name, .between(literal(lower), literal(upper)))
        case .beginsWith(let key, let prefix):
            let name = try name([key, prefix], operation: "begins_with")
            try add(name, .beginsWith(literal(prefix)))
        case .or: throw .invalidOperator("OR")
        case .not: throw .invalidOperator("NOT")
        case .isIn: throw .invalidOperator("IN")
        case .attributeExists: throw .invalidOperator(ConditionFunction.attributeExists.rawValue)
        case .attributeNotExists: throw .invalidOperator(ConditionFunction.attributeNotExists.rawValue)
        case .attributeType: throw .invalidOperator(ConditionFunction.attributeType.rawValue)
        case .contains: throw .invalidOperator(ConditionFunction.contains.rawValue)
        }
    }

    /// A comparison may have its value on either side.
    private mutating func read(
        _ comparator: Comparator,
        _ left: Operand,
        _ right: Operand
    ) throws(ExpressionError) {
        if comparator == .notEqual { throw .invalidOperator(comparator.rawValue) }
        let isMirrored = left.path == nil && right.path != nil
        let (key, bound) = isMirrored ? (right, left) : (left, right)
        let name = try name([key, bound], operation: comparator.rawValue)
        let value = literal(bound)
        guard let condition = RangeCondition(isMirrored ? comparator.mirrored : comparator, value) else {
            preconditionFailure("only <> has no condition on a key")
        }
        try add(name, condition)
    }

    private mutating func add(_ name: AttributeName, _ condition: RangeCondition) throws(ExpressionError) {
        if parts.contains(where: { $0.name == name }) {
            throw ExpressionError("KeyConditionExpressions must only contain one condition per key")
        }
        parts.append(.init(name: name, condition: condition))
    }

    /// The key attribute: the first operand must be its path and no other operand a path.
    private func name(_ operands: [Operand], operation: String) throws(ExpressionError) -> AttributeName {
        for operand in operands {
            switch operand {
            case .sizeOfPath, .sizeOfLiteral:
                throw ExpressionError("KeyConditionExpressions cannot contain nested operations")
            case .path, .literal: break
            }
        }
        let paths = operands.compactMap(\.path)
        guard let path = paths.first else { throw .invalidKeyCondition("No key attribute specified") }
        if paths.count > 1 { throw .invalidKeyCondition("Multiple attribute names used in one condition") }
        if operands[0].path == nil {
            throw .invalidKeyCondition("\(operation) operator must have the key attribute as its first operand")
        }
        if !path.isTopLevel {
            throw ExpressionError("KeyConditionExpressions cannot have conditions on nested attributes")
        }
        return path.root
    }

    private func literal(_ operand: Operand) -> AttributeValue {
        guard case .literal(let index) = operand else { preconditionFailure("`name` admits only literals here") }
        return literals[index]
    }
}

extension ExpressionError {
    fileprivate static func invalidOperator(_ name: String) -> ExpressionError {
        ExpressionError("Invalid operator used in KeyConditionExpression: \(name)")
    }

    fileprivate static func invalidKeyCondition(_ problem: String) -> ExpressionError {
        ExpressionError("Invalid condition in KeyConditionExpression: \(problem)")
    }
}
