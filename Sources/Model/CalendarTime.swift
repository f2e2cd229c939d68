/// A second of UTC by the proleptic Gregorian calendar, in the forms that the API, HTTP and its signatures use.
public struct CalendarTime: Equatable, Sendable {
    public let year: Int
    public let month: Int
    public let day: Int
    public let hour: Int
    public let minute: Int
    public let second: Int

    private static let dayNames = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let monthNames = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    public init(secondsSince1970 seconds: Int) {
        let (days, time) = Self.floored(seconds, by: 86_400)
        (year, month, day) = Self.civil(days)
        hour = time / 3_600
        minute = time / 60 % 60
        second = time % 60
    }

    /// Nil when there is no such moment.
    private init?(_ year: Int?, _ month: Int?, _ day: Int?, _ hour: Int?, _ minute: Int?, _ second: Int?) {
        guard let year, let month, let day, let hour, let minute, let second, (1...12).contains(month),
            (1...31).contains(day), hour < 24, minute < 60, second < 60
        else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
        (self.hour, self.minute, self.second) = (hour, minute, second)
        // The 31st of April would come back as the first of May.
        guard CalendarTime(secondsSince1970: secondsSince1970) == self else { return nil }
    }

    /// `20150830T123600Z`
    public init?(basicISO8601 text: some StringProtocol) {
        let digits = Array(text.utf8)
        guard digits.count == 16, digits[8] == UInt8(ascii: "T"), digits[15] == UInt8(ascii: "Z") else { return nil }
        func number(_ range: Range<Int>) -> Int? { Self.number(digits[range]) }
        self.init(number(0..<4), number(4..<6), number(6..<8), number(9..<11), number(11..<13), number(13..<15))
    }

    /// `Sun, 30 Aug 2015 12:36:00 GMT`
    public init?(httpDate text: some StringProtocol) {
        let words = text.split(separator: " ")
        guard words.count == 6, words[0].hasSuffix(","), words[5] == "GMT" || words[5] == "UTC" || words[5] == "+0000",
            let month = Self.monthNames.firstIndex(of: String(words[2]))
        else { return nil }
        let time = words[4].split(separator: ":")
        guard time.count == 3 else { return nil }
        func number(_ word: some StringProtocol) -> Int? { Self.number(Array(word.utf8)[...]) }
        self.init(number(words[3]), month + 1, number(words[1]), number(time[0]), number(time[1]), number(time[2]))
    }

    public var secondsSince1970: Int {
        // Years begin in March, so that a leap day is the last of its year.
        let marchYear = month > 2 ? year : year - 1
        let (era, yearOfEra) = Self.floored(marchYear, by: 400)
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        let days = era * 146_097 + dayOfEra - 719_468
        return days * 86_400 + hour * 3_600 + minute * 60 + second
    }

    /// 0 is Thursday, as 1970 began.
    public var weekday: Int { Self.floored(Self.floored(secondsSince1970, by: 86_400).quotient, by: 7).remainder }

    /// `20150830`
    public var basicDate: String { String(year, width: 4) + String(month, width: 2) + String(day, width: 2) }

    /// `20150830T123600Z`
    public var basicISO8601: String {
        "\(basicDate)T\(String(hour, width: 2))\(String(minute, width: 2))\(String(second, width: 2))Z"
    }

    /// `2015-08-30T12:36:00`, to which a fraction and the zone may be added.
    public var extendedISO8601: String {
        "\(String(year, width: 4))-\(String(month, width: 2))-\(String(day, width: 2))T\(timeOfDay)"
    }

    /// `Sun, 30 Aug 2015 12:36:00 GMT`
    public var httpDate: String {
        let date = "\(String(day, width: 2)) \(Self.monthNames[month - 1]) \(String(year, width: 4))"
        return "\(Self.dayNames[weekday]), \(date) \(timeOfDay) GMT"
    }

    private var timeOfDay: String {
        "\(String(hour, width: 2)):\(String(minute, width: 2)):\(String(second, width: 2))"
    }

    private static func civil(_ daysSince1970: Int) -> (year: Int, month: Int, day: Int) {
        let (era, dayOfEra) = floored(daysSince1970 + 719_468, by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }

    private static func floored(_ value: Int, by divisor: Int) -> (quotient: Int, remainder: Int) {
        let remainder = (value % divisor + divisor) % divisor
        return ((value - remainder) / divisor, remainder)
    }

    /// Digits alone: no sign, not nothing.
    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        guard (1...4).contains(digits.count) else { return nil }
        var value = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            value = value * 10 + Int(digit - UInt8(ascii: "0"))
        }
        return value
    }
}
