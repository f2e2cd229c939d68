import Language
import LineEditor

/// What Tab offers: dot-commands from their list, everything else from the parser.
extension Session {
    func completion(of text: String, at offset: Int) -> Completion {
        if let users = callerCompletion(of: text, at: offset) { return users }
        if let dot = dotCompletion(of: text, at: offset) { return dot }
        if let samples = sampleCompletion(of: text, at: offset) { return samples }
        return languageCompletion(of: text, at: offset)
    }

    /// Samples are the shell's own; the parser does not know their names.
    private func sampleCompletion(of text: String, at offset: Int) -> Completion? {
        let typed = String(decoding: Array(text.utf8.prefix(offset)), as: UTF8.self)
        let words = typed.split(whereSeparator: \.isWhitespace)
        guard words.first?.lowercased() == "sample", typed.last != "\n" else { return nil }
        let isNext = words.count == 1 && typed.last == " "
        guard isNext || (words.count == 2 && typed.last != " ") else { return nil }
        let begun = isNext ? "" : words[1].lowercased()
        return Completion(
            candidates: Sample.all.filter { $0.name.hasPrefix(begun) }
                .map { Completion.Candidate($0.name, display: $0.name, kind: $0.summary) },
            replacing: offset - begun.utf8.count..<offset
        )
    }

    private func dotCompletion(of text: String, at offset: Int) -> Completion? {
        let typed = String(decoding: Array(text.utf8.prefix(offset)), as: UTF8.self)
        guard typed.hasPrefix("."), !typed.contains("\n") else { return nil }
        guard let blank = typed.firstIndex(of: " ") else {
            let candidates = DotCommand.all.filter { (".\($0.name)").hasPrefix(typed) }
                .map { Completion.Candidate(".\($0.name) ", display: ".\($0.name)", kind: $0.summary) }
            return Completion(candidates: candidates, replacing: 0..<offset)
        }
        let command = DotCommand.all.first { ".\($0.name)" == typed[..<blank] }
        return Completion(candidates: [], replacing: offset..<offset, syntaxHint: command?.usage)
    }
}
