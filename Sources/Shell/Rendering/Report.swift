/// Rows that the shell made itself, such as those of `Show partitions`.
struct Report: Equatable {
    enum Cell: Equatable {
        case text(String)
        case integer(Int)
        /// Capacity units, in halves.
        case units(Double)
        /// Dollars.
        case money(Double)
        /// Dollars for one unit or a million, with all their decimals.
        case price(Double)
        /// A load against its ceiling: a bar on a screen, a number elsewhere.
        case load(Double, ceiling: Double)
        case missing
    }

    var columns: [String]
    var rows: [[Cell]]
    /// Sentences below the rows; left out of JSON and CSV.
    var remarks: [String] = []
    /// Shown as `name value` lines on a screen, because it is one thing with properties.
    var isSingle = false
}
