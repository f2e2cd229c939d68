import Glibc
import Language
import LineEditor
import Model

/// From a reply to bytes: the result to stdout, all that is said about it to stderr.
extension Session {
    func present(_ reply: Reply, mode: OutputMode) {
        if case .nothing = reply.result {} else { presentResult(reply.result, mode: mode) }
        if case .report(let report) = reply.result, report.rows.isEmpty, let text = report.whenEmpty { tell(text) }
        if let cost = reply.cost { present(cost) }
        for note in reply.notes { present(note) }
    }

    private func presentResult(_ result: Reply.Result, mode: OutputMode) {
        // Lines for programs look the same everywhere, so that a piped script need not ask what the screen is like.
        if console.out.isTerminal, !mode.isForPeople, testcase == nil { return presentEscaped(result, mode) }
        if mode == .jsonl || mode == .ddb, testcase == nil {
            return ResultWriter(mode: mode, style: RenderingStyle(), sink: console.out).write(result)
        }
        let style = outStyle
        if testcase != nil { return presentForTest(result, mode, style) }
        guard settings.usesPager, settings.isInteractive, style.isScreen, mode.isForPeople else {
            ResultWriter(mode: mode, style: style, sink: console.out).write(result)
            return
        }
        let page = ByteSink(memoryAsTerminal: true)
        ResultWriter(mode: mode, style: style, sink: page).write(result)
        Pager.show(page.takeBytes(), height: Terminal.height, console: console)
    }

    /// Forms for programs, shown on a terminal all the same: nothing in them may steer it.
    private func presentEscaped(_ result: Reply.Result, _ mode: OutputMode) {
        let whole = ByteSink(memoryAsTerminal: true)
        ResultWriter(mode: mode, style: outStyle, sink: whole).write(result)
        whole.takeBytes().withUnsafeBytes { bytes in
            console.out.write { Escaping.appendLines(bytes, to: &$0) }
        }
    }

    /// What a test shall judge is kept, and shown all the same.
    private func presentForTest(_ result: Reply.Result, _ mode: OutputMode, _ style: RenderingStyle) {
        let copy = ByteSink(memoryAsTerminal: false)
        ResultWriter(mode: mode, style: style, sink: copy).write(result)
        let bytes = copy.takeBytes()
        testcase?.output += bytes
        console.out.write { $0.append(contentsOf: bytes) }
    }

    /// `.last`: nothing cut, whatever the screen; nothing billed, so no cost.
    func presentAgain(_ reply: Reply, mode: OutputMode) {
        var style = outStyle
        style.isScreen = false
        ResultWriter(mode: mode, style: style, sink: console.out).write(reply.result)
    }

    // MARK: Cost

    private func present(_ cost: CostLine) {
        switch settings.cost {
        case .off: presentAbsence(cost)
        case .line: write(cost)
        case .full:
            write(cost)
            presentTotals()
        case .json: presentJSON(cost)
        }
    }

    private func write(_ cost: CostLine) {
        let separator: StaticString = settings.isPlain ? ", " : settings.hasUnicode ? " \u{B7} " : " | "
        console.err.write { cost.append(to: &$0, separator: separator) }
        if testcase != nil { testcase?.note(cost) }
    }

    /// Without the cost line nothing else would say that there was no item.
    private func presentAbsence(_ cost: CostLine) {
        if case .item(isFound: false) = cost.subject { tell("no item") }
    }

    private func presentTotals() {
        let dollars = settings.priceBook.onDemand(readUnits: ledger.readUnits, writeUnits: ledger.writeUnits)
        tell(
            "  session: \(grouped(ledger.requestCount)) requests, \(unitsText(ledger.readUnits)) RCU, "
                + "\(unitsText(ledger.writeUnits)) WCU, \(money(dollars)) on demand"
        )
    }

    private func presentJSON(_ cost: CostLine) {
        console.err.write { CostJSON(report: cost.report).append(to: &$0) }
        testcase?.note(cost)
    }

    func presentCostOfFailure(_ error: ServiceError, _ attempt: Attempt) {
        let units = attempt.report.consumedCapacity.reduce(0) { $0 + $1.capacityUnits }
        guard units > 0 else { return }
        let isConditionFalse = if case .conditionalCheckFailedException = error { true } else { false }
        let subject: CostLine.Subject =
            attempt.report.kind == .write ? .nothingWritten(isConditionFalse: isConditionFalse) : .none
        present(CostLine(subject: subject, report: attempt.report))
    }

    // MARK: Notes

    private func present(_ note: Reply.Note) {
        guard let kind = note.kind else { return tell(note.text) }
        guard settings.showsHints, toldNotes.insert(kind).inserted else { return }
        tell("note: \(note.text)")
    }

    /// Pasted code, as it would have been typed: a block keeps its rows.
    func tell(canonicalForm form: String) {
        let rows = form.split(separator: "\n")
        if rows.count < 2 { return tell("reads as: \(form)") }
        tell("reads as:")
        for row in rows { tell("  \(row)") }
    }

    /// One line on stderr.
    func tell(_ text: String) {
        console.err.write { bytes in
            Escaping.append(settings.hasUnicode ? text : ASCIISpelling.of(text), to: &bytes)
            bytes.append(UInt8(ascii: "\n"))
        }
    }

    // MARK: Styles

    var outStyle: RenderingStyle {
        style(for: console.redirection == nil && settings.hasScreen, isTerminal: console.out.isTerminal)
    }

    var errorStyle: RenderingStyle { style(for: true, isTerminal: console.err.isTerminal) }

    private func style(for isScreen: Bool, isTerminal: Bool) -> RenderingStyle {
        var style = RenderingStyle()
        style.isScreen = isScreen
        style.width = settings.width ?? Terminal.width
        style.hasColours = Colour.isOn(settings.colour, isTerminal: isTerminal)
        style.palette = style.hasColours ? .standard : .none
        style.isPlain = settings.isPlain
        style.glyphs = settings.hasUnicode ? .unicode : .ascii
        style.hasUnicode = settings.hasUnicode
        style.nullText = settings.nullText
        return style
    }
}
