import Engine
import Glibc
import Model

/// The clock on the wall, and how simulated time keeps up with it.
struct EndpointClock {
    private let followsWallClock: Bool
    private let simulatedStart: SimulatedInstant
    private let start = EndpointClock.monotonicMicroseconds()
    /// The date line of the second it was made in.
    private var dateSecond: Int64 = -1
    private var date: [UInt8] = []

    init(startingAt simulatedStart: SimulatedInstant, followsWallClock: Bool) {
        self.simulatedStart = simulatedStart
        self.followsWallClock = followsWallClock
    }

    /// Microseconds since some moment; they never go back.
    static func monotonicMicroseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000
    }

    static func wallSeconds() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return time.tv_sec
    }

    /// Lets simulated time pass up to the wall clock's. What requests took in simulated time may have brought it
    /// further; then it waits.
    func advance(_ region: Region, to monotonic: Int64) {
        guard followsWallClock else { return }
        let lag = (monotonic - start) - (region.now - simulatedStart)
        if lag > 0 { region.advance(byMicroseconds: lag) }
    }

    /// `Sun, 30 Aug 2015 12:36:00 GMT`
    mutating func httpDate(at monotonic: Int64) -> [UInt8] {
        let second = monotonic / 1_000_000
        if second != dateSecond {
            dateSecond = second
            date = Array(CalendarTime(secondsSince1970: Self.wallSeconds()).httpDate.utf8)
        }
        return date
    }
}
