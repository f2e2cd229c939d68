/// The data set in SQLite: the table that stands beside ours, and the statements that do what our operations do.
struct SQLiteTable {
    /// Rows in the order of the key, as ours are; or rows in the order they came, with an index on the key. The second
    /// is the faster to write, by a quarter to a half; the first to read, ranges by two thirds.
    enum Form { case clustered, indexed }

    static func definition(_ form: Form) -> String {
        "CREATE TABLE app(pk TEXT, sk TEXT, city TEXT, note TEXT, status TEXT, total INTEGER, PRIMARY KEY(pk, sk))"
            + (form == .clustered ? " WITHOUT ROWID" : "")
    }

    private let data: DataSet
    private let database: SQLite
    private let insert: SQLite.Statement
    private let select: SQLite.Statement
    private let range: SQLite.Statement

    init(_ data: DataSet, _ form: Form) {
        self.data = data
        database = SQLite()
        database.run(SQLiteTable.definition(form))
        insert = database.prepare("INSERT INTO app VALUES(?, ?, ?, ?, ?, ?)")
        let columns = "SELECT pk, sk, city, note, status, total FROM app "
        select = database.prepare(columns + "WHERE pk = ? AND sk = ?")
        range = database.prepare(columns + "WHERE pk = ? AND sk BETWEEN ? AND ?")
    }

    /// Writes the rows in one transaction.
    func load(_ order: [Int]) {
        database.run("BEGIN")
        for number in order {
            let row = data.rows[number]
            insert.bind(data[row.partitionKey], at: 1)
            insert.bind(data[row.sortKey], at: 2)
            insert.bind(data[row.city], at: 3)
            insert.bind(data[row.note], at: 4)
            insert.bind(data[row.status], at: 5)
            insert.bind(row.total, at: 6)
            insert.run()
        }
        database.run("COMMIT")
    }

    /// Reads rows one by one; returns what their columns hold.
    func readEach(_ order: [Int]) -> Int {
        var bytes = 0
        for number in order {
            let row = data.rows[number]
            select.bind(data[row.partitionKey], at: 1)
            select.bind(data[row.sortKey], at: 2)
            let found = select.readAll(&bytes)
            precondition(found == 1, "every row is there")
        }
        return bytes
    }

    /// Reads the rows between two sort keys of one partition key, for each of the ranges.
    func readRanges(_ ranges: [RowRange]) -> Int {
        var bytes = 0
        for asked in ranges {
            let (first, last) = (data.rows[asked.first], data.rows[asked.last])
            range.bind(data[first.partitionKey], at: 1)
            range.bind(data[first.sortKey], at: 2)
            range.bind(data[last.sortKey], at: 3)
            let found = range.readAll(&bytes)
            precondition(found == asked.count, "every row is there")
        }
        return bytes
    }
}

/// Rows behind one another under one partition key.
struct RowRange {
    let first: Int
    let last: Int

    var count: Int { last - first + 1 }

    /// `count` ranges of 20 rows, from a fixed seed.
    static func twenties(_ count: Int, of data: DataSet) -> [RowRange] {
        var random = SeededRandom(seed: 20)
        return (0..<count).map { _ in
            let owner = random.below(data.count / DataSet.itemsPerPartitionKey)
            let first = owner * DataSet.itemsPerPartitionKey + random.below(DataSet.itemsPerPartitionKey - 19)
            return RowRange(first: first, last: first + 19)
        }
    }
}
