import Engine

@testable import Shell

/// A session with the real engine below it, which keeps what it writes.
final class TestShell {
    let session: Session
    private let out: ByteSink
    private let err = ByteSink(memoryAsTerminal: false)

    convenience init(isTerminal: Bool = false, _ adjust: (inout Settings) -> Void = { _ in }) {
        self.init(isTerminal: isTerminal, wrap: { $0 }, adjust: adjust)
    }

    /// `wrap` puts a laboratory of the test's own around the engine.
    init(
        isTerminal: Bool = false,
        wrap: (Region) -> any Laboratory,
        adjust: (inout Settings) -> Void = { _ in }
    ) {
        out = ByteSink(memoryAsTerminal: isTerminal)
        let region = Region(profile: .teach, seed: 1, startingAt: SimulatedInstant(microseconds: 0))
        var settings = Settings()
        settings.width = 100
        settings.colour = .never
        adjust(&settings)
        let console = Console(out: out, err: err)
        let laboratory = wrap(region)
        session = Session(service: laboratory, laboratory: laboratory, console: console, settings: settings)
    }

    @discardableResult
    func run(_ text: String) -> (outcome: Outcome, out: String, err: String) {
        let outcome = session.runScript(text)
        return (outcome, taken(out), taken(err))
    }

    private func taken(_ sink: ByteSink) -> String { String(decoding: sink.takeBytes(), as: UTF8.self) }
}
