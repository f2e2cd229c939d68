import Model
import Testing

@testable import Engine

/// Time, chance and delays.
struct SimulationTests {
    @Test func eventsComeByTimeAndEqualTimesByArrival() {
        var queue = EventQueue<Int>()
        var random = Randomness(seed: 1)
        var expected: [(due: Int64, number: Int)] = []
        for number in 0..<500 {
            let due = Int64(random.next(below: 40))
            queue.schedule(number, at: SimulatedInstant(microseconds: due))
            expected.append((due, number))
        }
        expected.sort { ($0.due, $0.number) < ($1.due, $1.number) }
        #expect(queue.next(through: SimulatedInstant(microseconds: -1)) == nil)
        var seen: [Int] = []
        for instant in 0..<40 {
            while let (due, number) = queue.next(through: SimulatedInstant(microseconds: Int64(instant))) {
                #expect(due.microseconds == Int64(instant))
                seen.append(number)
            }
        }
        #expect(seen == expected.map(\.number))
        #expect(queue.nextDue == nil)
    }

    /// E5: follower lag has its median at 2 ms and 99 % below 10 ms; index lag 20 ms and 1 s.
    @Test func delaysHaveTheReferencesQuantiles() {
        func delay(_ distribution: LatencyDistribution, _ median: Int64, at quantile: Double) -> Int64 {
            distribution.delay(median: median, draw: UInt64(quantile * 0x1p64))
        }
        #expect(delay(.narrow, 2_000, at: 0.5) == 2_000)
        #expect((8_000...10_000).contains(delay(.narrow, 2_000, at: 0.99)))
        #expect(delay(.wide, 20_000, at: 0.5) == 20_000)
        #expect((700_000...1_000_000).contains(delay(.wide, 20_000, at: 0.99)))
        #expect(LatencyDistribution.wide.delay(median: 0, draw: .max) == 0)
    }

    @Test func delaysGrowWithTheirDraw() {
        for distribution in [LatencyDistribution.narrow, .wide] {
            let delays = stride(from: UInt64(0), to: .max - .max / 1_000, by: .max / 1_000).map {
                distribution.delay(median: 1_000_000, draw: $0)
            }
            #expect(delays == delays.sorted())
            #expect(distribution.delay(median: 1_000_000, draw: .max) <= distribution.longest(median: 1_000_000))
        }
    }

    @Test func drawsBelowABoundStayBelowItAndReachEverything() {
        var random = Randomness(seed: 3)
        let draws = (0..<2_000).map { _ in random.next(below: 7) }
        #expect(Set(draws) == Set(0..<7))
    }

    @Test(arguments: [
        ("0s", Int64(0)), ("250us", 250), ("20ms", 20_000), ("5s", 5_000_000), ("2m", 120_000_000),
        ("6h", 21_600_000_000), ("1d", 86_400_000_000), ("1500us", 1_500),
    ])
    func durationsAreWrittenAndReadAlike(text: String, microseconds: Int64) {
        #expect(Duration.microseconds(from: text) == microseconds)
        #expect(Duration.text(microseconds: microseconds) == text)
    }

    @Test(arguments: ["", "5", "s", "5 s", "-5s", "5x", "99999999999999999999s", "9223372036854775807d"])
    func otherDurationsAreRefused(text: String) { #expect(Duration.microseconds(from: text) == nil) }

    @Test func settingsAreFoundByNameAndRefuseNonsense() throws {
        let region = Region(profile: .teach)
        let names = region.settings().map(\.name)
        #expect(Set(names).count == names.count)
        #expect(region.settings().first { $0.name == "replicationLag" }?.value == "2ms")
        try region.set("REPLICATIONLAG", to: "70ms")
        #expect(region.settings().first { $0.name == "replicationLag" }?.value == "70ms")
        for (name, value) in [("replicationLag", "soon"), ("nodesPerZone", "0"), ("nothing", "1s")] {
            #expect(
                thrown { () throws(ServiceError) in try region.set(name, to: value) }?.name == "ValidationException"
            )
        }
    }

    /// The wanted limit is a setting, so it must be the one that counts.
    @Test func aLowerLimitOfIndexesIsObeyed() throws {
        let region = Region(profile: .serve)
        try region.set("maxGlobalIndexes", to: "1")
        let indexes = (0..<2).map { CreateTableRequest.GlobalIndex(name: "index\($0)", hash: [("g", .string)]) }
        #expect(region.refusal(of: .table("Both", globals: indexes)) != nil)
        #expect(region.refusal(of: .table("Music", globals: [indexes[0]])) == nil)
    }

    @Test func eventsAreTakenOnceAndKeptForAWhile() throws {
        let region = Region(profile: .teach)
        try region.createAndWait(.table("Music"))
        #expect(region.takeEvents().map(\.text) == ["table Music is ACTIVE"])
        #expect(region.takeEvents().isEmpty)
        try region.deleteTable("Music")
        region.advance(seconds: 10)
        let deleted = region.takeEvents()
        #expect(deleted.map(\.text) == ["table Music is deleted"])
        #expect(region.recentEvents().count == 2)
        #expect(deleted[0].instant > Region.defaultStart)
        var log = EventLog()
        for number in 0..<5_000 { log.append(EngineEvent(instant: region.now, text: "\(number)")) }
        #expect(log.recent.count == 1_000)
        #expect(log.take().last?.text == "4999")
        #expect(log.take().isEmpty)
    }

    /// A step happens at its own moment, also when one advance jumps far past it.
    @Test func whatIsDueHappensAtItsOwnMoment() throws {
        let region = Region(profile: .teach)
        try region.create(.table("Music"))
        let created = region.now
        region.advance(seconds: 86_400)
        let event = try #require(region.takeEvents().first)
        #expect(event.instant < created.advanced(byMicroseconds: 9_000_000))
        #expect(event.instant > created.advanced(byMicroseconds: 7_000_000))
    }
}

/// The way of a request to its partition. Reference E4.
struct RoutingTests {
    @Test func eachRouterAsksOnceForAMapAndRemembersIt() throws {
        let region = Region(profile: .teach)
        try region.createAndWait(.table("Music", partitions: 4, globals: [.init(name: "byG", hash: [("g", .string)])]))
        for number in 0..<100 { try region.put("Music", ["pk": .string("k\(number)")]) }
        let routers = region.routers()
        #expect(routers.count == 3)
        #expect(Set(routers.map(\.zone)) == ["a", "b", "c"])
        #expect(routers.map(\.cacheMisses) == [1, 1, 1])
        #expect(routers.map(\.cacheHits).reduce(0, +) == 97)
        for _ in 0..<30 { _ = try region.scan("Music", index: "byG") }
        #expect(region.routers().map(\.cacheMisses) == [2, 2, 2], "the index has a map of its own")
    }

    @Test func theReportTellsThePartitionsAsked() throws {
        let region = Region(profile: .serve)
        try region.create(.table("Music", sort: ("sk", .number), partitions: 5))
        func partitions(_ request: Request) -> [Int] {
            var report = RequestReport()
            _ = try? region.perform(request, report: &report)
            #expect(report.partitionCount == 5)
            return report.partitions.map(\.number)
        }
        let home = try region.locate(["pk": "p"], in: "Music", index: nil).partition.number
        let item: Item = ["pk": "p", "sk": 1]
        #expect(partitions(.putItem(PutItemRequest(tableName: "Music", item: item))) == [home])
        #expect(partitions(.getItem(GetItemRequest(tableName: "Music", key: item))) == [home])
        let query = QueryRequest(
            tableName: "Music",
            keyConditionExpression: "pk = :p",
            expressionAttributes: .init(values: [":p": "p"])
        )
        #expect(partitions(.query(query)) == [home])
        #expect(partitions(.scan(ScanRequest(tableName: "Music"))) == [0, 1, 2, 3, 4])
        #expect(partitions(.scan(ScanRequest(tableName: "Music", limit: 1))) == Array(0...home))
    }

    @Test func aConsistentReadAsksTheLeader() throws {
        let region = Region(profile: .teach)
        try region.createAndWait(.table("Music"))
        func place(consistent: Bool) -> String {
            var report = RequestReport(isTraced: true)
            let request = GetItemRequest(tableName: "Music", key: ["pk": "k"], consistentRead: consistent)
            _ = try? region.perform(.getItem(request), report: &report)
            return report.trace.map { $0.text }.first { $0.contains("leader") || $0.contains("follower") } ?? ""
        }
        #expect((0..<20).allSatisfy { _ in place(consistent: true).contains("leader, term 1") })
        let eventual = (0..<60).map { _ in place(consistent: false) }
        #expect(eventual.contains { $0.contains("leader") })
        #expect(eventual.contains { $0.contains("follower") })
    }

    /// K60: lowered throughput is shared by as many partitions as before.
    @Test func partitionsNeverMerge() throws {
        let region = Region(profile: .serve)
        try region.create(.table("Music", partitions: 8))
        let update = UpdateTableRequest(
            tableName: "Music",
            provisionedThroughput: ProvisionedThroughput(readCapacityUnits: 80, writeCapacityUnits: 40)
        )
        try region.updateTable(update)
        region.advance(seconds: 10)
        let partitions = try region.partitions(of: "Music", index: nil)
        #expect(partitions.count == 8)
        #expect(
            partitions.allSatisfy {
                $0.provisionedShare == ProvisionedThroughput(readCapacityUnits: 10, writeCapacityUnits: 5)
            }
        )
    }
}
