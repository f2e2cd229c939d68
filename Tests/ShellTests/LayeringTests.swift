import Testing

@testable import Shell

/// Which of our targets each target may import, and which libraries beside them. SwiftPM lets a target import whatever
/// its dependencies import, so the build alone does not hold this.
struct LayeringTests {
    static let allowed: [String: Set<String>] = [
        "Model": ["Glibc"],
        "Expressions": ["Model", "Glibc"],
        "PartiQL": ["Expressions", "Model"],
        "Wire": ["Model", "CMessageDigest"],
        "Language": ["Wire", "PartiQL", "Expressions", "Model", "Glibc"],
        "Engine": [
            "PartiQL", "Expressions", "Model", "CMessageDigest", "CPrefetch", "DequeModule", "HeapModule",
        ],
        "Simulator": ["Engine", "Model"],
        "simulate": ["Simulator", "Engine", "ArgumentParser", "Glibc"],
        "LineEditor": ["CEditLine", "Glibc", "Synchronization"],
        "Server": [
            "Wire", "Engine", "Model", "CZlib", "NIOCore", "NIOPosix", "NIOHTTP1", "Glibc", "Synchronization",
        ],
        "Shell": ["Language", "Engine", "Wire", "Model", "LineEditor", "Glibc"],
        "sortkey": ["Shell", "Server", "Engine", "Model", "ArgumentParser", "Glibc"],
    ]

    @Test(arguments: allowed.keys.sorted())
    func importsOnlyWhatStandsBelow(target: String) throws {
        let files = Checkout.files(under: "Sources/\(target)", suffix: ".swift")
        #expect(!files.isEmpty)
        for file in files {
            let text = String(decoding: try #require(InputFile.readAll(file)), as: UTF8.self)
            for line in text.split(separator: "\n") {
                let words = line.split(separator: " ").drop { $0.hasPrefix("@") }
                guard words.first == "import", let module = words.dropFirst().first else { continue }
                #expect(Self.allowed[target]!.contains(String(module)), "\(file) imports \(module)")
            }
        }
    }
}
