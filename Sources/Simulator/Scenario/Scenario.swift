import Engine
import Model

/// Everything that one seed draws before the first request: settings, tables, clients, faults.
package struct Scenario {
    package let seed: UInt64
    /// Requests of all clients together.
    package let operations: Int
    let profile: Profile
    /// Names and values; those that the engine does not know are left out.
    let settings: [(name: String, value: String)]
    let tables: [TableShape]
    let clients: [ClientPlan]
    let faults: FaultPlan
    let link: LinkPlan
    let changes: [Change]

    /// What a client likes to do.
    struct ClientPlan {
        let weights: [(choice: Deed, weight: Int)]
        /// Microseconds between an answer and the next request, at most.
        let thinkMax: Int
        /// Of a hundred reads, how many ask for strong consistency.
        let strongShare: Int
    }

    enum Deed: CaseIterable {
        case put, conditionalPut, update, count, delete, get, query, scan, indexQuery, indexScan
        case batchWrite, batchGet, transactWrite, transactGet, transfer, audit
    }

    /// How the region is broken while clients are at work.
    struct FaultPlan {
        /// Microseconds from one fault to the next, on average; nil for a run without any.
        let gap: Int?
        let durationMax: Int
        /// Of a hundred faults, how many take a partition's majority away at once.
        let quorumShare: Int
    }

    /// How often of a thousand the way between client and region fails: the answer is lost, the request is lost, or it
    /// arrives long after the client has given up.
    struct LinkPlan {
        let lossPerThousand: Int
    }

    /// Something the control plane is asked while clients are at work.
    struct Change {
        enum Kind {
            case createIndex(table: Int, index: Int)
            case raise(table: Int, to: ProvisionedThroughput)
        }

        /// When this many requests have been made.
        let afterOperations: Int
        let kind: Kind
    }
}

extension Scenario {
    package static func draw(seed: UInt64, operations: Int) -> Scenario {
        var chance = Chance(seed: seed, stream: 1)
        let tables = drawTables(&chance)
        let pace = chance.magnitude(20_000...1_500_000)
        let clients = (0..<chance.within(2...6)).map { _ in drawClient(pace: pace, &chance) }
        return Scenario(
            seed: seed,
            operations: operations,
            profile: chance.percent(90) ? .teach : .serve,
            settings: drawSettings(&chance),
            tables: tables,
            clients: clients,
            faults: drawFaults(during: operations * pace / clients.count, &chance),
            link: LinkPlan(lossPerThousand: chance.percent(30) ? chance.magnitude(2...60) : 0),
            changes: drawChanges(tables, operations, &chance)
        )
    }

    private static func drawSettings(_ chance: inout Chance) -> [(name: String, value: String)] {
        func time(_ microseconds: ClosedRange<Int>) -> String { "\(chance.magnitude(microseconds))us" }
        return [
            ("replicationLag", time(200...400_000)),
            ("indexLag", time(500...1_000_000)),
            ("hopWithinZone", time(20...1_000)),
            ("hopAcrossZones", time(200...10_000)),
            ("routerWork", time(10...500)),
            ("nodeWork", time(20...2_000)),
            ("logWrite", time(20...5_000)),
            ("tableCreation", time(100_000...5_000_000)),
            ("tableCreationWithIndexes", time(100_000...5_000_000)),
            ("throughputChange", time(500_000...5_000_000)),
            ("indexAllocation", time(500_000...5_000_000)),
            ("indexBackfill", time(200_000...10_000_000)),
            ("splitTime", time(100_000...5_000_000)),
            ("nodesPerZone", "\(chance.within(1...5))"),
            ("partitionBytes", "\(chance.magnitude(600...20_000))"),
            ("collectionBytes", "\(chance.magnitude(2_000...20_000))"),
        ]
    }

    private static func drawTables(_ chance: inout Chance) -> [TableShape] {
        var tables = (0..<chance.within(1...2)).map { drawTable("table\($0 + 1)", &chance) }
        if chance.percent(70) {
            tables.append(
                TableShape(
                    name: "bank",
                    isBank: true,
                    hashCount: chance.within(3...6),
                    sortCount: nil,
                    throughput: drawThroughput(&chance)
                )
            )
        }
        return tables
    }

    private static func drawThroughput(_ chance: inout Chance) -> ProvisionedThroughput? {
        guard chance.percent(35) else { return nil }
        return ProvisionedThroughput(
            readCapacityUnits: chance.magnitude(500...6_000),
            writeCapacityUnits: chance.magnitude(500...3_000)
        )
    }

    private static func drawTable(_ name: String, _ chance: inout Chance) -> TableShape {
        let hasSortKey = chance.percent(65)
        var shape = TableShape(
            name: name,
            hashCount: hasSortKey ? chance.within(1...5) : chance.within(5...30),
            sortCount: hasSortKey ? chance.within(3...6) : nil,
            throughput: drawThroughput(&chance),
            fillMax: chance.percent(70) ? chance.magnitude(50...800) : 0
        )
        if hasSortKey, chance.percent(40) {
            shape.indexes.append(.init(name: "by-local", key: .local, projection: drawProjection(&chance)))
        }
        for key in [TableShape.Index.Key.groupAndSort, .sortAlone] where chance.percent(45) {
            shape.indexes.append(
                .init(
                    name: key == .groupAndSort ? "by-group" : "by-sort",
                    key: key,
                    projection: drawProjection(&chance),
                    comesLater: chance.percent(40)
                )
            )
        }
        return shape
    }

    private static func drawProjection(_ chance: inout Chance) -> Projection {
        switch chance.below(4) {
        case 0: Projection(.keysOnly)
        case 1: Projection(.include, nonKeyAttributes: ["w", "n"])
        default: Projection(.all)
        }
    }

    /// Requests are a common pool, so all clients have about one pace, in microseconds.
    private static func drawClient(pace: Int, _ chance: inout Chance) -> ClientPlan {
        var weights = Deed.allCases.map { (choice: $0, weight: chance.percent(35) ? 0 : chance.magnitude(1...16)) }
        if weights.allSatisfy({ $0.weight == 0 }) { weights[0].weight = 1 }
        return ClientPlan(
            weights: weights,
            thinkMax: pace * chance.within(1...4),
            strongShare: chance.pick([0, 30, 50, 80, 100])
        )
    }

    /// A few faults, or many, in the time that the run will take.
    private static func drawFaults(during microseconds: Int, _ chance: inout Chance) -> FaultPlan {
        FaultPlan(
            gap: chance.percent(15) ? nil : max(20_000, microseconds / chance.magnitude(2...64)),
            durationMax: chance.magnitude(100_000...60_000_000),
            quorumShare: chance.pick([0, 5, 20])
        )
    }

    private static func drawChanges(_ tables: [TableShape], _ operations: Int, _ chance: inout Chance) -> [Change] {
        var changes: [Change] = []
        for (number, table) in tables.enumerated() {
            for (position, index) in table.indexes.enumerated() where index.comesLater {
                let moment = chance.below(max(1, operations * 3 / 4))
                changes.append(Change(afterOperations: moment, kind: .createIndex(table: number, index: position)))
            }
            if let throughput = table.throughput, chance.percent(70) {
                let factor = chance.within(2...5)
                let raised = ProvisionedThroughput(
                    readCapacityUnits: throughput.readCapacityUnits * factor,
                    writeCapacityUnits: throughput.writeCapacityUnits * factor
                )
                let moment = chance.below(max(1, operations * 3 / 4))
                changes.append(Change(afterOperations: moment, kind: .raise(table: number, to: raised)))
            }
        }
        return changes.sorted { $0.afterOperations < $1.afterOperations }
    }

    /// What was drawn, for whoever reads a failure.
    package var summary: [String] {
        var lines = ["seed \(seed), \(operations) requests, profile \(profile.rawValue), \(clients.count) clients"]
        for table in tables {
            let keys = table.sortCount.map { "\(table.hashCount) × \($0) keys" } ?? "\(table.hashCount) keys"
            let indexes = table.indexes.map { "\($0.name)\($0.comesLater ? " (later)" : "")" }
            let mode = table.throughput.map { "\($0.readCapacityUnits)/\($0.writeCapacityUnits) units" } ?? "on demand"
            lines.append("table \(table.name): \(keys), \(mode)" + indexes.map { ", \($0)" }.joined())
        }
        let gap = faults.gap.map { "about every \($0 / 1_000) ms, up to \(faults.durationMax / 1_000) ms" } ?? "none"
        lines.append("faults: \(gap); requests lost: \(link.lossPerThousand) of 1000")
        lines.append("settings: " + settings.map { "\($0.name) \($0.value)" }.joined(separator: ", "))
        return lines
    }
}
