import Language
import Model

/// Where the last Query, Scan or SELECT stopped.
struct Resumption {
    /// The call as it was, the start filled in.
    var call: Call
    /// Items that a page brought beyond what TAKE asked for: shown before anything is read again.
    var surplus: [Item] = []
    /// The last evaluated key, for AFTER LAST; nil for PartiQL, which has a token instead.
    var key: Item?
    /// False when only the surplus is left.
    var hasMorePages = true
}
