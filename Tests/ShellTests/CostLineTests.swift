import Model
import Testing

@testable import Shell

struct CostLineTests {
    private func text(_ line: CostLine) -> String {
        var bytes: [UInt8] = []
        line.append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private func report(
        _ kind: ConsumedCapacity.Kind,
        _ capacities: [ConsumedCapacity],
        partitions: [PartitionLabel] = [PartitionLabel(number: 2)],
        of count: Int = 4,
        microseconds: Int64 = 3_100
    ) -> RequestReport {
        var report = RequestReport()
        report.kind = kind
        report.consumedCapacity = capacities
        report.partitions = partitions
        report.partitionCount = count
        report.latencyMicroseconds = microseconds
        return report
    }

    @Test func aFilteredQuery() {
        let report = report(.read, [ConsumedCapacity(tableName: "app", table: 0.5)])
        let line = CostLine(subject: .page(count: 2, scanned: 12, isFiltered: true), report: report)
        #expect(text(line) == "2 of 12 items matched · 0.5 RCU eventual · p2 (1 of 4 partitions) · 3.1 ms\n")
    }

    @Test func aWriteWithAnIndex() {
        var capacity = ConsumedCapacity(tableName: "app", table: 1)
        capacity.charge(globalIndex: "gsi1", 2)
        let line = CostLine(subject: .none, report: report(.write, [capacity], microseconds: 4_000))
        #expect(text(line) == "3 WCU = app 1 + gsi1 2 · p2 · 4.0 ms\n")
    }

    @Test func aFailedCondition() {
        let report = report(.write, [ConsumedCapacity(tableName: "app", table: 1)], microseconds: 4_000)
        let line = CostLine(subject: .nothingWritten(isConditionFalse: true), report: report)
        #expect(text(line) == "nothing written · 1 WCU (a failed condition is billed) · p2 · 4.0 ms\n")
    }

    @Test func moreRemains() {
        let report = report(.read, [ConsumedCapacity(tableName: "app", table: 128.5)])
        let line = CostLine(subject: .page(count: 1, scanned: 1, isFiltered: false), report: report, hasMore: true)
        let expected = "1 item · 128.5 RCU eventual · p2 (1 of 4 partitions) · 3.1 ms · more remains (more)\n"
        #expect(text(line) == expected)
    }

    @Test func manyPartitionsAreCounted() {
        let partitions = (0..<12).map { PartitionLabel(number: $0) }
        let report = report(.read, [ConsumedCapacity(tableName: "t", table: 1_234)], partitions: partitions, of: 12)
        let line = CostLine(subject: .page(count: 31_200, scanned: 31_200, isFiltered: false), report: report)
        #expect(text(line) == "31,200 items · 1,234 RCU eventual · 12 of 12 partitions · 3.1 ms\n")
    }

    @Test(
        arguments: [
            (0, "0.00 ms"), (730, "0.73 ms"), (996, "1.00 ms"), (3_149, "3.1 ms"), (3_150, "3.2 ms"),
            (99_949, "99.9 ms"), (120_400, "120 ms"), (1_400_000, "1.4 s"),
            (8_100_000, "8.1 s"), (65_000_000, "1 min 5 s"), (7_200_000_000, "2 h"), (93_600_000_000, "1 d 2 h"),
        ] as [(Int64, String)]
    )
    func durations(microseconds: Int64, expected: String) {
        #expect(durationText(microseconds: microseconds) == expected)
    }

    @Test(
        arguments: [
            (0, "$0"), (0.0000025, "$0.0000025"), (0.00995, "$0.01"), (1.5, "$1.50"), (3_969, "$3,969.00"),
        ] as [(Double, String)]
    )
    func moneyKeepsTwoDigits(dollars: Double, expected: String) {
        #expect(money(dollars) == expected)
    }

    @Test func theLedgerAddsUpByTableAndIndex() {
        var ledger = CostLedger()
        var capacity = ConsumedCapacity(tableName: "app", table: 1)
        capacity.charge(globalIndex: "gsi1", 2)
        ledger.add(report(.write, [capacity]))
        ledger.add(report(.read, [ConsumedCapacity(tableName: "app", table: 0.5)]))
        #expect(ledger.requestCount == 2)
        #expect(ledger.entries.map(\.name) == ["app", "app/gsi1"])
        #expect(ledger.writeUnits == 3)
        #expect(ledger.readUnits == 0.5)
    }
}
