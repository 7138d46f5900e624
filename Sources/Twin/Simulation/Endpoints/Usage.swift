import JSONArena

/// What a guest uses at a moment: made up, plausible, and the same for the same moment.
struct Usage: Sendable {
    /// A fraction of all its processors.
    let cpu: JSONValue
    let memory: Int
    let disk: Int
    let uptime: Int
    let netIn: Int
    let netOut: Int
    let diskRead: Int
    let diskWrite: Int

    init(_ guest: Guest, at seconds: Int64) {
        guard guest.isRunning else {
            cpu = 0
            memory = 0
            disk = 0
            uptime = 0
            netIn = 0
            netOut = 0
            diskRead = 0
            diskWrite = 0
            return
        }
        let bits = SeededRandom.mix(UInt64(guest.vmid), UInt64(bitPattern: seconds / 10))
        let steady = SeededRandom.mix(UInt64(guest.vmid), 7)
        cpu = .double(Double(bits % 4000 + 20) / 100_000)
        memory = guest.summary.memory / 100 * Int(25 + steady % 50) + Int(bits % 1_048_576)
        disk = guest.kind == .lxc ? guest.summary.disk / 100 * Int(10 + steady % 30) : 0
        uptime = max(0, Int(seconds - guest.startedAt))
        netIn = uptime * Int(400 + steady % 9000)
        netOut = uptime * Int(300 + steady % 5000)
        diskRead = uptime * Int(900 + steady % 2000)
        diskWrite = uptime * Int(700 + steady % 8000)
    }
}
