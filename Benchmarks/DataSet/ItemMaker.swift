import Model

/// Makes items and keys of a data set's rows, as a program does that embeds the engine.
struct ItemMaker {
    private let data: DataSet
    private var builder = ItemBuilder()

    init(_ data: DataSet) { self.data = data }

    mutating func item(_ row: DataSet.Row) -> Item {
        append("city", row.city)
        append("note", row.note)
        append("pk", row.partitionKey)
        append("sk", row.sortKey)
        append("status", row.status)
        withBytes(of: "total") { builder.append(nameBytes: $0, number: Number(row.total)) }
        return builder.finish()
    }

    mutating func key(_ row: DataSet.Row) -> Item {
        append("pk", row.partitionKey)
        append("sk", row.sortKey)
        return builder.finish()
    }

    private mutating func append(_ name: StaticString, _ text: DataSet.Text) {
        let value = data[text]
        withBytes(of: name) { builder.append(nameBytes: $0, string: value) }
    }

    private func withBytes(of name: StaticString, _ body: (UnsafeRawBufferPointer) -> Void) {
        name.withUTF8Buffer { body(UnsafeRawBufferPointer($0)) }
    }
}
