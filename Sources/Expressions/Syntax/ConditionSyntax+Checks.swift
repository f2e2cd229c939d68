import Model

/// The checks that need the text alone, in the service's order. Source: reference C4.
extension ConditionSyntax {
    func check(as kind: ExpressionKind) throws(ExpressionError) {
        let operators = operatorCount
        if operators > Limits.expressionOperators { throw .tooManyOperators(operators) }
        try checkEveryNode { node throws(ExpressionError) in try node.checkParentheses() }
        try checkEveryNode { node throws(ExpressionError) in try node.checkFunctionName() }
        try checkFunctionPlaces(kind)
        try checkEveryNode { node throws(ExpressionError) in
            if case .path(let path) = node, let word = path.reservedWord { throw .reservedWord(word) }
        }
    }

    var operatorCount: Int {
        let own =
            switch self {
            case .or(let parts), .and(let parts): parts.count - 1
            case .not, .comparison, .between, .isIn: 1
            case .parenthesised, .function, .path, .value: 0
            }
        return children.reduce(own) { $0 + $1.operatorCount }
    }

    /// Visits the tree in the order it was written.
    private func checkEveryNode(
        _ check: (ConditionSyntax) throws(ExpressionError) -> Void
    ) throws(ExpressionError) {
        try check(self)
        for child in children { try child.checkEveryNode(check) }
    }

    private func checkParentheses() throws(ExpressionError) {
        if case .parenthesised(.parenthesised) = self { throw .redundantParentheses }
    }

    private func checkFunctionName() throws(ExpressionError) {
        guard case .function(let name, _) = self else { return }
        let isKnown = ConditionFunction(rawValue: name) != nil || UpdateFunction(rawValue: name) != nil
        if !isKnown { throw .unknownFunction(name) }
    }

    /// Predicates stand where a condition is wanted, `size` where an operand is.
    private func checkFunctionPlaces(_ kind: ExpressionKind) throws(ExpressionError) {
        try checkEveryNode { node throws(ExpressionError) in
            if case .function(let name, _) = node, UpdateFunction(rawValue: name) != nil {
                throw .function(name, notAllowedIn: kind)
            }
        }
        try checkPlace(wantsCondition: true)
    }

    private func checkPlace(wantsCondition: Bool) throws(ExpressionError) {
        switch self {
        case .or(let parts), .and(let parts):
            for part in parts { try part.checkPlace(wantsCondition: true) }
        case .not(let inner):
            try inner.checkPlace(wantsCondition: true)
        case .parenthesised(let inner):
            try inner.checkPlace(wantsCondition: wantsCondition)
        case .function(let name, let arguments):
            if wantsCondition == (name == ConditionFunction.size.rawValue) {
                throw ExpressionError(
                    "The function is not allowed to be used this way in an expression; function: \(name)"
                )
            }
            for argument in arguments { try argument.checkPlace(wantsCondition: false) }
        case .comparison, .between, .isIn:
            for operand in children { try operand.checkPlace(wantsCondition: false) }
        case .path, .value:
            break
        }
    }
}

enum ConditionFunction: String {
    case attributeExists = "attribute_exists"
    case attributeNotExists = "attribute_not_exists"
    case attributeType = "attribute_type"
    case beginsWith = "begins_with"
    case contains
    case size

    var operandCount: Int {
        switch self {
        case .attributeExists, .attributeNotExists, .size: 1
        case .attributeType, .beginsWith, .contains: 2
        }
    }
}

enum UpdateFunction: String {
    case ifNotExists = "if_not_exists"
    case listAppend = "list_append"
}
