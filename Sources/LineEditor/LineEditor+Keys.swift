@preconcurrency import CEditLine
@preconcurrency import Glibc

/// Which keys are ours. What they do stands in `LineEditor+Functions.swift`.
extension LineEditor {
    private typealias Function = @convention(c) (OpaquePointer?, Int32) -> UInt8

    /// `~/.editrc` may change the mode, and `bind -e` or `bind -v` in it reset all keys: so the default mode comes
    /// first, that file second, and our keys for the mode then in force last.
    func bindKeys() {
        _ = ce_set_editor(handle, "emacs")
        addFunctions()
        if configuration.readsEditrc { _ = el_source(handle, nil) }
        bindCommonKeys()
        if isVi { bindViKeys() } else { bindEmacsKeys() }
    }

    var isVi: Bool {
        ce_editor(handle).map { String(cString: $0) } == "vi"
    }

    private func addFunctions() {
        add("statement-enter", "Submit, or begin a row") { handle, _ in LineEditor.owning(handle).enter() }
        add("statement-row", "Begin a row") { handle, _ in LineEditor.owning(handle).beginRow() }
        add("statement-complete", "Complete, or list what fits") { handle, _ in LineEditor.owning(handle).complete() }
        add("statement-end", "Delete, or end the input") { handle, _ in LineEditor.owning(handle).deleteOrEnd() }
        add("statement-paste", "Insert a marked paste") { handle, _ in LineEditor.owning(handle).pasteMarked() }
        add("statement-undo", "Undo the last change") { handle, _ in LineEditor.owning(handle).undoChange() }
        add("statement-clear", "Clear the screen") { handle, _ in LineEditor.owning(handle).clearScreen() }
        add("row-up", "Row above, or statement before") { handle, _ in LineEditor.owning(handle).moveUp() }
        add("row-down", "Row below, or next statement") { handle, _ in LineEditor.owning(handle).moveDown() }
        add("row-start", "Start of the row") { handle, _ in LineEditor.owning(handle).moveToRowStart() }
        add("row-end", "End of the row, or take the hint") { handle, _ in LineEditor.owning(handle).moveToRowEnd() }
        add("row-forward", "Next character, or take the hint") { handle, _ in LineEditor.owning(handle).moveForward() }
    }

    private func bindCommonKeys() {
        // Enter arrives as newline, unless the user's terminal does not translate carriage returns.
        bind("statement-enter", "^M", "^J")
        bind("statement-complete", "^I")
        bind("statement-end", "^D")
        bind("statement-clear", "^L")
        bind("statement-undo", "^_")
        bind("em-inc-search-prev", "^R")
    }

    private func bindEmacsKeys() {
        bind("statement-paste", "\\e[200~")
        bind("statement-row", "\\e^M", "\\e^J")
        bind("row-up", "\\e[A", "\\eOA")
        bind("row-down", "\\e[B", "\\eOB")
        bind("row-forward", "\\e[C", "\\eOC", "^F")
        bind("row-start", "\\e[H", "\\eOH", "\\e[1~", "^A")
        bind("row-end", "\\e[F", "\\eOF", "\\e[4~", "^E")
        bind("ed-delete-next-char", "\\e[3~")
        bind("ed-prev-word", "\\e[1;5D", "\\e[1;3D")
        bind("em-next-word", "\\e[1;5C", "\\e[1;3C")
        // Only our own functions push these, to reach what is libedit's alone.
        bind("ed-prev-history", Self.previousHistoryKeys)
        bind("ed-next-history", Self.nextHistoryKeys)
    }

    /// In vi's insert map a key that begins with Escape would take Escape itself away, so such keys go into the command
    /// map.
    private func bindViKeys() {
        for key in ["^M", "^J"] { _ = ce_bind_alternate(handle, key, "statement-enter") }
        _ = ce_bind_alternate(handle, "^D", "statement-end")
        _ = ce_bind_alternate(handle, "^L", "statement-clear")
        // Escape leads here from the insert map; in the command map it is a part of the key.
        for key in ["[200~", "\\e[200~"] { _ = ce_bind_alternate(handle, key, "statement-paste") }
    }

    static let previousHistoryKeys = "\u{1B}[9001~"
    static let nextHistoryKeys = "\u{1B}[9002~"

    private func add(_ name: String, _ help: String, _ function: Function) {
        _ = ce_add_function(handle, name, help, function)
    }

    private func bind(_ function: String, _ keys: String...) {
        for key in keys { _ = ce_bind(handle, key, function) }
    }
}
