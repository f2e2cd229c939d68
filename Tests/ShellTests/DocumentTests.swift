import Glibc
import Testing

@testable import Shell

/// What the documents tell a reader to type.
struct DocumentTests {
    @Test(arguments: ["README.md", "ARCHITECTURE.md", "PERFORMANCE.md", "Documentation/PartiQL.md"])
    func examplesRun(document: String) throws {
        for (number, example) in try examples(in: "\(Checkout.root)/\(document)").enumerated() {
            let name = document.replacing("/", with: "-")
            let path = "/tmp/sortkey-\(getpid())-\(name)-\(number).sk"
            try #require(example.withCString { write($0, to: path) })
            defer { unlink(path) }
            let answer = GoldenScript(path: path, isMerged: true).run()
            #expect(answer.code == 0, "\(document): \(String(decoding: answer.out, as: UTF8.self))")
        }
    }

    @Test func theReadmeHasAnExample() throws {
        #expect(try !examples(in: "\(Checkout.root)/README.md").isEmpty)
    }

    /// The contents of the blocks fenced with the tag `sk`.
    private func examples(in path: String) throws -> [String] {
        let text = String(decoding: try #require(InputFile.readAll(path)), as: UTF8.self)
        var examples: [String] = []
        var lines: [Substring]?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line == "```sk" {
                lines = []
            } else if line == "```", let finished = lines {
                examples.append(finished.joined(separator: "\n"))
                lines = nil
            } else {
                lines?.append(line)
            }
        }
        return examples
    }

    private func write(_ text: UnsafePointer<CChar>, to path: String) -> Bool {
        guard let file = fopen(path, "w") else { return false }
        defer { fclose(file) }
        return fputs(text, file) >= 0
    }
}
