import Model

/// The way from the caller to the partition that is asked.
extension Region {
    /// The table for a call that reads or writes items: it must be there, and not be about to come or go.
    func activeTable(_ reference: TableReference) throws(ServiceError) -> Table {
        guard let table = reference.table, table.status == .active || table.status == .updating else {
            throw .resourceNotFoundException("Requested resource not found")
        }
        return table
    }

    /// The router's look-up of the partition that holds a key. `toLeader`: only its leader will do.
    func route(
        _ key: UnsafeRawBufferPointer,
        in partitions: [Partition],
        of table: Table,
        index: GlobalIndex?,
        router: Int,
        toLeader: Bool = true,
        _ journey: inout Journey
    ) -> Partition {
        // Others may have been at work while this request waited: it goes on now, not in their past.
        journey.rejoin(at: now)
        let partition = PartitionMap.partition(holding: key, in: partitions)
        let space = KeySpace(table, index)
        let lookUp = lookUpMap(of: space, router: router, &journey)
        if journey.isTraced {
            let remembered = lookUp.olderMap?.place(of: key).partition ?? partition
            journey.trace(
                "router \(fleet[router].name)",
                "hash \(HashText.short(PartitionHash.leadingInteger(key))) → \(remembered.hashRangeText); "
                    + "partition map cache \(lookUp.text), epoch \(lookUp.olderMap?.epoch ?? space.mapEpoch)"
            )
        }
        if let older = lookUp.olderMap {
            follow(older, to: partition, key, in: space, toLeader: toLeader, router: router, &journey)
        }
        visit(partition, of: partitions, router: router, &journey)
        return partition
    }

    /// The same for one of the partitions that a query or scan visits. `key` is where it begins to read there.
    func routeScan(
        to partition: Partition,
        at key: [UInt8],
        of target: ReadTarget,
        toLeader: Bool,
        router: Int,
        _ journey: inout Journey
    ) {
        journey.rejoin(at: now)
        let space = KeySpace(target.table, target.globalIndex)
        let lookUp = lookUpMap(of: space, router: router, &journey)
        key.withUnsafeBytes { key in
            if journey.isTraced {
                let remembered = lookUp.olderMap?.place(of: key).partition ?? partition
                journey.trace(
                    "router \(fleet[router].name)",
                    "→ \(remembered.hashRangeText); partition map cache \(lookUp.text)"
                )
            }
            if let older = lookUp.olderMap {
                follow(older, to: partition, key, in: space, toLeader: toLeader, router: router, &journey)
            }
        }
        visit(partition, of: target.partitions, router: router, &journey)
    }

    // MARK: Partition maps

    private struct MapLookUp {
        var isHit: Bool
        /// The map that the router has, when it is not the newest.
        var olderMap: PartitionMap?

        var text: String { isHit ? "hit" : "miss, asked the metadata service" }
    }

    @inline(__always)
    private func lookUpMap(of space: KeySpace, router: Int, _ journey: inout Journey) -> MapLookUp {
        fleet[router].hasNewest(space.mapNumber, epoch: space.mapEpoch)
            ? MapLookUp(isHit: true) : lookUpOlderMap(of: space, router: router, &journey)
    }

    @inline(never)
    private func lookUpOlderMap(of space: KeySpace, router: Int, _ journey: inout Journey) -> MapLookUp {
        let list = space.list
        if let map = fleet[router].olderMap(list.mapNumber, on: journey.now) {
            fleet[router].countHit()
            return MapLookUp(isHit: true, olderMap: map.epoch == list.epoch ? nil : map)
        }
        fleet[router].countMiss()
        journey.spend(median: constants.hopAcrossZones)
        let map = metadata.partitionMap(of: list, on: journey.now, push: constants.mapPush)
        fleet[router].remember(map, list.mapNumber)
        return MapLookUp(isHit: false, olderMap: map.epoch == list.epoch ? nil : map)
    }

    /// What comes of an older map. It may be right about this key; the refresh that every hit sends brings the newer one.
    /// Otherwise the request arrives at a node that serves the key no longer, which answers with the membership as it
    /// is: so there is one redirect, and then the router knows.
    private func follow(
        _ older: PartitionMap,
        to partition: Partition,
        _ key: UnsafeRawBufferPointer,
        in space: KeySpace,
        toLeader: Bool,
        router: Int,
        _ journey: inout Journey
    ) {
        let list = space.list
        let place = older.place(of: key)
        if place.partition === partition, !toLeader || place.leader == partition.leaderPlace {
            let newer = metadata.partitionMap(of: list, on: journey.now, push: constants.mapPush)
            let back = journey.now.advanced(byMicroseconds: 2 * constants.hopAcrossZones)
            fleet[router].expect(newer, list.mapNumber, at: back)
            return
        }
        guard faultState.effects.reaches(.router(router + 1), .node(place.leader.node.number)) else {
            journey.trace(
                "router \(fleet[router].name)",
                "\(place.leader.node) does not answer; asks the metadata service"
            )
            journey.wait(microseconds: constants.attemptTimeout)
            journey.spend(median: constants.hopAcrossZones)
            fleet[router].remember(list.map, list.mapNumber)
            return
        }
        let hop = fleet[router].zone == place.leader.zone ? constants.hopWithinZone : constants.hopAcrossZones
        journey.spend(median: hop)
        journey.trace(
            "→ \(place.leader.node) (az \(place.leader.zone))",
            "not here any more: \(place.partition.successionText(partition)); "
                + "answers with the map of epoch \(list.epoch)"
        )
        journey.spend(median: constants.nodeWork)
        journey.spend(median: hop)
        fleet[router].remember(list.map, list.mapNumber)
        fleet[router].countRedirect()
        journey.trace("router \(fleet[router].name)", "redirected once → \(partition.hashRangeText)")
    }

    func visit(_ partition: Partition, of partitions: [Partition], router: Int, _ journey: inout Journey) {
        journey.report.visit(partition.label)
        journey.report.partitionCount = partitions.count
        traceAdmission(to: partition, router: router, &journey)
    }
}

/// Hashes as people read them.
enum HashText {
    /// The first four of its 32 hexadecimal digits.
    static func short(_ hash: UInt128) -> String {
        String(hash >> 112, radix: 16, width: 4)
    }
}

extension Partition {
    /// `p2 [8000…bfff]`.
    fileprivate var hashRangeText: String { "\(label) [\(HashText.short(firstHash))…\(HashText.short(lastHash))]" }

    /// Why requests for a key go to `current` instead of where this partition was.
    fileprivate func successionText(_ current: Partition) -> String {
        if current === self { return "\(label) is led by \(leaderPlace.node)" }
        let names = children.map { "\($0.label)" }.joined(separator: " and ")
        return "\(label) is retired, split into \(names)"
    }
}
