/// A day of the Gregorian calendar, without a time zone. The arithmetic is Howard Hinnant's `civil_from_days`.
package struct CalendarDay: Hashable, Sendable {
    /// Days since 1970-01-01.
    package let number: Int64
    package let year: Int64
    /// 1 to 12.
    package let month: Int
    /// 1 to 31.
    package let day: Int

    package init(number: Int64) {
        self.number = number
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthIndex = (5 * dayOfYear + 2) / 153
        day = Int(dayOfYear - (153 * monthIndex + 2) / 5 + 1)
        month = Int(monthIndex < 10 ? monthIndex + 3 : monthIndex - 9)
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// The day on which a moment lies, and the second of that day.
    ///
    /// - Parameter seconds: since 1970-01-01 00:00 of the place that is meant.
    package static func day(of seconds: Int64) -> (day: CalendarDay, second: Int64) {
        let number = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
        return (CalendarDay(number: number), seconds - number * 86_400)
    }

    /// 0 is Sunday; 1970-01-01 was a Thursday.
    package var weekday: Int { Int(((number + 4) % 7 + 7) % 7) }
}
