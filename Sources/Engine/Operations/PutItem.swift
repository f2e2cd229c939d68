import Expressions
import Model

extension Region {
    func putItem(_ request: PutItemRequest, _ journey: inout Journey) throws(ServiceError) -> WriteResponse {
        let router = arrive(&journey)
        let write = try prepare(request)
        let outcome = try perform(write, router: router, &journey)
        return response(
            attributes: request.options.returnValues == .allOld ? outcome.old : nil,
            to: write,
            request.options,
            journey
        )
    }

    /// Everything that can be said of a put without the stored item, in the service's order.
    func prepare(_ request: PutItemRequest) throws(ServiceError) -> ItemWrite {
        let reference = try metadata.reference(to: request.tableName)
        try request.checkParameters()
        try WriteRules.checkReturnValues(ofPutOrDelete: request.options.returnValues)
        try ItemRules.checkValues(of: request.item)
        let expected = try ConditionExpression(
            expected: request.options.expected,
            joinedBy: request.options.conditionalOperator
        )
        try ItemRules.checkSize(ofPut: request.item)
        let bound = try bind(request.options)
        let table = try activeTable(reference)
        try table.checkPutItem(request.item)
        try table.checkNestedPaths(bound.nestedPaths)
        return ItemWrite(
            table: table,
            key: request.item,
            effect: .put(request.item),
            condition: bound.condition ?? expected,
            returnsItemOnFailure: request.options.returnValuesOnConditionCheckFailure == .allOld
        )
    }

    /// The answer of a single-item write, once it has been carried out.
    func response(
        attributes: Item?,
        to write: ItemWrite,
        _ options: WriteOptions,
        _ journey: Journey
    ) -> WriteResponse {
        WriteResponse(
            attributes: attributes,
            consumedCapacity: journey.report.consumedCapacity.first?.reduced(for: options.returnConsumedCapacity),
            itemCollectionMetrics: itemCollectionMetrics(
                for: write.key,
                in: write.table,
                options.returnItemCollectionMetrics
            )
        )
    }

    /// The expressions of a write, bound.
    struct BoundWrite {
        var update: UpdateExpression?
        var condition: ConditionExpression?
        /// Their paths that lead into an attribute.
        var nestedPaths: [Path] = []
    }

    /// Parses and binds a write's expressions, the update first, and checks that every name and value is used.
    func bind(_ options: WriteOptions, update: String? = nil) throws(ServiceError) -> BoundWrite {
        try bind(update: update, condition: options.conditionExpression, options.expressionAttributes)
    }

    func bind(
        update: String? = nil,
        condition: String?,
        _ attributes: ExpressionAttributes
    ) throws(ServiceError) -> BoundWrite {
        var bound = BoundWrite()
        if update == nil, condition == nil { return bound }
        var binder = ExpressionBinder(attributes, cache: expressions)
        try binder.checkAttributes()
        if let update { bound.update = try binder.update(update) }
        if let condition { bound.condition = try binder.condition(condition, in: .condition) }
        try binder.finish()
        bound.nestedPaths = binder.nestedPaths
        return bound
    }
}
