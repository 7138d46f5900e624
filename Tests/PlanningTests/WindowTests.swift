import Chance
import Model
import Planning
import Testing

/// Steps run in their windows, by the clock on the wall of the policy's place.
@Suite struct WindowTests {
    /// Central European time of 2026: an hour east, two from March 29 01:00 UTC to October 25 01:00 UTC.
    static let berlin = ZoneOffsets(
        initial: 3600,
        changes: [
            .init(at: Timestamp(seconds: 1_774_746_000), offset: 7200),
            .init(at: Timestamp(seconds: 1_792_890_000), offset: 3600),
        ])

    private static func window(_ cron: String, hours: Int, _ zone: String = "UTC") throws -> Policy.Window {
        var window = Policy.Window(
            opening: try #require(CronTimes(cron)), duration: .seconds(hours * 3600))
        window.zone = zone
        return window
    }

    /// How one server's creation stands at a moment: `ready`, or what it waits for.
    private func verdict(_ policies: [[Policy.Window]], at moment: Timestamp) throws -> String {
        var world = World()
        world.declare("web-01")
        world.now = moment
        world.desired.policies = policies.enumerated().map { position, windows in
            var policy = Policy(name: PolicyName("p\(position)"))
            policy.windows = windows
            return policy
        }
        var input = world.withDetails().input
        input.zones = ["Europe/Berlin": Self.berlin]
        let plan = planFleet(input).plan
        #expect(checkPlan(plan, input) == [])
        switch try #require(plan.steps.first).disposition {
        case .ready: return "ready"
        case .needsApproval(let sentence): return "approval \(sentence.short)"
        case .blocked(let sentence): return "blocked \(sentence.short) \(sentence.arguments[1])"
        case .waiting(let sentence): return sentence.arguments[1...2].joined(separator: " from ")
        }
    }

    private func at(_ text: String) throws -> Timestamp { try #require(Timestamp(utc: text)) }

    @Test func outsideItWaitsAndSaysForWhat() throws {
        let saturday = try [Self.window("0 22 * * 6", hours: 6, "Europe/Berlin")]
        // A Saturday in November: 22:00 in Berlin is 21:00 in UTC.
        #expect(
            try verdict([saturday], at: at("2026-11-21T18:00"))
                == "Sat 22:00–Sun 04:00 Europe/Berlin from 2026-11-21T21:00:00Z")
        #expect(try verdict([saturday], at: at("2026-11-21T20:59")).hasPrefix("Sat"))
        #expect(try verdict([saturday], at: at("2026-11-21T21:00")) == "ready")
        // Over midnight, until the last minute.
        #expect(try verdict([saturday], at: at("2026-11-22T02:59")) == "ready")
        #expect(
            try verdict([saturday], at: at("2026-11-22T03:00"))
                == "Sat 22:00–Sun 04:00 Europe/Berlin from 2026-11-28T21:00:00Z")
    }

    @Test func summerTimeMovesTheOpeningInUTC() throws {
        let night = try [Self.window("0 22 * * *", hours: 2, "Europe/Berlin")]
        #expect(try verdict([night], at: at("2026-07-01T20:00")) == "ready")
        #expect(
            try verdict([night], at: at("2026-12-01T20:00"))
                == "Tue 22:00–Wed 00:00 Europe/Berlin from 2026-12-01T21:00:00Z")
    }

    @Test func anHourThatTheClockLeavesOutOpensAtTheChange() throws {
        // On March 29 the clock goes from 02:00 to 03:00; half past two is not.
        let early = try [Self.window("30 2 * * *", hours: 1, "Europe/Berlin")]
        #expect(
            try verdict([early], at: at("2026-03-29T00:59"))
                == "Sun 03:00–04:00 Europe/Berlin from 2026-03-29T01:00:00Z")
        #expect(try verdict([early], at: at("2026-03-29T01:30")) == "ready")
        #expect(
            try verdict([early], at: at("2026-03-29T02:00"))
                == "Mon 02:30–03:30 Europe/Berlin from 2026-03-30T00:30:00Z")
    }

    @Test func anHourThatComesTwiceOpensOnceAndLastsItsTime() throws {
        // On October 25 the clock goes from 03:00 back to 02:00.
        let early = try [Self.window("30 2 * * *", hours: 1, "Europe/Berlin")]
        #expect(try verdict([early], at: at("2026-10-25T00:30")) == "ready")
        #expect(try verdict([early], at: at("2026-10-25T01:29")) == "ready")
        #expect(
            try verdict([early], at: at("2026-10-25T01:30"))
                == "Mon 02:30–03:30 Europe/Berlin from 2026-10-26T01:30:00Z")
    }

    @Test func aWindowOverTheChangeLastsAsLongAsItSays() throws {
        // From 22:00 for six hours: to 05:00 in spring, to 03:00 in autumn.
        let saturday = try [Self.window("0 22 * * 6", hours: 6, "Europe/Berlin")]
        #expect(
            try verdict([saturday], at: at("2026-03-28T20:00"))
                == "Sat 22:00–Sun 05:00 Europe/Berlin from 2026-03-28T21:00:00Z")
        #expect(try verdict([saturday], at: at("2026-10-25T01:59")) == "ready")
        #expect(try verdict([saturday], at: at("2026-10-25T02:00")).hasPrefix("Sat"))
    }

    @Test func anyWindowOfOnePolicyIsEnoughAndEveryPolicyMustBeOpen() throws {
        let (morning, noon) = try (Self.window("0 6 * * *", hours: 2), Self.window("0 12 * * *", hours: 2))
        let wide = try Self.window("0 7 * * *", hours: 12)
        let six = try at("2026-11-23T06:30")
        #expect(try verdict([[morning, noon]], at: six) == "ready")
        #expect(try verdict([[morning, noon], [wide]], at: six) == "Mon 07:00–19:00 UTC from 2026-11-23T07:00:00Z")
        #expect(try verdict([[morning, noon], [wide]], at: at("2026-11-23T07:30")) == "ready")
        #expect(
            try verdict([[morning, noon], [wide]], at: at("2026-11-23T08:30"))
                == "Mon 12:00–14:00 UTC from 2026-11-23T12:00:00Z")
        // Two that never meet.
        #expect(try verdict([[morning], [noon]], at: six) == "blocked windowNever 0 6 * * * & 0 12 * * *")
    }

    @Test func aDayThatNeverComesAndAZoneThatNobodyKnowsAreSaid() throws {
        let noon = try at("2026-11-23T12:00")
        #expect(try verdict([[Self.window("0 0 30 2 *", hours: 1)]], at: noon) == "blocked windowNever 0 0 30 2 *")
        #expect(
            try verdict([[Self.window("0 0 * * *", hours: 24, "Mars/Base")]], at: noon)
                == "blocked windowZone Mars/Base")
        #expect(
            try verdict([[Self.window("0 0 29 2 *", hours: 1)]], at: noon)
                == "Tue 00:00–01:00 UTC from 2028-02-29T00:00:00Z")
    }

    @Test func anApprovalIsAskedForBeforeTheWindowAndHoldsUntilIt() throws {
        var world = try MainRoadTests.fleet()
        world.undeclare("web-02")
        var policy = Policy(name: "nights")
        policy.windows = try [Self.window("0 2 * * *", hours: 2)]
        world.desired.policies = [policy]
        world.now = try at("2026-11-23T12:00")
        #expect(world.plan().lines == ["destroy Server/web-02 [approval approveDestroy]"])
        world.approveAll()
        #expect(world.plan().lines == ["destroy Server/web-02 [waiting windowClosed]"])
        world.now = try at("2026-11-24T02:00")
        #expect(world.plan().lines == ["destroy Server/web-02 [ready]"])
        world.now = try at("2026-11-24T04:00")
        #expect(world.plan().lines == ["destroy Server/web-02 [waiting windowClosed]"])
    }

    @Test func whatOnlyWritesItsOwnRecordsWaitsForNoWindow() throws {
        var world = try MainRoadTests.fleet()
        world.edit("web-02") { $0.metadata.labels = [.init("env", "production")] }
        var policy = Policy(name: "never")
        policy.windows = try [Self.window("0 0 30 2 *", hours: 1)]
        world.desired.policies = [policy]
        #expect(world.plan().lines == ["record Server/web-02 [ready]"])
    }

    @Test(arguments: [
        ("* * * * *", 1440), ("*/15 * * * *", 96), ("0 8-17/3 * * *", 4), ("5,10 0 * * *", 2), ("50/5 3 * * *", 2),
    ])
    func schedulesHaveTheirMinutes(_ text: String, _ count: Int) throws {
        #expect(try #require(CronTimes(text)).minutesOfDay.count == count)
    }

    @Test(arguments: [
        "", "* * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * * 13 *", "* * * * 8", "5-1 * * * *", "*/0 * * * *",
        "a * * * *", "1, * * * *",
    ])
    func whatIsNoScheduleIsRefused(_ text: String) { #expect(CronTimes(text) == nil) }

    @Test func sundayHasTwoNumbersAndDayAndWeekdayAreEither() throws {
        let sunday = CalendarDay(number: 3)
        #expect(sunday.weekday == 0)
        for text in ["0 0 * * 0", "0 0 * * 7"] { #expect(try #require(CronTimes(text)).includes(sunday)) }
        // POSIX: January 4, 1970 is a Sunday, and no first of a month.
        #expect(try #require(CronTimes("0 0 1 * 0")).includes(sunday))
        #expect(try #require(CronTimes("0 0 4 * 1")).includes(sunday))
        #expect(try #require(CronTimes("0 0 1 * 1")).includes(sunday) == false)
    }

    /// Whatever the zone and the schedule: the moment that a step waits for is one at which it may run, and nothing
    /// before it is.
    @Test func theMomentThatIsNamedIsTheFirstThatIsOpen() throws {
        for seed in 0..<400 as Range<UInt64> {
            var dice = Dice(seed: seed)
            let zone = dice.isLucky(50) ? "Europe/Berlin" : "UTC"
            let cron = "\(dice.roll(4) * 15) \(dice.roll(24)) * * \(dice.isLucky(50) ? "*" : String(dice.roll(8)))"
            let windows = try [Self.window(cron, hours: 1 + dice.roll(30), zone)]
            let change = dice.isLucky(50) ? 1_774_746_000 : 1_792_890_000
            let now = Timestamp(seconds: Int64(change + (dice.roll(2000) - 1000) * 300))
            let said = try verdict([windows], at: now)
            guard said != "ready" else { continue }
            let opening = try #require(said.components("from ").last.flatMap { Timestamp(utc: String($0.prefix(16))) })
            #expect(opening > now, "seed \(seed)")
            #expect(try verdict([windows], at: opening) == "ready", "seed \(seed): \(cron) \(zone) at \(now)")
            let before = Timestamp(seconds: opening.seconds - 1)
            #expect(try verdict([windows], at: before) != "ready", "seed \(seed): \(cron) \(zone) at \(now)")
        }
    }
}

extension String {
    fileprivate func components(_ separator: String) -> [Substring] { split(separator: separator) }
}

extension Timestamp {
    /// `2026-11-21T18:00` in UTC, for tests.
    fileprivate init?(utc text: String) {
        let parts = text.split { "-T:".contains($0) }.compactMap { Int64($0) }
        guard parts.count == 5 else { return nil }
        // The days since 1970, by Howard Hinnant's `days_from_civil`.
        let (month, day) = (parts[1], parts[2])
        let year = month <= 2 ? parts[0] - 1 : parts[0]
        let yearOfEra = year % 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        let days = year / 400 * 146_097 + dayOfEra - 719_468
        self.init(seconds: days * 86_400 + parts[3] * 3600 + parts[4] * 60)
    }
}
