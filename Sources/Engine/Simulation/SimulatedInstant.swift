/// A moment of simulated time, in microseconds since 1970. Moves forward only.
public struct SimulatedInstant: Comparable, Hashable, Sendable {
    public let microseconds: Int64

    @inlinable public init(microseconds: Int64) { self.microseconds = microseconds }

    /// Before everything, and far enough from the ends of the scale to be subtracted.
    static let distantPast = SimulatedInstant(microseconds: -(1 << 60))

    @inlinable
    public static func < (left: SimulatedInstant, right: SimulatedInstant) -> Bool {
        left.microseconds < right.microseconds
    }

    @inlinable
    public func advanced(byMicroseconds duration: Int64) -> SimulatedInstant {
        SimulatedInstant(microseconds: microseconds + duration)
    }

    /// Microseconds from `other` to this.
    @inlinable
    public static func - (left: SimulatedInstant, right: SimulatedInstant) -> Int64 {
        left.microseconds - right.microseconds
    }

    /// As the API writes dates: seconds since 1970 with a fraction.
    public var epochSeconds: Double { Double(microseconds) / 1_000_000 }
}
