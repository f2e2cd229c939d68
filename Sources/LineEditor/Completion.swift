/// What Tab offers at one place of the buffer.
public struct Completion: Equatable, Sendable {
    public struct Candidate: Equatable, Sendable {
        /// The text that replaces `replaced` if this one is chosen.
        public let insertion: String
        public let display: String
        /// A few words on what it is, such as `partition key`.
        public let kind: String?

        public init(_ insertion: String, display: String? = nil, kind: String? = nil) {
            self.insertion = insertion
            self.display = display ?? insertion
            self.kind = kind
        }
    }

    public let candidates: [Candidate]
    /// UTF-8 bytes of the buffer that a candidate stands for, usually the word before the cursor.
    public let replaced: Range<Int>
    /// Shown below the line if there are no candidates.
    public let syntaxHint: String?

    public init(candidates: [Candidate], replacing replaced: Range<Int>, syntaxHint: String? = nil) {
        self.candidates = candidates
        self.replaced = replaced
        self.syntaxHint = syntaxHint
    }

    public static let none = Completion(candidates: [], replacing: 0..<0)

    /// What may replace `typed` without choosing for the user: all of the only candidate, or what all have in common.
    /// Nil if that would add nothing, or would take away what was typed.
    func insertion(over typed: String) -> String? {
        guard let first = candidates.first else { return nil }
        if candidates.count == 1 { return first.insertion == typed ? nil : first.insertion }
        let common = candidates.dropFirst().reduce(first.insertion) { commonPrefix($0, $1.insertion) }
        guard common != typed, common.lowercased().hasPrefix(typed.lowercased()) else { return nil }
        return common
    }
}

/// The longest text, in whole characters, that both begin with.
func commonPrefix(_ left: String, _ right: String) -> String {
    var end = left.startIndex
    for (mine, theirs) in zip(left, right) {
        guard mine == theirs else { break }
        end = left.index(after: end)
    }
    return String(left[..<end])
}
