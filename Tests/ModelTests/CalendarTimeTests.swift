import Model
import Testing

@Suite struct CalendarTimeTests {
    @Test(arguments: [
        (0, "19700101T000000Z", "Thu, 01 Jan 1970 00:00:00 GMT"),
        (1_440_938_160, "20150830T123600Z", "Sun, 30 Aug 2015 12:36:00 GMT"),
        (951_782_399, "20000228T235959Z", "Mon, 28 Feb 2000 23:59:59 GMT"),
        (951_868_799, "20000229T235959Z", "Tue, 29 Feb 2000 23:59:59 GMT"),
        (4_107_542_400, "21000301T000000Z", "Mon, 01 Mar 2100 00:00:00 GMT"),
    ])
    func formsOfAMoment(seconds: Int, basic: String, http: String) {
        let time = CalendarTime(secondsSince1970: seconds)
        #expect(time.basicISO8601 == basic)
        #expect(time.httpDate == http)
        #expect(CalendarTime(basicISO8601: basic)?.secondsSince1970 == seconds)
        #expect(CalendarTime(httpDate: http)?.secondsSince1970 == seconds)
    }

    @Test func everyDayComesBack() {
        for day in stride(from: -200_000, to: 200_000, by: 7) {
            let seconds = day * 86_400 + 86_399
            #expect(CalendarTime(secondsSince1970: seconds).secondsSince1970 == seconds)
        }
    }

    @Test(arguments: [
        "", "20150830", "20150830T123600", "20151330T123600Z", "20150230T123600Z", "20150830T243600Z",
        "2015083 T123600Z",
        "20150830T12360+Z", "２0150830T123600Z",
    ])
    func whatIsNoMomentIsNone(text: String) {
        #expect(CalendarTime(basicISO8601: text) == nil)
        #expect(CalendarTime(httpDate: text) == nil)
    }
}
