import Model

/// What a statement's first word stands for. Its spellings, syntax and examples are in `VerbReference`.
public enum Verb: UInt8, CaseIterable, Sendable {
    case putItem, getItem, updateItem, deleteItem, query, scan
    case batchGetItem, batchWriteItem, transactGetItems, transactWriteItems, conditionCheck
    case executeStatement, batchExecuteStatement, executeTransaction
    case createTable, updateTable, deleteTable, describeTable, listTables, createGSI, dropGSI
    case select, insert, update, delete, exists
    case aws
    /// Operations that are written as raw bodies only.
    case updateTimeToLive, describeTimeToLive, tagResource, untagResource, listTagsOfResource
    case putResourcePolicy, getResourcePolicy, deleteResourcePolicy, describeLimits, describeEndpoints
    case listStreams, describeStream, getShardIterator, getRecords
    case tail
    case describe, show, locate, sample, clock, fault, serve, explain, trace
    case createUser, updateUser, dropUser
    case use, more, clear, exit, help
}

extension Verb {
    /// Finds a verb by any of its spellings; case, `-` and `_` do not matter.
    @inline(__always)
    static func named(_ bytes: UnsafeRawBufferPointer) -> Verb? { byName[FoldedWord(bytes)] }

    static func named(_ text: String) -> Verb? { byName[FoldedWord(text)] }

    private static let byName = WordTable(
        VerbReference.rows.flatMap { row in row.names.map { ($0, row.verb) } }
    )

    /// How the splitter must read what follows.
    var dialect: StatementScanner.Dialect {
        switch self {
        case .select, .insert, .update, .delete, .exists: .partiQL
        case .batchExecuteStatement, .executeTransaction: .partiQLBlock
        case .batchGetItem, .batchWriteItem, .transactGetItems, .transactWriteItems: .block
        case .aws: .shellLine
        case .use, .more, .clear, .exit, .help: .wordLine
        default: .command
        }
    }

    var isPartiQL: Bool { dialect == .partiQL }

    /// The operation whose raw body may follow the verb.
    public var operation: Operation? {
        switch self {
        case .putItem: .putItem
        case .getItem: .getItem
        case .updateItem: .updateItem
        case .deleteItem: .deleteItem
        case .query: .query
        case .scan: .scan
        case .batchGetItem: .batchGetItem
        case .batchWriteItem: .batchWriteItem
        case .transactGetItems: .transactGetItems
        case .transactWriteItems: .transactWriteItems
        case .executeStatement: .executeStatement
        case .batchExecuteStatement: .batchExecuteStatement
        case .executeTransaction: .executeTransaction
        case .createTable: .createTable
        case .updateTable: .updateTable
        case .deleteTable: .deleteTable
        case .describeTable: .describeTable
        case .listTables: .listTables
        case .updateTimeToLive: .updateTimeToLive
        case .describeTimeToLive: .describeTimeToLive
        case .tagResource: .tagResource
        case .untagResource: .untagResource
        case .listTagsOfResource: .listTagsOfResource
        case .putResourcePolicy: .putResourcePolicy
        case .getResourcePolicy: .getResourcePolicy
        case .deleteResourcePolicy: .deleteResourcePolicy
        case .describeLimits: .describeLimits
        case .describeEndpoints: .describeEndpoints
        case .listStreams: .listStreams
        case .describeStream: .describeStream
        case .getShardIterator: .getShardIterator
        case .getRecords: .getRecords
        default: nil
        }
    }
}
