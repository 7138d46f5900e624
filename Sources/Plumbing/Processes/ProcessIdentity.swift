import Glibc

/// One process among all that ever had its number: the number comes again, but not with the same start in the same
/// boot. What one process notes, another can look for later.
package struct ProcessIdentity: Hashable, Sendable, CustomStringConvertible {
    package var pid: Int32
    /// When it started, in clock ticks since the boot (field 22 of `/proc/PID/stat`).
    package var startTicks: UInt64
    /// `/proc/sys/kernel/random/boot_id`.
    package var bootID: String

    package init(pid: Int32, startTicks: UInt64, bootID: String) {
        self.pid = pid
        self.startTicks = startTicks
        self.bootID = bootID
    }

    /// The process that has that number now; nil where there is none, or where it has ended and was not yet reaped.
    package init?(pid: Int32) {
        guard let stat = ProcessStat(pid: pid), !stat.hasEnded, let bootID = Self.currentBootID else { return nil }
        self.init(pid: pid, startTicks: stat.startTicks, bootID: bootID)
    }

    /// This process.
    package static var current: ProcessIdentity? { ProcessIdentity(pid: getpid()) }

    /// What the kernel drew at boot; nil where `/proc` is not mounted.
    package static let currentBootID: String? = {
        let text = SmallFile.text("/proc/sys/kernel/random/boot_id")?.prefix { $0 != "\n" }
        return text.map(String.init)
    }()

    /// Whether that very process is still there and has not ended.
    package var isAlive: Bool { ProcessIdentity(pid: pid) == self }

    /// Its direct children.
    package var children: [ProcessIdentity] {
        guard isAlive, let names = SmallFile.names(in: "/proc") else { return [] }
        return names.compactMap { Int32($0) }.compactMap { pid in
            guard let stat = ProcessStat(pid: pid), stat.parent == self.pid, !stat.hasEnded else { return nil }
            return ProcessIdentity(pid: pid, startTicks: stat.startTicks, bootID: bootID)
        }
    }

    /// Whether this was a session's leader that is gone while others of its session are still there: a provider
    /// goes on for seconds after its Terraform was killed.
    package var hasSurvivors: Bool {
        guard bootID == Self.currentBootID, ProcessStat(pid: pid).map({ $0.startTicks == startTicks }) ?? true,
            let names = SmallFile.names(in: "/proc")
        else { return false }
        return names.compactMap { Int32($0) }.contains { other in
            guard other != pid, let stat = ProcessStat(pid: other) else { return false }
            return stat.session == pid && !stat.hasEnded
        }
    }

    /// `PID:TICKS:BOOT`.
    package var description: String { "\(pid):\(startTicks):\(bootID)" }

    /// Reads what ``description`` wrote.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, let pid = Int32(parts[0]), pid > 0, let ticks = UInt64(parts[1]), !parts[2].isEmpty
        else { return nil }
        self.init(pid: pid, startTicks: ticks, bootID: String(parts[2]))
    }
}

/// What of `/proc/PID/stat` is needed here; the format is in proc(5).
struct ProcessStat {
    var pid: Int32
    var state: UInt8
    var parent: Int32
    var session: Int32
    var startTicks: UInt64

    /// A zombie has ended, although its number is still taken.
    var hasEnded: Bool { [UInt8(ascii: "Z"), UInt8(ascii: "X"), UInt8(ascii: "x")].contains(state) }

    init?(pid: Int32) {
        guard let line = SmallFile.text("/proc/\(pid)/stat") else { return nil }
        self.init(line: line)
    }

    init?(line: String) {
        // Bytes, not characters: this is read many times a second for each program that is waited for.
        let bytes = Array(line.utf8)
        // The name in parentheses may hold blanks and parentheses itself: the last one ends it.
        guard let open = bytes.firstIndex(of: UInt8(ascii: "(")), let close = bytes.lastIndex(of: UInt8(ascii: ")")),
            open < close
        else { return nil }
        let isBlank = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") }
        let fields = bytes[(close + 1)...].split(maxSplits: 20, whereSeparator: isBlank)
        let text = { (part: ArraySlice<UInt8>) in String(decoding: part, as: UTF8.self) }
        guard fields.count > 19, let state = fields[0].first,
            let pid = Int32(text(bytes[..<open].filter { !isBlank($0) }[...])),
            let parent = Int32(text(fields[1])), let session = Int32(text(fields[3])),
            let ticks = UInt64(text(fields[19]))
        else { return nil }
        (self.pid, self.state, self.parent, self.session, startTicks) = (pid, state, parent, session, ticks)
    }
}
