import Expressions
import Model

extension Region {
    func deleteItem(_ request: DeleteItemRequest, _ journey: inout Journey) throws(ServiceError) -> WriteResponse {
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

    /// Everything that can be said of a deletion without the stored item, in the service's order.
    func prepare(_ request: DeleteItemRequest) throws(ServiceError) -> ItemWrite {
        let reference = try metadata.reference(to: request.tableName)
        try request.checkParameters()
        try WriteRules.checkReturnValues(ofPutOrDelete: request.options.returnValues)
        try ItemRules.checkValues(of: request.key)
        let expected = try ConditionExpression(
            expected: request.options.expected,
            joinedBy: request.options.conditionalOperator
        )
        let bound = try bind(request.options)
        let table = try activeTable(reference)
        try table.checkKey(request.key)
        try table.checkNestedPaths(bound.nestedPaths)
        return ItemWrite(
            table: table,
            key: request.key,
            effect: .delete,
            condition: bound.condition ?? expected,
            returnsItemOnFailure: request.options.returnValuesOnConditionCheckFailure == .allOld
        )
    }
}
