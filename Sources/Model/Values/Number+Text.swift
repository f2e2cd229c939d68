extension Number {
    /// Reads `[+-]? (digits [. digits*] | . digits) ([eE] [+-]? digits)?`; no blanks, no NaN.
    public init(_ text: String) throws(NumberError) {
        var text = text
        let result: Result<Number, NumberError> = text.withUTF8 { bytes in
            do throws(NumberError) {
                return .success(try Number(utf8: UnsafeRawBufferPointer(bytes)))
            } catch {
                return .failure(error)
            }
        }
        self = try result.get()
    }

    /// Reads the same grammar from UTF-8 bytes.
    public init(utf8 bytes: UnsafeRawBufferPointer) throws(NumberError) {
        var index = 0
        let count = bytes.count
        var isNegative = false
        if index < count, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
            isNegative = bytes[index] == UInt8(ascii: "-")
            index += 1
        }
        var digits = SignificantDigits()
        var sawDigit = false
        var pointShift = 0
        while index < count, let digit = decimalDigit(bytes[index]) {
            digits.append(digit)
            sawDigit = true
            index += 1
        }
        if index < count, bytes[index] == UInt8(ascii: ".") {
            index += 1
            while index < count, let digit = decimalDigit(bytes[index]) {
                digits.append(digit)
                pointShift += 1
                sawDigit = true
                index += 1
            }
        }
        func notNumeric() -> NumberError { .notNumeric(String(decoding: bytes, as: UTF8.self)) }
        if !sawDigit { throw notNumeric() }
        var exponent = 0
        if index < count, bytes[index] | 0x20 == UInt8(ascii: "e") {
            index += 1
            var exponentIsNegative = false
            if index < count, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
                exponentIsNegative = bytes[index] == UInt8(ascii: "-")
                index += 1
            }
            let start = index
            while index < count, let digit = decimalDigit(bytes[index]) {
                // Anything this large is out of range anyway; saturate instead of overflowing.
                if exponent < 100_000_000 { exponent = exponent * 10 + Int(digit) }
                index += 1
            }
            if index == start { throw notNumeric() }
            if exponentIsNegative { exponent = -exponent }
        }
        if index != count { throw notNumeric() }
        if digits.isZero {
            self = .zero
            return
        }
        let leading = exponent - pointShift + digits.totalAfterFirst
        if leading > Number.leadingExponents.upperBound { throw .overflow }
        if leading < Number.leadingExponents.lowerBound { throw .underflow }
        if digits.isTooLong { throw .tooManyDigits }
        let power = exponent - pointShift + digits.trailingZeros
        self.init(canonicalNegative: isNegative, coefficient: digits.coefficient, exponent: Int16(power))
    }

    /// Plain decimal, no exponent, no `+`, no leading or trailing zeros: the form the service returns.
    public var text: String { withText { String(decoding: $0, as: UTF8.self) } }

    /// Appends `text` as UTF-8.
    public func append(to bytes: inout [UInt8]) { withText { bytes.append(contentsOf: $0) } }

    /// Calls `body` with `text` as UTF-8.
    public func withText<R>(_ body: (UnsafeRawBufferPointer) -> R) -> R {
        withDigits { digits in
            withUnsafeTemporaryAllocation(byteCount: Number.maximumTextLength, alignment: 1) { buffer in
                var end = 0
                func put(_ byte: UInt8) {
                    buffer[end] = byte
                    end += 1
                }
                if isNegative { put(UInt8(ascii: "-")) }
                let point = digits.count + Int(exponent)
                if point <= 0 {
                    put(UInt8(ascii: "0"))
                    put(UInt8(ascii: "."))
                    for _ in point..<0 { put(UInt8(ascii: "0")) }
                }
                for (offset, digit) in digits.enumerated() {
                    if offset == point, offset > 0 { put(UInt8(ascii: ".")) }
                    put(digit)
                }
                for _ in 0..<max(0, Int(exponent)) { put(UInt8(ascii: "0")) }
                return body(UnsafeRawBufferPointer(rebasing: buffer[..<end]))
            }
        }
    }

    /// Calls `body` with the coefficient's ASCII digits, most significant first.
    func withDigits<R>(_ body: (Slice<UnsafeMutableBufferPointer<UInt8>>) -> R) -> R {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 40) { buffer in
            var start = 40
            var rest = coefficient
            while rest > UInt128(UInt64.max) {
                let (quotient, remainder) = rest.quotientAndRemainder(dividingBy: 10)
                start -= 1
                buffer[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: remainder)
                rest = quotient
            }
            var small = UInt64(truncatingIfNeeded: rest)
            repeat {
                start -= 1
                buffer[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: small % 10)
                small /= 10
            } while small > 0
            return body(buffer[start..<40])
        }
    }
}

extension Number: CustomStringConvertible, ExpressibleByIntegerLiteral {
    public var description: String { text }
    public init(integerLiteral value: Int) { self.init(value) }
}

@inline(__always)
private func decimalDigit(_ byte: UInt8) -> UInt8? {
    let digit = byte &- UInt8(ascii: "0")
    return digit < 10 ? digit : nil
}

/// Collects digits of a literal: leading zeros are dropped, trailing ones held back until another digit follows.
private struct SignificantDigits {
    private(set) var coefficient: UInt128 = 0
    /// While the coefficient fits 64 bits it is collected here.
    private var small: UInt64 = 0
    private var significant = 0
    private(set) var trailingZeros = 0
    private(set) var isTooLong = false

    var isZero: Bool { significant == 0 }
    /// How many digits follow the first significant one.
    var totalAfterFirst: Int { significant + trailingZeros - 1 }

    @inline(__always)
    mutating func append(_ digit: UInt8) {
        if digit == 0 {
            if significant > 0 { trailingZeros += 1 }
            return
        }
        let length = significant + trailingZeros + 1
        if length <= 19 {
            for _ in 0..<trailingZeros { small *= 10 }
            small = small * 10 + UInt64(digit)
            coefficient = UInt128(small)
        } else if length <= Number.maximumDigits {
            coefficient = coefficient * PowersOfTen[trailingZeros + 1] + UInt128(digit)
        } else {
            isTooLong = true
        }
        significant = length
        trailingZeros = 0
    }
}
