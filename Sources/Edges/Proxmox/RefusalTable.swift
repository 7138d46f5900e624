/// What Proxmox's refusals mean. It gives no codes, only texts; this is the one place where they are looked at.
///
/// First match wins. A `*` in a pattern stands for any text. The texts are those of pve-manager, qemu-server,
/// pve-container, pve-guest-common, pve-cluster and pve-access-control, PVE 7 to 9; peers that answer 404 and 409
/// instead are understood as well.
enum RefusalTable {
    private enum Meaning {
        case unauthorized, permission, gone, collision, locked, notRunning, alreadyRunning, protected, changed
        case noQuorum, nodeUnreachable
    }

    private struct Rule {
        let statuses: ClosedRange<Int>
        let pattern: String
        let meaning: Meaning

        init(_ statuses: ClosedRange<Int>, _ pattern: String, _ meaning: Meaning) {
            self.statuses = statuses
            self.pattern = pattern
            self.meaning = meaning
        }
    }

    private static let any = 400...599

    private static let rules: [Rule] = [
        Rule(401...401, "*", .unauthorized),
        Rule(403...403, "*", .permission),
        Rule(595...596, "*", .nodeUnreachable),
        Rule(599...599, "*", .nodeUnreachable),
        // Before "does not exist", because some of these texts end with what was looked for.
        Rule(any, "*no quorum*", .noQuorum),
        Rule(any, "can't lock file '*' - got timeout*", .locked),
        Rule(any, "VM is locked (*)*", .locked),
        Rule(any, "CT is locked (*)*", .locked),
        Rule(any, "unable to * - VM * already exists on node '*'*", .collision),
        Rule(any, "unable to * - CT * already exists on node '*'*", .collision),
        Rule(any, "unable to create VM *: config file already exists*", .collision),
        Rule(any, "unable to create CT *: config file already exists*", .collision),
        Rule(any, "VM * already exists*", .collision),
        Rule(any, "CT * already exists*", .collision),
        Rule(any, "VM * already running*", .alreadyRunning),
        Rule(any, "CT * already running*", .alreadyRunning),
        Rule(any, "VM * not running*", .notRunning),
        Rule(any, "CT * not running*", .notRunning),
        Rule(any, "can't remove VM * - protection mode enabled*", .protected),
        Rule(any, "can't remove CT * - protection mode enabled*", .protected),
        Rule(any, "can't remove CT * - protection enabled*", .protected),
        Rule(any, "detected modified configuration - file changed by other user?*", .changed),
        Rule(any, "Configuration file '*' does not exist*", .gone),
        Rule(any, "unable to find configuration file for VM * on node '*'*", .gone),
        Rule(any, "VM * does not exist*", .gone),
        Rule(any, "CT * does not exist*", .gone),
        Rule(any, "no such VM ('*')*", .gone),
        Rule(any, "no such task*", .gone),
        Rule(any, "hostname lookup '*' failed*", .nodeUnreachable),
        Rule(any, "no such cluster node '*'*", .nodeUnreachable),
        Rule(404...404, "*", .gone),
        Rule(409...409, "*", .collision),
    ]

    static func failure(status: Int, text: String, parameters: [ParameterRefusal] = []) -> ProxmoxFailure {
        if let rule = rule(status, text) { return failure(rule.meaning, status, text) }
        // "Parameter verification failed." with the real reason below the parameter's name.
        for refusal in parameters {
            if let rule = rule(status, refusal.text) { return failure(rule.meaning, status, refusal.text) }
        }
        return status == 400 || !parameters.isEmpty
            ? .parameters(parameters, text: text) : .other(status: status, text: text)
    }

    private static func rule(_ status: Int, _ text: String) -> Rule? {
        rules.first { $0.statuses.contains(status) && matches(text.utf8[...], $0.pattern.utf8[...]) }
    }

    private static func failure(_ meaning: Meaning, _ status: Int, _ text: String) -> ProxmoxFailure {
        switch meaning {
        case .unauthorized: .unauthorized(text)
        case .permission: permission(text)
        case .gone: .gone(text)
        case .collision: .collision(text)
        case .locked: .locked(text)
        case .notRunning: .notRunning(text)
        case .alreadyRunning: .alreadyRunning(text)
        case .protected: .protected(text)
        case .changed: .changed(text)
        case .noQuorum: .noQuorum(text)
        case .nodeUnreachable: .nodeUnreachable(status: status, text: text)
        }
    }

    /// `Permission check failed (/vms/100, VM.PowerMgmt)`: path and privilege; other texts name neither.
    private static func permission(_ text: String) -> ProxmoxFailure {
        guard let open = text.firstIndex(of: "("), let close = text[open...].lastIndex(of: ")") else {
            return .permission(path: nil, privilege: nil, text: text)
        }
        let inside = text[text.index(after: open)..<close]
        guard inside.hasPrefix("/"), let comma = inside.firstIndex(of: ",") else {
            return .permission(path: nil, privilege: nil, text: text)
        }
        let privilege = inside[inside.index(after: comma)...].drop { $0 == " " }
        return .permission(path: String(inside[..<comma]), privilege: String(privilege), text: text)
    }

    /// Greedy matching with one point of return: linear in practice, and never exponential.
    private static func matches(_ text: Substring.UTF8View, _ pattern: Substring.UTF8View) -> Bool {
        var (place, wanted) = (text.startIndex, pattern.startIndex)
        var lastStar: (pattern: Substring.UTF8View.Index, text: Substring.UTF8View.Index)?
        while place < text.endIndex {
            if wanted < pattern.endIndex, pattern[wanted] == UInt8(ascii: "*") {
                lastStar = (pattern.index(after: wanted), place)
                wanted = pattern.index(after: wanted)
            } else if wanted < pattern.endIndex, pattern[wanted] == text[place] {
                place = text.index(after: place)
                wanted = pattern.index(after: wanted)
            } else if let star = lastStar {
                let next = text.index(after: star.text)
                lastStar = (star.pattern, next)
                (place, wanted) = (next, star.pattern)
            } else {
                return false
            }
        }
        return pattern[wanted...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
