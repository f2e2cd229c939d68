/// Seconds since 1970 as the service writes them into messages: `Wednesday, July 25, 2018 3:46:47 PM UTC`.
enum CalendarText {
    private static let days = ["Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"]
    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    static func longForm(_ secondsSince1970: Double) -> String {
        let seconds = Int(secondsSince1970.rounded(.down))
        let day = (seconds - modulo(seconds, 86_400)) / 86_400
        let (year, month, dayOfMonth) = civil(day)
        let time = modulo(seconds, 86_400)
        let hour = time / 3_600
        let shownHour = hour % 12 == 0 ? 12 : hour % 12
        let clock = "\(shownHour):\(twoDigits(time / 60 % 60)):\(twoDigits(time % 60)) \(hour < 12 ? "AM" : "PM")"
        return "\(days[modulo(day, 7)]), \(months[month - 1]) \(dayOfMonth), \(year) \(clock) UTC"
    }

    /// `2018-07-25T15:46:47.120`
    static func label(milliseconds: Int64) -> String {
        let milliseconds = Int(milliseconds)
        let time = modulo(milliseconds, 86_400_000)
        let (year, month, day) = civil((milliseconds - time) / 86_400_000)
        let clock = [time / 3_600_000, time / 60_000 % 60, time / 1_000 % 60].map(twoDigits).joined(separator: ":")
        let fraction = String(String(1_000 + time % 1_000).dropFirst())
        return "\(year)-\(twoDigits(month))-\(twoDigits(day))T\(clock).\(fraction)"
    }

    /// The date of a day counted from 1970-01-01. Months are counted from March, so that a leap day ends a year.
    private static func civil(_ day: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = day + 719_468
        let era = (shifted - modulo(shifted, 146_097)) / 146_097
        let dayOfEra = modulo(shifted, 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let dayOfMonth = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfMonth)
    }

    private static func modulo(_ value: Int, _ divisor: Int) -> Int { ((value % divisor) + divisor) % divisor }

    private static func twoDigits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
