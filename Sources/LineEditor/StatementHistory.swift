@preconcurrency import CEditLine
@preconcurrency import Glibc

/// The statements entered so far, whole, oldest first. Feeds libedit, which recalls and searches them.
public final class StatementHistory {
    private let file: HistoryFile?
    private let countMax: Int
    private var isLoaded = false
    private var loadedEntries: [String] = []
    let handle: OpaquePointer

    init(file: HistoryFile?, countMax: Int) {
        self.file = file
        self.countMax = countMax
        guard let handle = history_init() else { preconditionFailure("libedit has no memory for its history") }
        self.handle = handle
        _ = ce_history_set_size(handle, Int32(clamping: countMax))
    }

    deinit {
        history_end(handle)
    }

    public func entries() -> [String] {
        load()
        return loadedEntries
    }

    /// Entries that contain `text`, newest first.
    public func search(_ text: String) -> [String] {
        entries().reversed().filter { contains($0, text) }
    }

    /// Keeps a statement, unless it is empty, repeats the one before, or starts with a space, which asks for privacy.
    func remember(_ statement: String) {
        load()
        guard statement.first != " ", let entry = trimmed(statement), entry != loadedEntries.last else { return }
        enter(entry)
        file?.append(entry)
    }

    /// Reads the file once, when the first prompt is shown, so that only sessions that edit pay for it.
    func load() {
        guard !isLoaded else { return }
        isLoaded = true
        for entry in file?.load(countMax: countMax) ?? [] { enter(entry) }
    }

    private func enter(_ entry: String) {
        loadedEntries.append(entry)
        if loadedEntries.count > 2 * countMax { loadedEntries.removeFirst(loadedEntries.count - countMax) }
        _ = ce_history_enter(handle, entry)
    }

    /// Without white space at the end; nil if nothing else is there.
    private func trimmed(_ statement: String) -> String? {
        guard let last = statement.lastIndex(where: { !$0.isWhitespace }) else { return nil }
        return String(statement[...last])
    }

    private func contains(_ entry: String, _ text: String) -> Bool {
        text.isEmpty || strstr(entry, text) != nil
    }
}
