import Model
import Testing

@testable import Shell

/// No stored byte commands a terminal, whatever way it is shown.
struct EscapingTests {
    private static let evil = "a\u{1B}[31mred\u{9B}2J\u{7F}\u{202E}b\nc\r\0"

    @Test func controlCharactersBecomeVisible() {
        let escaped = "a\\u001B[0m\\n\\t\\u007F\\u009B\\u202Eé"
        #expect(Escaping.escaped("a\u{1B}[0m\n\t\u{7F}\u{9B}\u{202E}é") == escaped)
    }

    @Test func harmlessTextIsUntouched() {
        #expect(Escaping.escaped("Jóga · 東京 👩‍👩‍👧 a…b") == "Jóga · 東京 👩‍👩‍👧 a…b")
    }

    @Test(arguments: OutputMode.allCases)
    func noModePrintsAControlCharacter(mode: OutputMode) {
        let item: Item = [
            "pk": .string(Self.evil), Self.evil: .string("x"), "m": .map([Self.evil: .string(Self.evil)]),
            "s": .stringSet([Self.evil]),
        ]
        let sink = ByteSink(memoryAsTerminal: true)
        let group = Reply.ItemGroup(title: Self.evil, keys: ["pk"], items: [item, item])
        ResultWriter(mode: mode, style: RenderingStyle(), sink: sink).write(.items([group, group]))
        let text = String(decoding: sink.takeBytes(), as: UTF8.self)
        let forbidden = text.unicodeScalars.filter { scalar in
            let isLayout = scalar == "\n" || (mode == .csv && scalar == "\r")
            return !isLayout && (scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value))
        }
        #expect(forbidden.isEmpty)
        #expect(!text.isEmpty)
    }
}
