import Model

/// What a request consumed, in the API's own members, with where and how long beside it.
struct CostJSON {
    let report: RequestReport

    func append(to bytes: inout [UInt8]) {
        bytes.append("{\"ConsumedCapacity\":[")
        for (index, capacity) in report.consumedCapacity.enumerated() {
            if index > 0 { bytes.append(",") }
            append(capacity, to: &bytes)
        }
        bytes.append("],\"Kind\":")
        bytes.append(report.kind == .read ? "\"read\"" : "\"write\"")
        bytes.append(",\"Partitions\":[")
        for (index, label) in report.partitions.enumerated() {
            if index > 0 { bytes.append(",") }
            bytes.append(jsonString: label.description)
        }
        bytes.append("],\"LatencyMicroseconds\":")
        bytes.append(plain: Int(report.latencyMicroseconds))
        bytes.append("}\n")
    }

    private func append(_ capacity: ConsumedCapacity, to bytes: inout [UInt8]) {
        bytes.append("{\"TableName\":")
        bytes.append(jsonString: capacity.tableName)
        bytes.append(",\"CapacityUnits\":")
        appendUnits(capacity.capacityUnits, to: &bytes)
        bytes.append(",\"Table\":{\"CapacityUnits\":")
        appendUnits(capacity.table, to: &bytes)
        bytes.append("}")
        append(capacity.localSecondaryIndexes, as: ",\"LocalSecondaryIndexes\":{", to: &bytes)
        append(capacity.globalSecondaryIndexes, as: ",\"GlobalSecondaryIndexes\":{", to: &bytes)
        bytes.append("}")
    }

    private func append(_ arms: [ConsumedCapacity.Arm], as opening: StaticString, to bytes: inout [UInt8]) {
        if arms.isEmpty { return }
        bytes.append(opening)
        for (index, arm) in arms.enumerated() {
            if index > 0 { bytes.append(",") }
            bytes.append(jsonString: arm.indexName)
            bytes.append(":{\"CapacityUnits\":")
            appendUnits(arm.capacityUnits, to: &bytes)
            bytes.append("}")
        }
        bytes.append("}")
    }

    /// Halves, without the commas that people like.
    private func appendUnits(_ units: Double, to bytes: inout [UInt8]) {
        let tenths = Int((units * 10).rounded())
        bytes.append(plain: tenths / 10)
        if tenths % 10 != 0 {
            bytes.append(".")
            bytes.append(plain: tenths % 10)
        }
    }
}
