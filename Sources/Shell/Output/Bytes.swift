/// Appending text without building a String in between.
extension Array where Element == UInt8 {
    @inline(__always)
    mutating func append(_ text: StaticString) {
        append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    mutating func append(text: some StringProtocol) {
        append(contentsOf: text.utf8)
    }

    mutating func append(spaces count: Int) {
        for _ in 0..<Swift.max(0, count) { append(UInt8(ascii: " ")) }
    }

    /// Decimal digits, as they are: `31200`.
    mutating func append(plain value: Int) {
        withDigits(of: value.magnitude) { digits, buffer in
            if value < 0 { buffer.append(UInt8(ascii: "-")) }
            buffer.append(contentsOf: digits)
        }
    }

    /// Decimal digits in groups of three: `31,200`.
    mutating func append(grouped value: Int) {
        withDigits(of: value.magnitude) { digits, buffer in
            if value < 0 { buffer.append(UInt8(ascii: "-")) }
            for (offset, digit) in digits.enumerated() {
                if offset > 0, (digits.count - offset) % 3 == 0 { buffer.append(UInt8(ascii: ",")) }
                buffer.append(digit)
            }
        }
    }

    /// A count of tenths as a decimal: `3.1`.
    mutating func append(tenths: Int) {
        append(grouped: tenths / 10)
        append(UInt8(ascii: "."))
        append(UInt8(ascii: "0") + UInt8(tenths % 10))
    }

    /// A count of hundredths as a decimal: `0.73`.
    mutating func append(hundredths: Int) {
        append(tenths: hundredths / 10)
        append(UInt8(ascii: "0") + UInt8(hundredths % 10))
    }

    @inline(__always)
    private mutating func withDigits(
        of magnitude: UInt,
        _ body: (UnsafeBufferPointer<UInt8>, inout [UInt8]) -> Void
    ) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { scratch in
            var start = 20
            var rest = magnitude
            repeat {
                start -= 1
                scratch[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            } while rest > 0
            body(UnsafeBufferPointer(rebasing: scratch[start..<20]), &self)
        }
    }
}

/// A count for a sentence or a table: `31,200`.
func grouped(_ value: Int) -> String {
    var bytes: [UInt8] = []
    bytes.append(grouped: value)
    return String(decoding: bytes, as: UTF8.self)
}
