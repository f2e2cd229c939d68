import Model

extension Request {
    /// Whether two requests ask for the same, whatever their placeholders are called and however their expressions are
    /// spaced.
    public func hasSameMeaning(as other: Request) -> Bool {
        switch (self, other) {
        case (.putItem(let left), .putItem(let right)): left.normal == right.normal
        case (.getItem(let left), .getItem(let right)): left.normal == right.normal
        case (.updateItem(let left), .updateItem(let right)): left.normal == right.normal
        case (.deleteItem(let left), .deleteItem(let right)): left.normal == right.normal
        case (.query(let left), .query(let right)): left.normal == right.normal
        case (.scan(let left), .scan(let right)): left.normal == right.normal
        case (.batchGetItem(let left), .batchGetItem(let right)): left.normal == right.normal
        case (.transactGetItems(let left), .transactGetItems(let right)): left.normal == right.normal
        case (.transactWriteItems(let left), .transactWriteItems(let right)): left.normal == right.normal
        default: self == other
        }
    }
}

/// The expressions of a request, taken apart; what cannot be is compared as text.
private struct NormalExpressions: Equatable {
    enum Expression: Equatable {
        case tokens([ExpressionToken])
        case text(String)
    }

    var expressions: [Expression?] = []
    /// What no expression uses, or all of it when one could not be taken apart.
    var rest = ExpressionAttributes()

    init(_ texts: [String?], _ attributes: ExpressionAttributes) {
        let parts = texts.map { text in text.flatMap { ExpressionTokens($0, attributes) } }
        for (text, part) in zip(texts, parts) {
            expressions.append(part.map { .tokens($0.tokens) } ?? text.map { .text($0) })
        }
        let isWhole = zip(texts, parts).allSatisfy { ($0 == nil) == ($1 == nil) }
        if !isWhole {
            rest = attributes
            return
        }
        let usedNames = parts.reduce(into: Set<String>()) { $0.formUnion($1?.usedNames ?? []) }
        let usedValues = parts.reduce(into: Set<String>()) { $0.formUnion($1?.usedValues ?? []) }
        let names = attributes.names?.filter { !usedNames.contains($0.key) } ?? [:]
        let values = attributes.values?.filter { !usedValues.contains($0.key) } ?? [:]
        if !names.isEmpty { rest.names = names }
        if !values.isEmpty { rest.values = values }
    }
}

/// A request without its expressions, and these beside it.
private struct Normal<Plain: Equatable>: Equatable {
    var plain: Plain
    var expressions: [NormalExpressions]
}

extension PutItemRequest {
    fileprivate var normal: Normal<PutItemRequest> {
        var plain = self
        let expressions = plain.options.takeExpressions()
        return Normal(plain: plain, expressions: [expressions])
    }
}

extension GetItemRequest {
    fileprivate var normal: Normal<GetItemRequest> {
        var plain = self
        plain.projectionExpression = nil
        plain.expressionAttributes = .init()
        return Normal(
            plain: plain,
            expressions: [NormalExpressions([projectionExpression], expressionAttributes)]
        )
    }
}

extension UpdateItemRequest {
    fileprivate var normal: Normal<UpdateItemRequest> {
        var plain = self
        plain.updateExpression = nil
        let expressions = plain.options.takeExpressions(with: updateExpression)
        return Normal(plain: plain, expressions: [expressions])
    }
}

extension DeleteItemRequest {
    fileprivate var normal: Normal<DeleteItemRequest> {
        var plain = self
        let expressions = plain.options.takeExpressions()
        return Normal(plain: plain, expressions: [expressions])
    }
}

extension WriteOptions {
    /// Takes the condition and its names and values out.
    fileprivate mutating func takeExpressions(with update: String? = nil) -> NormalExpressions {
        let expressions = NormalExpressions([update, conditionExpression], expressionAttributes)
        conditionExpression = nil
        expressionAttributes = .init()
        return expressions
    }
}

extension ConditionCheckRequest {
    fileprivate var normal: Normal<ConditionCheckRequest> {
        var plain = self
        plain.conditionExpression = ""
        plain.expressionAttributes = .init()
        return Normal(
            plain: plain,
            expressions: [NormalExpressions([conditionExpression], expressionAttributes)]
        )
    }
}

extension QueryRequest {
    fileprivate var normal: Normal<QueryRequest> {
        var plain = self
        plain.keyConditionExpression = nil
        plain.filterExpression = nil
        plain.projectionExpression = nil
        plain.expressionAttributes = .init()
        let texts = [keyConditionExpression, filterExpression, projectionExpression]
        return Normal(plain: plain, expressions: [NormalExpressions(texts, expressionAttributes)])
    }
}

extension ScanRequest {
    fileprivate var normal: Normal<ScanRequest> {
        var plain = self
        plain.filterExpression = nil
        plain.projectionExpression = nil
        plain.expressionAttributes = .init()
        let texts = [filterExpression, projectionExpression]
        return Normal(plain: plain, expressions: [NormalExpressions(texts, expressionAttributes)])
    }
}

extension BatchGetItemRequest {
    fileprivate var normal: Normal<BatchGetItemRequest> {
        var plain = self
        let expressions = requestItems.map {
            NormalExpressions([$0.projectionExpression], ExpressionAttributes(names: $0.expressionAttributeNames))
        }
        for index in plain.requestItems.indices {
            plain.requestItems[index].projectionExpression = nil
            plain.requestItems[index].expressionAttributeNames = nil
        }
        return Normal(plain: plain, expressions: expressions)
    }
}

extension TransactGetItemsRequest {
    fileprivate var normal: Normal<TransactGetItemsRequest> {
        var plain = self
        let expressions = transactItems.map {
            NormalExpressions([$0.projectionExpression], ExpressionAttributes(names: $0.expressionAttributeNames))
        }
        for index in plain.transactItems.indices {
            plain.transactItems[index].projectionExpression = nil
            plain.transactItems[index].expressionAttributeNames = nil
        }
        return Normal(plain: plain, expressions: expressions)
    }
}

extension TransactWriteItemsRequest {
    fileprivate var normal: Normal<TransactWriteItemsRequest> {
        var plain = self
        var expressions: [NormalExpressions] = []
        for (index, action) in transactItems.enumerated() {
            switch action {
            case .put(let request):
                plain.transactItems[index] = .put(request.normal.plain)
                expressions += request.normal.expressions
            case .update(let request):
                plain.transactItems[index] = .update(request.normal.plain)
                expressions += request.normal.expressions
            case .delete(let request):
                plain.transactItems[index] = .delete(request.normal.plain)
                expressions += request.normal.expressions
            case .conditionCheck(let request):
                plain.transactItems[index] = .conditionCheck(request.normal.plain)
                expressions += request.normal.expressions
            }
        }
        return Normal(plain: plain, expressions: expressions)
    }
}
