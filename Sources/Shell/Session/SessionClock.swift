import Engine
import Glibc

/// Ties simulated time to the wall clock, so that it never lies behind while a person thinks.
struct SessionClock {
    let start: SimulatedInstant?
    private let wallStart = SessionClock.wallMicroseconds()
    /// By how much it was set ahead, in microseconds.
    var advanced: Int64 = 0
    /// Whether a `Clock advance` did that, rather than waiting for a table.
    var wasMoved = false

    init(start: SimulatedInstant?) { self.start = start }

    /// How far the simulated clock must go to have passed as much time as the wall clock, and the steps on top.
    func lag(of now: SimulatedInstant) -> Int64 {
        guard let start else { return 0 }
        return max(0, Self.wallMicroseconds() - wallStart + advanced - (now - start))
    }

    static func wallMicroseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000
    }
}

extension Session {
    func followWallClock() {
        guard let laboratory else { return }
        let lag = clock.lag(of: laboratory.now)
        if lag > 0 { laboratory.advance(byMicroseconds: lag) }
    }
}
