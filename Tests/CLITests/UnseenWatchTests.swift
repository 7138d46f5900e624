import Model
import Testing

@testable import CLI

@Suite struct UnseenWatchTests {
    private let unread = DriftView.Unseen(
        cluster: "lab", server: "web-1", reason: Sentence("plan.unreadDetail", "100"), isWhole: true)
    private let offline = DriftView.Unseen(
        cluster: "lab", server: "web-1", reason: Sentence("plan.offlineNode", "pve1"), isWhole: true)

    private func node(_ name: String) -> DriftView.Unseen {
        DriftView.Unseen(cluster: "lab", reason: Sentence("doctor.nodeOffline", name), isWhole: false)
    }

    @Test("what is unseen is said once, and so is that it can be seen again")
    func once() {
        var watch = UnseenWatch()
        #expect(watch.look([unread]) == [.unreadable(unread)])
        #expect(watch.look([unread]) == [])
        #expect(watch.look([]) == [.readable(unread)])
        #expect(watch.look([]) == [])
    }

    @Test("what is unseen for another reason is not seen again")
    func anotherReason() {
        var watch = UnseenWatch()
        _ = watch.look([unread])
        #expect(watch.look([offline, node("pve1")]) == [.unreadable(offline), .unreadable(node("pve1"))])
        #expect(watch.look([]) == [.readable(offline), .readable(node("pve1"))])
    }

    @Test("of two nodes of one cluster each comes and goes by itself")
    func nodes() {
        var watch = UnseenWatch()
        _ = watch.look([node("pve1")])
        #expect(watch.look([node("pve1"), node("pve2")]) == [.unreadable(node("pve2"))])
        #expect(watch.look([node("pve2")]) == [.readable(node("pve1"))])
    }
}
