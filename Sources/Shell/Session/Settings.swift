/// What dot-commands and flags change.
public struct Settings: Sendable {
    public enum CostDetail: String, Sendable, CaseIterable { case off, line, full, json }
    public enum ColourChoice: String, Sendable, CaseIterable { case auto, always, never }

    /// Nil takes the default: a table on a screen, JSON lines elsewhere.
    public var mode: OutputMode?
    public var cost = CostDetail.line
    public var showsHints = true
    /// Nil tells events to a person only, not in a script.
    public var showsEvents: Bool?
    public var showsTimer = false
    /// Nothing is said unasked: no banner, no tips.
    public var isQuiet = false
    /// Nil takes the terminal's.
    public var width: Int?
    public var nullText = "null"
    public var usesPager = true
    public var colour = ColourChoice.auto
    public var isPlain = false
    var priceBook = PriceBook.current
    public var echoes = false
    /// Whether a script ends at its first error.
    public var stopsAtError = true
    /// Whether CreateTable and its like wait until the table is ACTIVE.
    public var waits = true
    /// Format of the prompt, with `%e` endpoint, `%t` table, `%c` clock, `%f` faults; nil is the usual one.
    public var prompt: String?
    /// A person sits in front: prompts, tables, events, and the wall clock moves the simulated one.
    public var isInteractive = false
    /// Results are cut to the screen. Usually whether stdout is a terminal.
    public var hasScreen = false
    /// Whether characters beyond ASCII may be drawn.
    public var hasUnicode = true

    public init() {}
}
