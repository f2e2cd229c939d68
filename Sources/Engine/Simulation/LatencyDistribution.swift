/// A log-normal spread of delays around a median, by a table of quantiles and interpolation between them: only
/// additions, multiplications and divisions, so that every machine draws the same microseconds.
struct LatencyDistribution: Sendable {
    /// Multiples of the median at the quantiles 0, 1/16, 2/16 … 15/16, 63/64, 99/100, 255/256, 1.
    private let multiples: [Double]
    private static let quantiles: [Double] =
        (0...15).map { Double($0) / 16 } + [63.0 / 64, 0.99, 255.0 / 256, 1]

    /// 99 % of delays stay under five times the median: followers, network hops.
    static let narrow = LatencyDistribution(multiples: [
        0.16, 0.3460, 0.4512, 0.5413, 0.6272, 0.7131, 0.8022, 0.8967, 1.0,
        1.1152, 1.2466, 1.4022, 1.5945, 1.8475, 2.2166, 2.8898, 4.4430, 5.0, 6.3060, 8.0,
    ])

    /// 99 % stay under fifty times the median: index propagation.
    static let wide = LatencyDistribution(multiples: [
        0.02, 0.0760, 0.1448, 0.2253, 0.3221, 0.4399, 0.5857, 0.7676, 1.0,
        1.3028, 1.7075, 2.2730, 3.1046, 4.4387, 6.9061, 13.1583, 37.3350, 50.0, 87.40, 150.0,
    ])

    /// A delay in microseconds for a draw of 64 random bits.
    func delay(median: Int64, draw: UInt64) -> Int64 {
        if median == 0 { return 0 }
        let position = Double(draw >> 11) / Double(1 << 53)
        var slot = Int(position * 16)
        if slot == 15 {
            while position >= LatencyDistribution.quantiles[slot + 1] { slot += 1 }
        }
        let low = LatencyDistribution.quantiles[slot]
        let high = LatencyDistribution.quantiles[slot + 1]
        let share = (position - low) / (high - low)
        let multiple = multiples[slot] + (multiples[slot + 1] - multiples[slot]) * share
        return Int64(multiple * Double(median))
    }

    /// No draw is longer than this.
    func longest(median: Int64) -> Int64 { Int64(multiples[multiples.count - 1] * Double(median)) }
}
