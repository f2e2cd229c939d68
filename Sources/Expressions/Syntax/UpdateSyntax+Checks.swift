import Model

/// The checks that need the text alone, in the service's order. Source: reference C4.
extension UpdateSyntax {
    func check() throws(ExpressionError) {
        let operators = operands.reduce(0) { $0 + $1.operatorCount }
        if operators > Limits.expressionOperators { throw .tooManyOperators(operators) }
        for operand in operands { try operand.checkParentheses() }
        try checkReservedWords()
        for operand in operands { try operand.checkFunctionNames() }
        if let keyword = repeatedSection {
            throw ExpressionError("The \"\(keyword)\" section can only be used once in an update expression;")
        }
    }

    private var operands: [UpdateOperandSyntax] {
        actions.compactMap { action in
            if case .set(_, let operand) = action { operand } else { nil }
        }
    }

    private func checkReservedWords() throws(ExpressionError) {
        for action in actions {
            if let word = action.target.reservedWord { throw .reservedWord(word) }
            if case .set(_, let operand) = action { try operand.checkReservedWords() }
        }
    }
}

extension UpdateOperandSyntax {
    fileprivate var operatorCount: Int {
        let own =
            switch self {
            case .plus, .minus: 1
            case .path, .value, .function, .parenthesised: 0
            }
        return children.reduce(own) { $0 + $1.operatorCount }
    }

    fileprivate func checkParentheses() throws(ExpressionError) {
        if case .parenthesised(.parenthesised) = self { throw .redundantParentheses }
        for child in children { try child.checkParentheses() }
    }

    fileprivate func checkReservedWords() throws(ExpressionError) {
        if case .path(let path) = self, let word = path.reservedWord { throw .reservedWord(word) }
        for child in children { try child.checkReservedWords() }
    }

    fileprivate func checkFunctionNames() throws(ExpressionError) {
        if case .function(let name, _) = self, UpdateFunction(rawValue: name) == nil {
            throw ConditionFunction(rawValue: name) == nil
                ? .unknownFunction(name)
                : .function(name, notAllowedIn: .update)
        }
        for child in children { try child.checkFunctionNames() }
    }
}
