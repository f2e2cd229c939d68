import Model

/// Streams as tables get and lose them.
extension Region {
    /// A new stream for a table; it tells nothing before `startStream`.
    func makeStream(_ viewType: StreamViewType, ofTable name: String, _ key: KeySchema) -> TableStream {
        // Two streams of one table never have the same label, however fast they follow each other.
        var moment = now
        while streams[streamArn(ofTable: name, at: moment)] != nil { moment = moment.advanced(byMicroseconds: 1_000) }
        let arn = streamArn(ofTable: name, at: moment)
        let stream = TableStream(
            arn: arn,
            label: moment.label,
            tableName: name,
            key: key,
            viewType: viewType,
            requestedAt: now,
            seed: seed(ofStream: streams.nextNumber(ofTable: name), ofTable: name)
        )
        streams.add(stream)
        return stream
    }

    private func streamArn(ofTable name: String, at instant: SimulatedInstant) -> String {
        arn(ofTable: name) + "/stream/" + instant.label
    }

    /// Chance that moves no other, and is the same at every hour, so that a lesson can name shards.
    private func seed(ofStream number: UInt64, ofTable name: String) -> UInt64 {
        var sum = Checksum()
        for byte in name.utf8 { sum.add(UInt64(byte)) }
        return Randomness.draw(simulation.seed, sum.value, number)
    }

    /// The table is ready: from now on its stream tells every change.
    func startStream(of table: Table) {
        guard let stream = table.stream, stream.status == .enabling else { return }
        stream.begin(following: table.partitions, at: now)
        note("stream of \(table.name) is ENABLED: \(stream.viewType.rawValue), \(stream.shards.count) shards")
    }

    /// What the stream has stays readable until it expires.
    func endStream(of table: Table) {
        guard let stream = table.stream, stream.status != .disabled else { return }
        stream.end(at: now, constants)
        note("stream of \(table.name) is DISABLED: its records stay readable until they expire")
    }

    /// A stream by its ARN, as it is at a moment.
    func stream(_ arn: String, at instant: SimulatedInstant) throws(ServiceError) -> TableStream {
        try StreamRules.check(arn: arn)
        streams.removeGone(at: instant, constants)
        guard let stream = streams[arn] else { throw StreamRules.unknownStream(arn) }
        stream.catchUp(through: instant, constants)
        return stream
    }

    func shard(_ id: String, of stream: TableStream, at instant: SimulatedInstant) throws(ServiceError) -> StreamShard {
        guard let shard = stream.shard(withID: id), shard.openedAt <= instant else {
            throw StreamRules.unknownShard(id)
        }
        return shard
    }
}
