import Model
import Wire

/// Costs and collection sizes.
extension ResponseDecoder {
    static func capacity(_ body: inout Members) throws(BodyFault) -> ConsumedCapacity? {
        try body.optional("ConsumedCapacity").map(consumedCapacity)
    }

    static func capacities(_ body: inout Members) throws(BodyFault) -> [ConsumedCapacity]? {
        try body.optional("ConsumedCapacity")?.list(consumedCapacity)
    }

    /// With a `Table` member every arm that was charged, without it the sum alone.
    private static func consumedCapacity(_ field: Field) throws(BodyFault) -> ConsumedCapacity {
        try field.structure { body throws(BodyFault) in
            let name = try body.required("TableName").string()
            let (total, kind) = try units(&body)
            guard let table = body.optional("Table") else {
                let sum = ConsumedCapacity(tableName: name, table: total, transactionalKind: kind)
                return sum.reduced(for: .total)!
            }
            let capacity = ConsumedCapacity(
                tableName: name,
                table: try arm(table, kind),
                localSecondaryIndexes: try arms(body.optional("LocalSecondaryIndexes"), kind),
                globalSecondaryIndexes: try arms(body.optional("GlobalSecondaryIndexes"), kind),
                transactionalKind: kind
            )
            if capacity.capacityUnits != total { throw field.fault("the arms are not \(total) together") }
            return capacity
        }
    }

    /// Indexes that were not charged are absent, and so is the member when none was.
    private static func arms(
        _ field: Field?,
        _ kind: ConsumedCapacity.Kind?
    ) throws(BodyFault) -> [ConsumedCapacity.Arm] {
        guard let field else { return [] }
        let arms = try field.entries().map { index throws(BodyFault) in
            ConsumedCapacity.Arm(indexName: index.name, capacityUnits: try arm(index.field, kind))
        }
        if arms.isEmpty || arms.contains(where: { $0.capacityUnits == 0 }) { throw field.fault("an index for free") }
        return arms
    }

    private static func arm(_ field: Field, _ expected: ConsumedCapacity.Kind?) throws(BodyFault) -> Double {
        try field.structure { body throws(BodyFault) in
            let (amount, kind) = try units(&body)
            if kind != expected { throw field.fault("read or write units at one level only") }
            return amount
        }
    }

    /// Transactional answers tell the figure twice.
    private static func units(
        _ body: inout Members
    ) throws(BodyFault) -> (amount: Double, kind: ConsumedCapacity.Kind?) {
        let amount = try body.required("CapacityUnits").double()
        var kind: ConsumedCapacity.Kind?
        for (name, candidate) in [("ReadCapacityUnits", ConsumedCapacity.Kind.read), ("WriteCapacityUnits", .write)] {
            guard let again = body.optional(name) else { continue }
            let figure = try again.double()
            if kind != nil || figure != amount { throw again.fault("not \(amount)") }
            kind = candidate
        }
        return (amount, kind)
    }

    static func collectionMetrics(
        _ body: inout Members
    ) throws(BodyFault) -> [(tableName: String, metrics: [ItemCollectionMetrics])] {
        guard let field = body.optional("ItemCollectionMetrics") else { return [] }
        return try field.entries().map { table throws(BodyFault) in
            (tableName: table.name, metrics: try table.field.list(collectionMetrics))
        }
    }

    static func collectionMetrics(_ field: Field) throws(BodyFault) -> ItemCollectionMetrics {
        try field.structure { body throws(BodyFault) in
            let key = try body.required("ItemCollectionKey").item()
            let range = try body.required("SizeEstimateRangeGB").list { bound throws(BodyFault) in
                try bound.double()
            }
            guard range.count == 2, let lower = Int(exactly: range[0]), let upper = Int(exactly: range[1]),
                lower <= upper
            else { throw field.fault("no range of gigabytes") }
            return ItemCollectionMetrics(itemCollectionKey: key, sizeEstimateRangeGB: lower...upper)
        }
    }
}
