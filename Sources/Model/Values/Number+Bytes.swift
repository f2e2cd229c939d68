extension Number {
    /// Appends the base-100 form whose bytes sort as the numbers do (memcmp) and which the partition hash is taken of.
    ///
    /// ```
    /// 0          80
    /// positive   C0 + exponent/2 · pair + 1 …
    /// negative   complement      · 101 − pair … · 66 when fewer than 20 pairs
    /// ```
    /// Digits are taken in pairs after the decimal point of 0.d₁d₂…, with a leading zero when the exponent is odd.
    public func appendOrderedBytes(to bytes: inout [UInt8]) {
        if isZero {
            bytes.append(0x80)
            return
        }
        withDigits { digits in
            let pointExponent = Int(exponent) + digits.count
            let leadingZero = pointExponent & 1
            let head = UInt8(192 + (pointExponent + leadingZero) / 2)
            bytes.append(isNegative ? ~head : head)
            var pairs = 0
            var index = digits.startIndex
            var high: UInt8 = 0
            var haveHigh = leadingZero == 1
            func emit(_ pair: UInt8) {
                bytes.append(isNegative ? 101 - pair : pair + 1)
                pairs += 1
            }
            while index < digits.endIndex {
                let digit = digits[index] - UInt8(ascii: "0")
                if haveHigh {
                    emit(high * 10 + digit)
                    haveHigh = false
                    high = 0
                } else {
                    high = digit
                    haveHigh = true
                }
                index += 1
            }
            if haveHigh { emit(high * 10) }
            if isNegative, pairs < 20 { bytes.append(0x66) }
        }
    }

    /// The stored form: sign, exponent (two bytes), then the coefficient's bytes, least significant first, as few as
    /// hold it. Zero is the empty string. Read back by `init(storedBytes:)`.
    @inlinable
    public func appendStoredBytes(to bytes: inout [UInt8]) {
        if isZero { return }
        bytes.append(isNegative ? 1 : 0)
        let power = UInt16(bitPattern: exponent)
        bytes.append(UInt8(truncatingIfNeeded: power))
        bytes.append(UInt8(truncatingIfNeeded: power >> 8))
        var rest = coefficient
        while rest > 0 {
            bytes.append(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
    }

    public init(storedBytes bytes: UnsafeRawBufferPointer) {
        if bytes.isEmpty {
            self = .zero
            return
        }
        var coefficient: UInt128 = 0
        for index in stride(from: bytes.count - 1, through: 3, by: -1) {
            coefficient = coefficient << 8 | UInt128(bytes[index])
        }
        self.init(
            canonicalNegative: bytes[0] == 1,
            coefficient: coefficient,
            exponent: Int16(bitPattern: UInt16(bytes[1]) | UInt16(bytes[2]) << 8)
        )
    }
}
