import Testing

@testable import Daemon

@Suite("When the daemon makes a pass")
struct PassScheduleTests {
    @Test("At once when it starts, and then regularly")
    func regularly() {
        var schedule = PassSchedule()
        #expect(schedule.nextAt == .zero)
        #expect(schedule.due(at: .zero) == .start)
        schedule.passed(at: .seconds(2), resyncAfter: .seconds(30))
        #expect(schedule.nextAt == .seconds(32))
        #expect(schedule.due(at: .seconds(31)) == nil)
        #expect(schedule.due(at: .seconds(32)) == .resync)
    }

    @Test("After 200 ms without another change")
    func settled() {
        var schedule = PassSchedule()
        _ = schedule.due(at: .zero)
        schedule.passed(at: .zero, resyncAfter: .seconds(30))
        schedule.change(at: .milliseconds(1000))
        schedule.change(at: .milliseconds(1150))
        #expect(schedule.nextAt == .milliseconds(1350))
        #expect(schedule.due(at: .milliseconds(1349)) == nil)
        #expect(schedule.due(at: .milliseconds(1350)) == .change)
        #expect(schedule.nextAt == .seconds(30))
    }

    @Test("After five seconds at the latest, even if changes never end")
    func burst() {
        var debounce = Debounce()
        for step in 0..<100 { debounce.change(at: .milliseconds(step * 100)) }
        #expect(debounce.dueAt == .seconds(5))
    }

    @Test("Changes during a pass bring one more")
    func during() {
        var schedule = PassSchedule()
        _ = schedule.due(at: .zero)
        schedule.change(at: .seconds(1))
        schedule.passed(at: .seconds(3), resyncAfter: .seconds(30))
        #expect(schedule.due(at: .seconds(3)) == .change)
        #expect(schedule.due(at: .seconds(3)) == nil)
    }
}
