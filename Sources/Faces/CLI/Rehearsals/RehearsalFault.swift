import Foundation
import Loading
import Model
import Simulation

/// Something that is to go wrong in a rehearsal: `--fault NAME=VALUE`.
package enum RehearsalFault: Hashable, Sendable {
    /// Calls that work on a guest are refused, each with this chance, because its lock cannot be had.
    case lockTimeout(chance: Double)
    /// The node is lost after the last look and before the first step.
    case nodeDown(NodeName)
    /// The answer to a call that changes something never arrives, each with this chance; the work is done.
    case loseAnswer(chance: Double)
    /// Every task of that type ends in an error.
    case taskFails(type: String)
    /// Every task ends in an error with this chance.
    case tasksFail(chance: Double)
    /// Every task takes that much longer.
    case slow(Duration)

    package enum Name: String, CaseIterable, Sendable {
        case lockTimeout = "lock-timeout"
        case nodeDown = "node-down"
        case loseAnswer = "lose-answer"
        case taskFails = "task-fails"
        case slow
    }

    /// - Throws: what is wrong with the text, with the name that was probably meant.
    package init(_ text: String) throws(CommandFailure) {
        let halves = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let names = Name.allCases.map(\.rawValue)
        guard let name = Name(rawValue: halves[0]) else {
            guard let near = Suggestion.nearest(to: halves[0], among: names) else {
                throw CommandFailure(
                    Sentence("rehearse.fault.unknown", halves[0], names.joined(separator: ", ")), exit: .usage)
            }
            throw CommandFailure(Sentence("rehearse.fault.near", halves[0], near), exit: .usage)
        }
        guard halves.count == 2, let fault = try Self.fault(name, halves[1]) else {
            throw CommandFailure(Sentence(name.expectation, text), exit: .usage)
        }
        self = fault
    }

    private static func fault(_ name: Name, _ value: String) throws(CommandFailure) -> RehearsalFault? {
        switch name {
        case .lockTimeout: chance(value).map { .lockTimeout(chance: $0) }
        case .nodeDown: value.isEmpty ? nil : .nodeDown(NodeName(value))
        case .loseAnswer: chance(value).map { .loseAnswer(chance: $0) }
        case .taskFails: try taskFails(value)
        case .slow: Duration(spoken: value).map { .slow($0) }
        }
    }

    private static func taskFails(_ value: String) throws(CommandFailure) -> RehearsalFault? {
        if let chance = chance(value) { return .tasksFail(chance: chance) }
        if TaskCall.patterns[value] != nil { return .taskFails(type: value) }
        guard let near = Suggestion.nearest(to: value, among: TaskCall.patterns.keys.sorted()) else { return nil }
        throw CommandFailure(Sentence("rehearse.fault.near", value, near), exit: .usage)
    }

    private static func chance(_ text: String) -> Double? {
        Double(text).flatMap { $0 > 0 && $0 <= 1 ? $0 : nil }
    }
}

extension RehearsalFault.Name {
    /// What the value must be.
    fileprivate var expectation: SentenceCode {
        switch self {
        case .lockTimeout, .loseAnswer: "rehearse.fault.chance"
        case .nodeDown: "rehearse.fault.node"
        case .taskFails: "rehearse.fault.task"
        case .slow: "rehearse.fault.duration"
        }
    }
}

extension RehearsalFault {
    /// As it was asked for.
    package var text: String {
        switch self {
        case .lockTimeout(let chance): "\(Name.lockTimeout.rawValue)=\(Self.plain(chance))"
        case .nodeDown(let node): "\(Name.nodeDown.rawValue)=\(node)"
        case .loseAnswer(let chance): "\(Name.loseAnswer.rawValue)=\(Self.plain(chance))"
        case .taskFails(let type): "\(Name.taskFails.rawValue)=\(type)"
        case .tasksFail(let chance): "\(Name.taskFails.rawValue)=\(Self.plain(chance))"
        case .slow(let span): "\(Name.slow.rawValue)=\(Self.plain(span))"
        }
    }

    private static func plain(_ chance: Double) -> String { chance == 1 ? "1" : String(chance) }

    private static func plain(_ span: Duration) -> String {
        let milliseconds = span.wholeMilliseconds
        return milliseconds % 1000 == 0 ? "\(milliseconds / 1000)s" : "\(milliseconds)ms"
    }

    /// The rules of a simulated cluster by which calls go wrong.
    var rules: [FaultRule] {
        switch self {
        case .lockTimeout(let chance):
            TaskCall.onGuests.map { call in
                FaultRule(on: call, chance: chance, effect: .error(status: 500, text: "can't lock file - got timeout"))
            }
        case .loseAnswer(let chance):
            TaskCall.writing.map { FaultRule(on: $0, chance: chance, effect: .loseAnswer) }
        case .taskFails(let type):
            (TaskCall.patterns[type] ?? []).map { FaultRule(on: $0, effect: .failTask("rehearsed failure")) }
        case .tasksFail(let chance):
            Set(TaskCall.patterns.values.joined()).sorted().map {
                FaultRule(on: $0, chance: chance, effect: .failTask("rehearsed failure"))
            }
        case .nodeDown, .slow: []
        }
    }

    var lostNode: NodeName? {
        switch self {
        case .nodeDown(let node): node
        case .lockTimeout, .loseAnswer, .taskFails, .tasksFail, .slow: nil
        }
    }

    var extraTime: Duration {
        switch self {
        case .slow(let span): span
        case .lockTimeout, .nodeDown, .loseAnswer, .taskFails, .tasksFail: .zero
        }
    }
}

/// Which calls of Proxmox's API begin which tasks.
enum TaskCall {
    /// By the task's type.
    static let patterns: [String: [String]] = [
        "qmclone": ["POST /nodes/*/qemu/*/clone"], "qmcreate": ["POST /nodes/*/qemu"],
        "qmstart": ["POST /nodes/*/qemu/*/status/start"], "qmstop": ["POST /nodes/*/qemu/*/status/stop"],
        "qmshutdown": ["POST /nodes/*/qemu/*/status/shutdown"], "qmreboot": ["POST /nodes/*/qemu/*/status/reboot"],
        "qmdestroy": ["DELETE /nodes/*/qemu/*"], "resize": ["PUT /nodes/*/qemu/*/resize", "PUT /nodes/*/lxc/*/resize"],
        "vzclone": ["POST /nodes/*/lxc/*/clone"], "vzcreate": ["POST /nodes/*/lxc"],
        "vzstart": ["POST /nodes/*/lxc/*/status/start"], "vzstop": ["POST /nodes/*/lxc/*/status/stop"],
        "vzshutdown": ["POST /nodes/*/lxc/*/status/shutdown"], "vzreboot": ["POST /nodes/*/lxc/*/status/reboot"],
        "vzdestroy": ["DELETE /nodes/*/lxc/*"],
    ]

    private static let changing = ["PUT /nodes/*/qemu/*/config", "PUT /nodes/*/lxc/*/config"]

    /// Calls that take the lock of a guest that is there.
    static let onGuests =
        (patterns.filter { !["qmcreate", "vzcreate"].contains($0.key) }.values.joined() + changing).sorted()

    static let writing = (patterns.values.joined() + changing).sorted()
}

extension Duration {
    /// `30s`, `5m`, `2h`, `500ms`; nil for anything else, and for less than a millisecond.
    init?(spoken text: String) {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let count = Int(digits), count > 0, count < 1_000_000 else { return nil }
        switch text.dropFirst(digits.count) {
        case "ms": self = .milliseconds(count)
        case "s": self = .seconds(count)
        case "m": self = .seconds(count * 60)
        case "h": self = .seconds(count * 3600)
        default: return nil
        }
    }
}
