/// Words of a line as a POSIX shell would take them apart, each with its place.
struct ShellWords {
    struct Word {
        var text: String
        var range: Range<Int>
    }

    /// word ::= { plain | "'" … "'" | '"' … '"' | "$'" … "'" | "\" byte }; a backslash before a newline joins lines
    static func split(
        _ bytes: UnsafeRawBufferPointer,
        from start: Int
    ) throws(SyntaxError) -> (words: [Word], end: Int) {
        var scanner = Scanner(bytes: bytes, index: start)
        var words: [Word] = []
        while let word = try scanner.next() { words.append(word) }
        return (words, scanner.index)
    }

    private struct Scanner {
        let bytes: UnsafeRawBufferPointer
        var index: Int

        private func byte(_ offset: Int) -> UInt8 { offset < bytes.count ? bytes[offset] : 0 }

        mutating func next() throws(SyntaxError) -> Word? {
            while index < bytes.count {
                if byte(index) == UInt8(ascii: "\\"), byte(index + 1) == UInt8(ascii: "\n") {
                    index += 2
                } else if byte(index) == UInt8(ascii: "\\"), byte(index + 1) == UInt8(ascii: "\r"),
                    byte(index + 2) == UInt8(ascii: "\n")
                {
                    index += 3
                } else if isBlank(bytes[index]) {
                    index += 1
                } else {
                    break
                }
            }
            guard index < bytes.count, bytes[index] != UInt8(ascii: ";") else { return nil }
            let start = index
            var text: [UInt8] = []
            loop: while index < bytes.count {
                switch bytes[index] {
                case UInt8(ascii: "'"): try takeSingleQuoted(&text)
                case UInt8(ascii: "\""): try takeDoubleQuoted(&text)
                case UInt8(ascii: "$") where byte(index + 1) == UInt8(ascii: "'"): try takeAnsiQuoted(&text)
                case UInt8(ascii: "\\"):
                    if byte(index + 1) == UInt8(ascii: "\n") || byte(index + 1) == UInt8(ascii: "\r") { break loop }
                    if index + 1 < bytes.count { text.append(bytes[index + 1]) }
                    index = min(index + 2, bytes.count)
                case UInt8(ascii: ";"): break loop
                case let byte where "|><&$`".utf8.contains(byte):
                    throw SyntaxError(
                        "this is no shell: \(String(decoding: [bytes[index]], as: UTF8.self)) has no meaning here",
                        at: index..<index + 1,
                        remark: "quote it if it belongs to a value"
                    )
                case let byte where isBlank(byte): break loop
                case let byte:
                    text.append(byte)
                    index += 1
                }
            }
            return Word(text: String(decoding: text, as: UTF8.self), range: start..<index)
        }

        private func unclosed(_ start: Int) -> SyntaxError {
            SyntaxError(
                "this \(String(decoding: [bytes[start]], as: UTF8.self)) is never closed",
                at: start..<start + 1
            )
        }

        private mutating func takeSingleQuoted(_ text: inout [UInt8]) throws(SyntaxError) {
            let start = index
            index += 1
            while index < bytes.count, bytes[index] != UInt8(ascii: "'") {
                text.append(bytes[index])
                index += 1
            }
            if index >= bytes.count { throw unclosed(start) }
            index += 1
        }

        private mutating func takeDoubleQuoted(_ text: inout [UInt8]) throws(SyntaxError) {
            let start = index
            index += 1
            while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
                if bytes[index] == UInt8(ascii: "\\"), "\"\\$`\n".utf8.contains(byte(index + 1)) {
                    index += 1
                    if byte(index) == UInt8(ascii: "\n") {
                        index += 1
                        continue
                    }
                }
                text.append(bytes[index])
                index += 1
            }
            if index >= bytes.count { throw unclosed(start) }
            index += 1
        }

        /// `$'…'`, with the escapes of C.
        private mutating func takeAnsiQuoted(_ text: inout [UInt8]) throws(SyntaxError) {
            let start = index
            index += 2
            while index < bytes.count, bytes[index] != UInt8(ascii: "'") {
                if bytes[index] != UInt8(ascii: "\\") {
                    text.append(bytes[index])
                    index += 1
                    continue
                }
                let escape = byte(index + 1)
                index += 2
                switch escape {
                case UInt8(ascii: "n"): text.append(10)
                case UInt8(ascii: "t"): text.append(9)
                case UInt8(ascii: "r"): text.append(13)
                case UInt8(ascii: "x"):
                    let digits = bytes.text(min(index, bytes.count)..<min(index + 2, bytes.count))
                    guard let value = UInt8(digits, radix: 16) else { throw unclosed(start) }
                    text.append(value)
                    index += 2
                default: text.append(escape)
                }
            }
            if index >= bytes.count { throw unclosed(start) }
            index += 1
        }
    }
}
