extension Number: Comparable {
    public static func < (left: Number, right: Number) -> Bool {
        if left.isNegative != right.isNegative { return left.isNegative }
        return left.isNegative ? right.magnitudeIsLess(than: left) : left.magnitudeIsLess(than: right)
    }

    private func magnitudeIsLess(than other: Number) -> Bool {
        if coefficient == 0 || other.coefficient == 0 { return coefficient == 0 && other.coefficient != 0 }
        if exponent == other.exponent { return coefficient < other.coefficient }
        let leading = Int(exponent) + digitCount
        let otherLeading = Int(other.exponent) + other.digitCount
        if leading != otherLeading { return leading < otherLeading }
        // Same leading digit position: widening the one with fewer digits keeps both within 38.
        let (left, right, _) = Number.aligned(self, other)
        return left < right
    }
}

extension Number {
    /// Exact sum. Throws when the result needs more than 38 digits or leaves the range.
    public static func + (left: Number, right: Number) throws(NumberError) -> Number {
        if left.isZero { return right }
        if right.isZero { return left }
        // Operands whose digits lie too far apart cannot have an exact sum of 38 digits.
        let top = max(Int(left.exponent) + left.digitCount, Int(right.exponent) + right.digitCount)
        let bottom = Int(min(left.exponent, right.exponent))
        if left.isNegative == right.isNegative {
            if top - bottom > maximumDigits { throw .tooManyDigits }
            let (first, second, exponent) = aligned(left, right)
            return try Number(isNegative: left.isNegative, coefficient: first + second, exponent: exponent)
        }
        // A difference may be a digit shorter than what its operands span: 1e38 - 1. It then starts below 2e38.
        if top - bottom > maximumDigits + 1 { throw .tooManyDigits }
        if !left.fits(over: bottom) || !right.fits(over: bottom) { throw .tooManyDigits }
        let (first, second, exponent) = aligned(left, right)
        return first >= second
            ? try Number(isNegative: left.isNegative, coefficient: first - second, exponent: exponent)
            : try Number(isNegative: right.isNegative, coefficient: second - first, exponent: exponent)
    }

    /// Exact difference. Throws as `+` does.
    public static func - (left: Number, right: Number) throws(NumberError) -> Number {
        try left + right.negated
    }

    public var negated: Number {
        isZero ? self : Number(canonicalNegative: !isNegative, coefficient: coefficient, exponent: exponent)
    }

    /// Whether the coefficient, widened to the smaller exponent, can be held while subtracting.
    private func fits(over exponent: Int) -> Bool {
        let power = PowersOfTen[Int(self.exponent) - exponent]
        return !coefficient.multipliedReportingOverflow(by: power).overflow
    }

    /// Both coefficients over the smaller of the two exponents. Both must fit.
    private static func aligned(_ left: Number, _ right: Number) -> (UInt128, UInt128, exponent: Int) {
        let exponent = min(left.exponent, right.exponent)
        return (
            left.coefficient * PowersOfTen[Int(left.exponent - exponent)],
            right.coefficient * PowersOfTen[Int(right.exponent - exponent)],
            Int(exponent)
        )
    }
}
