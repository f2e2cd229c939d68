import Model

extension SimulatedInstant {
    /// `2026-03-20T12:00:05.123Z`
    public var iso8601: String { label + "Z" }

    /// `2026-03-20T12:00:05.123`, as streams are called.
    var label: String {
        let time = CalendarTime(secondsSince1970: Int((microseconds - microsecondsOfSecond) / 1_000_000))
        return "\(time.extendedISO8601).\(String(microsecondsOfSecond / 1_000, width: 3))"
    }

    private var microsecondsOfSecond: Int64 {
        let remainder = microseconds % 1_000_000
        return remainder < 0 ? remainder + 1_000_000 : remainder
    }
}
