import Language

/// Commands on how replies look.
extension DotCommand {
    static var rendering: [DotCommand] {
        [
            mode, cost, onOff("hints", "tell what is worth knowing, once a session", \.showsHints), events,
            onOff("timer", "tell the real time each statement took", \.showsTimer), width, null,
            onOff("pager", "show long results through $PAGER", \.usesPager), color,
            onOff("plain", "sentences instead of boxes and bars", \.isPlain), prices, last,
        ]
    }

    private static let mode = DotCommand(
        "mode",
        "[\(OutputMode.allCases.map(\.rawValue).joined(separator: "|"))|auto]",
        "how results are written"
    ) { session, arguments throws(StatementFailure) in
        guard let name = arguments.first else {
            session.tell(".mode is \(session.defaultMode.rawValue)")
            return .nothing
        }
        if name == "auto" {
            session.settings.mode = nil
            return .nothing
        }
        guard let mode = OutputMode(named: name) else { throw arguments.refuse("\(name) is not an output mode") }
        session.settings.mode = mode
        return .nothing
    }

    private static let cost = DotCommand(
        "cost",
        "[off|line|full|json]",
        "what is told of each request's cost"
    ) { session, arguments throws(StatementFailure) in
        guard let name = arguments.first else {
            session.tell(".cost is \(session.settings.cost.rawValue)")
            return .nothing
        }
        guard let detail = Settings.CostDetail(rawValue: name == "on" ? "line" : name.lowercased()) else {
            throw arguments.refuse("\(name) is not one of off, line, full, json")
        }
        session.settings.cost = detail
        return .nothing
    }

    private static let events = DotCommand(
        "events",
        "[on|off]",
        "tell what happens inside the engine, a line each: splits, elections, moves"
    ) { session, arguments throws(StatementFailure) in
        guard let word = arguments.first else {
            session.tell(".events is \(session.showsEvents ? "on" : "off")")
            return .nothing
        }
        let wasOn = session.showsEvents
        session.settings.showsEvents = try arguments.isOn(word)
        // From here on: what happened before is for Show events.
        if !wasOn { _ = session.laboratory?.takeEvents() }
        return .nothing
    }

    private static let width = DotCommand(
        "width",
        "[columns|auto]",
        "how wide the screen is taken to be"
    ) { session, arguments throws(StatementFailure) in
        guard let word = arguments.first else {
            session.tell(".width is \(session.outStyle.width)")
            return .nothing
        }
        if word == "auto" {
            session.settings.width = nil
            return .nothing
        }
        guard let width = Int(word), width >= 20 else { throw arguments.refuse("a width is a number from 20 on") }
        session.settings.width = width
        return .nothing
    }

    private static let null = DotCommand("null", "text", "how NULL is written in tables") { session, arguments in
        session.settings.nullText = arguments.first ?? "null"
        return .nothing
    }

    private static let color = DotCommand(
        "color",
        "[auto|always|never]",
        "whether colours are used"
    ) { session, arguments throws(StatementFailure) in
        guard let word = arguments.first else {
            session.tell(".color is \(session.settings.colour.rawValue)")
            return .nothing
        }
        let name = ["on": "always", "off": "never"][word.lowercased()] ?? word.lowercased()
        guard let choice = Settings.ColourChoice(rawValue: name) else {
            throw arguments.refuse("\(word) is not one of auto, always, never")
        }
        session.settings.colour = choice
        return .nothing
    }

    private static let last = DotCommand(
        "last",
        "[mode]",
        "the last result again in full; nothing is read or billed"
    ) { session, arguments throws(StatementFailure) in
        guard let last = session.last else { throw .message("there is no result yet", details: []) }
        var mode = session.defaultMode
        if let name = arguments.first {
            guard let named = OutputMode(named: name) else { throw arguments.refuse("\(name) is not an output mode") }
            mode = named
        }
        session.presentAgain(last.reply, mode: mode)
        return .nothing
    }
}
