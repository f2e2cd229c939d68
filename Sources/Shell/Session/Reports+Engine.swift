import Engine
import Language
import Model

/// What the engine tells of its inside, as rows.
extension Report {
    init(partitions: [PartitionReport]) {
        columns = [
            "id", "hash range", "sort keys", "items", "size", "write/s", "read/s", "share W/R", "leader", "state",
            "parent", "children",
        ]
        rows = partitions.map { partition in
            let range: [Cell] = [
                .text(partition.label.description), .text(hashRange(partition.firstHash, partition.lastHash)),
                partition.sortKeys.map { .text($0) } ?? .missing,
            ]
            let content: [Cell] = [.integer(partition.itemCount), .text(sizeText(partition.sizeBytes))]
            let lineage: [Cell] = [
                .text(partition.state), partition.parent.map { .text($0.description) } ?? .missing,
                .list(partition.children.map(\.description)),
            ]
            return range + content + partition.service + lineage
        }
        // Where every cell is missing the column tells of something that no partition of this table has.
        for name in ["sort keys", "share W/R", "parent", "children"] { ordinary[name] = .missing }
        expendable = ["parent", "size", "items"]
        if let serving = partitions.first(where: { !$0.isRetired }) {
            let writes = grouped(Int(serving.writeCeiling))
            remarks = [
                "each partition serves at most \(writes) write and \(grouped(Int(serving.readCeiling))) read units a second"
            ]
        }
    }

    init(replicas: [ReplicaReport]) {
        columns = [
            "partition", "node", "zone", "role", "kind", "state", "term", "log", "applied", "behind", "lag", "lease",
            "items", "tree height",
        ]
        // What a partition has, as far as anybody knows: its leader's log, or else the longest.
        var lastIndexes: [PartitionLabel: UInt64] = [:]
        for replica in replicas {
            lastIndexes[replica.partition] = max(lastIndexes[replica.partition] ?? 0, replica.logIndex)
        }
        // A dead one may take itself for the leader still, but has no lease.
        for leader in replicas where leader.leaseMicroseconds != nil {
            lastIndexes[leader.partition] = leader.logIndex
        }
        rows = replicas.map { replica in
            let behind = Int(lastIndexes[replica.partition] ?? 0) - Int(replica.appliedIndex)
            return [
                .text(replica.partition.description), .text(replica.node), .text(replica.zone), .text(replica.role),
                .text(replica.kind), .text(replica.state), .integer(replica.term), .integer(Int(replica.logIndex)),
                .integer(Int(replica.appliedIndex)), .integer(max(0, behind)),
                replica.lagMicroseconds > 0 ? .text(durationText(microseconds: replica.lagMicroseconds)) : .missing,
                replica.leaseMicroseconds.map { .text(durationText(microseconds: $0)) } ?? .missing,
                .integer(replica.itemCount), .integer(replica.treeHeight),
            ]
        }
        ordinary = ["kind": .text("full"), "state": .text("ok"), "lag": .missing, "lease": .missing]
        expendable = ["tree height", "lag", "items", "term"]
    }

    init(nodes: [NodeReport]) {
        columns = [
            "node", "zone", "state", "replicas", "leaders", "size", "write/s", "read/s", "allocated W/R", "tables",
        ]
        rows = nodes.map { node in
            [
                .text(node.name), .text(node.zone), .text(node.state), .integer(node.replicas), .integer(node.leaders),
                .text("\(sizeText(node.bytes)) (\(percentText(node.bytes, of: node.bytesMax)))"),
                .load(node.writeUnitsPerSecond, ceiling: node.writesMax),
                .load(node.readUnitsPerSecond, ceiling: node.readsMax), node.allocation, .list(node.tables),
            ]
        }
        ordinary = ["state": .text("ok"), "allocated W/R": .missing]
        expendable = ["leaders", "allocated W/R", "tables"]
        if let first = nodes.first {
            let units = "\(grouped(Int(first.writesMax))) write and \(grouped(Int(first.readsMax))) read units a second"
            remarks = ["each node holds at most \(sizeText(first.bytesMax)) and serves \(units)"]
        }
    }

    init(lags: [LagReport]) {
        columns = ["partition", "follower", "records", "under 10 ms", "median", "90%", "99%", "longest"]
        let none = Array(repeating: Cell.missing, count: 5)
        rows = lags.map { lag in
            guard lag.records > 0 else {
                return [.text(lag.partition.description), .text(lag.node), .integer(0)] + none
            }
            let share = "\(100 * lag.withinTenMilliseconds / lag.records)%"
            let times = [
                lag.medianMicroseconds, lag.ninetiethMicroseconds, lag.ninetyNinthMicroseconds,
                lag.longestMicroseconds,
            ]
            return [
                .text(lag.partition.description), .text(lag.node), .integer(lag.records), .text(share),
            ] + times.map { .text(durationText(microseconds: $0)) }
        }
    }

    init(routers: [RouterReport]) {
        columns = ["router", "zone", "state", "cached tables", "hits", "misses", "redirects"]
        rows = routers.map {
            [
                .text($0.name), .text($0.zone), .text($0.isAlive ? "ok" : "dead"), .integer($0.cachedTables),
                .integer($0.cacheHits), .integer($0.cacheMisses), .integer($0.redirects),
            ]
        }
        ordinary = ["state": .text("ok")]
    }

    init(settings: [SettingReport]) {
        columns = ["setting", "value", "unit", "meaning"]
        rows = settings.map { [.text($0.name), .text($0.value), .text($0.unit), .text($0.summary)] }
        remarks = [".set name value changes one"]
    }

    init(events: [EngineEvent]) {
        columns = ["time", "event"]
        rows = events.map { [.text($0.instant.iso8601), .text($0.text)] }
    }

    init(_ location: LocationReport, key: Item, keyNames: [AttributeName]) {
        let literal = LiteralText()
        let names = keyNames.isEmpty ? key.attributes.names.map { AttributeName($0) } : keyNames
        let parts = names.compactMap { name in
            key.withValue(of: name) { value in value.map { "\(name) = \(literal.cell($0))" } }
        }
        let leader = location.replicas.first { $0.role == "leader" }
        let followers = location.replicas.filter { $0.role != "leader" }.map(\.place)
        columns = ["key", "hash", "partition", "range", "leader", "followers"]
        rows = [
            [
                .text(parts.joined(separator: ", ")),
                .text(hexadecimal(location.hash)),
                .text("\(location.partition) of \(location.partitionCount)"),
                .text(hashRange(location.firstHash, location.lastHash)),
                leader.map { .text($0.place) } ?? .missing,
                .text(followers.joined(separator: ", ")),
            ]
        ]
        isSingle = true
    }
}

extension ReplicaReport {
    fileprivate var place: String { "\(node) (zone \(zone))" }
}

extension PartitionReport {
    /// Whether others have taken its place, so that it serves nothing any more.
    fileprivate var isRetired: Bool { state == "retired" }

    /// Load, share and leader; a retired partition has none.
    fileprivate var service: [Report.Cell] {
        if isRetired { return [.missing, .missing, .missing, .missing] }
        let share = provisionedShare.map { "\(grouped($0.writeCapacityUnits)) / \(grouped($0.readCapacityUnits))" }
        return [
            .load(writeUnitsPerSecond, ceiling: writeCeiling), .load(readUnitsPerSecond, ceiling: readCeiling),
            share.map { .text($0) } ?? .missing,
            .text(leaderZone.isEmpty ? leader : "\(leader) \(leaderZone)"),
        ]
    }

    /// Where the range begins and ends inside one item collection; nil when it holds whole ones.
    fileprivate var sortKeys: String? {
        switch (firstSortKey, endSortKey) {
        case (nil, nil): nil
        case (let first?, nil): "from \(first)"
        case (nil, let end?): "before \(end)"
        case (let first?, let end?): "from \(first), before \(end)"
        }
    }
}

extension NodeReport {
    /// Whether something of the table is here, or of the index if the target names one. Everything is without a target.
    func hosts(_ target: Target?) -> Bool {
        guard let target else { return true }
        if target.index != nil { return tables.contains(target.description) }
        return tables.contains { $0 == target.table || $0.hasPrefix(target.table + "/") }
    }

    fileprivate var allocation: Report.Cell {
        if allocatedReads == 0, allocatedWrites == 0 { return .missing }
        return .text("\(unitsText(allocatedWrites)) / \(unitsText(allocatedReads))")
    }
}

extension Report.Cell {
    fileprivate static func list(_ names: [String]) -> Report.Cell {
        names.isEmpty ? .missing : .text(names.joined(separator: ", "))
    }
}

/// Rounded down, so that 100 % is full.
private func percentText(_ part: Int, of whole: Int) -> String {
    guard whole > 0, part > 0 else { return "0 %" }
    let percent = Int(Double(part) / Double(whole) * 100)
    return percent == 0 ? "<1 %" : "\(percent) %"
}

/// All 32 digits.
private func hexadecimal(_ hash: UInt128) -> String { String(hash, radix: 16, width: 32) }

/// The leading digits of both ends: `4000…7fff`.
private func hashRange(_ first: UInt128, _ last: UInt128) -> String {
    "\(hexadecimal(first).prefix(4))…\(hexadecimal(last).prefix(4))"
}

/// `812 B`, `318 KB`, `1.1 MB`, in powers of 1,024.
func sizeText(_ bytes: Int) -> String {
    var value = Double(bytes)
    var units = ["B", "KB", "MB", "GB", "TB"][...]
    while value >= 1_000, units.count > 1 {
        value /= 1_024
        units.removeFirst()
    }
    let tenths = Int((value * 10).rounded())
    let isWhole = bytes < 1_000 || tenths >= 100 * 10 || tenths % 10 == 0
    return isWhole ? "\(Int(value.rounded())) \(units.first!)" : "\(tenths / 10).\(tenths % 10) \(units.first!)"
}
