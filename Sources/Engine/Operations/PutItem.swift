import Expressions
import Model

extension Region {
    func putItem(_ request: PutItemRequest, _ journey: inout Journey) throws(ServiceError) -> WriteResponse {
        let router = arrive(&journey)
        let write = try prepare(request)
        let outcome = try perform(write, router: router, &journey)
        return response(
            attributes: request.returnValues == .allOld ? outcome.old : nil,
            to: write,
            request.returnConsumedCapacity,
            request.returnItemCollectionMetrics,
            journey
        )
    }

    /// Everything that can be said of a put without the stored item, in the service's order.
    func prepare(_ request: PutItemRequest) throws(ServiceError) -> ItemWrite {
        let reference = try metadata.reference(to: request.tableName)
        try WriteRules.checkReturnValues(ofPutOrDelete: request.returnValues)
        try ItemRules.checkValues(of: request.item)
        try ItemRules.checkSize(ofPut: request.item)
        let condition = try bindCondition(request.conditionExpression, request.expressionAttributes)
        let table = try activeTable(reference)
        try table.checkPutItem(request.item)
        return ItemWrite(
            table: table,
            key: request.item,
            effect: .put(request.item),
            condition: condition,
            returnsItemOnFailure: request.returnValuesOnConditionCheckFailure == .allOld
        )
    }

    /// The answer of a single-item write, once it has been carried out.
    func response(
        attributes: Item?,
        to write: ItemWrite,
        _ wantedCapacity: ReturnConsumedCapacity,
        _ wantedMetrics: ReturnItemCollectionMetrics,
        _ journey: Journey
    ) -> WriteResponse {
        WriteResponse(
            attributes: attributes,
            consumedCapacity: journey.report.consumedCapacity.first?.reduced(for: wantedCapacity),
            itemCollectionMetrics: itemCollectionMetrics(for: write.key, in: write.table, wantedMetrics)
        )
    }

    func bindCondition(
        _ text: String?,
        _ attributes: ExpressionAttributes
    ) throws(ServiceError) -> ConditionExpression? {
        try bind(update: nil, condition: text, attributes, hasUpdate: false).condition
    }

    /// Parses and binds a write's expressions, the update first, and checks that every name and value is used.
    func bind(
        update: String?,
        condition: String?,
        _ attributes: ExpressionAttributes,
        hasUpdate: Bool = true
    ) throws(ServiceError) -> (update: UpdateExpression?, condition: ConditionExpression?) {
        if update == nil, condition == nil, attributes.names == nil, attributes.values == nil { return (nil, nil) }
        var binder = ExpressionBinder(attributes, cache: expressions)
        let conditionText = (parameter: "ConditionExpression", text: condition)
        try binder.checkAttributes(
            expressions: hasUpdate ? [(parameter: "UpdateExpression", text: update), conditionText] : [conditionText]
        )
        var bound: (update: UpdateExpression?, condition: ConditionExpression?)
        if let update { bound.update = try binder.update(update) }
        if let condition { bound.condition = try binder.condition(condition, in: .condition) }
        try binder.finish()
        return bound
    }
}
