import Model

@testable import Engine

// MARK: By key

extension Comparison {
    mutating func get(_ key: TableModel.Key, _ consistent: Bool) throws {
        let response = try region.getResponse(TableModel.name, key.item, consistent: consistent)
        try check(response.item?.attributes, key, consistent)
        let units = (consistent ? 1 : 0.5) * Arithmetic.readUnits(Arithmetic.size(response.item?.attributes))
        try expect(response.consumedCapacity?.arms, ["": units], "consumed capacity")
    }

    /// A strong read is the latest version, an eventual one some committed version.
    private mutating func check(_ item: AttributeMap?, _ key: TableModel.Key, _ consistent: Bool) throws {
        if consistent || isAtRest {
            try expect(item, model.items[key], "item \(key)")
        } else {
            try expect(model.committed(key).contains(item), "item \(key): never committed: \(item as Any)")
            if item != model.items[key] { staleReads += 1 }
        }
    }

    mutating func batchGet(_ keys: [TableModel.Key], _ consistent: Bool) throws {
        let response = try region.batchGet([
            .init(tableName: TableModel.name, keys: keys.map(\.item), consistentRead: consistent)
        ])
        try expect(response.unprocessedKeys, [], "unprocessed keys")
        let items = response.responses.flatMap(\.items).map(\.attributes)
        var found: [TableModel.Key: AttributeMap] = [:]
        for item in items {
            let key = try requireKey(of: item)
            try expect(found[key] == nil && keys.contains(key), "item \(key) twice, or not asked for")
            found[key] = item
        }
        var units = 0.0
        for key in keys {
            try check(found[key], key, consistent)
            units += (consistent ? 1 : 0.5) * Arithmetic.readUnits(Arithmetic.size(found[key]))
        }
        try expect(response.consumedCapacity?.map(\.arms), [["": units]], "consumed capacity")
    }

    mutating func transactGet(_ keys: [TableModel.Key]) throws {
        let response = try region.transactGet(keys.map { .init(tableName: TableModel.name, key: $0.item) })
        try expect(response.responses.map { $0?.attributes }, keys.map { model.items[$0] }, "items by position")
        let units = keys.map { 2 * Arithmetic.readUnits(Arithmetic.size(model.items[$0])) }.reduce(0, +)
        try expect(response.consumedCapacity?.map(\.arms), [["": units]], "consumed capacity")
        try expect(response.consumedCapacity?.map(\.transactionalKind), [.read], "kind of capacity")
    }

    private func requireKey(of item: AttributeMap) throws(Mismatch) -> TableModel.Key {
        guard case .string(let pk)? = item["pk"], case .number(let sk)? = item["sk"],
            let position = TableModel.Key.sortKeys.firstIndex(where: { AttributeValue.decimal($0) == .number(sk) })
        else { throw Mismatch(text: "an item without its key: \(item)") }
        return TableModel.Key(pk: pk, sk: position)
    }
}

// MARK: Pages

extension Comparison {
    mutating func query(_ reading: Step.Reading, _ hash: AttributeValue, _ range: RangeTest?, _ forward: Bool) throws {
        let target = reading.target
        var values: [String: AttributeValue] = [":hash": hash]
        values.merge(range?.values ?? [:]) { $1 }
        values.merge(reading.filter?.values ?? [:]) { $1 }
        let text = "\(target.hash) = :hash" + (range.map { " AND " + $0.text(target.range!) } ?? "")
        let rows = model.entries(target)
            .filter { $0.attributes[target.hash] == hash && (range?.isTrue($0.range!) ?? true) }
        // A condition that fixes the table's whole key ends with its one item: it has no key to go on from.
        let isOfOneItem = target == .table && range?.kind == .equal
        try read(reading, rows: forward ? rows : rows.reversed(), segment: nil, forward: forward, isOfOneItem) {
            region,
            start throws(ServiceError) in
            try region.query(
                TableModel.name,
                index: target.indexName,
                text,
                values,
                filter: reading.filter?.text,
                limit: reading.limit,
                after: start,
                forward: forward,
                consistent: reading.consistent,
                select: reading.select
            )
        } isInside: { entry in
            entry.attributes[target.hash] == hash && (range?.isTrue(entry.range!) ?? true)
        }
    }

    mutating func scan(_ reading: Step.Reading, _ segments: Int) throws {
        let rows = model.entries(reading.target)
        for segment in 0..<segments {
            let bounds = Self.bounds(segment, of: segments)
            try read(reading, rows: rows.filter { bounds.contains($0.hash) }, segment: bounds, forward: true) {
                region,
                start throws(ServiceError) in
                try region.scan(
                    TableModel.name,
                    index: reading.target.indexName,
                    filter: reading.filter?.text,
                    reading.filter?.values,
                    limit: reading.limit,
                    after: start,
                    segment: segments == 1 ? nil : segment,
                    of: segments == 1 ? nil : segments,
                    consistent: reading.consistent,
                    select: reading.select
                )
            } isInside: {
                bounds.contains($0.hash)
            }
        }
    }

    /// B2, "parallel scan": the hashes whose top 12 bits lie in ceil(4096·s/n) … ceil(4096·(s+1)/n) − 1.
    private static func bounds(_ segment: Int, of total: Int) -> ClosedRange<UInt128> {
        func first(_ segment: Int) -> Int { Int((4_096 * Double(segment) / Double(total)).rounded(.up)) }
        let lower = UInt128(first(segment)) << 116
        let end = first(segment + 1)
        return lower...(end == 4_096 ? .max : UInt128(end) << 116 - 1)
    }

    /// Reads page after page. `rows` are what the model holds there, in order.
    private mutating func read(
        _ reading: Step.Reading,
        rows: [TableModel.Entry],
        segment: ClosedRange<UInt128>?,
        forward: Bool,
        _ isOfOneItem: Bool = false,
        page: (Region, Item?) throws(ServiceError) -> PageResponse,
        isInside: (TableModel.Entry) -> Bool
    ) throws {
        var start: Item?
        var startHash: UInt128?
        var rest = rows[...]
        var seen: [TableModel.Entry] = []
        for number in 1... {
            try expect(number <= 300, "paging does not end")
            let answer = try page(region, start)
            if reading.consistent || isAtRest {
                let evaluated = rest.prefix(reading.limit ?? .max)
                try check(answer, evaluated: evaluated, reading, segment, startHash, page: number, isOfOneItem)
                rest = rest.dropFirst(evaluated.count)
                startHash = evaluated.last?.hash
            } else {
                let entries = try check(answer, reading, isInside)
                seen += entries
                let inOrder = forward ? seen : seen.reversed()
                try expect(zip(inOrder, inOrder.dropFirst()).allSatisfy { $0 < $1 }, "entries out of order: \(seen)")
            }
            start = answer.lastEvaluatedKey
            if start == nil { break }
        }
        try expect(rest.isEmpty || !(reading.consistent || isAtRest), "rows never returned: \(rest)")
    }

    /// Of a read that must be exact.
    private func check(
        _ answer: PageResponse,
        evaluated: ArraySlice<TableModel.Entry>,
        _ reading: Step.Reading,
        _ segment: ClosedRange<UInt128>?,
        _ startHash: UInt128?,
        page: Int,
        _ isOfOneItem: Bool
    ) throws(Mismatch) {
        let what = "page \(page) of \(reading.target)"
        let kept = evaluated.filter { entry in
            reading.filter?.isTrue(reading.fetches ? model.items[entry.key] : entry.attributes) ?? true
        }
        let items = kept.map { reading.fetches ? model.items[$0.key]! : $0.attributes }
        try expect(answer.items.map(\.attributes), reading.select == .count ? [] : items, "\(what), items")
        try expect(answer.hasItems, reading.select != .count, "\(what), has Items")
        try expect(answer.count, kept.count, "\(what), Count")
        try expect(answer.scannedCount, evaluated.count, "\(what), ScannedCount")
        let isFull = evaluated.count == reading.limit
        let startKey = isFull && !isOfOneItem ? evaluated.last?.startKey : nil
        try expect(answer.lastEvaluatedKey, startKey, "\(what), LastEvaluatedKey")
        try expect(
            answer.consumedCapacity?.arms,
            cost(evaluated, reading, segment, startHash, isFull: isFull),
            "\(what), consumed capacity"
        )
    }

    /// B4: a query rounds its sum; a scan rounds what it evaluated in each partition it visited.
    private func cost(
        _ evaluated: ArraySlice<TableModel.Entry>,
        _ reading: Step.Reading,
        _ segment: ClosedRange<UInt128>?,
        _ startHash: UInt128?,
        isFull: Bool
    ) -> [String: Double] {
        let target = reading.target
        let factor = reading.consistent ? 1.0 : 0.5
        var units = factor * Arithmetic.readUnits(evaluated.map { Arithmetic.size($0.attributes) }.reduce(0, +))
        if let segment {
            func partition(_ hash: UInt128) -> Int {
                Int(hash.multipliedFullWidth(by: UInt128(target.partitions)).high)
            }
            let last = isFull ? evaluated.last!.partition : partition(segment.upperBound)
            units = (partition(startHash ?? segment.lowerBound)...last).map { number in
                let bytes = evaluated.filter { $0.partition == number }.map { Arithmetic.size($0.attributes) }
                return factor * Arithmetic.readUnits(bytes.reduce(0, +))
            }.reduce(0, +)
        }
        let fetched =
            reading.fetches
            ? evaluated.map { factor * Arithmetic.readUnits(Arithmetic.size(model.items[$0.key])) }.reduce(0, +) : 0
        return target == .table ? ["": units] : ["": fetched, target.rawValue: units]
    }

    /// Of a read that may be stale: every entry is that of a committed version.
    private func check(
        _ answer: PageResponse,
        _ reading: Step.Reading,
        _ isInside: (TableModel.Entry) -> Bool
    ) throws -> [TableModel.Entry] {
        let target = reading.target
        try expect(answer.scannedCount <= reading.limit ?? .max, "ScannedCount above Limit")
        try expect(answer.count <= answer.scannedCount, "Count above ScannedCount")
        var entries: [TableModel.Entry] = []
        for item in answer.items.map(\.attributes) {
            let key = try requireKey(of: item)
            let isCommitted = model.committed(key).contains { version in
                version.map { reading.fetches ? $0 == item : target.entry($0) == item } ?? false
            }
            try expect(isCommitted, "never committed: \(item)")
            if reading.fetches { continue }
            let entry = TableModel.Entry(target: target, key: key, attributes: item)
            try expect(isInside(entry), "outside the condition or segment: \(item)")
            entries.append(entry)
        }
        if reading.filter == nil, !reading.fetches, reading.select == nil, segmentIsWhole(answer) {
            let bytes = entries.map { Arithmetic.size($0.attributes) }.reduce(0, +)
            let least = 0.5 * Arithmetic.readUnits(bytes)
            try expect(answer.consumedCapacity!.capacityUnits >= least, "cheaper than what was evaluated")
        }
        return entries
    }

    private func segmentIsWhole(_ answer: PageResponse) -> Bool { answer.scannedCount == answer.count }
}

extension Step.Reading {
    /// A local index gets the attributes it lacks from the table.
    var fetches: Bool { target == .byA && select == .allAttributes }
}
