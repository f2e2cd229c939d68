import LineEditor
import Model
import Testing

@testable import Engine
@testable import Shell

/// How the engine's inside looks, of reports made by hand.
struct InsideViewTests {
    private func table(_ report: Report, width: Int? = nil, isPlain: Bool = false) -> [String] {
        var style = RenderingStyle()
        style.isScreen = width != nil
        style.width = width ?? 100
        style.isPlain = isPlain
        var bytes: [UInt8] = []
        ReportTable(report: report, style: style).append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    private func headings(_ lines: [String]) -> [String] {
        (lines.first ?? "").split(separator: "│").map { $0.split(separator: " ").joined(separator: " ") }
    }

    // MARK: Replicas

    private func replica(
        _ node: String,
        _ role: String,
        log: UInt64 = 7,
        applied: UInt64 = 7,
        adjust: (inout ReplicaReport) -> Void = { _ in }
    ) -> ReplicaReport {
        var report = ReplicaReport(
            partition: PartitionLabel(number: 0),
            node: node,
            zone: "a",
            role: role,
            kind: "full",
            state: "ok",
            term: 1,
            logIndex: log,
            appliedIndex: applied,
            lagMicroseconds: 0,
            itemCount: 5,
            treeHeight: 1
        )
        adjust(&report)
        return report
    }

    @Test func replicasWithoutAnythingRemarkableAreShort() {
        let lines = table(Report(replicas: [replica("n1", "leader"), replica("n2", "follower", applied: 4)]))
        #expect(
            headings(lines)
                == ["partition", "node", "zone", "role", "term", "log", "applied", "behind", "items", "tree height"]
        )
        #expect(lines[3].contains(" 3 │ "))
    }

    @Test func whatIsRemarkableOfOneIsAColumnOfAll() {
        let reports = [
            replica("n1", "leader") { $0.leaseMicroseconds = 4_100_000 },
            replica("n2", "follower", log: 5, applied: 4) {
                $0.state = "catching up"
                $0.lagMicroseconds = 12_000
            },
            replica("n3", "follower", log: 2, applied: 2) { $0.kind = "log" },
        ]
        let lines = table(Report(replicas: reports))
        #expect(headings(lines).contains("kind") && headings(lines).contains("state"))
        #expect(headings(lines).contains("lag") && headings(lines).contains("lease"))
        // Behind the leader's log, not behind its own.
        let behind = lines.dropFirst(2).map { $0.split(separator: "│")[9].split(separator: " ").joined() }
        #expect(behind == ["0", "3", "5"])
        #expect(lines[2].contains("4.1 s") && lines[3].contains("12.0 ms"))
    }

    @Test func onAScreenTheLeastImportantColumnsGiveWay() {
        let reports = [
            replica("n1", "leader") { $0.leaseMicroseconds = 4_100_000 },
            replica("n2", "follower") {
                $0.state = "dead"
                $0.lagMicroseconds = 12_000
            },
        ]
        let lines = table(Report(replicas: reports), width: 100)
        #expect(lines.allSatisfy { displayWidth(of: $0) <= 100 })
        #expect(lines.last == "not shown: tree height, lag   (\\G shows all)")
        #expect(headings(lines).contains("lease") && headings(lines).contains("state"))
        #expect(table(Report(replicas: reports), width: 200).count == 4)
    }

    @Test func programsGetEveryColumn() {
        var bytes: [UInt8] = []
        DelimitedReport(Report(replicas: [replica("n1", "leader")])).append(csv: &bytes)
        #expect(
            String(decoding: bytes, as: UTF8.self) == """
                partition,node,zone,role,kind,state,term,log,applied,behind,lag,lease,items,tree height
                p0,n1,a,leader,full,ok,1,7,7,0,,,5,1

                """
        )
    }

    // MARK: Partitions

    private func partition(_ number: Int, adjust: (inout PartitionReport) -> Void = { _ in }) -> PartitionReport {
        var report = PartitionReport(
            label: PartitionLabel(number: number),
            firstHash: 0,
            lastHash: .max,
            itemCount: 1_204,
            sizeBytes: 1_100_000,
            readUnitsPerSecond: 12,
            writeUnitsPerSecond: 1_000,
            readCeiling: 3_000,
            writeCeiling: 1_000,
            leader: "n1",
            leaderZone: "a",
            state: "ok"
        )
        adjust(&report)
        return report
    }

    private var afterASplit: [PartitionReport] {
        [
            partition(0) {
                $0.state = "retired"
                $0.children = [PartitionLabel(number: 1), PartitionLabel(number: 2)]
                ($0.leader, $0.leaderZone) = ("none", "")
            },
            partition(1) { $0.parent = PartitionLabel(number: 0) },
            partition(2) {
                $0.parent = PartitionLabel(number: 0)
                ($0.leader, $0.leaderZone, $0.state) = ("none", "", "no leader")
            },
        ]
    }

    @Test func partitionsThatNeverSplitHaveNoLineage() {
        let lines = table(Report(partitions: [partition(0)]))
        #expect(headings(lines) == ["id", "hash range", "items", "size", "write/s", "read/s", "leader", "state"])
        #expect(lines[2] == " p0 │ 0000…ffff  │ 1,204 │ 1 MB │ ██████████ 1,000 ! │ █             12 │ n1 a   │ ok")
        #expect(lines.last == "each partition serves at most 1,000 write and 3,000 read units a second")
    }

    @Test func aSplitShowsParentAndChildren() {
        let lines = table(Report(partitions: afterASplit))
        #expect(headings(lines).suffix(4) == ["leader", "state", "parent", "children"])
        let cells = lines.dropFirst(2).prefix(3).map { line in
            line.split(separator: "│").map { $0.split(separator: " ").joined(separator: " ") }
        }
        #expect(cells[0] == ["p0", "0000…ffff", "1,204", "1 MB", "·", "·", "·", "retired", "·", "p1, p2"])
        #expect(cells[1].suffix(4) == ["n1 a", "ok", "p0", "·"])
        #expect(cells[2].suffix(4) == ["none", "no leader", "p0", "·"])
    }

    @Test func onAScreenBarsShrinkBeforeColumnsGo() {
        let lines = table(Report(partitions: afterASplit), width: 100)
        #expect(lines.allSatisfy { displayWidth(of: $0) <= 100 })
        #expect(lines.contains { $0.contains("███ 1,000 !") })
        #expect(headings(lines).suffix(2) == ["parent", "children"])
        let narrow = table(Report(partitions: afterASplit), width: 90)
        #expect(narrow.contains("not shown: parent   (\\G shows all)"))
        #expect(headings(narrow).last == "children")
    }

    @Test func aCollectionThatWasCutShowsItsSortKeys() {
        let reports = [
            partition(1) { $0.endSortKey = "'ORDER#5'" },
            partition(2) { ($0.firstSortKey, $0.endSortKey) = ("'ORDER#5'", "'ORDER#8'") },
            partition(3) { $0.firstSortKey = "'ORDER#8'" },
        ]
        let lines = table(Report(partitions: reports))
        #expect(lines[2].contains(" before 'ORDER#5' "))
        #expect(lines[3].contains(" from 'ORDER#5', before 'ORDER#8' "))
        #expect(lines[4].contains(" from 'ORDER#8' "))
    }

    @Test func plainPartitionsAreSentences() {
        let lines = table(Report(partitions: afterASplit), isPlain: true)
        #expect(
            lines[0] == "p0: hash range 0000…ffff, items 1,204, size 1 MB, state retired, children p1, p2"
        )
        #expect(
            lines[1].contains("write/s 1,000 of 1,000 (full), read/s 12 of 3,000, leader n1 a, state ok, parent p0")
        )
    }

    // MARK: Nodes and routers

    private func node(_ name: String, adjust: (inout NodeReport) -> Void = { _ in }) -> NodeReport {
        var report = NodeReport(
            name: name,
            zone: "a",
            state: "ok",
            replicas: 3,
            leaders: 1,
            tables: ["app", "app/gsi1", "orders"],
            bytes: 320_000,
            bytesMax: 10 << 30,
            allocatedReads: 0,
            allocatedWrites: 0,
            readUnitsPerSecond: 0,
            writeUnitsPerSecond: 400,
            readsMax: 30_000,
            writesMax: 10_000
        )
        adjust(&report)
        return report
    }

    @Test func nodesShowWhatTheyHost() {
        let lines = table(Report(nodes: [node("n1"), node("n2") { $0.bytes = 5 << 30 }]))
        #expect(headings(lines) == ["node", "zone", "replicas", "leaders", "size", "write/s", "read/s", "tables"])
        #expect(lines[2].contains(" 313 KB (<1 %) │ █             400 │ "))
        #expect(lines[2].hasSuffix(" │ app, app/gsi1, orders"))
        #expect(lines[3].contains(" 5 GB (50 %) "))
        #expect(lines.last == "each node holds at most 10 GB and serves 10,000 write and 30,000 read units a second")
    }

    @Test func aDeadNodeAndAllocatedUnitsAreShown() {
        let dead = node("n2") {
            $0.state = "dead"
            ($0.allocatedReads, $0.allocatedWrites) = (100, 2.5)
        }
        let lines = table(Report(nodes: [node("n1"), dead]))
        #expect(headings(lines).contains("state") && headings(lines).contains("allocated W/R"))
        #expect(lines[3].contains(" dead ") && lines[3].contains(" 2.5 / 100 "))
        #expect(table(Report(nodes: [node("n1"), dead]), width: 100).allSatisfy { displayWidth(of: $0) <= 100 })
    }

    @Test func plainNodesAreSentences() {
        #expect(
            table(Report(nodes: [node("n1")]), isPlain: true)[0]
                == "n1: zone a, replicas 3, leaders 1, size 313 KB (<1 %), write/s 400 of 10,000, "
                + "read/s 0 of 30,000, tables app, app/gsi1, orders"
        )
    }

    @Test func nodesMayBeThoseOfATable() {
        var laboratory: ScriptedLaboratory!
        let shell = TestShell(wrap: {
            laboratory = ScriptedLaboratory($0)
            return laboratory
        })
        laboratory.nodeReports = [node("n1"), node("n2") { $0.tables = ["orders"] }]
        shell.run("CreateTable app (pk S) GSI gsi1 (x S) ALL;")
        #expect(shell.run("Show nodes;").out.split(separator: "\n").count == 2)
        #expect(shell.run("Show nodes app;").out.split(separator: "\n").count == 1)
        #expect(shell.run("Show nodes app/gsi1;").out.hasPrefix(#"{"node":"n1","#))
    }

    @Test func routersShowRedirectsAndWhetherTheyLive() {
        let alive = RouterReport(
            name: "r1",
            zone: "a",
            cachedTables: 1,
            cacheHits: 9,
            cacheMisses: 2,
            redirects: 1,
            isAlive: true
        )
        #expect(
            headings(table(Report(routers: [alive])))
                == ["router", "zone", "cached tables", "hits", "misses", "redirects"]
        )
        var dead = alive
        dead.isAlive = false
        let lines = table(Report(routers: [alive, dead]))
        #expect(headings(lines).contains("state") && lines[3].contains(" dead "))
    }
}
