import Engine
import Model

/// What is remembered between two looks at the region.
struct Watch {
    var layoutVersion = 0
    /// The live partitions at the last look.
    var live: [InspectedPartition] = []
    var terms: [ObjectIdentifier: Int] = [:]
    var nodes: [ObjectIdentifier: [Int]] = [:]
    /// Promises that were found broken; each is told once for a partition.
    var told: Set<String> = []
}

extension SeedRun {
    /// Looks at what must hold at every moment. Called after every event, so it does little unless something has changed.
    func glance() {
        if region.layoutVersion != watch.layoutVersion { return observe() }
        checkLeases()
    }

    /// Looks at everything that can be looked at while clients are at work. Called after every answer.
    func observe() {
        watch.layoutVersion = region.layoutVersion
        let live = region.livePartitions()
        if !live.elementsEqual(watch.live, by: { $0.identity == $1.identity }) { partitionsChanged(to: live) }
        for partition in live { noteChanges(of: partition) }
        checkLeases()
        order.catchUp { [unowned self] table, item in
            guard let view = views.first(where: { $0.shape.name == table }) else { return nil }
            if let found = decode(item, in: view) { return found }
            if watch.told.insert("item \(item)").inserted {
                complain(.wholeItems, at: table, "the log has \(item.brief)")
            }
            return nil
        }
    }

    private func checkLeases() {
        for partition in watch.live {
            let holders = region.leaseHolders(of: partition)
            guard holders.count > 1 else { continue }
            let name = "\(partition.table)/\(partition.label)"
            if let violation = OneLeaseHolder.check(holders, of: name), watch.told.insert("lease \(name)").inserted {
                complain(violation.promise, at: violation.place, violation.text)
            }
        }
    }

    private func partitionsChanged(to live: [InspectedPartition]) {
        let known = Set(watch.live.map(\.identity))
        let fresh = live.filter { !known.contains($0.identity) }
        // A table's or an index's first partitions are not split from any.
        let families = Dictionary(grouping: watch.live) { Family($0) }
        for partition in fresh {
            if partition.label.indexName == nil { order.follow(partition) }
            let family = Family(partition)
            if families[family] != nil { tell("new partition \(family.name)/\(partition.label)") }
        }
        let grown = Dictionary(grouping: live) { Family($0) }
        for (family, partitions) in grown.sorted(by: { $0.key.name < $1.key.name }) {
            if let before = families[family] {
                figures["splits"] += max(0, partitions.count - before.count)
            }
            let ranges = partitions.map { (label: $0.label, range: $0.range) }
            for violation in RangesTile.check(ranges, of: family.name) {
                if watch.told.insert("range \(violation.text)").inserted {
                    complain(violation.promise, at: violation.place, violation.text)
                }
            }
        }
        watch.live = live
    }

    /// The partitions of one table or index.
    struct Family: Hashable {
        let table: String
        let index: String?

        init(_ partition: InspectedPartition) {
            table = partition.table
            index = partition.label.indexName
        }

        var name: String { index.map { "\(table)/\($0)" } ?? table }
    }

    private func noteChanges(of partition: InspectedPartition) {
        let term = partition.term
        let nodes = partition.nodes
        if let before = watch.terms[partition.identity], term > before {
            figures["elections"] += term - before
        }
        watch.terms[partition.identity] = term
        if let before = watch.nodes[partition.identity], before != nodes {
            figures["moves"] += Set(nodes).subtracting(before).count
        }
        watch.nodes[partition.identity] = nodes
    }

    // MARK: In the end

    /// Every checker that looks at the whole run, or at what is left of it.
    func check() {
        guard views.count == scenario.tables.count else { return }
        let final = readEverything()
        observe()
        let name: (ItemKey) -> String = { [unowned self] in self.name(of: $0) }
        checkItems()
        for violation in AcknowledgedWrites.check(history, order, final: final, name: name)
            + EventualReads.check(history, order, name: name)
            + PageSequence.check(history, name: name)
            + TransactionAtomicity.check(history, order, bank: bank, name: name)
        {
            note(violation)
        }
        checkStreams()
        checkStoredState()
    }

    private var bank: TransactionAtomicity.Bank? {
        guard let view = views.first(where: \.shape.isBank) else { return nil }
        let accounts = view.keys.count
        return .init(table: view.number, accounts: accounts, total: accounts * SeedRun.bankBalance)
    }

    private func checkItems() {
        for (key, actions) in history.actionsByKey() {
            switch Linearizability(actions).check() {
            case .explained: figures["items checked"] += 1
            case .undecided: figures["items undecided"] += 1
            case .impossible(let stuck):
                let operation = history.operations[stuck]
                note(
                    Violation(
                        .linearizable,
                        at: name(of: key),
                        "no order explains its operations; nothing can come before #\(stuck) ends",
                        instant: operation.completed,
                        context: context(of: actions, around: operation)
                    )
                )
            }
        }
    }

    /// The actions that overlap an operation, and some before it.
    private func context(of actions: [TimedAction], around operation: ClientOperation) -> [String] {
        let relevant = actions.filter { !$0.mayBeOld && $0.invoked <= operation.completed }
        let earlier = relevant.filter { $0.completed < operation.invoked }.suffix(8)
        let open = relevant.filter { $0.completed >= operation.invoked }
        return (Array(earlier) + open).map { timed in
            let end = timed.completed == .never ? "?" : text(of: timed.completed)
            let client = history.operations[timed.operation].client
            return "#\(timed.operation) client \(client) from \(text(of: timed.invoked)) to \(end): \(timed.action)"
        }
    }

    private func checkStoredState() {
        let live = region.livePartitions()
        for partition in live {
            let name = "\(partition.table)/\(partition.label)"
            let replicas = region.replicas(of: partition)
            for violation in ReplicasEqual.check(replicas, of: name) { note(violation) }
            guard let full = replicas.first(where: \.isFull) else { continue }
            for violation in RangesTile.check(full.items, lieIn: partition.range, of: name) { note(violation) }
        }
        for view in views { checkIndexes(of: view, live) }
    }

    private func checkIndexes(of view: TableView, _ live: [InspectedPartition]) {
        func replicas(_ index: String?) -> [InspectedReplica] {
            live.filter { $0.table == view.shape.name && $0.label.indexName == index }
                .compactMap { region.replicas(of: $0).first { $0.isFull } }
        }
        let table = replicas(nil)
        let items = table.flatMap { $0.items.map(\.item) }
        var localPosition = 0
        for index in view.shape.indexes {
            let entries: [Item]
            if index.isLocal {
                entries = table.flatMap { $0.localIndexes[localPosition].map(\.item) }
                localPosition += 1
            } else {
                let partitions = replicas(index.name)
                // It may never have been created: the table was busy.
                if partitions.isEmpty { continue }
                entries = partitions.flatMap { $0.items.map(\.item) }
            }
            let violations = IndexesFollow.check(
                entries,
                of: "\(view.shape.name)/\(index.name)",
                against: items,
                entry: { index.entry(for: $0) },
                identity: { item in view.position(of: item).map { view.name(of: $0) } ?? "\(item.brief)" }
            )
            for violation in violations { note(violation) }
        }
    }
}
