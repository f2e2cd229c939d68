import Model

/// How the keys of a BatchGetItem are written: the service takes `1` and `1.0` for two keys there, and only there.
enum KeySpelling {
    /// Whether some of the keys are equal, but all of them are written differently.
    static func tellsApart(_ documents: [Document], of keys: [Item]) -> Bool {
        var values: Set<[UInt8]> = []
        let hasEqualKeys = keys.contains { !values.insert($0.withBytes { Array($0) }).inserted }
        if !hasEqualKeys { return false }
        var spellings: Set<[UInt8]> = []
        return documents.allSatisfy { spellings.insert(spelling($0)).inserted }
    }

    /// The attributes in one order, whatever the order they were written in.
    private static func spelling(_ key: Document) -> [UInt8] {
        guard case .object(let members) = key else { return [] }
        let sorted = members.sorted { $0.name.bytesPrecede($1.name) }
        return Array(JSONWriter.compact(.object(sorted)))
    }
}
