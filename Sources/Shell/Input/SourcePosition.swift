/// Where a statement begins in what was typed or read.
public struct SourcePosition: Equatable, Sendable {
    /// The file's name, `stdin`, or nil when there is nothing to point into: a terminal or `-c`.
    public var file: String?
    /// From 1.
    public var line: Int
    /// In characters, from 1.
    public var column: Int

    public init(file: String? = nil, line: Int = 1, column: Int = 1) {
        self.file = file
        self.line = line
        self.column = column
    }

    /// The position `offset` bytes further on in `text`, which begins here.
    func advanced(by offset: Int, in text: [UInt8]) -> SourcePosition {
        var position = self
        for byte in text.prefix(offset) {
            if byte == UInt8(ascii: "\n") {
                position.line += 1
                position.column = 1
            } else if byte & 0xC0 != 0x80 {
                position.column += 1
            }
        }
        return position
    }

    var text: String? { file.map { "\($0):\(line):\(column)" } }
}
