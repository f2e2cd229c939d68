/// The modelled constraints of the control operations' members.
extension ConstraintViolations {
    private static let attributeNameLength = 1...Limits.keyAttributeNameLength
    private static let indexNameMinimum = Limits.tableNameLength.lowerBound

    public mutating func check(_ request: CreateTableRequest) {
        check(request.attributeDefinitions)
        check(request.keySchema, at: "keySchema", maximum: 2)
        check(request.provisionedThroughput, at: "provisionedThroughput")
        for (offset, index) in (request.localSecondaryIndexes ?? []).enumerated() {
            let path = "localSecondaryIndexes.\(offset + 1).member"
            check(name: index.indexName, at: path + ".indexName", minimum: Self.indexNameMinimum)
            check(index.keySchema, at: path + ".keySchema", maximum: 2)
            check(index.projection, at: path + ".projection")
        }
        for (offset, index) in (request.globalSecondaryIndexes ?? []).enumerated() {
            check(index, at: "globalSecondaryIndexes.\(offset + 1).member")
        }
        check(request.tags)
    }

    public mutating func check(_ request: UpdateTableRequest) {
        check(request.attributeDefinitions)
        check(request.provisionedThroughput, at: "provisionedThroughput")
        for (offset, update) in (request.globalSecondaryIndexUpdates ?? []).enumerated() {
            let path = "globalSecondaryIndexUpdates.\(offset + 1).member."
            switch update {
            case .create(let index): check(index, at: path + "create")
            case .update(let name, let throughput, _, _):
                check(name: name, at: path + "update.indexName", minimum: Self.indexNameMinimum)
                check(throughput, at: path + "update.provisionedThroughput")
            case .delete(let name):
                check(name: name, at: path + "delete.indexName", minimum: Self.indexNameMinimum)
            }
        }
    }

    public mutating func check(_ request: ListTablesRequest) {
        if let start = request.exclusiveStartTableName {
            check(name: start, at: "exclusiveStartTableName", minimum: Limits.tableNameLength.lowerBound)
        }
        if let limit = request.limit { check(value: limit, at: "limit", 1...Limits.listTablesNames) }
    }

    private mutating func check(_ definitions: [AttributeDefinition]) {
        for (offset, definition) in definitions.enumerated() {
            let path = "attributeDefinitions.\(offset + 1).member."
            checkAttributeName(definition.attributeName, at: path + "attributeName")
            if !definition.attributeType.isScalarKey {
                add(definition.attributeType.rawValue, at: path + "attributeType", .enumeration(["B", "N", "S"]))
            }
        }
    }

    /// `maximum` is two where a schema is at most HASH and RANGE; global indexes have a text of their own.
    private mutating func check(_ keySchema: [KeySchemaElement], at path: String, maximum: Int?) {
        if keySchema.isEmpty { add("[]", at: path, .lengthAtLeast(1)) }
        if let maximum, keySchema.count > maximum { add("[...]", at: path, .lengthAtMost(maximum)) }
        for (offset, element) in keySchema.enumerated() {
            checkAttributeName(element.attributeName, at: "\(path).\(offset + 1).member.attributeName")
        }
    }

    private mutating func check(_ throughput: ProvisionedThroughput?, at path: String) {
        guard let throughput else { return }
        check(value: throughput.readCapacityUnits, at: path + ".readCapacityUnits", 1...Int.max)
        check(value: throughput.writeCapacityUnits, at: path + ".writeCapacityUnits", 1...Int.max)
    }

    private mutating func check(_ projection: Projection, at path: String) {
        guard let names = projection.nonKeyAttributes else { return }
        let shown = "[\(names.joined(separator: ", "))]"
        check(length: names.count, of: shown, at: path + ".nonKeyAttributes", 1...Limits.nonKeyAttributesPerIndex)
        for (offset, name) in names.enumerated() {
            checkAttributeName(name, at: "\(path).nonKeyAttributes.\(offset + 1).member")
        }
    }

    private mutating func check(_ index: GlobalSecondaryIndexRequest, at path: String) {
        check(name: index.indexName, at: path + ".indexName", minimum: Self.indexNameMinimum)
        check(index.keySchema, at: path + ".keySchema", maximum: nil)
        check(index.projection, at: path + ".projection")
        check(index.provisionedThroughput, at: path + ".provisionedThroughput")
    }

    mutating func check(_ tags: [Tag]) {
        for (offset, tag) in tags.enumerated() {
            let path = "tags.\(offset + 1).member."
            check(length: tag.key.utf16.count, of: tag.key, at: path + "key", Limits.tagKeyLength)
            check(length: tag.value.utf16.count, of: tag.value, at: path + "value", Limits.tagValueLength)
        }
    }

    mutating func checkAttributeName(_ name: String, at path: String) {
        check(length: name.utf16.count, of: name, at: path, Self.attributeNameLength)
    }
}
