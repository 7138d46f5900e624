import JSONArena
import Model

/// `/simulation`: what happens to a cluster rather than what is asked of it. Only root may, and no real cluster has it.
///
/// | call | does |
/// |---|---|
/// | `PUT /simulation/nodes/N` `online=0|1` | a node is lost, with what runs there, or comes back |
/// | the same with `member=0|1` | a node leaves the cluster, its guests live on out of sight, or joins it again |
/// | `PUT /simulation/name` `name`, or nothing | it answers as another cluster, or as itself |
/// | `PUT /simulation/quorum` `quorate=0|1`, or nothing | overrides the majority's word, or gives it back |
/// | `PUT /simulation/guests/ID` `lock`, `delete=lock`, `agent`, `node` | a lock, an agent inside, a move by HA |
/// | `PUT /simulation/limits` `clones=N`, or nothing | more clones of one template at a time meet its lock, or any number may run |
/// | `PUT /simulation/tokens` `id`, `separated=0|1` | a token has only its own rights, or all of its user's |
/// | `POST /simulation/faults` `on`, `effect`, `guest`, `chance`, `times` | a rule more |
/// | the same with `status`, `text`, `milliseconds` | for the effects `error`, `failTask`, `delay`; `hang` is cut after that |
/// | the effects without any | `truncate`, `loseAnswer`, `emptyList`, `loseRights` of the calling token, a `rival` on the number |
/// | the same with `skip`, `after` | so many calls are let through first; only once a call like `after` was made |
/// | `GET /simulation/forced` | the guests that ran and were asked to shut down with `forceStop`, by their numbers |
/// | `PUT /simulation/blueprint` `blueprint` | what is declared now, as JSON; carried out by the host |
/// | `GET`, `DELETE /simulation/faults` (`on`) | the rules and how often they hit; takes one, or all, out, with what they delay |
extension SimulatedCluster {
    mutating func simulation(_ call: Call) throws(Refusal) -> JSONValue {
        guard call.identity.user == "root@pam" else { throw .forbidden("/", "Sys.Modify") }
        let area = call.parts.count > 1 ? call.parts[1] : ""
        switch (call.method, area) {
        case (.put, "nodes") where call.parts.count == 3:
            if let isMember = try call.flag("member") {
                try isMember ? rejoin(call.parts[2]) : leave(call.parts[2])
            } else {
                guard let online = try call.flag("online") else { throw .missing("online") }
                try setNode(call.parts[2], online: online, call)
            }
        case (.put, "name"): otherName = call.text("name")
        case (.put, "quorum"): forcedQuorum = try call.flag("quorate")
        case (.put, "guests") where call.parts.count == 3: try happen(to: call.parts[2], call)
        case (.put, "limits"): clonesAtOnce = try call.number("clones")
        case (.put, "tokens"):
            let id = try call.requiredText("id")
            guard let isSeparated = try call.flag("separated") else { throw .missing("separated") }
            guard access.separate(id, isSeparated) else { throw .failed("no such token '\(id)'") }
        case (.get, "forced"): return .array((forcedShutdowns ?? []).map { .int($0) })
        case (.get, "faults"): return .array(faults.entries.map(Self.rendered))
        case (.post, "faults"): faults.add(try Self.rule(call))
        case (.delete, "faults"):
            if let pattern = call.text("on") { faults.remove(on: pattern) } else { faults.removeAll() }
        default: throw .unknown(call.method, call.path)
        }
        revision += 1
        return .null
    }

    private mutating func setNode(_ name: String, online: Bool, _ call: Call) throws(Refusal) {
        guard let index = nodes.firstIndex(where: { $0.name == name }) else { throw .failed("no such node '\(name)'") }
        guard nodes[index].isOnline != online else { return }
        nodes[index].isOnline = online
        if online {
            nodes[index].bootedAt = now.milliseconds
            return
        }
        for (record, effect) in ledger.takeRunning(on: name) {
            ledger.end(record.upid, status: "unexpected status", at: now)
            if let vmid = effect.guest { guests[vmid]?.busyUntil = 0 }
        }
        for vmid in guests.keys.sorted() where guests[vmid]?.node == name {
            let wasRunning = guests[vmid]?.isRunning == true
            halt(vmid)
            guard guests[vmid]?.isHighlyAvailable == true, hasQuorum, let refuge = entryNode else { continue }
            try move(vmid, to: refuge, restart: true)
            guard wasRunning, let guest = guests[vmid] else { continue }
            _ = begin(
                guest.kind.taskPrefix + "start", on: refuge, id: String(vmid), of: call, effect: .start(vmid))
        }
    }

    private mutating func happen(to text: String, _ call: Call) throws(Refusal) {
        guard let vmid = Int(text), let guest = guests[vmid] else { throw .failed("no such guest '\(text)'") }
        let agent = try call.flag("agent")
        if let node = call.text("node"), node != guest.node { try move(vmid, to: node, restart: false) }
        if let lock = call.text("lock") { guests[vmid]?.lock = lock }
        if call.text("delete") == "lock" { guests[vmid]?.lock = nil }
        if let agent { guests[vmid]?.hasAgent = agent }
    }

    private static func rule(_ call: Call) throws(Refusal) -> FaultRule {
        let milliseconds = try call.number("milliseconds") ?? 0
        let text = call.text("text") ?? "simulated fault"
        let effect: FaultRule.Effect
        switch try call.requiredText("effect") {
        case "delay": effect = .delay(.milliseconds(milliseconds))
        case "error": effect = .error(status: try call.number("status") ?? 500, text: text)
        case "hang": effect = milliseconds > 0 ? .cut(after: .milliseconds(milliseconds)) : .hang
        case "truncate": effect = .truncate
        case "loseAnswer": effect = .loseAnswer
        case "failTask": effect = .failTask(text)
        case "emptyList": effect = .emptyList
        case "loseRights": effect = .loseRights
        case "rival": effect = .rival
        default:
            throw .parameter(
                "effect",
                "not one of delay, error, hang, truncate, loseAnswer, failTask, emptyList, loseRights, rival")
        }
        let chance = call.text("chance").flatMap { Double($0) } ?? 1
        var rule = FaultRule(
            on: try call.requiredText("on"), guest: call.text("guest"), chance: chance, times: try call.number("times"),
            effect: effect)
        rule.skip = try call.number("skip")
        rule.after = call.text("after")
        return rule
    }

    private static func rendered(_ entry: FaultTable.Entry) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("on", .string(entry.rule.on)), .init("chance", .double(entry.rule.chance)),
            .init("seen", .int(Int(clamping: entry.seen))), .init("hit", .int(entry.hit)),
        ]
        if let guest = entry.rule.guest { members.append(.init("guest", .string(guest))) }
        if let skip = entry.rule.skip { members.append(.init("skip", .int(skip))) }
        if let after = entry.rule.after { members.append(.init("after", .string(after))) }
        if let times = entry.rule.times { members.append(.init("times", .int(times))) }
        switch entry.rule.effect {
        case .delay(let span):
            members += [.init("effect", "delay"), .init("milliseconds", .int(Int(span.wholeMilliseconds)))]
        case .error(let status, let text):
            members += [.init("effect", "error"), .init("status", .int(status)), .init("text", .string(text))]
        case .hang: members.append(.init("effect", "hang"))
        case .cut(let span):
            members += [.init("effect", "hang"), .init("milliseconds", .int(Int(span.wholeMilliseconds)))]
        case .truncate: members.append(.init("effect", "truncate"))
        case .loseAnswer: members.append(.init("effect", "loseAnswer"))
        case .emptyList: members.append(.init("effect", "emptyList"))
        case .loseRights: members.append(.init("effect", "loseRights"))
        case .rival: members.append(.init("effect", "rival"))
        case .failTask(let text): members += [.init("effect", "failTask"), .init("text", .string(text))]
        }
        return .object(members)
    }
}
