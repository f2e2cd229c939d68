import CSQLite

/// SQLite as fast as its C API lets one use it: prepared statements, bound memory that is not copied, one transaction.
final class SQLite {
    private let connection: OpaquePointer

    static var version: String { String(cString: sqlite3_libversion()) }

    /// An empty database in memory, without locks.
    init() {
        var opened: OpaquePointer?
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX
        let code = sqlite3_open_v2(":memory:", &opened, flags, nil)
        precondition(code == SQLITE_OK, "SQLite must open a database in memory")
        connection = opened!
    }

    deinit { sqlite3_close_v2(connection) }

    func run(_ statement: String) {
        let code = sqlite3_exec(connection, statement, nil, nil, nil)
        precondition(code == SQLITE_OK, String(cString: sqlite3_errmsg(connection)))
    }

    func prepare(_ text: String) -> Statement {
        var handle: OpaquePointer?
        let code = sqlite3_prepare_v3(connection, text, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &handle, nil)
        precondition(code == SQLITE_OK, String(cString: sqlite3_errmsg(connection)))
        return Statement(handle: handle!)
    }

    final class Statement {
        private let handle: OpaquePointer

        fileprivate init(handle: OpaquePointer) { self.handle = handle }

        deinit { sqlite3_finalize(handle) }

        /// The text must stay where it is until the statement has run.
        func bind(_ text: UnsafeRawBufferPointer, at position: Int32) {
            let bytes = text.baseAddress!.assumingMemoryBound(to: CChar.self)
            sqlite3_bind_text(handle, position, bytes, Int32(text.count), nil)
        }

        func bind(_ number: Int, at position: Int32) { sqlite3_bind_int64(handle, position, Int64(number)) }

        /// For a statement without answers.
        func run() {
            let code = sqlite3_step(handle)
            precondition(code == SQLITE_DONE, "the statement must succeed")
            sqlite3_reset(handle)
        }

        /// Reads every column of every answered row; returns the rows, and adds what the columns hold to `bytes`.
        func readAll(_ bytes: inout Int) -> Int {
            var rows = 0
            while sqlite3_step(handle) == SQLITE_ROW {
                rows += 1
                for column in 0..<5 as Range<Int32> {
                    let text = sqlite3_column_text(handle, column)
                    bytes += Int(sqlite3_column_bytes(handle, column)) + Int(text![0] & 1)
                }
                bytes += Int(sqlite3_column_int64(handle, 5) & 7)
            }
            sqlite3_reset(handle)
            return rows
        }
    }
}
