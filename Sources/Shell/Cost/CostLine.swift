import Model

/// What every reply ends with: how much came, what it cost, where it was, how long it took.
///
/// ```
/// 2 of 12 items matched · 0.5 RCU eventual · p2 (1 of 4 partitions) · 3.1 ms
/// 3 WCU = app 1 + gsi1 2 · p2 · 4.0 ms
/// ```
/// Piped scripts write hundreds of thousands of these a second: bytes are appended, no String is made.
struct CostLine {
    enum Subject {
        case none
        case page(count: Int, scanned: Int, isFiltered: Bool)
        case item(isFound: Bool)
        /// Of items asked for by their keys.
        case found(count: Int, of: Int)
        case written(count: Int, of: Int)
        case nothingWritten(isConditionFalse: Bool)
        /// A control-plane call, in words.
        case sentence(String)
    }

    var subject: Subject
    var report: RequestReport
    /// How many requests the statement took; said when more than one.
    var requestCount = 1
    var hasMore = false

    func append(to bytes: inout [UInt8], separator: StaticString = " \u{B7} ") {
        let start = bytes.count
        func separate(_ bytes: inout [UInt8]) {
            if bytes.count > start { bytes.append(separator) }
        }
        appendSubject(to: &bytes)
        if !report.consumedCapacity.isEmpty {
            separate(&bytes)
            appendUnits(to: &bytes)
        }
        if !report.partitions.isEmpty {
            separate(&bytes)
            appendPlace(to: &bytes)
        }
        if requestCount > 1 {
            separate(&bytes)
            bytes.append(grouped: requestCount)
            bytes.append(" requests")
        }
        if isTimed {
            separate(&bytes)
            bytes.append(duration: report.latencyMicroseconds)
        }
        if hasMore {
            bytes.append(separator)
            bytes.append("more remains (more)")
        }
        bytes.append(UInt8(ascii: "\n"))
    }

    /// A sentence tells its own time, and what comes from memory takes none.
    private var isTimed: Bool {
        if case .sentence = subject { return false }
        return report.latencyMicroseconds > 0 || !report.consumedCapacity.isEmpty
    }

    private func appendSubject(to bytes: inout [UInt8]) {
        switch subject {
        case .none: break
        case .page(let count, let scanned, let isFiltered):
            if scanned > 0, isFiltered || count != scanned {
                bytes.append(grouped: count)
                bytes.append(" of ")
                bytes.append(items: scanned)
                bytes.append(" matched")
            } else {
                bytes.append(items: count)
            }
        case .item(let isFound): bytes.append(isFound ? "1 item" : "no item")
        case .found(let count, let total):
            bytes.append(grouped: count)
            bytes.append(" of ")
            bytes.append(items: total)
            bytes.append(" found")
        case .written(let count, let total):
            bytes.append(grouped: count)
            if count < total {
                bytes.append(" of ")
                bytes.append(grouped: total)
            }
            bytes.append(total == 1 ? " write done" : " writes done")
        case .nothingWritten: bytes.append("nothing written")
        case .sentence(let text): bytes.append(text: text)
        }
    }

    // MARK: Units

    private func appendUnits(to bytes: inout [UInt8]) {
        var total = 0.0
        var armCount = 0
        for capacity in report.consumedCapacity {
            forEachArm(of: capacity) { _, units in
                total += units
                armCount += 1
            }
        }
        bytes.append(units: total)
        bytes.append(report.kind == .read ? " RCU" : " WCU")
        if report.kind == .read, report.consistency == .eventual { bytes.append(" eventual") }
        if report.kind == .read, report.consistency == .strong { bytes.append(" strong") }
        if report.consistency == .transactional { bytes.append(" transactional") }
        if armCount > 1 { appendArms(to: &bytes) }
        if case .nothingWritten(true) = subject { bytes.append(" (a failed condition is billed)") }
    }

    private func appendArms(to bytes: inout [UInt8]) {
        var isFirst = true
        for capacity in report.consumedCapacity {
            forEachArm(of: capacity) { name, units in
                bytes.append(isFirst ? " = " : " + ")
                isFirst = false
                bytes.append(text: name)
                bytes.append(" ")
                bytes.append(units: units)
            }
        }
    }

    /// The parts that were charged; a table of which nothing was is left out.
    @inline(__always)
    private func forEachArm(of capacity: ConsumedCapacity, _ body: (String, Double) -> Void) {
        if capacity.table > 0 { body(capacity.tableName, capacity.table) }
        for arm in capacity.localSecondaryIndexes { body(arm.indexName, arm.capacityUnits) }
        for arm in capacity.globalSecondaryIndexes { body(arm.indexName, arm.capacityUnits) }
    }

    // MARK: Place

    private static let namedPartitionsMax = 4

    private func appendPlace(to bytes: inout [UInt8]) {
        let isNamed = report.partitions.count <= Self.namedPartitionsMax
        if isNamed {
            for (index, label) in report.partitions.enumerated() {
                if index > 0 { bytes.append(", ") }
                bytes.append(label: label)
            }
        }
        guard case .page = subject, report.partitionCount > 0 else {
            if !isNamed { appendPartitionCount(to: &bytes) }
            return
        }
        if isNamed { bytes.append(" (") }
        appendPartitionCount(to: &bytes)
        if isNamed { bytes.append(")") }
    }

    private func appendPartitionCount(to bytes: inout [UInt8]) {
        bytes.append(grouped: report.partitions.count)
        if report.partitionCount > 0 {
            bytes.append(" of ")
            bytes.append(grouped: report.partitionCount)
        }
        bytes.append(report.partitionCount == 1 ? " partition" : " partitions")
    }
}

extension Array where Element == UInt8 {
    mutating func append(items count: Int) {
        if count == 0 { append("no") } else { append(grouped: count) }
        append(count == 1 ? " item" : " items")
    }

    /// `0.5`, `3`, `31,200`: at most two decimals, none when it is whole.
    mutating func append(units: Double) {
        let hundredths = Int((units * 100).rounded())
        if hundredths % 100 == 0 {
            append(grouped: hundredths / 100)
        } else if hundredths % 10 == 0 {
            append(tenths: hundredths / 10)
        } else {
            append(hundredths: hundredths)
        }
    }

    mutating func append(label: PartitionLabel) {
        if let index = label.indexName {
            append(text: index)
            append("/")
        }
        append("p")
        append(plain: label.number)
    }

    /// `0.73 ms`, `3.1 ms`, `120 ms`, `8.1 s`, `12 min 5 s`, `3 h 20 min`.
    mutating func append(duration microseconds: Int64) {
        let value = Int(microseconds)
        switch value {
        case ..<1_000:
            append(hundredths: (value + 5) / 10)
            append(" ms")
        case ..<99_950:
            append(tenths: (value + 50) / 100)
            append(" ms")
        case ..<999_500:
            append(plain: (value + 500) / 1_000)
            append(" ms")
        case ..<60_000_000:
            append(tenths: (value + 50_000) / 100_000)
            append(" s")
        default: append(seconds: value / 1_000_000)
        }
    }

    /// A minute or more, by its two largest units.
    private mutating func append(seconds: Int) {
        let (large, small): ((Int, StaticString), (Int, StaticString)) =
            switch seconds {
            case ..<3_600: ((seconds / 60, " min"), (seconds % 60, " s"))
            case ..<86_400: ((seconds / 3_600, " h"), (seconds % 3_600 / 60, " min"))
            default: ((seconds / 86_400, " d"), (seconds % 86_400 / 3_600, " h"))
            }
        append(grouped: large.0)
        append(large.1)
        if small.0 > 0 {
            append(" ")
            append(plain: small.0)
            append(small.1)
        }
    }
}

/// A duration for a sentence: `8.1 s`.
func durationText(microseconds: Int64) -> String {
    var bytes: [UInt8] = []
    bytes.append(duration: microseconds)
    return String(decoding: bytes, as: UTF8.self)
}

func unitsText(_ units: Double) -> String {
    var bytes: [UInt8] = []
    bytes.append(units: units)
    return String(decoding: bytes, as: UTF8.self)
}
