import Engine

/// One line on the terminal, rewritten in place while a statement takes long, and gone when it ends.
struct ProgressLine {
    private static let patience: Int64 = 500_000
    private static let interval: Int64 = 100_000

    private let sink: ByteSink
    private let started = SessionClock.wallMicroseconds()
    private var drawnAt: Int64?

    init(_ sink: ByteSink) { self.sink = sink }

    /// Called between two requests; draws ten times a second at most. `text` is asked for only then.
    mutating func update(width: Int, _ text: () -> String) {
        let now = SessionClock.wallMicroseconds()
        guard now - started >= Self.patience, now - (drawnAt ?? 0) >= Self.interval else { return }
        drawnAt = now
        sink.write("\r\u{1B}[K" + String(text().prefix(max(0, width - 1))))
        sink.flush()
    }

    func erase() {
        guard drawnAt != nil else { return }
        sink.write("\r\u{1B}[K")
        sink.flush()
    }
}

extension Session {
    /// Nil where nobody watches, or nothing can be rewritten.
    func progressLine() -> ProgressLine? {
        guard console.err.isTerminal, !settings.isPlain, !settings.isQuiet, Environment.value("TERM") != "dumb" else {
            return nil
        }
        return ProgressLine(console.err)
    }

    /// `31,200 items read, 12 requests, 8.1 s of simulated time`
    func progressText(items: Int, requests: Int, since start: SimulatedInstant?) -> String {
        var bytes: [UInt8] = []
        bytes.append(items: items)
        bytes.append(text: " read, \(grouped(requests)) requests")
        if let start, let laboratory {
            bytes.append(", ")
            bytes.append(duration: laboratory.now - start)
            bytes.append(" of simulated time")
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
