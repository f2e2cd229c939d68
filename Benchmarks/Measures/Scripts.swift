/// The data set as statements, of the shell's language and of SQL, one a line.
struct Scripts {
    enum Language: String {
        case sortkey
        /// SQL for the two forms of the table.
        case clusteredSQL, indexedSQL
    }

    private let data: DataSet
    private let folder: ScriptFolder
    private let name: String

    init(_ data: DataSet, in folder: ScriptFolder) {
        self.data = data
        self.folder = folder
        name = "\(data.count)"
    }

    /// Creates the table and writes every row once; in SQL, in one transaction.
    func load(_ language: Language) -> String {
        folder.write("\(name)-load.\(language)") { writeLoad(language, to: &$0) }
    }

    /// The same and then reads rows one by one.
    func get(_ language: Language, _ count: Int) -> String {
        folder.write("\(name)-get-\(count).\(language)") { script in
            writeLoad(language, to: &script)
            for number in data.readOrder.prefix(count) { writeGet(language, number, to: &script) }
        }
    }

    /// The same and then reads ranges of rows.
    func query(_ language: Language, _ ranges: [RowRange]) -> String {
        folder.write("\(name)-query-\(ranges.count).\(language)") { script in
            writeLoad(language, to: &script)
            for range in ranges { writeQuery(language, range, to: &script) }
        }
    }

    /// Writes rows again that are there already; the table is not created.
    func overwrite(_ language: Language, _ count: Int) -> String {
        folder.write("\(name)-overwrite-\(count).\(language)") { script in
            for turn in 0..<count { writePut(language, data.readOrder[turn % data.count], to: &script) }
        }
    }

    private func writeLoad(_ language: Language, to script: inout ScriptWriter) {
        switch language {
        case .sortkey: script.append("CreateTable app (pk S, sk S) ON DEMAND;\n")
        case .indexedSQL: script.append(SQLiteTable.definition(.indexed) + ";\nBEGIN;\n")
        case .clusteredSQL: script.append(SQLiteTable.definition(.clustered) + ";\nBEGIN;\n")
        }
        for number in data.writeOrder { writePut(language, number, to: &script) }
        if language != .sortkey { script.append("COMMIT;\n") }
    }

    private func writePut(_ language: Language, _ number: Int, to script: inout ScriptWriter) {
        let row = data.rows[number]
        let texts = [row.partitionKey, row.sortKey, row.city, row.note, row.status]
        switch language {
        case .sortkey:
            script.append("PutItem app {")
            for (name, text) in zip(["pk", "sk", "city", "note", "status"], texts) {
                script.append("\(name): '")
                script.append(data[text])
                script.append("', ")
            }
            script.append("total: \(row.total)};\n")
        case .clusteredSQL, .indexedSQL:
            script.append("INSERT INTO app VALUES(")
            for text in texts {
                script.append("'")
                script.append(data[text])
                script.append("', ")
            }
            script.append("\(row.total));\n")
        }
    }

    private func writeGet(_ language: Language, _ number: Int, to script: inout ScriptWriter) {
        let row = data.rows[number]
        script.append(language == .sortkey ? "GetItem app '" : "SELECT * FROM app WHERE pk = '")
        script.append(data[row.partitionKey])
        script.append(language == .sortkey ? "', '" : "' AND sk = '")
        script.append(data[row.sortKey])
        script.append("';\n")
    }

    private func writeQuery(_ language: Language, _ range: RowRange, to script: inout ScriptWriter) {
        let (first, last) = (data.rows[range.first], data.rows[range.last])
        script.append(language == .sortkey ? "Query app '" : "SELECT * FROM app WHERE pk = '")
        script.append(data[first.partitionKey])
        script.append(language == .sortkey ? "', BETWEEN '" : "' AND sk BETWEEN '")
        script.append(data[first.sortKey])
        script.append("' AND '")
        script.append(data[last.sortKey])
        script.append("';\n")
    }
}
