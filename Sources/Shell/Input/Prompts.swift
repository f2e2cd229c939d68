import Engine
import Language
import LineEditor

/// The prompt: where statements go, which table they mean, how far the clock was moved, and what is broken.
extension Session {
    /// `local/app [t+5m, 1 fault]> `, or `alice@local/app> ` for somebody who is not root
    public var promptText: String { promptPieces.map(\.text).joined() }

    var prompt: Prompt {
        var pieces = promptPieces
        let text = pieces.map(\.text).joined()
        guard outStyle.hasColours, text.hasSuffix("> ") else { return Prompt(text) }
        pieces[pieces.count - 1].text.removeLast()
        let palette = outStyle.palette
        let painted = pieces.map { palette.paint($0.text, $0.isWarning ? \.warning : \.prompt) }
        return Prompt(text, styled: painted.joined() + " ")
    }

    /// A stretch of the prompt in one colour. None is empty, and the last one is no warning.
    private struct PromptPiece {
        var text: String
        var isWarning = false
    }

    private var promptPieces: [PromptPiece] {
        if let own = settings.prompt { return filled(own) }
        let place = "\(callerPrefix)\(endpointName)\(target.map { "/\($0)" } ?? "")"
        switch (clockLead, faultMark) {
        case (nil, nil): return [PromptPiece(text: "\(place)> ")]
        case (let lead?, nil): return [PromptPiece(text: "\(place) [\(lead)]> ")]
        case (let lead, let mark?):
            return [
                PromptPiece(text: "\(place) [\(lead.map { "\($0), " } ?? "")"),
                PromptPiece(text: mark, isWarning: true),
                PromptPiece(text: "]> "),
            ]
        }
    }

    /// As wide as the prompt, naming what is open: `   (..> `.
    func continuationPrompt(after text: String) -> String {
        var mark = "..."
        if case .incomplete(let open) = completeness(of: text) { mark = open.promptMark }
        let width = displayWidth(of: promptText)
        let tail = mark + "> "
        return String(repeating: " ", count: max(0, width - tail.count)) + tail
    }

    private var endpointName: String { laboratory == nil ? "remote" : "local" }

    /// `t+5m`, when the clock was moved on purpose.
    private var clockLead: String? {
        let seconds = clock.advanced / 1_000_000
        guard clock.wasMoved, seconds > 0 else { return nil }
        let parts: [(Int64, String)] = [(86_400, "d"), (3_600, "h"), (60, "m"), (1, "s")]
        var rest = seconds
        var text = ""
        for (size, unit) in parts where rest >= size {
            text += "\(rest / size)\(unit)"
            rest %= size
        }
        return "t+" + text
    }

    private func filled(_ format: String) -> [PromptPiece] {
        var pieces: [PromptPiece] = []
        var text = ""
        var rest = format[...]
        while let character = rest.popFirst() {
            guard character == "%", let key = rest.popFirst() else {
                text.append(character)
                continue
            }
            switch key {
            case "e": text += endpointName
            case "t": text += target?.description ?? ""
            case "c": text += clockLead ?? ""
            case "f":
                guard let mark = faultMark else { continue }
                if !text.isEmpty { pieces.append(PromptPiece(text: text)) }
                pieces.append(PromptPiece(text: mark, isWarning: true))
                text = ""
            case "n": text += "\n"
            default: text += "%\(key)"
            }
        }
        return pieces + [PromptPiece(text: text)]
    }

    /// `.echo on`: the statement as it would look had it been typed here.
    func echo(_ statement: Statement) {
        var lines = String(decoding: statement.bytes, as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false)
        while lines.count > 1, lines.last?.allSatisfy(\.isWhitespace) == true { lines.removeLast() }
        var soFar = ""
        console.out.write { bytes in
            for (index, line) in lines.enumerated() {
                bytes.append(text: index == 0 ? promptText : continuationPrompt(after: soFar))
                Escaping.append(line, to: &bytes)
                bytes.append(UInt8(ascii: "\n"))
                soFar += line + "\n"
            }
        }
    }
}
