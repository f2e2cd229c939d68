import Model

/// A condition with its placeholders filled in, as the user might have written it.
struct ReadableExpression {
    let readable: String
    private let words: Set<String>

    init(_ expression: String, _ attributes: ExpressionAttributes) {
        var text = ""
        var words: Set<String> = []
        var rest = expression[...]
        while let first = rest.first {
            if first == "#" || first == ":" || first.isLetter || first == "_" {
                let tail = rest.dropFirst().prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
                let token = String(first) + tail
                let (shown, word) = Self.resolve(token, attributes)
                text += shown
                if let word { words.insert(word) }
                rest = rest.dropFirst(1 + tail.count)
            } else {
                text.append(first)
                rest = rest.dropFirst()
            }
        }
        readable = text
        self.words = words
    }

    /// The item's top-level attributes that the expression names, in the item's order.
    func attributeNames(of item: Item) -> [AttributeName] {
        item.attributes.names.filter { words.contains($0) }.map { AttributeName($0) }
    }

    private static func resolve(_ token: String, _ attributes: ExpressionAttributes) -> (String, word: String?) {
        if let name = attributes.names?[token] { return (name, name) }
        guard let value = attributes.values?[token] else { return (token, token) }
        let holder: Item = ["v": value]
        return holder.withValue(of: "v") { stored in
            guard let stored else { return (token, nil) }
            if case .string(let text) = value { return ("'\(text)'", nil) }
            return (LiteralText().cell(stored), nil)
        }
    }
}

extension Request {
    /// The condition of a single write.
    var condition: ReadableExpression? {
        switch self {
        case .putItem(let request): request.options.condition
        case .updateItem(let request): request.options.condition
        case .deleteItem(let request): request.options.condition
        default: nil
        }
    }

    func table(ofAction index: Int) -> String? {
        guard case .transactWriteItems(let request) = self, index < request.transactItems.count else { return nil }
        return request.transactItems[index].tableName
    }

    /// The condition of one action of a transaction.
    func condition(ofAction index: Int) -> ReadableExpression? {
        guard case .transactWriteItems(let request) = self, index < request.transactItems.count else { return nil }
        switch request.transactItems[index] {
        case .put(let put): return Request.putItem(put).condition
        case .update(let update): return Request.updateItem(update).condition
        case .delete(let deletion): return Request.deleteItem(deletion).condition
        case .conditionCheck(let check): return .init(check.conditionExpression, check.expressionAttributes)
        }
    }
}

extension WriteOptions {
    fileprivate var condition: ReadableExpression? {
        conditionExpression.map { .init($0, expressionAttributes) }
    }
}
