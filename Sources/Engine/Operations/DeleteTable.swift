import Model

extension Region {
    func deleteTable(_ request: DeleteTableRequest, _ journey: inout Journey) throws(ServiceError) -> TableDescription {
        let router = arrive(&journey)
        let table = try controlledTable(request.tableName)
        try UpdateTableRules.checkDeletion(of: describe(table, at: journey.now))
        try checkBusyTables()
        table.status = .deleting
        for index in table.globalIndexes { index.status = .deleting }
        metadata.schemaChanged()
        finish(router, &journey)
        let description = describe(table, at: journey.now)
        schedule(.tableDeleted(table), after: constants.tableDeletion, journey)
        return description
    }
}
