import Expressions
import Model

extension Region {
    func updateItem(_ request: UpdateItemRequest, _ journey: inout Journey) throws(ServiceError) -> WriteResponse {
        let router = arrive(&journey)
        let write = try prepare(request)
        let outcome = try perform(write, router: router, &journey)
        guard case .update(let expression) = write.effect else { preconditionFailure("an update is an update") }
        let attributes: Item? =
            switch request.options.returnValues {
            case .none: nil
            case .allOld: outcome.old
            case .allNew: outcome.new
            case .updatedOld: outcome.old.flatMap { expression?.updatedAttributes(of: $0) }
            case .updatedNew: outcome.new.flatMap { expression?.updatedAttributes(of: $0) }
            }
        return response(
            attributes: attributes,
            to: write,
            request.options,
            journey
        )
    }

    /// Everything that can be said of an update without the stored item, in the service's order.
    func prepare(_ request: UpdateItemRequest) throws(ServiceError) -> ItemWrite {
        let reference = try metadata.reference(to: request.tableName)
        try request.checkParameters()
        try ItemRules.checkValues(of: request.key)
        let updates = try UpdateExpression(attributeUpdates: request.attributeUpdates)
        let expected = try ConditionExpression(
            expected: request.options.expected,
            joinedBy: request.options.conditionalOperator
        )
        let bound = try bind(request.options, update: request.updateExpression)
        let table = try activeTable(reference)
        try table.checkKey(request.key)
        let update = bound.update ?? updates
        if let update {
            try table.checkUpdateTargets(update.paths)
            try table.checkIndexKeyTypes(of: update)
        }
        try table.checkNestedPaths(bound.nestedPaths)
        return ItemWrite(
            table: table,
            key: request.key,
            effect: .update(update),
            condition: bound.condition ?? expected,
            returnsItemOnFailure: request.options.returnValuesOnConditionCheckFailure == .allOld
        )
    }
}
