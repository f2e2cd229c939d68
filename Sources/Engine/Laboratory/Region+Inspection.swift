import Model

/// What somebody who checks the engine from outside needs to see of it: what is stored where, replica by replica.
extension Region {
    /// The defect that tests have put in, if any.
    package var sabotage: Sabotage? {
        get { constants.sabotage }
        set { constants.sabotage = newValue }
    }

    /// Every live partition of every table and global index: tables by name, each followed by its indexes, partitions
    /// in key order.
    package func livePartitions() -> [InspectedPartition] {
        var live: [InspectedPartition] = []
        for name in metadata.tableNames {
            let table = metadata[name]!
            for partition in table.partitions { live.append(InspectedPartition(table: name, partition: partition)) }
            for index in table.globalIndexes {
                for partition in index.partitions {
                    live.append(InspectedPartition(table: name, partition: partition))
                }
            }
        }
        return live
    }

    /// Differs whenever partitions have come, gone or changed hands: cheap enough to be asked after every event.
    package var layoutVersion: Int {
        metadata.tables.values.reduce(metadata.schemaVersion) { sum, table in
            sum + table.mapEpoch + table.partitions.count
                + table.globalIndexes.reduce(0) { $0 + $1.partitions.count }
        }
    }

    /// The nodes that may answer strong reads of the partition now. There must never be two.
    package func leaseHolders(of inspected: InspectedPartition) -> [Int] {
        let partition = inspected.partition
        guard let group = partition.group else { return [partition.replicas[partition.leader].node.number] }
        return group.members.filter { $0.holdsLease(at: now) }.map(\.id)
    }

    /// The partition's replicas with everything they store.
    package func replicas(of inspected: InspectedPartition) -> [InspectedReplica] {
        let partition = inspected.partition
        if let group = partition.group { return group.members.map { InspectedReplica($0, at: now) } }
        let lag = constants.followerLag
        return partition.replicas.indices.map { number in
            InspectedReplica(
                node: partition.replicas[number].node.number,
                isUp: true,
                isFull: true,
                term: partition.term,
                holdsLease: number == partition.leader,
                logIndex: partition.log.lastIndex,
                appliedIndex: partition.appliedIndex(of: number, on: now, lag: lag),
                trees: partition.view(replica: number, on: now, lag: lag)
            )
        }
    }

    /// The partitions that are watched now, a line each: who is in the group, and how they are.
    package var watchedPartitions: [String] {
        groups.map { group in
            let members = group.members.map { member in
                let state = member.state
                return "\(member.node) \(member.kind) \(member.stateText) \(member.role) term \(member.term) "
                    + "log \(state.log.lastIndex) committed \(state.commitIndex) applied \(state.appliedIndex) "
                    + "voters \(state.voters)"
            }
            return "\(group.title): " + members.joined(separator: "; ")
        }
    }

    /// Lets every global index take over what is due by now.
    package func propagateIndexes() {
        for name in metadata.tableNames { metadata[name]!.propagate(through: now, constants: constants) }
    }

    /// Where an item of the table, or an entry of one of its indexes, stands in the order; nil when there is no such
    /// table or index.
    package func storageKey(of entry: Item, in table: String, index: String? = nil) -> [UInt8]? {
        guard let table = metadata[table] else { return nil }
        guard let index else { return table.storageKey(of: entry) }
        let definitions = table.localIndexes + table.globalIndexes.map(\.definition)
        guard let definition = definitions.first(where: { $0.name == index }) else { return nil }
        var encoder = KeyEncoder()
        definition.encodeKey(of: entry, into: &encoder)
        return encoder.bytes
    }
}

/// A partition to look at. It stays readable after the partition has been retired.
package struct InspectedPartition {
    package let table: String
    fileprivate let partition: Partition

    package var label: PartitionLabel { partition.label }
    package var range: KeyRange { partition.range }
    package var identity: ObjectIdentifier { ObjectIdentifier(partition) }
    package var term: Int { partition.group?.leading.term ?? partition.term }
    /// Of its replicas.
    package var nodes: [Int] { partition.group?.members.map(\.id) ?? partition.replicas.map(\.node.number) }
    /// The last record that is known to be committed.
    package var lastLogIndex: UInt64 { committed?.commitIndex ?? partition.committedIndex }

    /// The committed changes behind `index` that the log still has.
    package func changes(after index: UInt64) -> [CommittedChange] {
        let log = committed?.log ?? partition.log
        let last = min(lastLogIndex, log.lastIndex)
        guard index < last else { return [] }
        return (max(index + 1, log.firstIndex)...last).map {
            CommittedChange(old: log[$0].old, new: log[$0].new)
        }
    }

    /// While it is watched: the state of whoever knows most to be committed.
    private var committed: ReplicaState? {
        partition.group?.members.map(\.state).max { $0.commitIndex < $1.commitIndex }
    }
}

package struct CommittedChange {
    package let old: Item?
    package let new: Item?
}

/// One copy of a partition, as it is in its own memory.
package struct InspectedReplica {
    package var node: Int
    package var isUp: Bool
    /// It keeps trees, not the log alone.
    package var isFull: Bool
    package var term: Int
    package var holdsLease: Bool
    package var logIndex: UInt64
    package var appliedIndex: UInt64
    /// In key order.
    package var items: [InspectedEntry]
    /// By position in the table's list of local indexes.
    package var localIndexes: [[InspectedEntry]]

    package init(
        node: Int,
        isUp: Bool = true,
        isFull: Bool = true,
        term: Int = 1,
        holdsLease: Bool = false,
        logIndex: UInt64,
        appliedIndex: UInt64,
        items: [InspectedEntry],
        localIndexes: [[InspectedEntry]] = []
    ) {
        self.node = node
        self.isUp = isUp
        self.isFull = isFull
        self.term = term
        self.holdsLease = holdsLease
        self.logIndex = logIndex
        self.appliedIndex = appliedIndex
        self.items = items
        self.localIndexes = localIndexes
    }
}

extension InspectedReplica {
    fileprivate init(
        node: Int,
        isUp: Bool,
        isFull: Bool,
        term: Int,
        holdsLease: Bool,
        logIndex: UInt64,
        appliedIndex: UInt64,
        trees: ReplicaTrees
    ) {
        self.init(
            node: node,
            isUp: isUp,
            isFull: isFull,
            term: term,
            holdsLease: holdsLease,
            logIndex: logIndex,
            appliedIndex: appliedIndex,
            items: InspectedEntry.all(of: trees.items),
            localIndexes: trees.local.map { InspectedEntry.all(of: $0) }
        )
    }

    fileprivate init(_ member: GroupMember, at now: SimulatedInstant) {
        self.init(
            node: member.id,
            isUp: member.isUp,
            isFull: member.kind == .full,
            term: member.term,
            holdsLease: member.holdsLease(at: now),
            logIndex: member.state.log.lastIndex,
            appliedIndex: member.state.appliedIndex,
            trees: member.state.trees
        )
    }
}

package struct InspectedEntry: Equatable, Sendable {
    package let key: [UInt8]
    package let item: Item

    package init(key: [UInt8], item: Item) {
        self.key = key
        self.item = item
    }

    static func all(of tree: BTree) -> [InspectedEntry] {
        var entries: [InspectedEntry] = []
        tree.walk(.everything) { slot in
            entries.append(InspectedEntry(key: slot.key.bytes, item: slot.item))
            return true
        }
        return entries
    }
}
