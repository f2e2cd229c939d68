/// A DynamoDB number: an exact decimal of up to 38 significant digits.
///
/// The value is `±coefficient × 10^exponent`. The form is canonical: the coefficient has no trailing zero and zero is
/// always `+0 × 10^0`, so equal numbers have equal fields.
///
/// Range: 0, or 1E-130 … 9.99…9E+125 of either sign. Source: DynamoDB Developer Guide, "Data types: Number".
public struct Number: Hashable, Sendable {
    public let isNegative: Bool
    /// Power of ten that the coefficient is multiplied with; −167 … 125.
    public let exponent: Int16
    /// At most 38 digits, no trailing zero.
    public let coefficient: UInt128

    public static let maximumDigits = 38
    /// Sign, `0.`, 129 zeros and 38 digits, and some room.
    static let maximumTextLength = 176
    /// The power of ten of the leading digit may lie between these two.
    static let leadingExponents = -130...125

    public static let zero = Number(canonicalNegative: false, coefficient: 0, exponent: 0)

    /// The parts must already be canonical.
    @inline(__always)
    init(canonicalNegative: Bool, coefficient: UInt128, exponent: Int16) {
        self.isNegative = canonicalNegative
        self.coefficient = coefficient
        self.exponent = exponent
    }

    public init(_ integer: Int) {
        let (coefficient, exponent) = Number.strip(UInt128(integer.magnitude), exponent: 0)
        self.init(canonicalNegative: integer < 0, coefficient: coefficient, exponent: Int16(exponent))
    }

    /// Brings parts into canonical form and checks precision and range.
    public init(isNegative: Bool, coefficient: UInt128, exponent: Int) throws(NumberError) {
        if coefficient == 0 {
            self = .zero
            return
        }
        let (stripped, power) = Number.strip(coefficient, exponent: exponent)
        let digits = Number.digitCount(stripped)
        if digits > Number.maximumDigits { throw .tooManyDigits }
        let leading = power + digits - 1
        if leading > Number.leadingExponents.upperBound { throw .overflow }
        if leading < Number.leadingExponents.lowerBound { throw .underflow }
        self.init(canonicalNegative: isNegative, coefficient: stripped, exponent: Int16(power))
    }

    /// Number of significant digits; 0 for zero.
    public var digitCount: Int { Number.digitCount(coefficient) }

    public var isZero: Bool { coefficient == 0 }

    /// Bytes this number counts towards an item's size: one, plus one per two digits on each side of the decimal
    /// point, plus one for a sign. Zero counts one.
    public var size: Int {
        if coefficient == 0 { return 1 }
        let digits = digitCount
        let exponent = Int(self.exponent)
        let (left, right): (Int, Int)
        if exponent >= 0 {
            (left, right) = (digits, 0)
        } else if -exponent >= digits {
            (left, right) = (0, digits)
        } else {
            (left, right) = (digits + exponent, -exponent)
        }
        return 1 + (left + 1) / 2 + (right + 1) / 2 + (isNegative ? 1 : 0)
    }

    /// The value as an integer, or nil when it has a fraction or does not fit.
    public var integer: Int? {
        if exponent < 0 { return nil }
        if exponent > 18 { return coefficient == 0 ? 0 : nil }
        let (magnitude, overflow) = coefficient.multipliedReportingOverflow(by: PowersOfTen[Int(exponent)])
        if overflow { return nil }
        if isNegative, magnitude == UInt128(Int.min.magnitude) { return Int.min }
        guard let value = Int(exactly: magnitude) else { return nil }
        return isNegative ? -value : value
    }

    private static func strip(_ coefficient: UInt128, exponent: Int) -> (UInt128, Int) {
        if coefficient == 0 { return (0, 0) }
        var coefficient = coefficient
        var exponent = exponent
        // Most coefficients fit 64 bits, where division is several times faster.
        while coefficient > UInt128(UInt64.max) {
            let (quotient, remainder) = coefficient.quotientAndRemainder(dividingBy: 10)
            if remainder != 0 { return (coefficient, exponent) }
            coefficient = quotient
            exponent += 1
        }
        var small = UInt64(truncatingIfNeeded: coefficient)
        while small % 10 == 0 {
            small /= 10
            exponent += 1
        }
        return (UInt128(small), exponent)
    }

    static func digitCount(_ coefficient: UInt128) -> Int {
        if coefficient <= UInt128(UInt64.max) {
            var small = UInt64(truncatingIfNeeded: coefficient)
            var digits = 0
            while small > 0 {
                small /= 10
                digits += 1
            }
            return digits
        }
        var digits = 19
        while digits < 39, coefficient >= PowersOfTen[digits] { digits += 1 }
        return digits
    }
}

/// Why text or a result is not a DynamoDB number. The message is the service's own.
public enum NumberError: Error, Equatable, Sendable {
    case notNumeric(String)
    case overflow
    case underflow
    case tooManyDigits

    public var message: String {
        switch self {
        case .notNumeric(let text) where text.isEmpty:
            "The parameter cannot be converted to a numeric value"
        case .notNumeric(let text):
            "The parameter cannot be converted to a numeric value: \(text)"
        case .overflow:
            "Number overflow. Attempting to store a number with magnitude larger than supported range"
        case .underflow:
            "Number underflow. Attempting to store a number with magnitude smaller than supported range"
        case .tooManyDigits:
            "Attempting to store more than 38 significant digits in a Number"
        }
    }
}

/// 10^0 … 10^38 by index.
enum PowersOfTen {
    private static let table: [UInt128] = {
        var powers: [UInt128] = [1]
        for _ in 1...38 { powers.append(powers.last! * 10) }
        return powers
    }()

    static subscript(exponent: Int) -> UInt128 { table[exponent] }
}
