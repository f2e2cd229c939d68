import Language
import Model
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// Statements in files beside the tests and in the documentation.
enum Examples {
    /// All examples of the specification, those of later versions included.
    static let specification = statements(in: Specification.text)
    /// The fenced `sk` blocks of the project's own description.
    static let documentation = statements(in: fenced(read("../../Documentation/Language.md")))
    /// Every example that `help` shows.
    static let help = VerbReference.rows.flatMap(\.examples)

    /// Those of the specification that this version reads.
    static let readable = specification.filter { !isForLaterVersion($0) }

    /// Verbs and clauses of the specification that this version does not have.
    static func isForLaterVersion(_ statement: String) -> Bool {
        let verbs = [
            "CreateBackup", "ListBackups", "RestoreTable", "WATCH", "Workload", "Advise", "Import", "Export",
            "Connect", "Show metrics", "Show burst", "Clock speed",
        ]
        return verbs.contains { statement.hasPrefix($0) }
            || [" PITR ", " AUTOSCALE "].contains { statement.contains($0) }
    }

    /// Operations that no clauses stand for. Turning time to live off is written `TTL OFF`, which names no attribute.
    static func isWrittenAsBodyOnly(_ request: Request) -> Bool {
        switch request {
        case .updateTimeToLive(let update): !update.specification.enabled
        case .describeTimeToLive, .tagResource, .untagResource, .listTagsOfResource, .putResourcePolicy,
            .getResourcePolicy, .deleteResourcePolicy, .describeLimits, .describeEndpoints, .listStreams,
            .describeStream, .getShardIterator, .getRecords:
            true
        default: false
        }
    }

    static func statements(in text: String) -> [String] {
        var splitter = StatementSplitter()
        splitter.append(text)
        splitter.finish()
        var statements: [String] = []
        while let statement = splitter.next() { statements.append(splitter.text(of: statement)) }
        return statements
    }

    private static func fenced(_ text: String) -> String {
        var isInside = false
        var lines: [Substring] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("```") {
                isInside = line == "```sk"
            } else if isInside {
                lines.append(line)
            }
        }
        return lines.joined(separator: "\n")
    }

    private static func read(_ path: String) -> String {
        let folder = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        guard let file = fopen(folder.joined(separator: "/") + "/" + path, "r") else { return "" }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            if count == 0 { return String(decoding: bytes, as: UTF8.self) }
            bytes += chunk[..<count]
        }
    }
}
