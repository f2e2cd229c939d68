extension Secrets {
    /// Whether a statement, in lower case, tells a user's secret: `.as name 'secret'`, or a SECRET clause.
    static func isOfUsers(_ statement: String) -> Bool {
        let words = statement.split { $0.isWhitespace || $0 == ";" }
        guard let first = words.first else { return false }
        if first == ".as" { return words.count > 2 }
        let verb = first.filter { $0 != "-" && $0 != "_" }
        let isOfUsers = ["createuser", "updateuser", "putuserpolicy"].contains(verb)
        return isOfUsers && (statement.contains("secret"))
    }
}
