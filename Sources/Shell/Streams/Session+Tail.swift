import Engine
import Glibc
import Language
import LineEditor
import Model
import Wire

/// `Tail`: what a table's stream tells, read through the API.
extension Session {
    /// In a pipe FOLLOW ends when so much simulated time has brought nothing.
    private static let patience: Int64 = 1_000_000
    private static let pollInterval: Int64 = 50_000

    func tail(_ command: TailCommand, mode: OutputMode) throws(StatementFailure) -> Reply {
        var report = RequestReport()
        var requestCount = 0
        var reader = try StreamReader(of: streamArn(of: command.table), command, now: nowMicroseconds) {
            [unowned self] request throws(StatementFailure) in
            let (response, part) = try send(request)
            report.add(part)
            requestCount += 1
            return response
        }
        let limit = command.take ?? Int.max
        var records = try reader.readAvailable(atMost: limit)
        if command.follows {
            present(following(records), mode: mode)
            records = []
            try follow(&reader, atMost: limit, mode: mode)
        }
        var reply = Reply(result: command.follows ? .nothing : result(of: records))
        let text = "\(count(reader.recordCount, "record")) from \(count(reader.readShards.count, "shard"))"
        reply.cost = CostLine(subject: .sentence(text), report: report, requestCount: requestCount)
        if let note = pendingNote(command, reader) { reply.notes.append(note) }
        return reply
    }

    /// Goes on with what becomes readable: at a prompt until Ctrl-C, in a pipe until nothing has come for a while.
    private func follow(
        _ reader: inout StreamReader,
        atMost limit: Int,
        mode: OutputMode
    ) throws(StatementFailure) {
        var lastNews = nowMicroseconds
        while reader.recordCount < limit, !reader.isFinished {
            console.flush()
            try waitForNews(reader)
            let records = try reader.readAvailable(atMost: limit - reader.recordCount)
            if !records.isEmpty {
                lastNews = nowMicroseconds
                present(following(records), mode: mode)
            } else if !settings.isInteractive, nowMicroseconds - lastNews >= Self.patience {
                return
            }
        }
    }

    private func waitForNews(_ reader: StreamReader) throws(StatementFailure) {
        if let laboratory, !settings.isInteractive {
            laboratory.advance(byMicroseconds: Self.pollInterval)
        } else {
            poll(nil, 0, Int32(Self.pollInterval / 1_000))
            followWallClock()
        }
        if InterruptFlag.take() { throw .cancelled("\(count(reader.recordCount, "record")) followed") }
    }

    /// The newest stream of a table, or of one that is deleted already.
    private func streamArn(of table: String) throws(StatementFailure) -> String {
        var newest: ListStreamsResponse.Stream?
        var request = ListStreamsRequest(tableName: table)
        repeat {
            guard case .listStreams(let page) = try send(.listStreams(request)).0 else { break }
            for stream in page.streams where newest.map({ $0.streamLabel.bytesPrecede(stream.streamLabel) }) ?? true {
                newest = stream
            }
            request.exclusiveStartStreamArn = page.lastEvaluatedStreamArn
        } while request.exclusiveStartStreamArn != nil
        if let newest { return newest.streamArn }
        if catalog.shape(of: table) == nil { throw unknownTable(table) }
        throw .message("\(table) has no stream", details: ["try: UpdateTable \(table) STREAM NEW_AND_OLD_IMAGES"])
    }

    private var nowMicroseconds: Int64 { laboratory?.now.microseconds ?? Int64(time(nil)) * 1_000_000 }

    /// What has happened and cannot be read yet.
    private func pendingNote(_ command: TailCommand, _ reader: StreamReader) -> Reply.Note? {
        guard let laboratory, command.start != .latest, command.take == nil, command.shard == nil else { return nil }
        let shards = laboratory.shards(of: command.table).filter { $0.streamLabel == reader.stream.streamLabel }
        let pending = shards.reduce(0) { $0 + $1.pendingRecords }
        guard pending > 0 else { return nil }
        return Reply.Note(text: "\(count(pending, "change")) committed, but not readable yet")
    }

    private func count(_ number: Int, _ noun: String) -> String {
        "\(grouped(number)) \(noun)\(number == 1 ? "" : "s")"
    }

    // MARK: Rendering

    private func result(of records: [StreamRecord]) -> Reply.Result {
        .documents(records.map { ResponseEncoder.encode($0) }, readable: Report(records))
    }

    /// While more may come, people get a line a record rather than a table.
    private func following(_ records: [StreamRecord]) -> Reply {
        Reply(result: .documents(records.map { ResponseEncoder.encode($0) }, readable: Report(records), isPart: true))
    }
}
