/// Words that were perhaps meant.
enum Suggestions {
    /// At most three of the candidates, nearest first, none too far from the word.
    static func near(_ word: String, among candidates: [String]) -> [String] {
        let wanted = fold(word)
        let limit = max(1, (wanted.count + 1) / 3)
        var seen: Set<String> = []
        let ranked = candidates.enumerated().compactMap { order, candidate -> (Int, Int, String)? in
            guard seen.insert(candidate).inserted else { return nil }
            let folded = fold(candidate)
            if abs(folded.count - wanted.count) > limit { return nil }
            let distance = distance(wanted, folded)
            return distance <= limit && distance < wanted.count ? (distance, order, candidate) : nil
        }
        return ranked.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.prefix(3).map(\.2)
    }

    /// `did you mean A, B or C?`, or nil when nothing is near.
    static func remark(_ word: String, among candidates: [String]) -> String? {
        let near = near(word, among: candidates)
        return near.isEmpty ? nil : "did you mean \(list(near))?"
    }

    static func list(_ words: [String]) -> String {
        guard words.count > 1, let last = words.last else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " or " + last
    }

    private static func fold(_ word: String) -> [UInt8] {
        word.utf8.prefix(64).filter { $0 != 0x2D && $0 != 0x5F }.map { isLetter($0) ? $0 | 0x20 : $0 }
    }

    /// Fewest insertions, deletions, replacements and swaps of neighbours that lead from one to the other.
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for (row, byte) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                var best = min(last[column] + (byte == other ? 0 : 1), last[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, byte == right[column - 1], left[row - 1] == other {
                    best = min(best, beforeLast[column - 1] + 1)
                }
                current.append(best)
            }
            (beforeLast, last) = (last, current)
        }
        return last[right.count]
    }
}
