import Model

/// Turns a written condition into a bound one.
///
/// An undefined placeholder is reported at once. The other mistakes are kept until the end, because the service
/// reports wrong operand counts before equal operands and those before wrong operand types. Source: reference C4.
struct ConditionBinding {
    private(set) var literals: [AttributeValue] = []
    private var literalIndexes: [String: Int] = [:]
    private var countError: ExpressionError?
    private var distinctError: ExpressionError?
    private var typeError: ExpressionError?

    func finish() throws(ExpressionError) {
        if let error = countError ?? distinctError ?? typeError { throw error }
    }

    mutating func bind(
        _ syntax: ConditionSyntax,
        _ binder: inout ExpressionBinder
    ) throws(ExpressionError) -> Condition {
        switch syntax {
        case .or(let parts): return .or(try bind(parts, &binder))
        case .and(let parts): return .and(try bind(parts, &binder))
        case .not(let inner): return .not(try bind(inner, &binder))
        case .parenthesised(let inner): return try bind(inner, &binder)
        case .comparison(let comparator, let left, let right):
            let (left, right) = (try bindOperand(left, &binder), try bindOperand(right, &binder))
            checkComparison(comparator, left, right)
            return .comparison(comparator, left, right)
        case .between(let operand, let lower, let upper):
            let operand = try bindOperand(operand, &binder)
            let (lower, upper) = (try bindOperand(lower, &binder), try bindOperand(upper, &binder))
            checkBetween(operand, lower, upper)
            return .between(operand, lower, upper)
        case .isIn(let operand, let candidates):
            let (operand, candidates) = (try bindOperand(operand, &binder), try bindOperands(candidates, &binder))
            checkIn(operand, candidates)
            return .isIn(operand, candidates)
        case .function(let name, let arguments):
            return bindPredicate(name, try bindOperands(arguments, &binder))
        case .path, .value:
            preconditionFailure("the parser lets no bare operand through")
        }
    }

    private mutating func bind(
        _ parts: [ConditionSyntax],
        _ binder: inout ExpressionBinder
    ) throws(ExpressionError) -> [Condition] {
        var bound: [Condition] = []
        for part in parts { bound.append(try bind(part, &binder)) }
        return bound
    }

    private mutating func bindOperands(
        _ operands: [ConditionSyntax],
        _ binder: inout ExpressionBinder
    ) throws(ExpressionError) -> [Operand] {
        var bound: [Operand] = []
        for operand in operands { bound.append(try bindOperand(operand, &binder)) }
        return bound
    }

    private mutating func bindOperand(
        _ syntax: ConditionSyntax,
        _ binder: inout ExpressionBinder
    ) throws(ExpressionError) -> Operand {
        switch syntax {
        case .path(let path): return .path(try binder.resolve(path))
        case .value(let placeholder): return .literal(try bindLiteral(placeholder, &binder))
        case .parenthesised(let inner): return try bindOperand(inner, &binder)
        case .function(_, let arguments): return bindSize(try bindOperands(arguments, &binder))
        case .or, .and, .not, .comparison, .between, .isIn:
            preconditionFailure("the parser lets no condition stand for an operand")
        }
    }

    private mutating func bindLiteral(
        _ placeholder: String,
        _ binder: inout ExpressionBinder
    ) throws(ExpressionError) -> Int {
        if let index = literalIndexes[placeholder] { return index }
        literals.append(try binder.resolve(value: placeholder))
        literalIndexes[placeholder] = literals.count - 1
        return literals.count - 1
    }

    private mutating func bindSize(_ arguments: [Operand]) -> Operand {
        let name = ConditionFunction.size.rawValue
        if arguments.count != 1 { note(count: .operandCount(name, arguments.count)) }
        switch arguments[0] {
        case .path(let path):
            return .sizeOfPath(path)
        case .literal(let index):
            if literals[index].memberCount == nil {
                note(type: .operandType(function: name, literals[index].type.rawValue))
            }
            return .sizeOfLiteral(index)
        case .sizeOfPath, .sizeOfLiteral:
            note(type: .operandType(function: name, AttributeType.number.rawValue))
            return arguments[0]
        }
    }

    private mutating func bindPredicate(_ name: String, _ arguments: [Operand]) -> Condition {
        guard let function = ConditionFunction(rawValue: name) else {
            preconditionFailure("unknown functions were refused before")
        }
        // Stands in for a condition that will be refused.
        let refused = Condition.and([])
        if arguments.count != function.operandCount {
            note(count: .operandCount(name, arguments.count))
            return refused
        }
        switch function {
        case .attributeExists, .attributeNotExists:
            guard let path = requirePath(arguments[0], of: name) else { return refused }
            return function == .attributeExists ? .attributeExists(path) : .attributeNotExists(path)
        case .attributeType:
            guard let path = requirePath(arguments[0], of: name), let type = requireTypeName(arguments[1])
            else { return refused }
            return .attributeType(path, type)
        case .beginsWith:
            checkDistinct(name, arguments)
            for argument in arguments { checkType(of: argument, function: name) { $0 == .string || $0 == .binary } }
            return .beginsWith(arguments[0], arguments[1])
        case .contains:
            checkDistinct(name, arguments)
            checkType(of: arguments[0], function: name) {
                switch $0 {
                case .string, .binary, .stringSet, .numberSet, .binarySet, .list: true
                case .number, .bool, .null, .map: false
                }
            }
            return .contains(arguments[0], arguments[1])
        case .size:
            preconditionFailure("size is an operand")
        }
    }
}

/// The checks of operands, which note what they find.
extension ConditionBinding {
    private mutating func note(count error: ExpressionError) { countError = countError ?? error }
    private mutating func note(type error: ExpressionError) { typeError = typeError ?? error }

    /// The type an operand has whatever the item holds; nil for a path.
    private func literalType(of operand: Operand) -> AttributeType? {
        switch operand {
        case .path: nil
        case .literal(let index): literals[index].type
        case .sizeOfPath, .sizeOfLiteral: .number
        }
    }

    private mutating func checkComparison(_ comparator: Comparator, _ left: Operand, _ right: Operand) {
        checkDistinct(comparator.rawValue, [left, right])
        if comparator.isOrdering { checkOrdered([left, right], comparator: comparator.rawValue) }
    }

    private mutating func checkOrdered(_ operands: [Operand], comparator: String) {
        for operand in operands {
            if let type = literalType(of: operand), !type.isScalarKey {
                note(type: .operandType(comparator: comparator, type.rawValue))
            }
        }
    }

    private mutating func checkBetween(_ operand: Operand, _ lower: Operand, _ upper: Operand) {
        checkDistinct("BETWEEN", [operand, lower, upper])
        checkOrdered([operand, lower, upper], comparator: "BETWEEN")
        guard case .literal(let lowerIndex) = lower, case .literal(let upperIndex) = upper else { return }
        let (lowerValue, upperValue) = (literals[lowerIndex], literals[upperIndex])
        let demand: String
        if lowerValue.type != upperValue.type {
            demand = "requires same data type for lower and upper bounds"
        } else if upperValue.ordered(before: lowerValue) == true {
            demand = "requires upper bound to be greater than or equal to lower bound"
        } else {
            return
        }
        note(
            type: ExpressionError(
                "The BETWEEN operator \(demand); "
                    + "lower bound operand: AttributeValue: \(lowerValue.messageDescription), "
                    + "upper bound operand: AttributeValue: \(upperValue.messageDescription)"
            )
        )
    }

    private mutating func checkIn(_ operand: Operand, _ candidates: [Operand]) {
        if candidates.count > Limits.inOperands {
            note(
                count: ExpressionError(
                    "The IN operator is provided with too many operands; number of operands: \(candidates.count)"
                )
            )
        }
        checkDistinct("IN", [operand] + candidates)
    }

    /// The first operand must not come back among the others. Only paths are looked at.
    private mutating func checkDistinct(_ name: String, _ operands: [Operand]) {
        guard distinctError == nil, let first = operands[0].path else { return }
        if operands.dropFirst().contains(where: { $0.path == first }) {
            distinctError = ExpressionError(
                "The first operand must be distinct from the remaining operands for this operator or function; "
                    + "operator: \(name), first operand: \(first.messageDescription)"
            )
        }
    }

    private mutating func checkType(
        of operand: Operand,
        function: String,
        _ isAllowed: (AttributeType) -> Bool
    ) {
        if let type = literalType(of: operand), !isAllowed(type) {
            note(type: .operandType(function: function, type.rawValue))
        }
    }

    private mutating func requirePath(_ operand: Operand, of function: String) -> Path? {
        if let path = operand.path { return path }
        note(type: .pathRequired(function))
        return nil
    }

    private mutating func requireTypeName(_ operand: Operand) -> AttributeType? {
        let function = ConditionFunction.attributeType.rawValue
        guard case .literal(let index) = operand, case .string(let name) = literals[index] else {
            let found = literalType(of: operand)?.rawValue ?? "{NS,SS,L,BS,N,M,B,BOOL,NULL,S}"
            note(type: .operandType(function: function, found))
            return nil
        }
        guard let type = AttributeType(rawValue: name) else {
            note(
                type: ExpressionError(
                    "Invalid attribute type name found; type: \(name), valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}"
                )
            )
            return nil
        }
        return type
    }
}

extension AttributeValue {
    /// As messages show a bound: `{N:5}`.
    var messageDescription: String {
        switch self {
        case .string(let text): "{S:\(text)}"
        case .number(let number): "{N:\(number.text)}"
        case .binary(let bytes): "{B:\(Base64.encode(bytes))}"
        case .bool, .null, .stringSet, .numberSet, .binarySet, .list, .map: "{\(type.rawValue):…}"
        }
    }
}
