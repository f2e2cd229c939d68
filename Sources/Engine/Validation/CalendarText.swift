import Model

/// Seconds since 1970 as the service writes them into messages: `Wednesday, July 25, 2018 3:46:47 PM UTC`.
enum CalendarText {
    private static let days = ["Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"]
    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    static func longForm(_ secondsSince1970: Double) -> String {
        let time = CalendarTime(secondsSince1970: Int(secondsSince1970.rounded(.down)))
        let hour = time.hour % 12 == 0 ? 12 : time.hour % 12
        let minutes = "\(String(time.minute, width: 2)):\(String(time.second, width: 2))"
        let clock = "\(hour):\(minutes) \(time.hour < 12 ? "AM" : "PM")"
        return "\(days[time.weekday]), \(months[time.month - 1]) \(time.day), \(time.year) \(clock) UTC"
    }
}
