import Language
import Model
import Testing

/// `Fault …`: what it becomes, how it is refused, printed and completed.
@Suite struct FaultTests {
    private func command(_ text: String, use target: Target? = Target(table: "app")) throws -> FaultCommand {
        var parser = CommandParser.forTests()
        parser.currentTable = target
        guard case .fault(let command) = try parser.parse(text).command else { throw Unexpected() }
        return command
    }

    private static func leader(_ table: String, _ number: Int, index: String? = nil) -> FaultScope {
        .leader(table: table, partition: PartitionLabel(indexName: index, number: number))
    }

    private static func replica(_ table: String, _ number: Int, _ node: Int, index: String? = nil) -> FaultScope {
        .replica(table: table, partition: PartitionLabel(indexName: index, number: number), node: node)
    }

    // MARK: What is read

    @Test(arguments: [
        ("Fault kill az a FOR 2m;", FaultCommand.inject(.kill(.zone("a")), forMicroseconds: 120_000_000)),
        ("fault KILL Zone B", .inject(.kill(.zone("b")))), ("Fault kill node n4", .inject(.kill(.node(4)))),
        ("Fault kill Node N12;", .inject(.kill(.node(12)))), ("Fault kill router r2", .inject(.kill(.router(2)))),
        ("Fault kill coordinator FOR 1h30m", .inject(.kill(.coordinator), forMicroseconds: 5_400_000_000)),
        ("Fault kill leader app/p3", .inject(.kill(leader("app", 3)))),
        ("Fault kill leader orders/P0", .inject(.kill(leader("orders", 0)))),
        ("Fault kill leader app/gsi1/p0", .inject(.kill(leader("app", 0, index: "gsi1")))),
        ("Fault kill leader p3", .inject(.kill(leader("app", 3)))),
        ("Fault kill leader gsi1/p3", .inject(.kill(leader("app", 3, index: "gsi1")))),
        ("Fault kill leader old-table.v2/p1;", .inject(.kill(leader("old-table.v2", 1)))),
        ("Fault kill leader `old-table.v2`/p1;", .inject(.kill(leader("old-table.v2", 1)))),
        ("Fault kill replica app/p3/n4", .inject(.kill(replica("app", 3, 4)))),
        ("Fault kill replica p3/n4", .inject(.kill(replica("app", 3, 4)))),
        ("Fault kill replica gsi1/p3/n4", .inject(.kill(replica("app", 3, 4, index: "gsi1")))),
        ("Fault corrupt replica orders/byStatus/p0/n9", .inject(.corrupt(replica("orders", 0, 9, index: "byStatus")))),
        ("Fault corrupt node n1", .inject(.corrupt(.node(1)))),
        ("Fault slow node n4 BY 20ms", .inject(.slow(.node(4), byMicroseconds: 20_000))),
        (
            "Fault slow FOR 2m BY 1.5ms az c",
            .inject(.slow(.zone("c"), byMicroseconds: 1_500), forMicroseconds: 120_000_000)
        ),
        ("Fault cut az a FROM az c;", .inject(.cut(.zone("a"), from: .zone("c")))),
        (
            "Fault cut node n1 FOR 5s FROM router r3",
            .inject(.cut(.node(1), from: .router(3)), forMicroseconds: 5_000_000)
        ),
        ("Fault cut FROM az b node n1", .inject(.cut(.node(1), from: .zone("b")))),
        ("Fault list;", .list), ("FAULT LIST \\json", .list), ("Fault heal ALL;", .heal(nil)),
        ("Fault heal az a", .heal(.zone("a"))), ("Fault heal leader gone/p3", .heal(leader("gone", 3))),
    ])
    func scopesAndClausesAreRead(text: String, expected: FaultCommand) throws {
        #expect(try command(text) == expected)
    }

    @Test func theIndexInUseIsMeantToo() throws {
        let use = Target(table: "app", index: "gsi1")
        #expect(try command("Fault kill leader p1", use: use) == .inject(.kill(Self.leader("app", 1, index: "gsi1"))))
    }

    @Test func showTakesThemToo() throws {
        var parser = CommandParser.forTests()
        #expect(try parser.parse("Show faults").command == .show(.faults, nil))
        #expect(try parser.parse("Show nodes;").command == .show(.nodes, nil))
        #expect(try parser.parse("Show nodes app;").command == .show(.nodes, Target(table: "app")))
        #expect(try parser.parse("Show events LAST 5m;").command == .show(.events, nil, last: 300_000_000))
    }

    @Test func statementsEndAsOthersDo() {
        #expect(
            Examples.statements(in: "Fault kill az a FOR 2m; Fault list \\json\nFault heal\n  ALL;")
                == ["Fault kill az a FOR 2m;", "Fault list \\json", "Fault heal\n  ALL;"]
        )
    }

    // MARK: What is refused

    @Test(arguments: [
        RejectTests.Case("Fault«»", "what to do is missing at the end"),
        .init("Fault «kil» az a", "Fault does not know kil", "did you mean kill?"),
        .init("Fault «'kill'» az a", "what to do belongs here, not 'kill'"),
        .init("Fault kill«;»", "what to kill is missing before ;"),
        .init("Fault kill «n4»", "n4 is nothing to kill", "write node n4"),
        .init("Fault heal «r2»", "r2 is nothing to heal", "write router r2"),
        .init("Fault kill «c»", "c is nothing to kill", "write az c"),
        .init("Fault slow «app»/p3 BY 5ms", "app is nothing to slow", "write leader app/p0"),
        .init("Fault kill «leadr» app/p3", "leadr is nothing to kill", "did you mean leader?"),
        .init("Fault heal «kill» az a", "kill is nothing to heal", "leave kill out"),
        .init("Fault kill az «d»", "the zones are a, b and c"),
        .init("Fault kill az«»", "a zone is missing at the end"),
        .init("Fault kill node «4»", "a node is called by its name", "write n4"),
        .init("Fault kill node «x4»", "a node is called like n1, not x4"),
        .init("Fault kill router «n1»", "a router is called like r1, not n1"),
        .init("Fault kill leader «ap»/p3", "table \"ap\" not found", "did you mean app?"),
        .init("Fault kill leader app/«gsi2»/p3", "table app has no index gsi2", "did you mean gsi1?"),
        .init(
            "Fault kill leader orders/«byDate»/p0",
            "byDate is a local index: it lives in the partitions of orders",
            "write orders/p0"
        ),
        .init("Fault kill leader app/«gsi1»", "a partition is called like p0, behind its table"),
        .init("Fault kill leader app/gsi1/«x»/p0", "a partition has a table and perhaps an index before it"),
        .init("Fault kill replica app/«p3»", "a replica ends with its node, as in p0/n4"),
        .init("Fault kill leader app/«3»", "a partition such as app/p0 belongs here, not 3"),
        .init("Fault kill az a «BY» 20ms", "BY is not a clause of Fault kill", "it belongs to Fault slow"),
        .init("Fault kill az a «FRO» 20ms", "FRO is not a clause of Fault kill", "did you mean FOR?"),
        .init("Fault kill az a FOR 2m «FOR» 3m", "FOR stands twice"),
        .init("Fault kill az a FOR «2»", "a duration needs a unit: us, ms, s, m, h or d"),
        .init("Fault kill az a FOR «0s»", "this is no time at all"),
        .init("Fault slow az a«»", "BY and a duration is missing at the end"),
        .init("Fault cut az a«;»", "FROM and the other side is missing before ;"),
        .init("Fault cut az a FROM «az a»", "both sides are the same"),
        .init("Fault cut «leader» app/p0 FROM az b", "cut takes node, az or router, not leader"),
        .init("Fault corrupt «az» a", "corrupt takes node, leader or replica, not az"),
        .init("Fault list «az» a", "az does not belong here"),
        .init("Fault heal az a «FOR» 2m", "FOR does not belong here"),
        .init("EXPLAIN «Fault» list", "EXPLAIN goes with a request, not with Fault"),
        .init("«heal» az a", "heal is not a verb", "the command is Fault heal"),
        .init("Show events LAST«»", "a duration is missing at the end"),
    ])
    func errorsPointAtTheToken(example: RejectTests.Case) throws { try example.check() }

    @Test func aPartitionAloneNeedsATableInUse() {
        var parser = CommandParser.forTests()
        parser.currentTable = nil
        do throws(SyntaxError) {
            _ = try parser.parse("Fault kill leader p3")
            Issue.record("it was read")
        } catch {
            #expect(error.message == "no table is in use, so p3 needs its own")
            #expect(error.remark == "write app/p3")
        }
    }

    @Test(arguments: [
        ("Fault", "Fault kill az a FOR 2m;"), ("Fault slow node n4", "Fault slow node n4 BY 20ms;"),
        ("Fault cut az a", "Fault cut az a FROM az c;"), ("Fault corrupt az a", "Fault corrupt replica app/p0/n4;"),
        ("Fault heal", "Fault heal ALL;"),
    ])
    func everyErrorHasAnExample(text: String, example: String) throws {
        let found = try #require(error(text))
        #expect(found.suggestion == example)
        #expect(try canonical(command(example)) + ";" == example)
    }

    @Test func theExampleIsOfTheSameKind() throws {
        #expect(try #require(error("Fault kill leader ap/p3")).suggestion == "Fault kill leader app/p0 FOR 2m;")
        #expect(try #require(error("Fault heal node 4")).suggestion == "Fault heal node n4;")
        #expect(try #require(error("Fault slow router x")).suggestion == "Fault slow router r2 BY 20ms;")
    }

    @Test func errorsSayWhatIsExpected() throws {
        #expect(try #require(error("Fault x")).expected == ["kill", "slow", "cut", "corrupt", "list", "heal"])
        #expect(
            try #require(error("Fault heal")).expected
                == ["ALL", "node n4", "az a", "router r2", "leader app/p0", "replica app/p0/n4", "coordinator"]
        )
        #expect(try #require(error("Fault corrupt x")).expected == ["node n4", "leader app/p0", "replica app/p0/n4"])
    }

    // MARK: What is printed

    private func canonical(_ command: FaultCommand) -> String { CanonicalPrinter.print(command) }

    @Test(arguments: [
        (FaultCommand.list, "Fault list"), (.heal(nil), "Fault heal ALL"), (.heal(.node(4)), "Fault heal node n4"),
        (.inject(.kill(.zone("a")), forMicroseconds: 5_400_000_000), "Fault kill az a FOR 1h30m"),
        (.inject(.slow(.router(1), byMicroseconds: 1_500)), "Fault slow router r1 BY 1ms500us"),
        (.inject(.kill(leader("order", 0))), "Fault kill leader order/p0"),
        (.inject(.kill(leader("limit", 0))), "Fault kill leader `limit`/p0"),
        (.inject(.kill(replica("7up", 2, 8, index: "by"))), "Fault kill replica `7up`/`by`/p2/n8"),
    ])
    func commandsArePrinted(command: FaultCommand, text: String) { #expect(canonical(command) == text) }

    @Test(arguments: [31, 32] as [UInt64]) func randomCommandsReadBack(seed: UInt64) throws {
        var random = RandomFaults(seed: seed)
        for _ in 0..<2_000 {
            let original = random.command()
            let printed = canonical(original)
            #expect(try command(printed, use: nil) == original, "\(printed)")
            #expect(try command(printed.uppercased().replacing(random.tables), use: nil) == original, "\(printed)")
            guard case .inject(let fault, _) = original else { continue }
            // A fault describes itself as it is typed.
            #expect(try command("Fault \(fault)", use: nil) == .inject(fault), "\(fault)")
        }
    }

    // MARK: What is offered

    private func texts(_ marked: String) -> [String] {
        let parts = marked.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
        let text = String(parts[0] + parts[1])
        return CommandParser.forTests().completions(in: text, at: parts[0].utf8.count).map(\.text)
    }

    @Test func everyWordIsOffered() {
        #expect(texts("Fau|") == ["Fault"])
        #expect(texts("Fault |") == ["kill", "slow", "cut", "corrupt", "list", "heal"])
        #expect(texts("Fault k|") == ["kill"])
        #expect(texts("Fault kill |") == ["node", "az", "router", "leader", "replica", "coordinator"])
        #expect(texts("Fault cut |") == ["node", "az", "router"])
        #expect(texts("Fault heal |") == ["node", "az", "router", "leader", "replica", "coordinator", "ALL"])
        #expect(texts("Fault kill az |") == ["a", "b", "c"])
        #expect(texts("Fault kill az a |") == ["FOR"])
        #expect(texts("Fault slow az a |") == ["BY", "FOR"])
        #expect(texts("Fault slow az a BY 5ms |") == ["FOR"])
        #expect(texts("Fault cut az a F|") == ["FROM", "FOR"])
        #expect(texts("Fault cut az a FROM |") == ["node", "az", "router"])
        #expect(texts("Show no|") == ["nodes"])
        #expect(texts("Show events |").contains("LAST"))
    }

    @Test func namesInsideAreOffered() {
        #expect(texts("Fault kill node |") == ["n1", "n2"])
        #expect(texts("Fault kill router r|") == ["r1"])
        #expect(texts("Fault kill leader ac|") == ["accounts"])
        #expect(texts("Fault kill leader |").contains("p0"))
        #expect(texts("Fault kill leader app/|") == ["gsi1", "byPlace", "p0", "p1"])
        #expect(texts("Fault kill leader app/p|") == ["p0", "p1"])
        #expect(texts("Fault kill leader app/gsi1/|") == ["p7"])
        #expect(texts("Fault kill leader gsi1/|") == ["p7"])
        #expect(texts("Fault kill replica p0/|") == ["n1", "n2"])
        #expect(texts("Fault kill replica app/p0/n|") == ["n1", "n2"])
    }

    @Test func hintsShowTheClause() {
        let parser = CommandParser.forTests()
        #expect(parser.syntaxHint(in: "Fault slow az a BY ", at: 19) == "BY 20ms")
        #expect(parser.syntaxHint(in: "Fault ", at: 6)?.hasPrefix("Fault kill|slow|cut|corrupt scope") == true)
    }
}

/// Commands of every kind, on tables whose names need no case and some that need quoting.
private struct RandomFaults {
    private var generator: SeededGenerator
    /// As they are printed, in capitals and as they are.
    let tables = [("APP", "app"), ("ORDERS", "orders"), ("OLD-TABLE.V2", "old-table.v2")]

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    private mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }

    private mutating func duration() -> Int64 {
        [1, 1_500, 20_000, 999_999, 60_000_000, 5_400_000_000, 90_061_001_001].randomElement(using: &generator)!
    }

    private mutating func scope(_ kinds: [Int]) -> FaultScope {
        let table = tables[number(0...2)].1
        let partition = PartitionLabel(number: number(0...40))
        switch kinds.randomElement(using: &generator)! {
        case 0: return .node(number(1...30))
        case 1: return .zone(["a", "b", "c"][number(0...2)])
        case 2: return .router(number(1...3))
        case 3: return .leader(table: table, partition: partition)
        case 4: return .replica(table: table, partition: partition, node: number(1...30))
        default: return .coordinator
        }
    }

    private mutating func fault() -> Fault {
        switch number(0...3) {
        case 0: return .kill(scope([0, 1, 2, 3, 4, 5]))
        case 1: return .slow(scope([0, 1, 2, 3, 4, 5]), byMicroseconds: duration())
        case 2: return .cut(scope([0, 1]), from: scope([2]))
        default: return .corrupt(scope([0, 3, 4]))
        }
    }

    mutating func command() -> FaultCommand {
        switch number(0...9) {
        case 0: return .list
        case 1: return .heal(number(0...3) == 0 ? nil : scope([0, 1, 2, 3, 4, 5]))
        default: return .inject(fault(), forMicroseconds: number(0...1) == 0 ? nil : duration())
        }
    }
}

extension String {
    fileprivate func replacing(_ pairs: [(String, String)]) -> String {
        pairs.reduce(self) { text, pair in
            var parts: [Substring] = []
            var rest = text[...]
            while let range = rest.firstRange(of: pair.0) {
                parts.append(rest[..<range.lowerBound])
                rest = rest[range.upperBound...]
            }
            return (parts + [rest]).joined(separator: pair.1)
        }
    }
}
