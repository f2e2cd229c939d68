import Engine
import Glibc
import Testing

@testable import Shell

/// A script with what it must answer beside it.
///
/// - `Tests/Golden/**/x.sk` has `x.out`, `x.err` and `x.rc` (absent when 0).
/// - `Examples/*.sk` and `Examples/Lessons/*.sk` have `x.expected`: stdout and stderr in the order they were written,
///   as `sortkey --no-rc < x.sk 2>&1` shows them.
///
/// All run as under `--no-rc --width 100 --color never --seed 1 --clock 0`. The tests of the shell and of the endpoint
/// share this file.
struct GoldenScript: CustomTestStringConvertible, Sendable {
    /// Without `.sk`.
    let stem: String
    /// Whether one file holds both streams.
    let isMerged: Bool

    var testDescription: String { String(stem.dropFirst(Checkout.root.count + 1)) }

    static let all: [GoldenScript] =
        Checkout.files(under: "Tests/Golden", suffix: ".sk").map { GoldenScript(path: $0, isMerged: false) }
        + Checkout.files(under: "Examples", suffix: ".sk").map { GoldenScript(path: $0, isMerged: true) }

    init(path: String, isMerged: Bool) {
        stem = String(path.dropLast(".sk".count))
        self.isMerged = isMerged
    }

    // MARK: Running

    struct Answer {
        var out: [UInt8]
        var err: [UInt8]
        var code: Int32

        func files(of script: GoldenScript) -> [(path: String, bytes: [UInt8])] {
            let code = code == 0 ? [] : Array("\(code)\n".utf8)
            if script.isMerged { return [(script.stem + ".expected", out), (script.stem + ".rc", code)] }
            return [(script.stem + ".out", out), (script.stem + ".err", err), (script.stem + ".rc", code)]
        }
    }

    func run() -> Answer { run { $0 } }

    /// `wrap` puts something of the test's own around the engine.
    func run(wrap: (Region) throws -> any Laboratory) rethrows -> Answer {
        let region = Region(profile: .teach, seed: 1, startingAt: SimulatedInstant(microseconds: 0))
        let laboratory = try wrap(region)
        let out = ByteSink(memoryAsTerminal: false)
        let err = isMerged ? out : ByteSink(memoryAsTerminal: false)
        var settings = Settings()
        settings.width = 100
        settings.colour = .never
        let session = Session(
            service: laboratory,
            laboratory: laboratory,
            console: Console(out: out, err: err),
            settings: settings
        )
        let name = String(stem[stem.lastIndex(of: "/")!...].dropFirst()) + ".sk"
        let script = InputFile.readAll(stem + ".sk") ?? []
        let code: Int32 =
            switch session.runScript(String(decoding: script, as: UTF8.self), name: name) {
            case .succeeded: session.hasFailed ? 1 : 0
            case .failed: 1
            case .cancelled: 130
            case .exit(let code): code
            }
        return Answer(out: out.takeBytes(), err: isMerged ? [] : err.takeBytes(), code: code)
    }

    // MARK: The record

    func expectRecorded(_ answer: Answer) {
        for (path, bytes) in answer.files(of: self) {
            let wanted = String(decoding: InputFile.readAll(path) ?? [], as: UTF8.self)
            let got = String(decoding: bytes, as: UTF8.self)
            #expect(wanted == got, "\(path)\n\(Difference.text(wanted: wanted, got: got))")
        }
    }

    func record(_ answer: Answer) {
        for (path, bytes) in answer.files(of: self) {
            if bytes.isEmpty {
                unlink(path)
                continue
            }
            let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
            let sink = ByteSink(descriptor: descriptor, closesDescriptor: true)
            sink.write { $0 += bytes }
        }
    }
}

/// The first lines in which two texts differ.
enum Difference {
    static func text(wanted: String, got: String) -> String {
        let wanted = wanted.split(separator: "\n", omittingEmptySubsequences: false)
        let got = got.split(separator: "\n", omittingEmptySubsequences: false)
        let first = zip(wanted, got).enumerated().first { $0.element.0 != $0.element.1 }?.offset
        let start = first ?? min(wanted.count, got.count)
        let minus = wanted.dropFirst(start).prefix(12).map { "- \($0)" }
        let plus = got.dropFirst(start).prefix(12).map { "+ \($0)" }
        return "from line \(start + 1):\n" + (minus + plus).joined(separator: "\n")
    }
}
