import Engine

/// A transaction is there whole or not at all, in the log and in every TransactGetItems; transfers keep the bank's total.
package enum TransactionAtomicity {
    /// The accounts of a bank and what they add up to.
    package struct Bank: Sendable {
        let table: Int
        let accounts: Int
        let total: Int

        package init(table: Int, accounts: Int, total: Int) {
            self.table = table
            self.accounts = accounts
            self.total = total
        }
    }

    package static func check(
        _ history: History,
        _ order: CommitOrder,
        bank: Bank?,
        name: (ItemKey) -> String
    ) -> [Violation] {
        var violations: [Violation] = []
        var writes: [Int] = []
        for operation in history.operations where operation.isTransaction {
            let written = operation.actions.filter { $0.effect.writer != nil }
            if written.isEmpty { continue }
            writes.append(operation.number)
            let missing = written.filter { order[$0.key].positionsOfWriters[operation.number] == nil }
            if missing.isEmpty || missing.count == written.count { continue }
            violations.append(
                Violation(
                    .transactionsAtomic,
                    at: missing.map { name($0.key) }.joined(separator: ", "),
                    "#\(operation.number) was committed in \(written.count - missing.count) of its "
                        + "\(written.count) items, not in these",
                    instant: operation.completed
                )
            )
        }
        let writesByKey = writesByKey(writes, history, order)
        for operation in history.operations where operation.isTransaction && operation.outcome == .done {
            let reads = operation.actions.filter { $0.effect == .none && $0.verdict == .done }
            if reads.isEmpty { continue }
            violations += torn(operation, reads, writesByKey, order, name)
            if let bank { violations += total(operation, reads, bank) }
        }
        return violations
    }

    /// By item: the transactions that wrote it, and where in its order.
    private static func writesByKey(
        _ writes: [Int],
        _ history: History,
        _ order: CommitOrder
    ) -> [ItemKey: [(operation: Int, position: Int)]] {
        var byKey: [ItemKey: [(operation: Int, position: Int)]] = [:]
        for number in writes {
            for action in history.operations[number].actions where action.effect.writer != nil {
                guard let position = order[action.key].positionsOfWriters[number] else { continue }
                byKey[action.key, default: []].append((number, position))
            }
        }
        return byKey
    }

    /// Of each transaction that wrote two of the items read, either both show it or neither does.
    private static func torn(
        _ operation: ClientOperation,
        _ reads: [Action],
        _ writesByKey: [ItemKey: [(operation: Int, position: Int)]],
        _ order: CommitOrder,
        _ name: (ItemKey) -> String
    ) -> [Violation] {
        var shown: [Int: (key: ItemKey, isShown: Bool)] = [:]
        for read in reads {
            guard case .item(let stamp) = read.before, let position = order[read.key].positions[stamp] else { continue }
            for write in writesByKey[read.key] ?? [] {
                let isShown = position >= write.position
                guard let other = shown[write.operation] else {
                    shown[write.operation] = (read.key, isShown)
                    continue
                }
                if other.isShown == isShown { continue }
                let (with, without) = isShown ? (read.key, other.key) : (other.key, read.key)
                return [
                    Violation(
                        .transactionsAtomic,
                        at: "\(name(with)), \(name(without))",
                        "#\(operation.number) saw the transaction #\(write.operation) in \(name(with)) "
                            + "and not in \(name(without))",
                        instant: operation.completed
                    )
                ]
            }
        }
        return []
    }

    private static func total(_ operation: ClientOperation, _ reads: [Action], _ bank: Bank) -> [Violation] {
        let accounts = reads.filter { $0.key.table == bank.table }
        guard accounts.count == bank.accounts else { return [] }
        var total = 0
        for case .item(let stamp) in accounts.map(\.before) { total += stamp.count }
        if total == bank.total { return [] }
        return [
            Violation(
                .transactionsAtomic,
                at: "bank",
                "#\(operation.number) found \(total) in all accounts, not \(bank.total)",
                instant: operation.completed
            )
        ]
    }
}
