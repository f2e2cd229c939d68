import Glibc
import Language
import Model

/// Commands for scripts: where statements come from, where results go, what happens on errors.
extension DotCommand {
    static var scripting: [DotCommand] {
        [
            read, output, once, onOff("echo", "show each statement before its result", \.echoes),
            onOff("bail", "end a script at its first error", \.stopsAtError),
            onOff("wait", "let CreateTable and its like wait until the table is ACTIVE", \.waits), param, set,
        ]
    }

    private static let read = DotCommand(
        "read",
        "file",
        "run the statements of a file"
    ) { session, arguments throws(StatementFailure) in
        guard let path = arguments.first else { throw arguments.refuse("which file?") }
        return .outcome(try session.readScript(path))
    }

    private static let output = DotCommand(
        "output",
        "[file]",
        "write results to a file; without a name, here again"
    ) { session, arguments throws(StatementFailure) in
        try session.redirect(to: arguments.first, arguments)
        session.isRedirectedOnce = false
        return .nothing
    }

    private static let once = DotCommand(
        "once",
        "file",
        "write the next result to a file"
    ) { session, arguments throws(StatementFailure) in
        guard let path = arguments.first else { throw arguments.refuse("which file?") }
        try session.redirect(to: path, arguments)
        session.isRedirectedOnce = true
        session.redirectionIsNew = true
        return .nothing
    }

    private static let param = DotCommand(
        "param",
        "[:name value | #name 'attribute' | clear]",
        "values that statements name; :now is always there"
    ) { session, arguments throws(StatementFailure) in
        guard let name = arguments.first else { return .reply(session.parameterReply()) }
        if name == "clear" {
            session.parser.parameters = [:]
            session.parametersChanged(ownsNow: false)
            return .nothing
        }
        guard name.hasPrefix(":") || name.hasPrefix("#"), name.count > 1 else {
            throw arguments.refuse("a parameter's name begins with : or #")
        }
        let text = arguments.text.dropFirst(name.count).trimmingBlanks()
        session.parser.parameters[name] = text.isEmpty ? nil : try session.value(from: text)
        if name == Session.nowParameter { session.parametersChanged(ownsNow: !text.isEmpty) }
        return .nothing
    }

    private static let set = DotCommand(
        "set",
        "setting value",
        "change a constant of the engine; Show settings lists them"
    ) { session, arguments throws(StatementFailure) in
        guard arguments.words.count >= 2, let name = arguments.first else {
            return .reply(Reply(result: .report(Report(settings: try session.requireLaboratory().settings()))))
        }
        let value = arguments.text.dropFirst(name.count).trimmingBlanks()
        try session.inside { laboratory throws(ServiceError) in try laboratory.set(name, to: value) }
        return .nothing
    }
}

extension Session {
    fileprivate func redirect(to path: String?, _ arguments: DotCommand.Arguments) throws(StatementFailure) {
        if let loss = console.closeRedirection() { throw .message(loss, details: []) }
        guard let path, path != "stdout", path != "-" else { return }
        guard console.redirect(to: path) else {
            throw .message("cannot write \(path): \(errorText(errno))", details: [])
        }
    }

    /// After each statement: closes what `.once` opened for it, and what can no longer be written. Nil when nothing
    /// was lost.
    func settleRedirection() -> Outcome? {
        let ends = isRedirectedOnce && !redirectionIsNew
        redirectionIsNew = false
        guard ends || console.redirection?.failure != nil else { return nil }
        isRedirectedOnce = false
        return console.closeRedirection().map { fail(with: Diagnostic(message: $0)) }
    }

    fileprivate func parameterReply() -> Reply {
        let parameters = parser.parameters.sorted { $0.key.bytesPrecede($1.key) }
        let literal = LiteralText()
        let rows: [[Report.Cell]] = parameters.map { name, value in
            let holder: Item = ["v": value]
            let text = holder.withValue(of: "v") { $0.map { literal.text($0) } ?? "" }
            return [.text(name), .text(text)]
        }
        return Reply(result: .report(Report(columns: ["parameter", "value"], rows: rows)))
    }

    fileprivate func value(from text: String) throws(StatementFailure) -> AttributeValue {
        do throws(SyntaxError) {
            return try parser.parseValue(text)
        } catch {
            throw .message(error.message, details: error.remark.map { [$0] } ?? [])
        }
    }
}

func errorText(_ number: Int32) -> String {
    String(cString: strerror(number))
}
