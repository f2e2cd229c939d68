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
    /// What a column says where nothing is remarkable. People are not shown a column that says only this; programs get
    /// the same columns whatever is in them.
    var ordinary: [String: Cell] = [:]
    /// Columns that give way on a screen too narrow for all, the first one first; they are named below the rows.
    var expendable: [String] = []
    /// Sentences below the rows; left out of JSON and CSV.
    var remarks: [String] = []
    /// Shown as `name value` lines on a screen, because it is one thing with properties.
    var isSingle = false
    /// Told when there are no rows, instead of a table of headings.
    var whenEmpty: String?
}

extension Report {
    /// Without the columns that say only what is ordinary.
    var remarkable: Report {
        let dull = columns.indices.filter { index in
            guard let cell = ordinary[columns[index]] else { return false }
            return rows.allSatisfy { $0[index] == cell }
        }
        return leavingOut(dull.map { columns[$0] })
    }

    func leavingOut(_ names: [String]) -> Report {
        let kept = columns.indices.filter { !names.contains(columns[$0]) }
        if kept.count == columns.count { return self }
        var report = self
        report.columns = kept.map { columns[$0] }
        report.rows = rows.map { row in kept.map { row[$0] } }
        return report
    }
}
