/// Finds what a misspelt word may have meant.
enum Similarity {
    private static let lengthMax = 64

    /// A foreign word as messages may quote it: whole, unless it is huge.
    static func shown(_ word: String) -> String {
        word.utf8.count <= lengthMax ? word : word.prefix(lengthMax) + "…"
    }

    /// The candidates that differ little from `word`, the closest first.
    static func closest(to word: String, among candidates: [String], limit: Int) -> [String] {
        // Nothing that the shell knows is nearly as long, and the time grows with the length.
        if word.utf8.count > 4 * lengthMax { return [] }
        let tolerance = max(1, word.count / 3)
        let wanted = Array(word.lowercased())
        let ranked = candidates.compactMap { candidate -> (String, Int)? in
            let lowered = candidate.lowercased()
            let distance = lowered.hasPrefix(word.lowercased()) ? 0 : distance(wanted, Array(lowered))
            return distance <= tolerance ? (candidate, distance) : nil
        }
        return ranked.sorted { ($0.1, $0.0) < ($1.1, $1.0) }.prefix(limit).map(\.0)
    }

    /// Insertions, deletions, replacements and swaps of neighbours between the two.
    static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var older: [Int] = []
        var previous = Array(0...right.count)
        for row in left.indices {
            var current = [row + 1]
            for column in right.indices {
                let isEqual = left[row] == right[column]
                var best = min(previous[column + 1] + 1, current[column] + 1, previous[column] + (isEqual ? 0 : 1))
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    best = min(best, older[column - 1] + 1)
                }
                current.append(best)
            }
            (older, previous) = (previous, current)
        }
        return previous[right.count]
    }
}
