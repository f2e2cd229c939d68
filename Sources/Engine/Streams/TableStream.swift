import Model

/// A table's stream from its enabling on: every change of an item once, in shards, each fed from one partition's log.
///
/// ```
/// table p0  log … 41 42 43 ──► shard A ──4 h──► shard B ─┬─ p0 is split ─► shard D   fed from p2
///                                                        └───────────────► shard E   fed from p3
/// table p1  log … 17 18 ─────► shard C
/// ```
/// Records are taken over when somebody looks at the stream and before a log is trimmed: a write does nothing for it.
/// What a reader sees depends on the moments of commits alone.
final class TableStream {
    let arn: String
    let label: String
    let tableName: String
    let key: KeySchema
    let viewType: StreamViewType
    let requestedAt: SimulatedInstant
    private(set) var status = StreamStatus.enabling
    private(set) var disabledAt: SimulatedInstant?
    /// In the order of opening, so that a parent stands before its children.
    private(set) var shards: [StreamShard] = []
    /// One for each partition that serves, while the stream is enabled.
    private var feeds: [Feed] = []
    private let seed: UInt64

    /// How far the stream has followed a partition's log, and the shard that is open for it.
    private struct Feed {
        let source: Partition
        var position: UInt64
        var shard: StreamShard
    }

    init(
        arn: String,
        label: String,
        tableName: String,
        key: KeySchema,
        viewType: StreamViewType,
        requestedAt: SimulatedInstant,
        seed: UInt64
    ) {
        self.arn = arn
        self.label = label
        self.tableName = tableName
        self.key = key
        self.viewType = viewType
        self.requestedAt = requestedAt
        self.seed = seed
    }

    /// What the table's description shows: a stream that is being disabled counts no more.
    var specification: StreamSpecification? {
        switch status {
        case .enabling, .enabled: StreamSpecification(streamEnabled: true, streamViewType: viewType)
        case .disabling, .disabled: nil
        }
    }

    func shard(withID id: String) -> StreamShard? { shards.first { $0.id == id } }

    /// 32 hexadecimal digits, the same whenever the record is read.
    func eventID(position: UInt64, in shard: StreamShard) -> String {
        let half = Randomness.draw(seed, 1 << 32 | UInt64(shard.source.number), position)
        return String(half, radix: 16, width: 16)
            + String(Randomness.draw(half, 1, position), radix: 16, width: 16)
    }

    // MARK: Beginning and end

    /// From now on the changes of these partitions are told.
    func begin(following partitions: [Partition], at instant: SimulatedInstant) {
        status = .enabled
        feeds = partitions.map { source in
            Feed(source: source, position: source.committedIndex, shard: open(source.label, at: instant))
        }
    }

    func beginEnd() { status = .disabling }

    /// Takes over what was committed by now, and then nothing more.
    func end(at instant: SimulatedInstant, _ constants: Settings) {
        if status == .disabled { return }
        catchUp(through: instant, constants)
        for feed in feeds { feed.shard.close(at: instant) }
        feeds = []
        status = .disabled
        disabledAt = instant
    }

    /// Whether it was disabled so long ago that nothing of it is left.
    func isGone(at instant: SimulatedInstant, _ constants: Settings) -> Bool {
        disabledAt.map { instant - $0 >= constants.streamRetention } ?? false
    }

    // MARK: Following the logs

    /// The last record of a partition's log that the stream has taken over; nil when it does not follow it.
    func followedIndex(of source: Partition) -> UInt64? { feeds.first { $0.source === source }?.position }

    /// Takes over everything that is committed, and brings the shards to a moment: old ones close, old records go.
    func catchUp(through instant: SimulatedInstant, _ constants: Settings) {
        for number in feeds.indices {
            takeOver(number, constants)
            rotate(number, through: instant, constants)
        }
        trim(at: instant, constants)
    }

    /// The same for one partition, before its log is trimmed.
    func catchUp(with source: Partition, through instant: SimulatedInstant, _ constants: Settings) {
        guard let number = feeds.firstIndex(where: { $0.source === source }) else { return }
        takeOver(number, constants)
        feeds[number].shard.trim(before: instant.advanced(byMicroseconds: -constants.streamRetention))
    }

    /// A partition's children have taken its place: so do theirs the place of its shard.
    func split(_ parent: Partition, at instant: SimulatedInstant, _ constants: Settings) {
        guard let number = feeds.firstIndex(where: { $0.source === parent }) else { return }
        takeOver(number, constants)
        let shard = feeds[number].shard
        shard.close(at: instant)
        let children = parent.children.map { child in
            Feed(source: child, position: 0, shard: open(child.label, at: shard.closedAt!, after: shard))
        }
        feeds.replaceSubrange(number...number, with: children)
        trim(at: instant, constants)
    }

    private func takeOver(_ number: Int, _ constants: Settings) {
        let source = feeds[number].source
        let last = source.committedIndex
        guard feeds[number].position < last else { return }
        let log = source.log
        while feeds[number].position < last {
            let record = log[feeds[number].position + 1]
            // A record that has been damaged where it lies is taken from whoever leads after its repair.
            if let stamp = record.stamp, !stamp.fits(record) { return }
            feeds[number].position += 1
            guard let change = StreamChange(record, viewType: viewType, key: key) else { continue }
            rotate(number, through: record.committedAt, constants)
            feeds[number].shard.append(change)
        }
    }

    /// For sabotage: what was not taken over yet never will be.
    func skip(_ source: Partition) {
        guard let number = feeds.firstIndex(where: { $0.source === source }) else { return }
        feeds[number].position = max(feeds[number].position, source.committedIndex)
    }

    // MARK: Shards

    /// Closes a shard that has been open for `shardRotation`, and opens its child: as often as the time demands.
    private func rotate(_ number: Int, through instant: SimulatedInstant, _ constants: Settings) {
        let rotation = constants.shardRotation
        guard rotation > 0 else { return }
        // Of those that nobody wrote to only so many can still be there to be listed.
        let kept = constants.streamRetention / rotation + 1
        if instant - feeds[number].shard.openedAt >= rotation { trim(at: instant, constants) }
        while instant - feeds[number].shard.openedAt >= rotation {
            let shard = feeds[number].shard
            let boundary = shard.openedAt.advanced(byMicroseconds: rotation)
            shard.close(at: boundary)
            let missed = (instant - boundary) / rotation
            let skipped = max(0, missed - kept)
            feeds[number].shard = open(shard.source, at: boundary, after: shard, skipping: skipped, rotation)
        }
    }

    /// Opens the child of `parent`, or of the shards that would have come between and are not kept.
    private func open(
        _ source: PartitionLabel,
        at instant: SimulatedInstant,
        after parent: StreamShard? = nil,
        skipping skipped: Int64 = 0,
        _ rotation: Int64 = 0
    ) -> StreamShard {
        let openedAt = instant.advanced(byMicroseconds: skipped * rotation)
        let position = (parent?.childPosition ?? 1) + UInt64(skipped)
        // A shard that was skipped has no record: only the number that is set aside for it.
        let former = openedAt.advanced(byMicroseconds: -rotation)
        let shard = StreamShard(
            id: id(of: source, openedAt: openedAt, position),
            parentID: skipped > 0 ? id(of: source, openedAt: former, position - 1) : parent?.id,
            source: source,
            openedAt: openedAt,
            firstPosition: position
        )
        shards.append(shard)
        return shard
    }

    /// `shardId-00000001767225608000-5f2a91c3`: the moment it opened in milliseconds, and what tells it from others.
    private func id(of source: PartitionLabel, openedAt instant: SimulatedInstant, _ position: UInt64) -> String {
        let draw = Randomness.draw(seed, UInt64(source.number), position)
        let moment = String(max(0, instant.microseconds / 1_000), width: 20)
        return "shardId-\(moment)-\(String(draw >> 32, radix: 16, width: 8))"
    }

    /// What nobody can read any more goes, also when nobody ever looks.
    private func trim(at instant: SimulatedInstant, _ constants: Settings) {
        let end = instant.advanced(byMicroseconds: -constants.streamRetention)
        for shard in shards { shard.trim(before: end) }
        shards.removeAll { $0.isSpent(at: instant, constants) }
    }
}
