import Model

/// `Tail`, and the STREAM clause of tables.
extension CommandParser {
    /// "Tail" [target] { "FROM" ("TRIM_HORIZON" | "LATEST" | "-" DURATION) | "SHARD" STRING | "TAKE" INT | "FOLLOW" }
    mutating func parseTail() throws(SyntaxError) -> TailCommand {
        let range = token.range
        let target = try parseTarget(.tail)
        if let index = target.index, token.start > range.lowerBound {
            throw SyntaxError(
                "Tail takes a table, not the index \(index)",
                at: range.lowerBound..<previousEnd,
                remark: "the stream of \(target.table) tells what its indexes follow, too"
            )
        }
        var start: TailCommand.Start?
        var shard: String?
        var take: Int?
        var follows = false
        while let clause = try nextClause(.tail) {
            switch clause {
            case .from: start = try parseTailStart()
            case .shard: shard = try parseStringToken()
            case .take: take = try parseInteger("TAKE", minimum: 1)
            default: follows = true
            }
        }
        return TailCommand(table: target.table, start: start, shard: shard, take: take, follows: follows)
    }

    private enum StreamEnd: String, CaseIterable {
        case trimHorizon = "TRIM_HORIZON"
        case latest = "LATEST"
    }

    private mutating func parseTailStart() throws(SyntaxError) -> TailCommand.Start {
        if take(.minus) { return .ago(try parseDuration()) }
        guard token.kind != .number else {
            throw SyntaxError("how long ago is written with a minus", at: token.range, expected: ["-10m"])
        }
        switch try parseChoice("FROM", StreamEnd.allCases) {
        case .trimHorizon: return .trimHorizon
        case .latest: return .latest
        }
    }

    /// "STREAM" (VIEW | "OFF")
    mutating func parseStream() throws(SyntaxError) -> StreamSpecification {
        expecting(.keyword(.off))
        if take(.off) { return StreamSpecification(streamEnabled: false) }
        let viewType = try parseChoice("STREAM", StreamViewType.allCases)
        return StreamSpecification(streamEnabled: true, streamViewType: viewType)
    }
}
