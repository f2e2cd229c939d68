import Engine
import Language
import Model

extension Session {
    /// What executing a command leads to: something to print, or straight to an outcome.
    enum Step {
        case reply(Reply)
        case outcome(Outcome)

        static let nothing = Step.reply(Reply())
    }

    func execute(_ command: Command, mode: OutputMode, _ statement: Statement) throws(StatementFailure) -> Step {
        switch command {
        case .call(let call):
            if mode == .api { return .reply(unsent(call)) }
            return .reply(remember(try perform(call)))
        case .explain(let inner): return .reply(try explain(inner, mode: mode))
        case .trace(let inner): return .reply(try trace(inner, mode: mode))
        case .show(let subject, let target, let last):
            return .reply(remember(try show(subject, of: target, last: last)))
        case .locate(let target, let key): return .reply(remember(try locate(key, in: target)))
        case .clock(let command): return .reply(try runClock(command))
        case .fault(let command): return .reply(remember(try runFault(command)))
        case .user(let command): return .reply(try run(command))
        case .tail(let command): return .reply(remember(try tail(command, mode: mode)))
        case .serve(let port): return .reply(try serve(port: port))
        case .sample(let name): return .outcome(try runSample(name))
        case .describe(let target): return .reply(remember(try describe(target)))
        case .use(let target):
            try use(target)
            return .nothing
        case .more: return .reply(remember(try nextPage()))
        case .clear:
            clearScreen()
            return .nothing
        case .exit: return .outcome(.exit(code: hasFailed && !settings.isInteractive ? ExitCode.statementFailed : 0))
        case .help(let topic): return .reply(Reply(result: .text(try help(on: topic))))
        case .dot(let name, let arguments): return try runDotCommand(name, arguments, statement)
        }
    }

    private func remember(_ reply: Reply) -> Reply {
        last = LastReply(reply: reply)
        return reply
    }

    private func use(_ target: Target) throws(StatementFailure) {
        guard let shape = catalog.shape(of: target.table) else { throw unknownTable(target.table) }
        if let index = target.index, shape.index(named: index) == nil {
            throw .message("\(target.table) has no index \(index)", details: [])
        }
        self.target = target
        setParserTarget(target)
    }

    func unknownTable(_ name: String) -> StatementFailure {
        let names = catalog.tableNames
        let similar = Similarity.closest(to: name, among: names, limit: 3)
        let details =
            names.isEmpty
            ? ["there are no tables yet; try: Sample music"]
            : similar.isEmpty ? ["Show tables lists them"] : ["did you mean \(similar.joined(separator: ", "))?"]
        return .message("table \"\(Similarity.shown(name))\" not found", details: details)
    }

    private func clearScreen() {
        guard console.standardOutput.isTerminal else { return }
        console.standardOutput.write("\u{1B}[H\u{1B}[2J\u{1B}[3J")
    }
}
