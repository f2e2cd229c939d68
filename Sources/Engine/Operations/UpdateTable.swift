import Model

extension Region {
    func updateTable(_ request: UpdateTableRequest, _ journey: inout Journey) throws(ServiceError) -> TableDescription {
        let router = arrive(&journey)
        try UpdateTableRules.check(request)
        let table = try controlledTable(request.tableName)
        try UpdateTableRules.check(
            request,
            against: describe(table, at: journey.now),
            region: name,
            now: journey.now.epochSeconds,
            globalIndexesMax: constants.maxGlobalIndexes
        )
        try checkBusyTables()
        try checkAccountQuota(adding: request.throughputs, replacing: table.throughputs(changedBy: request))
        try table.billing.checkSwitch(to: request.billingMode, at: journey.now)
        finish(router, &journey)
        if let change = request.globalSecondaryIndexUpdates?.first(where: { $0.isCreationOrDeletion }) {
            return begin(change, request, on: table, journey)
        }
        if request.isImmediate {
            finish(TableUpdate(request: request), of: table)
            return describe(table, at: journey.now)
        }
        table.status = .updating
        for update in request.globalSecondaryIndexUpdates ?? [] {
            table.globalIndex(named: update.indexName)?.status = .updating
        }
        if let stream = request.streamSpecification { change(stream, of: table) }
        let description = describe(table, at: journey.now)
        let duration = duration(of: request, on: table)
        table.update = TableUpdate(request: request)
        schedule(.tableUpdateDue(table), after: duration, journey)
        continueUpdate(of: table, on: journey.now)
        return description
    }

    private func duration(of request: UpdateTableRequest, on table: Table) -> Int64 {
        if let mode = request.billingMode, mode != table.billing.mode { return constants.billingModeSwitch }
        let isStreamAlone = request.streamSpecification != nil && request.billingMode == nil
        return isStreamAlone ? constants.streamToggle : constants.throughputChange
    }

    /// The stream is ENABLING or DISABLING until the update is done.
    private func change(_ stream: StreamSpecification, of table: Table) {
        if let viewType = stream.streamViewType {
            table.stream = makeStream(viewType, ofTable: table.name, table.key)
        } else {
            table.stream?.beginEnd()
        }
    }

    /// A table by name, for a call that changes or describes it.
    func controlledTable(_ name: String) throws(ServiceError) -> Table {
        let reference = try metadata.reference(to: name)
        guard let table = reference.table else {
            throw .resourceNotFoundException("Requested resource not found: Table: \(reference.name) not found")
        }
        return table
    }

    private func begin(
        _ change: UpdateTableRequest.IndexUpdate,
        _ request: UpdateTableRequest,
        on table: Table,
        _ journey: Journey
    ) -> TableDescription {
        switch change {
        case .create(let index):
            table.define(request.attributeDefinitions, usedBy: index.keySchema)
            let made = makeGlobalIndex(
                index,
                tableName: table.name,
                tableKey: table.key,
                definitions: table.attributeDefinitions,
                mode: request.billingMode ?? table.billing.mode,
                status: .creating,
                isBackfilling: false,
                following: table.partitions
            )
            table.globalIndexes.append(made)
            table.status = .updating
            metadata.schemaChanged()
            let description = describe(table, at: journey.now)
            schedule(.indexAllocated(table, made), after: constants.indexAllocation, journey)
            return description
        case .delete(let name):
            let index = table.globalIndex(named: name)!
            index.status = .deleting
            table.status = .updating
            let description = describe(table, at: journey.now)
            schedule(.indexDeleted(table, index), after: constants.indexDeletion, journey)
            return description
        case .update: preconditionFailure("an index update is neither creation nor deletion")
        }
    }
}

extension UpdateTableRequest.IndexUpdate {
    fileprivate var isCreationOrDeletion: Bool {
        switch self {
        case .create, .delete: true
        case .update: false
        }
    }
}

extension UpdateTableRequest {
    /// Changes that the table need not be UPDATING for.
    fileprivate var isImmediate: Bool {
        billingMode == nil && provisionedThroughput == nil && globalSecondaryIndexUpdates == nil
            && onDemandThroughput == nil && warmThroughput == nil && streamSpecification == nil
    }
}

extension Table {
    /// Takes over the definitions of attributes that the new index's key names; others are ignored.
    fileprivate func define(_ definitions: [AttributeDefinition], usedBy key: [KeySchemaElement]) {
        for element in key where !attributeDefinitions.contains(where: { $0.attributeName == element.attributeName }) {
            if let definition = definitions.first(where: { $0.attributeName == element.attributeName }) {
                attributeDefinitions.append(definition)
            }
        }
    }
}
