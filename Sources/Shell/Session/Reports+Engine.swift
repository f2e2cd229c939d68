import Engine
import Model

/// What the engine tells of its inside, as rows.
extension Report {
    init(partitions: [PartitionReport]) {
        let hasShares = partitions.contains { $0.provisionedShare != nil }
        columns = ["id", "hash range", "items", "size", "write/s", "read/s", "leader", "state"]
        if hasShares { columns.insert("share W/R", at: 6) }
        rows = partitions.map { partition in
            var row: [Cell] = [
                .text(partition.label.description),
                .text(hashRange(partition.firstHash, partition.lastHash)),
                .integer(partition.itemCount),
                .text(sizeText(partition.sizeBytes)),
                .load(partition.writeUnitsPerSecond, ceiling: partition.writeCeiling),
                .load(partition.readUnitsPerSecond, ceiling: partition.readCeiling),
                .text("\(partition.leader) \(partition.leaderZone)"),
                .text(partition.state),
            ]
            if hasShares {
                let share = partition.provisionedShare
                let text = share.map { "\(grouped($0.writeCapacityUnits)) / \(grouped($0.readCapacityUnits))" }
                row.insert(text.map { .text($0) } ?? .missing, at: 6)
            }
            return row
        }
        if let first = partitions.first {
            let ceilings = "\(grouped(Int(first.writeCeiling))) write and \(grouped(Int(first.readCeiling))) read units"
            remarks = ["each partition serves at most \(ceilings) a second"]
        }
    }

    init(replicas: [ReplicaReport]) {
        columns = ["partition", "node", "zone", "role", "term", "log", "applied", "behind", "items", "tree height"]
        rows = replicas.map { replica in
            [
                .text(replica.partition.description), .text(replica.node), .text(replica.zone), .text(replica.role),
                .integer(replica.term), .integer(Int(replica.logIndex)), .integer(Int(replica.appliedIndex)),
                .integer(Int(replica.logIndex) - Int(replica.appliedIndex)), .integer(replica.itemCount),
                .integer(replica.treeHeight),
            ]
        }
    }

    init(routers: [RouterReport]) {
        columns = ["router", "zone", "cached tables", "hits", "misses"]
        rows = routers.map {
            [
                .text($0.name), .text($0.zone), .integer($0.cachedTables), .integer($0.cacheHits),
                .integer($0.cacheMisses),
            ]
        }
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

/// All 32 digits.
func hexadecimal(_ hash: UInt128) -> String {
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 32 - digits.count) + digits
}

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
