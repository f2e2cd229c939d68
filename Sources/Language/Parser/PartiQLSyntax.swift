import PartiQL

/// Where the command parser meets the parser of PartiQL.
enum PartiQLSyntax {
    private static let servicePrefix = "Statement wasn't well formed, can't be processed: "

    /// Throws when the statement is not PartiQL; the error's range counts from `start`.
    static func check(_ statement: String, at start: Int) throws(SyntaxError) {
        do throws(PartiQLError) {
            _ = try PartiQLStatement.parse(statement)
        } catch {
            let isSyntax = error.message.hasPrefix(servicePrefix)
            let length = statement.utf8.count
            let lower = min(max(error.range.lowerBound, 0), length)
            let upper = min(max(error.range.upperBound, lower), length)
            throw SyntaxError(
                isSyntax ? String(error.message.dropFirst(servicePrefix.count)) : error.message,
                at: start + lower..<start + upper,
                serviceMessage: "ValidationException: \(error.message)"
            )
        }
    }
}
