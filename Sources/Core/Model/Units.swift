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
    /// RFC 3339 in UTC to the second: `2026-11-21T05:04:03Z`.
    package var description: String {
        let total = milliseconds >= 0 ? milliseconds / 1000 : (milliseconds - 999) / 1000
        let (date, second) = CalendarDay.day(of: total)
        func padded(_ value: Int64, _ width: Int = 2) -> String {
            let text = String(value)
            return String(repeating: "0", count: max(0, width - text.count)) + text
        }
        let day = "\(padded(date.year, 4))-\(padded(Int64(date.month)))-\(padded(Int64(date.day)))"
        return "\(day)T\(padded(second / 3600)):\(padded(second / 60 % 60)):\(padded(second % 60))Z"
    }
}
