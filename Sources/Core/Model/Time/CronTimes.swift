/// Times that come again, as the five fields of POSIX `crontab` say them: minute, hour, day of the month, month, weekday.
package struct CronTimes: Hashable, Sendable {
    /// As it was written.
    package let text: String
    private let minutes: UInt64
    private let hours: UInt64
    private let days: UInt64
    private let months: UInt64
    /// Sunday is bit 0, and also bit 7.
    private let weekdays: UInt64
    private let isAnyDay: Bool
    private let isAnyWeekday: Bool

    /// - Returns: nil for anything but five fields of numbers, `*`, ranges, steps and lists, each in its range.
    package init?(_ text: String) {
        let fields = text.split(separator: " ")
        let ranges = [0...59, 0...23, 1...31, 1...12, 0...7]
        guard fields.count == ranges.count else { return nil }
        var sets: [UInt64] = []
        for (field, range) in zip(fields, ranges) {
            guard let set = Self.set(field, range) else { return nil }
            sets.append(set)
        }
        self.text = text
        (minutes, hours, days, months, weekdays) = (sets[0], sets[1], sets[2], sets[3], sets[4])
        isAnyDay = fields[2] == "*"
        isAnyWeekday = fields[4] == "*"
    }

    /// Where both the day of the month and the weekday are given, either is enough: so says POSIX.
    package func includes(_ day: CalendarDay) -> Bool {
        guard months & (1 << UInt64(day.month)) != 0 else { return false }
        let fitsDay = days & (1 << UInt64(day.day)) != 0
        let isSunday = day.weekday == 0 && weekdays & (1 << 7) != 0
        let fitsWeekday = isSunday || weekdays & (1 << UInt64(day.weekday)) != 0
        if isAnyDay { return fitsWeekday }
        return isAnyWeekday ? fitsDay : fitsDay || fitsWeekday
    }

    /// The minutes of a day that it includes, ascending.
    package var minutesOfDay: [Int] {
        (0..<24).filter { hours & (1 << UInt64($0)) != 0 }.flatMap { hour in
            (0..<60).filter { minutes & (1 << UInt64($0)) != 0 }.map { hour * 60 + $0 }
        }
    }

    private static func set(_ field: Substring, _ range: ClosedRange<Int>) -> UInt64? {
        var set: UInt64 = 0
        for part in field.split(separator: ",", omittingEmptySubsequences: false) {
            let pieces = part.split(separator: "/", omittingEmptySubsequences: false)
            guard (1...2).contains(pieces.count), let ends = bounds(pieces[0], range, isStepped: pieces.count == 2)
            else { return nil }
            var step = 1
            if pieces.count == 2 {
                guard let number = digits(pieces[1]), number > 0, number <= range.upperBound else { return nil }
                step = number
            }
            for value in stride(from: ends.lowerBound, through: ends.upperBound, by: step) { set |= 1 << UInt64(value) }
        }
        return set
    }

    /// `*`, `5` or `1-5`; with a step behind it a single number is where a range begins that has no other end.
    private static func bounds(_ text: Substring, _ range: ClosedRange<Int>, isStepped: Bool) -> ClosedRange<Int>? {
        if text == "*" { return range }
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { digits($0) }
        guard (1...2).contains(ends.count), let first = ends[0], range.contains(first) else { return nil }
        guard ends.count == 2 else { return isStepped ? first...range.upperBound : first...first }
        guard let last = ends[1], range.contains(last), first <= last else { return nil }
        return first...last
    }

    private static func digits(_ text: Substring) -> Int? {
        guard (1...2).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int(text)
    }
}
