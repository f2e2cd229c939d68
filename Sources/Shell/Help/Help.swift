import Language

/// Everything that `help` says. Verbs come from the language's own table, dot-commands from theirs.
enum Help {
    /// One screen, grouped by task, each line to be typed as it stands after `Sample shop`.
    static var overview: String {
        let groups: [(String, [(String, String)])] = [
            (
                "start",
                [
                    ("Sample shop;", "a table with data, and what to try on it"),
                    ("use shop", "statements may leave the table out"),
                    ("CreateTable app (pk S, sk S);", "a table of your own"),
                ]
            ),
            (
                "items",
                [
                    ("put shop {pk: 'USER#eve', sk: 'PROFILE', points: 5};", "write one"),
                    ("get shop 'USER#alice', 'PROFILE';", "read one"),
                    ("upd shop 'USER#bob', 'PROFILE' SET points = points + 1;", "change one"),
                    ("del shop 'USER#eve', 'PROFILE' IF points < 10;", "delete one, on a condition"),
                ]
            ),
            (
                "queries",
                [
                    ("Query shop 'USER#alice', begins_with 'ORDER#' DESC;", "one partition key, sorted"),
                    ("Query shop/gsi1 KEY gsi1pk = 'STATUS#pending' TAKE 5;", "through an index"),
                    ("SELECT * FROM \"shop\" WHERE pk = 'USER#bob';", "PartiQL"),
                ]
            ),
            (
                "look inside",
                [
                    ("EXPLAIN Scan shop FILTER total > 50;", "what it would do and cost; runs nothing"),
                    ("TRACE get shop 'USER#alice', 'PROFILE';", "the way of one request"),
                    ("Show partitions shop;", "replicas, nodes, indexes, events, cost …"),
                    ("Locate shop 'USER#alice', 'PROFILE';", "who owns a key"),
                    ("Clock advance 5m;", "let simulated time pass"),
                    ("Fault list;", "what is broken; help fault says how"),
                ]
            ),
        ]
        var text = ""
        for (title, lines) in groups {
            text += "\(title)\n"
            for (statement, meaning) in lines { text += "  \(padded(statement, 56)) \(meaning)\n" }
        }
        text += "more      help query · help tx · help ThrottlingException · help /index · .help for settings\n"
        text += "endings   ; or an empty line runs · \\G \\json \\csv \\api choose how one result is written\n"
        return text
    }

    static func dotCommands(_ name: String?) -> String {
        let all = DotCommand.all
        let wanted = name.map { $0.hasPrefix(".") ? String($0.dropFirst()) : $0 }
        let rows = wanted.map { wanted in all.filter { $0.name == wanted } } ?? all
        if rows.isEmpty { return "there is no command .\(wanted ?? "")\n" }
        if rows.count == 1, let row = rows.first { return "\(row.usage)\n  \(row.summary)\n" }
        let width = 12
        return rows.map { "  \(padded("." + $0.name, width)) \($0.summary)\n" }.joined()
    }

    static func verb(_ row: VerbReference) -> String {
        var text = "\(row.name)   \(row.summary)\n"
        if row.names.count > 1 { text += "also      \(row.names.dropFirst().joined(separator: ", "))\n" }
        text += "syntax    \(row.syntax)\n"
        for (index, example) in row.examples.enumerated() {
            text += "\(index == 0 ? "examples" : "        ")  \(example)\n"
        }
        for detail in row.details { text += "\(padded(detail.name, 8))  \(detail.text)\n" }
        guard !row.clauses.isEmpty else { return text }
        let width = min(44, row.clauses.map(\.syntax.count).max() ?? 0)
        for (index, clause) in row.clauses.enumerated() {
            let label = index == 0 ? "clauses " : "        "
            let api = clause.apiParameter.map { "  [\($0)]" } ?? ""
            text += "\(label)  \(padded(clause.syntax, width))  \(clause.summary)\(api)\n"
        }
        return text
    }

    /// Lines of all help that contain the text.
    static func search(_ text: String) -> String {
        let wanted = text.lowercased()
        var found: [String] = []
        for row in VerbReference.rows {
            let clauses = row.clauses.map { "\($0.syntax) \($0.summary) \($0.apiParameter ?? "")" }
            let lines = [row.syntax, row.summary] + clauses + row.details.map { "\($0.name): \($0.text)" }
            if let line = lines.first(where: { $0.lowercased().contains(wanted) }) {
                found.append("help \(row.name)   \(line)")
            }
        }
        for command in DotCommand.all
        where "\(command.usage) \(command.summary)".lowercased().contains(wanted) {
            found.append("\(command.usage)   \(command.summary)")
        }
        for error in ErrorHelp.all where "\(error.name) \(error.meaning)".lowercased().contains(wanted) {
            found.append("help \(error.name)   \(error.meaning)")
        }
        return found.map { $0 + "\n" }.joined()
    }

    static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - displayWidth(of: text)))
    }
}

extension Session {
    func help(on topic: String?) throws(StatementFailure) -> String {
        guard let topic = topic?.trimmingBlanks(), !topic.isEmpty else { return Help.overview }
        if topic.hasPrefix("/") {
            let found = Help.search(String(topic.dropFirst()))
            if found.isEmpty { throw .message("no help mentions \(topic.dropFirst())", details: []) }
            return found
        }
        if topic.hasPrefix(".") { return Help.dotCommands(topic) }
        if let error = ErrorHelp.all.first(where: { $0.name.lowercased() == topic.lowercased() }) { return error.text }
        if let row = VerbReference.row(named: topic) { return Help.verb(row) }
        if let command = DotCommand.all.first(where: { $0.name == topic.lowercased() }) {
            return Help.dotCommands(command.name)
        }
        let names = VerbReference.rows.map(\.name) + ErrorHelp.all.map(\.name)
        let similar = Similarity.closest(to: topic, among: names, limit: 3)
        if similar.isEmpty { throw .message("no help on \(topic)", details: ["help /\(topic) searches all help"]) }
        throw .message("no help on \(topic)", details: ["did you mean \(similar.joined(separator: ", "))?"])
    }
}
