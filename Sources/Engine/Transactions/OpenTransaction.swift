import Model

/// A transaction between its first prepare and its last finish, as the ledger keeps it: whoever finds it here without
/// its coordinator can end it.
struct OpenTransaction {
    enum Decision { case commit, cancel }

    struct Participant {
        let table: Table
        let key: [UInt8]
    }

    let number: UInt64
    let recall: TransactionRecall?
    var participants: [Participant] = []
    /// Nil while the items are asked. A transaction that lost its coordinator then is cancelled.
    var decision: Decision?
    /// What it does to each item, once it is decided.
    var outcome: Region.TransactionOutcome?
}
