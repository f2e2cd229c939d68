import Engine
import Model

/// Streams, as rows.
extension Report {
    /// `Show streams`
    init(shards: [ShardReport]) {
        columns = [
            "table", "stream", "shard", "parent", "partition", "state", "records", "pending", "oldest", "newest", "age",
            "id",
        ]
        rows = shards.map { shard in
            [
                .text(shard.table), .text(shard.streamLabel), .text(shortShardID(shard.id)),
                shard.parentID.map { .text(shortShardID($0)) } ?? .missing, .text(shard.partition.description),
                .text(shard.isOpen ? "open" : "closed"), .integer(shard.records), .integer(shard.pendingRecords),
                shard.oldestSequenceNumber.map { .text($0) } ?? .missing,
                shard.newestSequenceNumber.map { .text($0) } ?? .missing,
                shard.ageMicroseconds.map { .text(durationText(microseconds: $0)) } ?? .missing, .text(shard.id),
            ]
        }
        ordinary = ["parent": .missing, "pending": .integer(0)]
        if let first = shards.first {
            if shards.allSatisfy({ $0.table == first.table }) { ordinary["table"] = .text(first.table) }
            if shards.allSatisfy({ $0.streamLabel == first.streamLabel }) {
                ordinary["stream"] = .text(first.streamLabel)
            }
        }
        expendable = ["id", "oldest", "newest", "stream"]
        var told: Set<String> = []
        for shard in shards where told.insert("\(shard.table)/\(shard.streamLabel)").inserted {
            let status = shard.streamStatus.rawValue
            remarks.append("\(shard.table), stream \(shard.streamLabel): \(shard.viewType.rawValue), \(status)")
        }
        whenEmpty = "no streams; UpdateTable name STREAM NEW_AND_OLD_IMAGES enables one"
    }

    /// A line a record: when, what happened, to which item, and what of it changed.
    init(_ records: [StreamRecord]) {
        columns = ["time", "event", "key", "change"]
        rows = records.map { record in
            [
                .text(record.time), .text(record.event), .text(attributesText(of: record.keys)),
                record.changeText.map { .text($0) } ?? .missing,
            ]
        }
        ordinary = ["change": .missing]
    }
}

/// The end of a shard's id, by which `Tail … SHARD` knows it.
private func shortShardID(_ id: String) -> String { String(id.suffix(8)) }

/// `pk: USER#alice, sk: PROFILE`
private func attributesText(of item: Item, without keys: Item = .empty) -> String {
    let literal = LiteralText()
    var parts: [String] = []
    item.forEach { name, value in
        let name = String(decoding: name, as: UTF8.self)
        if keys[name] == nil { parts.append("\(name): \(literal.cell(value))") }
    }
    return parts.joined(separator: ", ")
}

extension StreamRecord {
    /// `2026-01-01T00:00:08Z`; the API tells whole seconds.
    fileprivate var time: String {
        CalendarTime(secondsSince1970: Int(approximateCreationDateTime)).extendedISO8601 + "Z"
    }

    fileprivate var event: String { isByService ? "\(eventName.rawValue) (expired)" : eventName.rawValue }

    /// Nil where no image is told.
    fileprivate var changeText: String? {
        switch (oldImage, newImage) {
        case (nil, nil): nil
        case (let old?, let new?): difference(old, new)
        case (nil, let new?):
            (eventName == .modify ? "now " : "") + attributesText(of: new, without: keys)
        case (let old?, nil): "was " + attributesText(of: old, without: keys)
        }
    }

    /// `total: 10 → 20, +note: x, -temp`
    private func difference(_ old: Item, _ new: Item) -> String {
        let literal = LiteralText()
        var parts: [String] = []
        new.forEach { name, value in
            let attribute = AttributeName(String(decoding: name, as: UTF8.self))
            let now = literal.cell(value)
            let before = old.withValue(of: attribute) { $0.map { literal.cell($0) } }
            if before == nil { parts.append("+\(attribute): \(now)") }
            if let before, before != now { parts.append("\(attribute): \(before) → \(now)") }
        }
        old.forEach { name, _ in
            let attribute = AttributeName(String(decoding: name, as: UTF8.self))
            if new.withValue(of: attribute, { $0 == nil }) { parts.append("-\(attribute)") }
        }
        return parts.joined(separator: ", ")
    }
}
