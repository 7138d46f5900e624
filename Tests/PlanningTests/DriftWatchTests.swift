import Model
import Planning
import Testing

/// What is news from one look to the next.
@Suite struct DriftWatchTests {
    private func item(_ server: ServerName, _ path: String, live: String, _ culprit: DriftItem.Culprit? = nil)
        -> DriftItem
    {
        var item = DriftItem(
            server: server, stack: StackID(cluster: "lab", name: "main"), vmid: 100, kind: .changed, path: path,
            depth: .detailed, disagreeing: [.live], culprit: culprit ?? .between(nil, Timestamp(seconds: 1)))
        item.desired = "2"
        item.live = live
        return item
    }

    @Test func whatAppearsChangesAndHealsIsSaidOnce() {
        var watch = DriftWatch()
        let cores = item("web-1", "cores", live: "8")
        let memory = item("web-1", "memory", live: "1GiB")
        #expect(watch.look([cores, memory]) == [.appeared(cores), .appeared(memory)])
        #expect(watch.look([cores, memory]) == [])
        // A later look is later, and that is no news.
        #expect(watch.look([item("web-1", "cores", live: "8", .between(nil, Timestamp(seconds: 9))), memory]) == [])
        let more = item("web-1", "cores", live: "16")
        #expect(watch.look([more, memory]) == [.changed(more)])
        #expect(watch.look([memory]) == [.healed(more)])
        #expect(watch.hasDrift && watch.count == 1)
        #expect(watch.look([]) == [.healed(memory)])
        #expect(!watch.hasDrift)
        #expect(watch.look([cores]) == [.appeared(cores)])
    }

    @Test(arguments: ["cluster", "stack", "server"])
    func whatCannotBeSeenHasNotHealed(_ part: String) {
        var watch = DriftWatch()
        let cores = item("web-1", "cores", live: "8")
        _ = watch.look([cores])
        var blind = DriftWatch.Blindness()
        switch part {
        case "cluster": blind.clusters = ["lab"]
        case "stack": blind.stacks = [cores.stack]
        default: blind.servers = ["web-1"]
        }
        #expect(watch.look([], blind: blind) == [])
        #expect(watch.hasDrift)
        #expect(watch.look([cores]) == [])
        #expect(watch.look([]) == [.healed(cores)])
    }

    @Test func whatCannotBeSeenHidesNoOther() {
        var watch = DriftWatch()
        let one = item("web-1", "cores", live: "8")
        let other = item("web-2", "cores", live: "8")
        _ = watch.look([one, other])
        var blind = DriftWatch.Blindness()
        blind.servers = ["web-1"]
        #expect(watch.look([], blind: blind) == [.healed(other)])
    }
}
