import Model
import Planning
import Testing

/// Who can have brought a drift about: only tasks that can have done just that, all of them, latest first.
@Suite struct CulpritTests {
    private func task(_ type: String, _ user: String = "bob@pam", at second: Int64, of vmid: VMID = 100) -> ObservedTask
    {
        let start = Timestamp(seconds: 1_800_000_000 + second)
        var task = ObservedTask(
            upid: "UPID:pve1:\(type):\(user):\(second)", node: "pve1", type: type, vmid: vmid, user: user,
            startedAt: start)
        task.endedAt = Timestamp(seconds: start.seconds + 1)
        task.exitStatus = "OK"
        return task
    }

    private func culprits(
        _ world: World, _ tasks: [ObservedTask], since second: Int64? = nil, seen: [String: Int64] = [:]
    ) throws -> DriftItem.Culprit {
        var world = world
        world.inventory.pastTasks = tasks
        world.inventory.tasksAreWholeSince = Timestamp(seconds: 1_800_000_000)
        for need in detailsOfAll(world.input) {
            world.inventory.details[need.vmid] = world.configurations[need.vmid].map { .present($0) }
        }
        var input = world.input
        if let second { input.lastAgreed = ["web-01": Timestamp(seconds: 1_800_000_000 + second)] }
        input.firstSeen = ["web-01": seen.mapValues { Timestamp(seconds: 1_800_000_000 + $0) }]
        return try #require(driftReport(input).first).culprit
    }

    private func stopped() throws -> World {
        var world = try MainRoadTests.fleet()
        world.edit("web-01") { $0.power = .running }
        world.editGuest("web-01") { guest, _ in guest.status = .stopped }
        return world
    }

    @Test func everyTaskOfTheKindIsACandidateLatestFirst() throws {
        let early = task("qmshutdown", "alice@pve", at: 100)
        let late = task("qmstop", at: 200)
        let start = task("qmstart", "carol@pve", at: 150)
        let other = task("qmstop", at: 250, of: 101)
        #expect(try culprits(stopped(), [early, start, other, late]) == .tasks([late, early]))
    }

    @Test func whatWasDoneBeforeTheGuestWasLastRightIsNoCandidate() throws {
        let before = task("qmstop", "alice@pve", at: 100)
        let after = task("qmstop", at: 300)
        #expect(try culprits(stopped(), [before, after], since: 200) == .tasks([after]))
        guard case .between(let earlier?, _) = try culprits(stopped(), [before], since: 200) else {
            Issue.record("a task from before was taken for the culprit")
            return
        }
        #expect(earlier.seconds == 1_800_000_200)
        // Clocks of nodes and Plumb's may lie some seconds apart.
        #expect(try culprits(stopped(), [before], since: 108) == .tasks([before]))
    }

    private func moreCores() throws -> World {
        var world = try MainRoadTests.fleet()
        world.editGuest("web-01") { guest, configuration in
            configuration.settings.cores = 8
            guest.totalCores = 8
        }
        return world
    }

    @Test func whatWasSeenBeforeATaskBeganIsNotItsDoing() throws {
        let early = task("qmconfig", "alice@pve", at: 100)
        let late = task("qmconfig", at: 300)
        #expect(try culprits(moreCores(), [early, late]) == .tasks([late, early]))
        #expect(try culprits(moreCores(), [early, late], seen: ["cores 8": 200]) == .tasks([early]))
        let nobody = try culprits(moreCores(), [late], since: 50, seen: ["cores 8": 200])
        guard case .between(let earlier?, _) = nobody else {
            Issue.record("a task is named for what was there before it")
            return
        }
        #expect(earlier.seconds == 1_800_000_050)
        // Other cores than now, and another difference, were seen then.
        #expect(try culprits(moreCores(), [late], seen: ["cores 6": 200, "memory 8": 200]) == .tasks([late]))
    }

    @Test func aGuestThatStandsStillAgainWasStoppedAgain() throws {
        let again = task("qmstop", at: 300)
        #expect(try culprits(stopped(), [again], seen: ["power stopped": 200]) == .tasks([again]))
    }

    @Test func aLookKnowsWhatItSawAndByWhen() throws {
        var world = try moreCores()
        for need in detailsOfAll(world.input) {
            world.inventory.details[need.vmid] = world.configurations[need.vmid].map { .present($0) }
        }
        // Without the task log, the node's clock may be ahead as far as clocks may lie apart.
        let blind = try #require(seenDrift(world.input).first)
        #expect(blind.server == "web-01" && blind.differences == ["cores 8"])
        #expect(blind.by >= world.now + .seconds(10))
        world.inventory.tasksAreWholeSince = world.now
        let seen = try #require(seenDrift(world.input).first)
        #expect(seen.by == blind.by + .seconds(-10))
        var task = task("qmconfig", at: 0)
        task.startedAt = seen.by + .seconds(7)
        world.inventory.pastTasks = [task]
        #expect(seenDrift(world.input).map(\.by) == [task.startedAt])
    }

    @Test func ofATimeThatTheTaskLogDoesNotReachNobodyIsCleared() throws {
        guard case .untold(let earlier?, _, let told) = try culprits(stopped(), [], since: -86_400) else {
            Issue.record("a log that begins later was taken for a log without a task")
            return
        }
        #expect(earlier.seconds == 1_799_913_600 && told?.seconds == 1_800_000_000)
    }

    @Test func aGuestThatRunsWasNotStoppedByAnybody() throws {
        var world = try MainRoadTests.fleet()
        world.edit("web-01") { $0.power = .stopped }
        let start = task("qmstart", at: 100)
        #expect(try culprits(world, [task("qmstop", at: 200), start]) == .tasks([start]))
    }

    @Test(arguments: [
        ("resize", true), ("qmmove", false), ("qmconfig", true), ("qmrollback", true), ("qmstart", false),
        ("qmmigrate", false), ("vzdump", false),
    ])
    func aDiskThatGrew(type: String, canBe: Bool) throws {
        var world = try MainRoadTests.fleet()
        world.editGuest("web-01") { _, configuration in configuration.settings.disks[0].size = 40 }
        let task = task(type, at: 100)
        let culprit = try culprits(world, [task])
        if canBe {
            #expect(culprit == .tasks([task]))
        } else {
            guard case .untold(nil, _, _) = culprit else {
                Issue.record("\(type) cannot have made a disk larger")
                return
            }
        }
    }

    @Test func aServerThatCannotBeReadIsSaidAndHasNoDrift() throws {
        var world = try MainRoadTests.fleet()
        world.editGuest("web-01") { _, configuration in configuration.settings.cores = 8 }
        for need in detailsOfAll(world.input) {
            world.inventory.details[need.vmid] = world.configurations[need.vmid].map { .present($0) }
        }
        #expect(unreadServers(world.input) == [])
        world.inventory.details[100] = .unknown(Sentence("proxmox.unreadable", "half a body"))
        #expect(driftReport(world.input) == [])
        #expect(unreadServers(world.input).map(\.name) == ["web-01"])
        world.inventory.details[100] = nil
        #expect(unreadServers(world.input).map(\.name) == ["web-01"])
    }
}
