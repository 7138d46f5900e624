/// An amount of memory or storage in bytes; never negative.
package struct ByteCount: Hashable, Comparable, Sendable, Codable {
    package let bytes: Int

    package init(bytes: Int) { self.bytes = bytes }
    package static func mebibytes(_ count: Int) -> ByteCount { ByteCount(bytes: count << 20) }
    package static func gibibytes(_ count: Int) -> ByteCount { ByteCount(bytes: count << 30) }

    /// Whole mebibytes, rounded down: Proxmox's unit of memory.
    package var mebibytes: Int { bytes >> 20 }
    /// Whole gibibytes, rounded down: the provider's unit of disk size.
    package var gibibytes: Int { bytes >> 30 }

    package static func < (one: Self, other: Self) -> Bool { one.bytes < other.bytes }
}

extension ByteCount: CustomStringConvertible {
    /// The largest binary unit that divides it: `2GiB`, `1536MiB`, `512KiB`, `100B`.
    package var description: String {
        let units = [(40, "TiB"), (30, "GiB"), (20, "MiB"), (10, "KiB")]
        for (shift, unit) in units where bytes > 0 && bytes & ((1 << shift) - 1) == 0 {
            return "\(bytes >> shift)\(unit)"
        }
        return "\(bytes)B"
    }
}

/// A moment: milliseconds since 1970 in UTC. Plumb's core has no clock; a moment is always an argument.
package struct Timestamp: Hashable, Comparable, Sendable, Codable {
    package let milliseconds: Int64

    package init(milliseconds: Int64) { self.milliseconds = milliseconds }
    package init(seconds: Int64) { milliseconds = seconds * 1000 }

    package var seconds: Int64 { milliseconds / 1000 }

    package static func < (one: Self, other: Self) -> Bool { one.milliseconds < other.milliseconds }
    package static func + (moment: Self, span: Duration) -> Self {
        Timestamp(milliseconds: moment.milliseconds + span.wholeMilliseconds)
    }
    package static func - (later: Self, earlier: Self) -> Duration {
        .milliseconds(later.milliseconds - earlier.milliseconds)
    }
}

extension Duration {
    /// Rounded towards zero.
    package var wholeMilliseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1000 + attoseconds / 1_000_000_000_000_000
    }
}

extension Timestamp: CustomStringConvertible {
    /// RFC 3339 in UTC to the second: `2026-11-21T05:04:03Z`. The calendar is Howard Hinnant's `civil_from_days`.
    package var description: String {
        let total = milliseconds >= 0 ? milliseconds / 1000 : (milliseconds - 999) / 1000
        let days = total >= 0 ? total / 86_400 : (total - 86_399) / 86_400
        let second = total - days * 86_400
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthIndex = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthIndex + 2) / 5 + 1
        let month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        func padded(_ value: Int64, _ width: Int = 2) -> String {
            let text = String(value)
            return String(repeating: "0", count: max(0, width - text.count)) + text
        }
        let date = "\(padded(year, 4))-\(padded(month))-\(padded(day))"
        return "\(date)T\(padded(second / 3600)):\(padded(second / 60 % 60)):\(padded(second % 60))Z"
    }
}
