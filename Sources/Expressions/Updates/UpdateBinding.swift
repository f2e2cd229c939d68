import Model

extension UpdateExpression {
    init(_ syntax: UpdateSyntax, _ binder: inout ExpressionBinder) throws(ExpressionError) {
        var binding = UpdateBinding()
        var actions: [UpdateAction] = []
        actions.reserveCapacity(syntax.actions.count)
        for action in syntax.actions { actions.append(try binding.bind(action, &binder)) }
        try binding.checkValues()
        try Path.checkDistinct(actions.map(\.target))
        try binding.checkOperands()
        self.actions = actions
        isLegacy = false
    }
}

/// Turns written update actions into bound ones. An undefined name is reported at once, the other mistakes are kept:
/// the service reports undefined values, then paths that disturb each other, then wrong operand types, then misuse of
/// functions. Source: reference C4.
private struct UpdateBinding {
    private var valueError: ExpressionError?
    private var typeError: ExpressionError?
    private var functionError: ExpressionError?

    func checkValues() throws(ExpressionError) {
        if let valueError { throw valueError }
    }

    func checkOperands() throws(ExpressionError) {
        if let error = typeError ?? functionError { throw error }
    }

    mutating func bind(
        _ action: UpdateSyntax.Action,
        _ binder: inout ExpressionBinder
    ) throws(ExpressionError) -> UpdateAction {
        let target = try binder.resolve(action.target)
        switch action {
        case .set(_, let operand):
            return .set(target, try bind(operand, &binder))
        case .remove:
            return .remove(target)
        case .add(_, let placeholder):
            let value = bind(value: placeholder, &binder)
            if value.type != .number, !value.type.isSet { note(action: "ADD", value.type) }
            return .add(target, value)
        case .delete(_, let placeholder):
            let value = bind(value: placeholder, &binder)
            if !value.type.isSet { note(action: "DELETE", value.type) }
            return .delete(target, value)
        }
    }

    private mutating func bind(
        _ operand: UpdateOperandSyntax,
        _ binder: inout ExpressionBinder
    ) throws(ExpressionError) -> UpdateOperand {
        switch operand {
        case .path(let path): return .path(try binder.resolve(path))
        case .value(let placeholder): return .value(bind(value: placeholder, &binder))
        case .parenthesised(let inner): return try bind(inner, &binder)
        case .plus(let left, let right):
            let (left, right) = (try bind(left, &binder), try bind(right, &binder))
            checkNumbers([left, right], of: "+")
            return .plus(left, right)
        case .minus(let left, let right):
            let (left, right) = (try bind(left, &binder), try bind(right, &binder))
            checkNumbers([left, right], of: "-")
            return .minus(left, right)
        case .function(let name, let arguments):
            var bound: [UpdateOperand] = []
            for argument in arguments { bound.append(try bind(argument, &binder)) }
            return bindFunction(name, bound)
        }
    }

    private mutating func bind(value placeholder: String, _ binder: inout ExpressionBinder) -> AttributeValue {
        do throws(ExpressionError) {
            return try binder.resolve(value: placeholder)
        } catch {
            valueError = valueError ?? error
            return .null
        }
    }

    private mutating func bindFunction(_ name: String, _ arguments: [UpdateOperand]) -> UpdateOperand {
        // Stands in for an operand that will be refused.
        let refused = UpdateOperand.value(.null)
        if arguments.count != 2 {
            functionError = functionError ?? .operandCount(name, arguments.count)
            return refused
        }
        if name == UpdateFunction.listAppend.rawValue {
            for argument in arguments {
                if let type = argument.literalType, type != .list {
                    functionError = functionError ?? .operandType(function: name, type.rawValue)
                }
            }
            return .listAppend(arguments[0], arguments[1])
        }
        guard case .path(let path) = arguments[0] else {
            functionError = functionError ?? .pathRequired(name)
            return refused
        }
        return .ifNotExists(path, arguments[1])
    }

    private mutating func checkNumbers(_ operands: [UpdateOperand], of operation: String) {
        for operand in operands {
            if let type = operand.literalType, type != .number {
                typeError = typeError ?? .operandType(function: operation, type.rawValue)
            }
        }
    }

    private mutating func note(action: String, _ type: AttributeType) {
        typeError = typeError ?? .operandType(comparator: action, type.longName)
    }
}

extension UpdateOperand {
    /// The type the operand has whatever the item holds; nil when that is open.
    var literalType: AttributeType? {
        switch self {
        case .path, .ifNotExists: nil
        case .value(let value): value.type
        case .plus, .minus: .number
        case .listAppend: .list
        }
    }
}

extension AttributeType {
    var isSet: Bool { self == .stringSet || self == .numberSet || self == .binarySet }
}
