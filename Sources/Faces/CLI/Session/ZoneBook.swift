import Foundation
import Model

/// The time zones of the system's database.
enum ZoneBook {
    /// How far ahead changes of the clock are looked up: windows are shown until then as they will be.
    private static let span = (back: 30.0 * 86_400, ahead: 3 * 366.0 * 86_400)

    /// The zones of those names around a moment; one that is not in the database is left out.
    static func offsets(of names: Set<String>, around moment: Timestamp) -> [String: ZoneOffsets] {
        var zones: [String: ZoneOffsets] = [:]
        for name in names where isKnown(name) {
            guard let zone = TimeZone(identifier: name) else { continue }
            zones[name] = offsets(of: zone, around: Date(timeIntervalSince1970: Double(moment.seconds)))
        }
        return zones
    }

    /// Foundation also takes `GMT+3` and the like, whose meaning is easily mistaken, and names without regard to case: a
    /// name counts that Foundation lists, or that the machine's database has.
    static func isKnown(_ name: String) -> Bool {
        if name == "UTC" || known.contains(name) { return true }
        return ZoneFiles.system.has(name) && TimeZone(identifier: name) != nil
    }

    private static let known = Set(TimeZone.knownTimeZoneIdentifiers)

    private static func offsets(of zone: TimeZone, around now: Date) -> ZoneOffsets {
        var date = now.addingTimeInterval(-span.back)
        let end = now.addingTimeInterval(span.ahead)
        var offsets = ZoneOffsets(initial: Int64(zone.secondsFromGMT(for: date)))
        while let next = zone.nextDaylightSavingTimeTransition(after: date), next > date, next < end {
            // Half a second later, because a moment that is rounded down is the one before the change.
            let offset = Int64(zone.secondsFromGMT(for: next.addingTimeInterval(0.5)))
            let at = Timestamp(seconds: Int64(next.timeIntervalSince1970.rounded()))
            offsets.changes.append(ZoneOffsets.Change(at: at, offset: offset))
            date = next
        }
        return offsets
    }
}
