/// Former states of the buffer. Characters typed in one go are undone together, up to a space.
struct UndoStack {
    struct State: Equatable {
        let text: [Unicode.Scalar]
        let cursor: Int
    }

    private static let countMax = 200
    /// Code points of all states together, so that editing a huge paste cannot fill the memory.
    private static let sizeMax = 4_000_000
    private var states: [State] = []
    private var current = State(text: [], cursor: 0)

    /// Notes what the buffer holds now; called before each wait for a key.
    mutating func note(_ state: State) {
        guard state.text != current.text else {
            current = state
            return
        }
        if !isTyping(from: current, to: state) || states.last.map({ isTyping(from: $0, to: current) }) != true {
            states.append(current)
            forgetOldest()
        }
        current = state
    }

    /// The state before the last change, which becomes the current one.
    mutating func undo() -> State? {
        guard let former = states.popLast() else { return nil }
        current = former
        return former
    }

    private mutating func forgetOldest() {
        var size = states.reduce(0) { $0 + $1.text.count }
        while states.count > Self.countMax || (size > Self.sizeMax && !states.isEmpty) {
            size -= states.removeFirst().text.count
        }
    }

    /// Whether `new` is `old` with characters of one word inserted at the cursor.
    private func isTyping(from old: State, to new: State) -> Bool {
        let count = new.text.count - old.text.count
        guard count > 0, new.cursor == old.cursor + count else { return false }
        let inserted = new.text[old.cursor..<new.cursor]
        return inserted.allSatisfy { !$0.properties.isWhitespace }
            && old.text[..<old.cursor] == new.text[..<old.cursor]
            && old.text[old.cursor...] == new.text[new.cursor...]
    }
}
