import Model

/// When the windows of policies are open, from the offsets of their time zones alone.
struct WindowCalendar {
    /// By the names that the windows use.
    let zones: [String: ZoneOffsets]

    /// What the windows over one thing say of a moment.
    enum Gate: Hashable {
        case open
        /// - Parameter window: as a person reads it: `Sat 22:00–Sun 04:00 Europe/Berlin`.
        case opens(at: Timestamp, window: String)
        /// Nothing that is written there ever comes, such as February 30; with the text.
        case never(String)
        /// No zone of that name is known, so nothing can be said of when it opens.
        case unknownZone(String)
    }

    /// Several policies must all let it pass; within one, any of its windows does.
    ///
    /// - Parameter policies: the windows of each policy that has any.
    func gate(_ policies: [[Policy.Window]], at now: Timestamp) -> Gate {
        var moment = now
        var latest: Gate = .open
        // Windows that hardly ever meet are looked for long enough that a person sees that something is odd.
        for _ in 0..<Self.meetings {
            var closed: Gate?
            for windows in policies where !windows.isEmpty {
                let gate = gate(ofOne: windows, at: moment)
                switch gate {
                case .open: continue
                case .opens(let at, _):
                    if case .opens(let known, _) = closed, known >= at { continue }
                    closed = gate
                case .never, .unknownZone: return gate
                }
            }
            guard let closed, case .opens(let at, _) = closed else { return latest }
            (latest, moment) = (closed, at)
        }
        return .never(policies.flatMap(\.self).map(\.opening.text).joined(separator: " & "))
    }

    private static var meetings: Int { 200 }
    /// A leap day comes at the latest after eight years.
    private static var daysAhead: Int64 { 8 * 366 }

    private func gate(ofOne windows: [Policy.Window], at now: Timestamp) -> Gate {
        var next: (at: Timestamp, window: String)?
        var odd: Gate?
        for window in windows {
            guard let zone = zone(window.zone) else {
                odd = .unknownZone(window.zone)
                continue
            }
            switch state(of: window, zone, at: now) {
            case .open: return .open
            case .opens(let at):
                if next.map({ at < $0.at }) ?? true { next = (at, label(window, zone, from: at)) }
            case .never: odd = odd ?? .never(window.opening.text)
            }
        }
        return next.map { .opens(at: $0.at, window: $0.window) } ?? odd ?? .open
    }

    private func zone(_ name: String) -> ZoneOffsets? { zones[name] ?? (name == "UTC" ? .utc : nil) }

    private enum State { case open, opens(Timestamp), never }

    private func state(of window: Policy.Window, _ zone: ZoneOffsets, at now: Timestamp) -> State {
        let today = CalendarDay.day(of: zone.wallSeconds(at: now)).day.number
        let minutes = window.opening.minutesOfDay
        // A day more, because the clock may have been put back meanwhile.
        let earliest = today - window.duration.wholeMilliseconds / 86_400_000 - 2
        for number in earliest...(today + Self.daysAhead) {
            let day = CalendarDay(number: number)
            guard window.opening.includes(day) else { continue }
            for minute in minutes {
                let opening = zone.moment(ofWall: number * 86_400 + Int64(minute) * 60)
                if opening > now { return .opens(opening) }
                if now < opening + window.duration { return .open }
            }
        }
        return .never
    }

    /// `Sat 22:00–Sun 04:00 Europe/Berlin`; the second day is left out where it is the first.
    private func label(_ window: Policy.Window, _ zone: ZoneOffsets, from opening: Timestamp) -> String {
        let ends = [opening, opening + window.duration].map { CalendarDay.day(of: zone.wallSeconds(at: $0)) }
        let clocks = ends.map { Self.clock($0.second) }
        let days = ends.map { Self.weekdays[$0.day.weekday] }
        let isOneDay = ends[0].day == ends[1].day
        let end = isOneDay ? clocks[1] : days[1] + " " + clocks[1]
        return "\(days[0]) \(clocks[0])–\(end) \(window.zone)"
    }

    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]

    private static func clock(_ second: Int64) -> String {
        let parts = [second / 3600, second / 60 % 60]
        return parts.map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    }
}
