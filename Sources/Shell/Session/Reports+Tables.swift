import Language
import Model

/// Tables, their keys, indexes and capacity, as rows.
extension Report {
    /// One table as `Describe` shows it.
    init(describing table: TableDescription, timeToLive: TimeToLiveDescription? = nil) {
        var pairs: [(String, Cell)] = [
            ("table", .text(table.tableName)),
            ("status", .text(table.tableStatus.rawValue)),
            ("key", .text(keyText(table.keySchema, table.attributeDefinitions))),
            ("billing", .text(table.billingText)),
            ("items", .integer(table.itemCount)),
            ("size", .text(sizeText(table.tableSizeBytes))),
        ]
        pairs += table.localSecondaryIndexes.map { ("LSI \($0.indexName)", .text($0.text(table))) }
        pairs += table.globalSecondaryIndexes.map { ("GSI \($0.indexName)", .text($0.text(table))) }
        if let timeToLive, let attribute = timeToLive.attributeName {
            pairs.append(("TTL", .text("\(attribute), \(timeToLive.status.rawValue)")))
        }
        if let encryption = table.sseDescription { pairs.append(("encrypted", .text(encryption.kmsMasterKeyArn))) }
        if let stream = table.streamText { pairs.append(("stream", .text(stream))) }
        if table.deletionProtectionEnabled { pairs.append(("protected", .text("from deletion"))) }
        if table.tableClass == .standardInfrequentAccess { pairs.append(("class", .text("infrequent access"))) }
        pairs.append(("warm", .text(table.warmThroughput.text)))
        pairs.append(("arn", .text(table.tableArn)))
        self.init(pairs)
    }

    /// One index as `Describe app/gsi1` shows it.
    init?(describing index: String, of table: TableDescription) {
        if let local = table.localSecondaryIndexes.first(where: { $0.indexName == index }) {
            self.init([
                ("index", .text("\(table.tableName)/\(index)")),
                ("kind", .text("local: shares the table's partitions and capacity, can be read consistently")),
                ("key", .text(keyText(local.keySchema, table.attributeDefinitions))),
                ("projection", .text(local.projection.text)),
                ("items", .integer(local.itemCount)),
                ("size", .text(sizeText(local.indexSizeBytes))),
            ])
        } else if let global = table.globalSecondaryIndexes.first(where: { $0.indexName == index }) {
            self.init([
                ("index", .text("\(table.tableName)/\(index)")),
                ("kind", .text("global: own partitions and capacity, filled asynchronously, eventually consistent")),
                ("status", .text(global.statusText)),
                ("key", .text(keyText(global.keySchema, table.attributeDefinitions))),
                ("projection", .text(global.projection.text)),
                ("capacity", .text(table.capacityText(global.provisionedThroughput))),
                ("items", .integer(global.itemCount)),
                ("size", .text(sizeText(global.indexSizeBytes))),
            ])
        } else {
            return nil
        }
    }

    init(tables: [TableDescription]) {
        columns = ["table", "status", "key", "billing", "indexes", "items", "size"]
        rows = tables.map { table in
            let indexes = table.localSecondaryIndexes.map(\.indexName) + table.globalSecondaryIndexes.map(\.indexName)
            return [
                .text(table.tableName), .text(table.tableStatus.rawValue),
                .text(keyText(table.keySchema, table.attributeDefinitions)), .text(table.billingText),
                indexes.isEmpty ? .missing : .text(indexes.joined(separator: ", ")),
                .integer(table.itemCount), .text(sizeText(table.tableSizeBytes)),
            ]
        }
    }

    init(indexesOf tables: [TableDescription]) {
        columns = ["index", "kind", "status", "key", "projection", "items", "size"]
        rows = tables.flatMap { table -> [[Cell]] in
            let local: [[Cell]] = table.localSecondaryIndexes.map {
                [
                    .text("\(table.tableName)/\($0.indexName)"), .text("LSI"), .text("ACTIVE"),
                    .text(keyText($0.keySchema, table.attributeDefinitions)), .text($0.projection.text),
                    .integer($0.itemCount), .text(sizeText($0.indexSizeBytes)),
                ]
            }
            let global: [[Cell]] = table.globalSecondaryIndexes.map {
                [
                    .text("\(table.tableName)/\($0.indexName)"), .text("GSI"), .text($0.statusText),
                    .text(keyText($0.keySchema, table.attributeDefinitions)), .text($0.projection.text),
                    .integer($0.itemCount), .text(sizeText($0.indexSizeBytes)),
                ]
            }
            return local + global
        }
    }

    private init(_ pairs: [(String, Cell)]) {
        columns = pairs.map(\.0)
        rows = [pairs.map(\.1)]
        isSingle = true
    }
}

/// `pk S HASH, sk S RANGE`
private func keyText(_ schema: [KeySchemaElement], _ definitions: [AttributeDefinition]) -> String {
    let parts = schema.map { element in
        let type = definitions.first { $0.attributeName == element.attributeName }?.attributeType.rawValue ?? "?"
        return "\(element.attributeName) \(type)\(element.keyType == .hash ? " HASH" : " RANGE")"
    }
    return parts.joined(separator: ", ")
}

extension Projection {
    fileprivate var text: String {
        let type = projectionType?.rawValue ?? "ALL"
        guard let names = nonKeyAttributes, !names.isEmpty else { return type }
        return "\(type) (\(names.joined(separator: ", ")))"
    }
}

extension WarmThroughput {
    fileprivate var text: String {
        "\(grouped(readUnitsPerSecond)) read, \(grouped(writeUnitsPerSecond)) write units a second"
    }
}

extension TableDescription {
    /// Nil when it never had one.
    fileprivate var streamText: String? {
        guard let label = latestStreamLabel else { return nil }
        return "\(streamSpecification?.streamViewType?.rawValue ?? "disabled") · \(label)"
    }

    fileprivate var billingText: String {
        guard billingMode == .payPerRequest else { return capacityText(provisionedThroughput) }
        let read = onDemandThroughput?.maxReadRequestUnits.map { "\(grouped($0)) RCU" }
        let write = onDemandThroughput?.maxWriteRequestUnits.map { "\(grouped($0)) WCU" }
        let bounds = [read, write].compactMap { $0 }.filter { !$0.hasPrefix("-") }
        return bounds.isEmpty ? "on demand" : "on demand, at most \(bounds.joined(separator: " "))"
    }

    fileprivate func capacityText(_ throughput: ProvisionedThroughputDescription) -> String {
        if billingMode == .payPerRequest { return "on demand" }
        return "provisioned \(grouped(throughput.readCapacityUnits)) RCU \(grouped(throughput.writeCapacityUnits)) WCU"
    }
}

extension LocalSecondaryIndexDescription {
    fileprivate func text(_ table: TableDescription) -> String {
        "\(keyText(keySchema, table.attributeDefinitions)) · \(projection.text)"
    }
}

extension GlobalSecondaryIndexDescription {
    fileprivate var statusText: String { indexStatus.rawValue + (backfilling == true ? " (backfilling)" : "") }

    fileprivate func text(_ table: TableDescription) -> String {
        let capacity = table.billingMode == .payPerRequest ? "" : " · \(table.capacityText(provisionedThroughput))"
        let status = indexStatus == .active ? "" : " · \(statusText)"
        return "\(keyText(keySchema, table.attributeDefinitions)) · \(projection.text)\(capacity)\(status)"
    }
}
