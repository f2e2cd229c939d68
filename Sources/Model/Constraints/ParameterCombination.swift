/// A request with parameters that may not stand together, or not alone.
public protocol CombinedParameters {
    /// Throws when an expression stands beside a parameter from before expressions, else when names or values were
    /// given for expressions that are not there. Source: reference C4 step 5, C5 "mixing", "names map", "values map".
    func checkParameters() throws(ServiceError)
}

/// The expressions of a request, their forerunners, and what belongs to them.
private struct ParameterCombination {
    /// Every expression the operation has, in the order messages name them; nil where the request leaves it out.
    let expressions: [(parameter: String, text: String?)]
    var legacy: [(parameter: String, isGiven: Bool)] = []
    let attributes: ExpressionAttributes

    func check() throws(ServiceError) {
        let given = expressions.filter { $0.text != nil }.map(\.parameter)
        let older = legacy.filter(\.isGiven).map(\.parameter)
        if !given.isEmpty, !older.isEmpty {
            throw .validationException(
                "Can not use both expression and non-expression parameters in the same request: "
                    + "Non-expression parameters: {\(older.joined(separator: ", "))} "
                    + "Expression parameters: {\(given.joined(separator: ", "))}"
            )
        }
        if attributes.names != nil, given.isEmpty {
            throw .validationException("ExpressionAttributeNames can only be specified when using expressions")
        }
        // A projection has no place for a value.
        let candidates = expressions.filter { $0.parameter != "ProjectionExpression" }
        if attributes.values != nil, candidates.allSatisfy({ $0.text == nil }) {
            let parameters = candidates.map(\.parameter).joined(separator: " and ")
            let verb = candidates.count == 1 ? "is" : "are"
            throw .validationException(
                "ExpressionAttributeValues can only be specified when using expressions: \(parameters) \(verb) null"
            )
        }
    }
}

// Each check begins with the common case, in which nothing can be wrong: no older parameter, and an expression that may
// hold names and values, or none of these.

extension PutItemRequest: CombinedParameters {
    public func checkParameters() throws(ServiceError) { try options.checkParameters() }
}

extension DeleteItemRequest: CombinedParameters {
    public func checkParameters() throws(ServiceError) { try options.checkParameters() }
}

extension WriteOptions: CombinedParameters {
    public func checkParameters() throws(ServiceError) {
        if expected == nil, conditionalOperator == nil, conditionExpression != nil || expressionAttributes.areAbsent {
            return
        }
        try ParameterCombination(
            expressions: [("ConditionExpression", conditionExpression)],
            legacy: [("Expected", expected != nil), ("ConditionalOperator", conditionalOperator != nil)],
            attributes: expressionAttributes
        ).check()
    }
}

extension UpdateItemRequest: CombinedParameters {
    public func checkParameters() throws(ServiceError) {
        if attributeUpdates == nil, options.expected == nil, options.conditionalOperator == nil,
            updateExpression != nil || options.conditionExpression != nil || options.expressionAttributes.areAbsent
        {
            return
        }
        try ParameterCombination(
            expressions: [
                ("UpdateExpression", updateExpression), ("ConditionExpression", options.conditionExpression),
            ],
            legacy: [
                ("AttributeUpdates", attributeUpdates != nil), ("Expected", options.expected != nil),
                ("ConditionalOperator", options.conditionalOperator != nil),
            ],
            attributes: options.expressionAttributes
        ).check()
    }
}

extension GetItemRequest: CombinedParameters {
    public func checkParameters() throws(ServiceError) {
        try checkProjection(projectionExpression, attributesToGet, expressionAttributes.names)
    }
}

extension BatchGetItemRequest.TableKeys: CombinedParameters {
    public func checkParameters() throws(ServiceError) {
        try checkProjection(projectionExpression, attributesToGet, expressionAttributeNames)
    }
}

extension TransactGetAction: CombinedParameters {
    public func checkParameters() throws(ServiceError) {
        try checkProjection(projectionExpression, nil, expressionAttributeNames)
    }
}

private func checkProjection(
    _ projection: String?,
    _ attributesToGet: [String]?,
    _ names: [String: String]?
) throws(ServiceError) {
    if attributesToGet == nil, projection != nil || names == nil { return }
    try ParameterCombination(
        expressions: [("ProjectionExpression", projection)],
        legacy: [("AttributesToGet", attributesToGet != nil)],
        attributes: ExpressionAttributes(names: names)
    ).check()
}

extension QueryRequest: CombinedParameters {
    public func checkParameters() throws(ServiceError) {
        if keyConditionExpression != nil, attributesToGet == nil, queryFilter == nil, conditionalOperator == nil,
            keyConditions == nil
        {
            return
        }
        try ParameterCombination(
            expressions: [
                ("ProjectionExpression", projectionExpression), ("FilterExpression", filterExpression),
                ("KeyConditionExpression", keyConditionExpression),
            ],
            legacy: [
                ("AttributesToGet", attributesToGet != nil), ("QueryFilter", queryFilter != nil),
                ("ConditionalOperator", conditionalOperator != nil), ("KeyConditions", keyConditions != nil),
            ],
            attributes: expressionAttributes
        ).check()
    }
}

extension ScanRequest: CombinedParameters {
    public func checkParameters() throws(ServiceError) {
        try ParameterCombination(
            expressions: [("ProjectionExpression", projectionExpression), ("FilterExpression", filterExpression)],
            legacy: [
                ("AttributesToGet", attributesToGet != nil), ("ScanFilter", scanFilter != nil),
                ("ConditionalOperator", conditionalOperator != nil),
            ],
            attributes: expressionAttributes
        ).check()
    }
}

extension ExpressionAttributes {
    fileprivate var areAbsent: Bool { names == nil && values == nil }
}
