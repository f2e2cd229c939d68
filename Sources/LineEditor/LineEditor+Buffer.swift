@preconcurrency import CEditLine
@preconcurrency import Glibc

/// libedit's buffer, which counts in code points.
extension LineEditor {
    struct Buffer {
        let text: [Unicode.Scalar]
        let cursor: Int

        var string: String {
            var string = ""
            string.unicodeScalars.append(contentsOf: text)
            return string
        }

        var isBlank: Bool {
            text.allSatisfy { $0.properties.isWhitespace }
        }

        /// Index of the first code point of the cursor's line.
        var lineStart: Int {
            text[..<cursor].lastIndex(of: "\n").map { $0 + 1 } ?? 0
        }

        /// Index of the newline that ends the cursor's line, or of the end.
        var lineEnd: Int {
            text[cursor...].firstIndex(of: "\n") ?? text.count
        }

        var cursorByteOffset: Int {
            text[..<cursor].reduce(0) { $0 + UTF8.width($1) }
        }

        /// Index of the code point that begins at `byteOffset`.
        func index(atByteOffset byteOffset: Int) -> Int {
            var offset = 0
            return text.firstIndex { scalar in
                defer { offset += UTF8.width(scalar) }
                return offset >= byteOffset
            } ?? text.count
        }
    }

    var buffer: Buffer {
        guard let line = el_wline(handle)?.pointee, let start = line.buffer, let end = line.lastchar,
            let cursor = line.cursor
        else { return Buffer(text: [], cursor: 0) }
        let text = UnsafeBufferPointer(start: start, count: end - start).map { character in
            Unicode.Scalar(UInt32(bitPattern: character)) ?? "\u{FFFD}"
        }
        return Buffer(text: text, cursor: min(max(0, cursor - start), text.count))
    }

    func moveCursor(to index: Int) {
        let distance = index - buffer.cursor
        if distance != 0 { _ = el_cursor(handle, Int32(distance)) }
    }

    func insert(_ text: String) {
        insert(Array(text.unicodeScalars))
    }

    func insert(_ text: [Unicode.Scalar]) {
        guard !text.isEmpty else { return }
        let characters = text.filter { $0.value != 0 }.map { wchar_t($0.value) } + [0]
        _ = el_winsertstr(handle, characters)
    }

    /// Replaces the code points in `range`; the cursor ends behind the new text.
    func replace(_ range: Range<Int>, with text: String) {
        moveCursor(to: range.upperBound)
        if !range.isEmpty { el_deletestr(handle, Int32(range.count)) }
        insert(text)
    }
}
