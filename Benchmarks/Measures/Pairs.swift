/// Two sides measured in turn, each as often as the other, so that what disturbs the machine disturbs both.
struct Pairs {
    private var ours: [Double] = []
    private var opponents: [Double] = []

    /// Each closure prepares itself and answers the seconds that count. Who goes first changes from pair to pair.
    static func measure(_ count: Int, ours: () -> Double, opponent: () -> Double) -> Pairs {
        var pairs = Pairs()
        for pair in 0..<count {
            if pair % 2 == 0 { pairs.ours.append(ours()) }
            pairs.opponents.append(opponent())
            if pair % 2 == 1 { pairs.ours.append(ours()) }
        }
        return pairs
    }

    /// Operations a second, of `operations` done in each round.
    func rates(_ operations: Int) -> Finding {
        Finding(
            ours: Double(operations) / ours.median,
            opponents: Double(operations) / opponents.median,
            ratio: zip(ours, opponents).map { $1 / $0 }.median
        )
    }

    func milliseconds() -> Finding { scaled(by: 1e3) }

    /// Of figures in bytes.
    func megabytes() -> Finding { scaled(by: 1e-6) }

    /// What one operation takes, in microseconds, of `operations` done in each round.
    func microseconds(_ operations: Int) -> Finding { scaled(by: 1e6 / Double(operations)) }

    private func scaled(by factor: Double) -> Finding {
        Finding(
            ours: ours.median * factor,
            opponents: opponents.median * factor,
            ratio: zip(ours, opponents).map { $0 / $1 }.median
        )
    }
}

extension [Double] {
    /// The middle value, or the mean of the two middle ones.
    var median: Double {
        precondition(!isEmpty, "no values have no median")
        let ascending = sorted()
        return (ascending[(count - 1) / 2] + ascending[count / 2]) / 2
    }
}

func seconds(_ body: () -> Void) -> Double {
    let duration = ContinuousClock().measure(body)
    return Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
}
