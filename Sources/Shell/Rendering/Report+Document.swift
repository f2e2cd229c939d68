import Wire

extension Report {
    /// The members of an object, a line each; what is nested is written as JSON.
    init(of document: Document) {
        guard case .object(let members) = document else { preconditionFailure("an answer is an object") }
        self.init(columns: members.map(\.name), rows: [members.map { Report.cell($0.value) }])
        isSingle = true
    }

    /// The members of several objects, and of the objects in them, as one row each.
    init(flattening documents: [Document]) {
        let rows = documents.map { Report.flattened($0) }
        var columns: [String] = []
        for name in rows.joined().map(\.name) where !columns.contains(name) { columns.append(name) }
        self.init(
            columns: columns,
            rows: rows.map { row in
                columns.map { name in row.first { $0.name == name }.map { Report.cell($0.value) } ?? .missing }
            }
        )
    }

    private static func flattened(_ document: Document) -> [Document.Member] {
        guard case .object(let members) = document else { preconditionFailure("an answer is an object") }
        return members.flatMap { member in
            if case .object(let inner) = member.value { inner } else { [member] }
        }
    }

    private static func cell(_ document: Document) -> Cell {
        switch document {
        case .string(let text): return .text(text)
        case .null: return .missing
        case .bool, .number, .bytes, .array, .object:
            var bytes: [UInt8] = []
            JSONWriter.append(document, to: &bytes)
            return .text(String(decoding: bytes, as: UTF8.self))
        }
    }
}
