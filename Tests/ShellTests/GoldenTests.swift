import Engine
import Glibc
import Testing

@testable import Shell

/// Scripts with what they must answer beside them.
///
/// - `Tests/Golden/**/x.sk` has `x.out`, `x.err` and `x.rc` (absent when 0).
/// - `Examples/*.sk` and `Examples/Lessons/*.sk` have `x.expected`: stdout and stderr in the order they were written,
///   as `sortkey --no-rc < x.sk 2>&1` shows them.
///
/// All run as under `--no-rc --width 100 --color never --seed 1 --clock 0`. `UPDATE_GOLDEN=1` rewrites the files: read
/// that diff like code.
struct GoldenTests {
    @Test(arguments: GoldenScript.all)
    func answersAsRecorded(script: GoldenScript) throws {
        let seen = script.run()
        if Environment.value("UPDATE_GOLDEN") == "1" { return script.record(seen) }
        for (path, bytes) in seen.files(of: script) {
            let wanted = String(decoding: InputFile.readAll(path) ?? [], as: UTF8.self)
            let got = String(decoding: bytes, as: UTF8.self)
            #expect(wanted == got, "\(path)\n\(Difference.text(wanted: wanted, got: got))")
        }
    }
}

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

    func run() -> Answer {
        let region = Region(profile: .teach, seed: 1, startingAt: SimulatedInstant(microseconds: 0))
        let out = ByteSink(memoryAsTerminal: false)
        let err = isMerged ? out : ByteSink(memoryAsTerminal: false)
        var settings = Settings()
        settings.width = 100
        settings.colour = .never
        let session = Session(
            service: region,
            laboratory: region,
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
