import Model
import PartiQL

/// PartiQL statements parsed lately, by text.
struct StatementCache {
    private var statements: [String: PartiQLStatement] = [:]
    private static let kept = 1_000

    mutating func statement(_ text: String) throws(ServiceError) -> PartiQLStatement {
        if let known = statements[text] { return known }
        do throws(PartiQLError) {
            let parsed = try PartiQLStatement.parse(text)
            if statements.count >= StatementCache.kept { statements.removeAll() }
            statements[text] = parsed
            return parsed
        } catch {
            throw error.serviceError
        }
    }
}
