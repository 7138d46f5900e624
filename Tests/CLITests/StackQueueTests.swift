import Model
import Synchronization
import Testing

@testable import CLI

@Suite("The queue at a stack")
struct StackQueueTests {
    private static func stack(_ name: String) -> StackID { StackID(cluster: ClusterName("lab"), name: name) }

    @Test("One at a time is in a stack, and they come in the order in which they asked")
    func isInOrder() async {
        let queue = StackQueue()
        let stack = Self.stack("default")
        let order = Order()
        await queue.enter(stack)
        await withTaskGroup(of: Void.self) { group in
            for number in 1...5 {
                let (asked, ask) = AsyncStream<Void>.makeStream()
                group.addTask {
                    ask.finish()
                    await queue.enter(stack)
                    order.add(number)
                    await queue.leave(stack)
                }
                for await _ in asked {}
                // The task has begun; that it waits shows in the queue.
                while await queue.waiters(of: stack) < number { await Task.yield() }
            }
            #expect(order.numbers.isEmpty)
            await queue.leave(stack)
        }
        #expect(order.numbers == [1, 2, 3, 4, 5])
        #expect(await queue.waiters(of: stack) == 0)
    }

    @Test("Another stack is entered at once")
    func othersAreFree() async {
        let queue = StackQueue()
        await queue.enter(Self.stack("one"))
        await queue.enter(Self.stack("two"))
        #expect(await queue.waiters(of: Self.stack("two")) == 0)
        await queue.leave(Self.stack("one"))
        await queue.leave(Self.stack("two"))
    }
}

/// Who came, in order.
private final class Order: Sendable {
    private let all = Mutex<[Int]>([])

    var numbers: [Int] { all.withLock(\.self) }

    func add(_ number: Int) { all.withLock { $0.append(number) } }
}
