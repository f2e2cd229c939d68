import Model
import Testing

@testable import Engine

/// Same seed, same requests: the same bytes. Another seed: other latencies.
struct DeterminismTests {
    struct Transcript: Equatable {
        var answers: [String] = []
        var latencies: [Int64] = []
        var events: [EngineEvent] = []
        var traces: [[TraceStep]] = []
        var end = Region.defaultStart
        var tableID = ""
    }

    static func run(seed: UInt64, profile: Profile = .teach, drawnFrom: UInt64 = 3) throws -> Transcript {
        let region = Region(profile: profile, seed: seed)
        var transcript = Transcript()
        var drawing = StepDrawing(seed: drawnFrom)
        func perform(_ request: Request) {
            var report = RequestReport(isTraced: true)
            do throws(ServiceError) {
                transcript.answers.append("\(try region.perform(request, report: &report))")
            } catch {
                transcript.answers.append("\(error)")
            }
            transcript.latencies.append(report.latencyMicroseconds)
            transcript.traces.append(report.trace)
            transcript.answers.append("\(report.consumedCapacity)")
        }
        perform(.createTable(TableModel.request))
        region.advance(seconds: 60)
        for step in drawing.steps(400) {
            switch step {
            case .write(.put(let item), _, _):
                perform(.putItem(PutItemRequest(tableName: TableModel.name, item: Item(item.attributes))))
            case .write(let effect, _, _):
                perform(.deleteItem(DeleteItemRequest(tableName: TableModel.name, key: effect.key.item)))
            case .get(let key, let consistent):
                perform(
                    .getItem(GetItemRequest(tableName: TableModel.name, key: key.item, consistentRead: consistent))
                )
            case .batchGet(let keys, let consistent):
                perform(
                    .batchGetItem(
                        BatchGetItemRequest(requestItems: [
                            .init(tableName: TableModel.name, keys: keys.map(\.item), consistentRead: consistent)
                        ])
                    )
                )
            case .scan(let reading, _):
                perform(
                    .scan(
                        ScanRequest(
                            tableName: TableModel.name,
                            indexName: reading.target.indexName,
                            limit: reading.limit
                        )
                    )
                )
            case .query(let reading, let hash, _, let forward):
                perform(
                    .query(
                        QueryRequest(
                            tableName: TableModel.name,
                            indexName: reading.target.indexName,
                            keyConditionExpression: "\(reading.target.hash) = :hash",
                            expressionAttributes: .init(values: [":hash": hash]),
                            scanIndexForward: forward
                        )
                    )
                )
            case .transactGet(let keys):
                perform(
                    .transactGetItems(
                        TransactGetItemsRequest(
                            transactItems: keys.map { .init(tableName: TableModel.name, key: $0.item) }
                        )
                    )
                )
            case .wait(let duration): region.advance(byMicroseconds: duration)
            case .batchWrite, .transact: break
            }
        }
        perform(.describeTable(.init(tableName: TableModel.name)))
        perform(.deleteTable(.init(tableName: TableModel.name)))
        region.advance(seconds: 60)
        transcript.events = region.takeEvents()
        transcript.end = region.now
        return transcript
    }

    @Test(arguments: Seeds.thisRun)
    func theSameSeedGivesTheSameAnswersLatenciesTracesAndEvents(seed: UInt64) throws {
        let (first, second) = (try Self.run(seed: seed), try Self.run(seed: seed))
        #expect(first.answers == second.answers)
        #expect(first.latencies == second.latencies)
        #expect(first.traces == second.traces)
        #expect(first.events == second.events)
        #expect(first.end == second.end)
        #expect(!first.events.isEmpty)
        #expect(first.latencies.contains { $0 > 0 })
    }

    @Test func anotherSeedGivesOtherLatenciesButTheSameStrongAnswers() throws {
        let (first, second) = (try Self.run(seed: 1), try Self.run(seed: 2))
        #expect(first.latencies != second.latencies)
        #expect(first.traces != second.traces)
    }

    @Test func withoutLatencyOnlyTheTimeOfTheRequestsPasses() throws {
        let serve = try Self.run(seed: 1, profile: .serve)
        #expect(serve.latencies.allSatisfy { $0 == 0 })
        #expect(try Self.run(seed: 2, profile: .serve).end == serve.end)
    }

    /// Looking at the trace must not change what happens.
    @Test func tracingARequestChangesNothing() throws {
        func latencies(isTraced: Bool) throws -> [Int64] {
            let region = Region(profile: .teach, seed: 5)
            try region.createAndWait(.table("Music"))
            return try (0..<50).map { number in
                var report = RequestReport(isTraced: isTraced)
                let item: Item = ["pk": .string("k\(number % 5)"), "n": .number(Number(number))]
                _ = try region.perform(.putItem(PutItemRequest(tableName: "Music", item: item)), report: &report)
                var read = RequestReport(isTraced: isTraced)
                _ = try region.perform(.scan(ScanRequest(tableName: "Music")), report: &read)
                return report.latencyMicroseconds + read.latencyMicroseconds
            }
        }
        #expect(try latencies(isTraced: true) == latencies(isTraced: false))
    }

    @Test func simulatedTimeOnlyMovesForwardAndByTheLatency() throws {
        let region = Region(profile: .teach, seed: 5)
        try region.createAndWait(.table("Music"))
        for number in 0..<100 {
            let before = region.now
            var report = RequestReport()
            _ = try region.perform(
                .putItem(PutItemRequest(tableName: "Music", item: ["pk": "k", "n": .number(Number(number))])),
                report: &report
            )
            #expect(report.latencyMicroseconds > 0)
            #expect(region.now - before == report.latencyMicroseconds)
        }
    }
}
