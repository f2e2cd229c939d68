/// Byte classes of the language. Bytes of 0x80 and above belong to words, so that names may be written in any script.
@inline(__always)
func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

@inline(__always)
func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

@inline(__always)
func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte &- 9 < 5 }

/// letter | digit | "_" | any byte of a longer character
@inline(__always)
func isWordByte(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) || byte == 0x5F || byte >= 0x80 }

@inline(__always)
func isWordStart(_ byte: UInt8) -> Bool { isLetter(byte) || byte == 0x5F || byte >= 0x80 }

/// What the service allows in the names of tables and indexes.
@inline(__always)
func isTableNameByte(_ byte: UInt8) -> Bool {
    isLetter(byte) || isDigit(byte) || byte == 0x5F || byte == 0x2D || byte == 0x2E
}

/// What the service allows behind `#` and `:`.
@inline(__always)
func isPlaceholderByte(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) || byte == 0x5F }

/// A word's identity for look-up: FNV-1a over its bytes in lower case, without `-` and `_`.
struct FoldedWord: Equatable {
    let hash: UInt64

    @inline(__always)
    init(_ bytes: UnsafeRawBufferPointer) {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in bytes where byte != 0x2D && byte != 0x5F {
            hash = (hash ^ UInt64(isLetter(byte) ? byte | 0x20 : byte)) &* 0x0000_0100_0000_01b3
        }
        self.hash = hash
    }

    init(_ text: String) {
        var text = text
        self = text.withUTF8 { FoldedWord(UnsafeRawBufferPointer($0)) }
    }

}

extension UnsafeRawBufferPointer {
    @inline(__always)
    func slice(_ range: Range<Int>) -> UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: self[range]) }

    func text(_ range: Range<Int>) -> String { String(decoding: slice(range), as: UTF8.self) }
}
