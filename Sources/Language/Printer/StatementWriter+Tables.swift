import Model

/// CreateTable and UpdateTable as clauses.
extension StatementWriter {
    func createTable(_ request: CreateTableRequest) -> String? {
        guard let name = ValueFormat.table(request.tableName),
            let key = key(request.keySchema, request.attributeDefinitions)
        else { return nil }
        var lines = ["CreateTable \(name) \(key)"]
        switch request.billingMode {
        case .payPerRequest:
            lines[0] += " ON DEMAND"
            if let bounds = request.onDemandThroughput {
                guard let units = units(bounds) else { return nil }
                lines[0] += " MAX \(units)"
            }
        case .provisioned:
            guard let throughput = request.provisionedThroughput else { return nil }
            lines[0] += " PROVISIONED \(units(throughput))"
        }
        if let warm = request.warmThroughput { lines[0] += " WARM \(units(warm))" }
        for index in request.localSecondaryIndexes ?? [] {
            guard let text = localIndex(index, request.attributeDefinitions) else { return nil }
            lines.append("  " + text)
        }
        for index in request.globalSecondaryIndexes ?? [] {
            guard let text = globalIndex(index, request.attributeDefinitions) else { return nil }
            lines.append("  GSI " + text)
        }
        var last = ""
        if let stream = request.streamSpecification {
            guard let words = words(stream) else { return nil }
            last += words
        }
        if let tableClass = request.tableClass { last += " CLASS \(tableClass.rawValue)" }
        if !request.tags.isEmpty {
            let tags = request.tags.map { tag in
                var format = ValueFormat()
                format.append(name: tag.key)
                return "\(format.text): \(formatValue(.string(tag.value)))"
            }
            last += " TAGS {\(tags.joined(separator: ", "))}"
        }
        if request.deletionProtectionEnabled { last += " PROTECT ON" }
        if lines.count > 1, !last.isEmpty { lines.append(" " + last) } else { lines[0] += last }
        return lines.joined(separator: "\n")
    }

    func updateTable(_ request: UpdateTableRequest) -> String? {
        guard let name = ValueFormat.table(request.tableName) else { return nil }
        let updates = request.globalSecondaryIndexUpdates ?? []
        if updates.count == 1, let change = singleChange(updates[0], request, table: name) { return change }
        var text = "UpdateTable \(name)"
        switch request.billingMode {
        case .payPerRequest?:
            text += " ON DEMAND"
            if let bounds = request.onDemandThroughput {
                guard let units = units(bounds) else { return nil }
                text += " MAX \(units)"
            }
        case .provisioned?:
            guard let throughput = request.provisionedThroughput else { return nil }
            text += " PROVISIONED \(units(throughput))"
        case nil: break
        }
        for update in updates {
            guard case .update(let index, let throughput?, nil, nil) = update, let index = ValueFormat.table(index)
            else { return nil }
            text += " GSI \(index) AT \(units(throughput))"
        }
        if let warm = request.warmThroughput { text += " WARM \(units(warm))" }
        if let stream = request.streamSpecification {
            guard let words = words(stream) else { return nil }
            text += words
        }
        if let tableClass = request.tableClass { text += " CLASS \(tableClass.rawValue)" }
        if let isProtected = request.deletionProtectionEnabled { text += " PROTECT \(isProtected ? "ON" : "OFF")" }
        return text
    }

    /// Nil for OFF with the attribute's name: the clause cannot name it.
    func updateTimeToLive(_ request: UpdateTimeToLiveRequest) -> String? {
        guard let name = ValueFormat.table(request.tableName) else { return nil }
        let specification = request.specification
        if !specification.enabled { return specification.attributeName.isEmpty ? "UpdateTable \(name) TTL OFF" : nil }
        var format = ValueFormat()
        if specification.attributeName.lowercased() == "off" {
            // Quoted it is no word of the clause.
            format.append(string: specification.attributeName)
        } else {
            format.append(name: specification.attributeName)
        }
        return "UpdateTable \(name) TTL \(format.text)"
    }

    /// CreateGSI, DropGSI and `UpdateTable table/index`.
    private func singleChange(
        _ update: UpdateTableRequest.IndexUpdate,
        _ request: UpdateTableRequest,
        table: String
    ) -> String? {
        guard let name = ValueFormat.table(update.indexName) else { return nil }
        switch update {
        case .create(let index):
            return globalIndex(index, request.attributeDefinitions).map { text in
                "CreateGSI \(table)/" + text
            }
        case .delete: return "DropGSI \(table)/\(name)"
        case .update(_, let throughput, let bounds, let warm):
            if request.billingMode != nil { return nil }
            var text = "UpdateTable \(table)/\(name)"
            if let throughput { text += " PROVISIONED \(units(throughput))" }
            if let bounds {
                guard let units = units(bounds) else { return nil }
                text += " ON DEMAND MAX \(units)"
            }
            if let warm { text += " WARM \(units(warm))" }
            return text
        }
    }

    // MARK: Parts

    /// Nil for what the service refuses: a view type is given when the stream is enabled, and only then.
    private func words(_ stream: StreamSpecification) -> String? {
        switch (stream.streamEnabled, stream.streamViewType) {
        case (true, let viewType?): " STREAM \(viewType.rawValue)"
        case (false, nil): " STREAM OFF"
        case (true, nil), (false, _?): nil
        }
    }

    /// `(pk S, sk N)`; nil when an attribute has no definition.
    private func key(_ schema: [KeySchemaElement], _ definitions: [AttributeDefinition]) -> String? {
        let isUsual = schema.map(\.keyType) == [.hash] || schema.map(\.keyType) == [.hash, .range]
        var parts: [String] = []
        for element in schema {
            guard let definition = definitions.first(where: { $0.attributeName == element.attributeName }) else {
                return nil
            }
            var format = ValueFormat()
            format.append(name: element.attributeName)
            let role = isUsual ? "" : " \(element.keyType.rawValue)"
            parts.append("\(format.text) \(definition.attributeType.rawValue)\(role)")
        }
        return parts.isEmpty ? nil : "(\(parts.joined(separator: ", ")))"
    }

    private func globalIndex(
        _ index: GlobalSecondaryIndexRequest,
        _ definitions: [AttributeDefinition]
    ) -> String? {
        guard let name = ValueFormat.table(index.indexName), let key = key(index.keySchema, definitions),
            let projection = projection(index.projection)
        else { return nil }
        var text = "\(name) \(key) \(projection)"
        if let throughput = index.provisionedThroughput { text += " AT \(units(throughput))" }
        if let bounds = index.onDemandThroughput {
            guard let units = units(bounds) else { return nil }
            text += " AT MAX \(units)"
        }
        if let warm = index.warmThroughput { text += " AT WARM \(units(warm))" }
        return text
    }

    private func localIndex(_ index: LocalSecondaryIndexRequest, _ definitions: [AttributeDefinition]) -> String? {
        guard let name = ValueFormat.table(index.indexName), let key = key(index.keySchema, definitions),
            let projection = projection(index.projection), index.keySchema.count > 1
        else { return nil }
        return "LSI \(name) \(key) \(projection)"
    }

    private func projection(_ projection: Projection) -> String? {
        switch (projection.projectionType, projection.nonKeyAttributes) {
        case (.all?, nil): "ALL"
        case (.keysOnly?, nil): "KEYS_ONLY"
        case (.include?, let names?) where !names.isEmpty:
            "INCLUDE ("
                + names.map { name in
                    var format = ValueFormat()
                    format.append(name: name)
                    return format.text
                }.joined(separator: ", ") + ")"
        default: nil
        }
    }

    private func units(_ throughput: ProvisionedThroughput) -> String {
        "\(throughput.readCapacityUnits) RCU \(throughput.writeCapacityUnits) WCU"
    }

    private func units(_ throughput: WarmThroughput) -> String {
        "\(throughput.readUnitsPerSecond) RCU \(throughput.writeUnitsPerSecond) WCU"
    }

    private func units(_ bounds: OnDemandThroughput) -> String? {
        let parts = [
            bounds.maxReadRequestUnits.map { "\($0) RCU" }, bounds.maxWriteRequestUnits.map { "\($0) WCU" },
        ].compactMap { $0 }
        return parts.isEmpty ? nil : parts.joined(separator: " ")
    }
}
