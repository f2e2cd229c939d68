import Glibc
import Language

/// Commands on the session itself.
extension DotCommand {
    static var sessionCommands: [DotCommand] {
        [history, edit, prompt, exit, quit, help]
    }

    private static let history = DotCommand(
        "history",
        "[count|/text]",
        "the statements entered before"
    ) { session, arguments throws(StatementFailure) in
        var entries = session.historyEntries()
        if let word = arguments.first {
            if word.hasPrefix("/") {
                entries = entries.filter { $0.contains(arguments.text.dropFirst()) }
            } else if let count = Int(word), count >= 0 {
                entries = Array(entries.suffix(count))
            } else {
                throw arguments.refuse("\(word) is no count")
            }
        }
        return .reply(Reply(result: .text(entries.map { $0 + "\n" }.joined())))
    }

    private static let edit = DotCommand(
        "edit",
        "",
        "edit the last statement in $VISUAL or $EDITOR"
    ) { session, _ throws(StatementFailure) in
        let own = ".edit"
        let text = session.historyEntries().last { !$0.hasPrefix(own) } ?? ""
        session.nextInput = try ExternalEditor.edit(text, console: session.console)
        return .nothing
    }

    private static let prompt = DotCommand(
        "prompt",
        "[text]",
        "the prompt; %e is the endpoint, %t the table in use, %c the clock's lead, %f the faults"
    ) { session, arguments in
        session.settings.prompt = arguments.text.isEmpty ? nil : (arguments.first ?? arguments.text) + " "
        return .nothing
    }

    private static let exit = DotCommand(
        "exit",
        "[code]",
        "leave the shell"
    ) { session, arguments throws(StatementFailure) in
        guard let word = arguments.first else { return try session.execute(.exit, mode: .table, .empty) }
        guard let code = Int32(word), 0...255 ~= code else { throw arguments.refuse("\(word) is no exit code") }
        return .outcome(.exit(code: code))
    }

    private static let quit = DotCommand("quit", "[code]", "leave the shell", run: exit.run)

    private static let help = DotCommand("help", "[command]", "these commands") { session, arguments in
        .reply(Reply(result: .text(Help.dotCommands(arguments.first))))
    }
}

/// Lets the user's own editor change a statement.
enum ExternalEditor {
    static func edit(_ text: String, console: Console) throws(StatementFailure) -> String {
        let editor = Environment.value("VISUAL") ?? Environment.value("EDITOR") ?? "vi"
        var path = Array("\(Environment.value("TMPDIR") ?? "/tmp")/sortkey-XXXXXX.sk".utf8CString)
        let descriptor = mkstemps(&path, 3)
        guard descriptor >= 0 else { throw .message("no temporary file: \(errorText(errno))", details: []) }
        let name = String(decoding: path.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer { unlink(name) }
        let draft = ByteSink(descriptor: descriptor, closesDescriptor: true)
        draft.write(text + "\n")
        draft.flush()
        console.flush()
        let status = ChildSignals.restoringSIGPIPE { system("\(editor) \(name)") }
        guard status == 0 else { throw .message("\(editor) failed", details: []) }
        guard let bytes = InputFile.readAll(name) else { throw .message("the draft is gone", details: []) }
        return String(decoding: bytes, as: UTF8.self).trimmingBlanks()
    }
}
