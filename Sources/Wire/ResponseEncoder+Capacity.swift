import Model

/// Costs and collection sizes. Source: reference B4, B6.
extension ResponseEncoder {
    /// What the value holds: the sum alone when it was reduced to it, else every arm that was charged.
    public static func consumedCapacity(_ capacity: ConsumedCapacity) -> Document {
        var body = ObjectBuilder()
        body.add("TableName", capacity.tableName)
        body.addUnits(capacity.capacityUnits, capacity.transactionalKind)
        if capacity.isTotalOnly { return body.object }
        var table = ObjectBuilder()
        table.addUnits(capacity.table, capacity.transactionalKind)
        body.add("Table", table.object)
        body.add("LocalSecondaryIndexes", arms(capacity.localSecondaryIndexes, capacity.transactionalKind))
        body.add("GlobalSecondaryIndexes", arms(capacity.globalSecondaryIndexes, capacity.transactionalKind))
        return body.object
    }

    static func itemCollectionMetrics(_ metrics: ItemCollectionMetrics) -> Document {
        var body = ObjectBuilder()
        body.add("ItemCollectionKey", metrics.itemCollectionKey)
        let range = metrics.sizeEstimateRangeGB
        body.add(
            "SizeEstimateRangeGB",
            Document.array([.number(Double(range.lowerBound)), .number(Double(range.upperBound))])
        )
        return body.object
    }

    /// Nil when no index was charged.
    private static func arms(_ arms: [ConsumedCapacity.Arm], _ kind: ConsumedCapacity.Kind?) -> Document? {
        if arms.isEmpty { return nil }
        return .object(
            arms.map { arm in
                var body = ObjectBuilder()
                body.addUnits(arm.capacityUnits, kind)
                return Document.Member(arm.indexName, body.object)
            }
        )
    }
}

extension ObjectBuilder {
    /// Transactional answers tell the figure twice.
    fileprivate mutating func addUnits(_ units: Double, _ kind: ConsumedCapacity.Kind?) {
        add("CapacityUnits", units)
        switch kind {
        case .read: add("ReadCapacityUnits", units)
        case .write: add("WriteCapacityUnits", units)
        case nil: break
        }
    }

    mutating func add(_ capacities: [ConsumedCapacity]?) {
        add("ConsumedCapacity", capacities.map { .array($0.map(ResponseEncoder.consumedCapacity)) })
    }

    mutating func add(_ metrics: [(tableName: String, metrics: [ItemCollectionMetrics])]) {
        if metrics.isEmpty { return }
        let tables = metrics.map { table in
            Document.Member(table.tableName, .array(table.metrics.map(ResponseEncoder.itemCollectionMetrics)))
        }
        add("ItemCollectionMetrics", Document.object(tables))
    }
}
