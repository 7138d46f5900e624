import ArgumentParser
import Foundation
import Model
import Planning
import Reconciliation

/// What `--approve-destroy` says: who may end.
enum EndApproval: Sendable, Hashable {
    /// Exactly that many, whoever they are.
    case count(Int)
    /// Those and nobody else, each by its name or display name, beside others also by its VMID: one number counts.
    case servers([String])

    static var help: ArgumentHelp {
        ArgumentHelp(
            """
            Do not ask; approves the end of these servers, divided by commas, and no other ends. Repeatable. A number \
            approves what destroys, if that is exactly as many servers.
            """, valueName: "names")
    }

    /// - Parameter given: what stands behind the option, each time that it is given; a comma divides names.
    /// - Returns: nil where it is not given.
    static func parsed(_ given: [String]) throws(ValidationError) -> EndApproval? {
        if given.isEmpty { return nil }
        var words: [String] = []
        for text in given {
            for word in text.split(separator: ",", omittingEmptySubsequences: false) {
                words.append(word.trimmingCharacters(in: .whitespaces))
            }
        }
        let number = words.count == 1 ? Int(words[0]) : nil
        if words.contains("") || number.map({ $0 < 0 }) ?? false {
            throw ValidationError("--approve-destroy takes the names of servers, divided by commas, or their number.")
        }
        if let number { return .count(number) }
        return .servers(words)
    }

    /// Whether it says who, so that a plan which changed meanwhile can be held against it.
    var isByName: Bool {
        switch self {
        case .count: false
        case .servers: true
        }
    }

    /// The steps of a pass that end those who may end.
    ///
    /// - Throws: where they are not as many, where somebody who is named would not end, and where somebody would who is
    ///   not named and whom no further yes holds.
    func ends(of pass: PlannedPass) throws(CommandFailure) -> [Step] {
        let free = pass.plan.steps.filter { $0.destroysServer && $0.mayRunAfterApproval }
        switch self {
        case .count(let number):
            guard free.count != number else { return free }
            let refusal =
                pass.heldRemovals(free: free.count, asked: number)
                ?? Sentence("cli.destroyCount", String(free.count), String(number), free.endingNames)
            throw CommandFailure(refusal)
        case .servers(let words):
            // What only comes after another step comes free with it.
            let ends = pass.plan.steps.filter { $0.destroysServer && ($0.mayRunAfterApproval || $0.follows) }
            let named = try Self.named(words, among: ends, in: pass)
            let meant = ends.filter { step in step.subject.server.map { named.contains($0) } ?? false }
            let missing = named.subtracting(meant.compactMap(\.subject.server)).sorted()
            guard missing.isEmpty else { throw CommandFailure(pass.refusal(toEnd: missing, free: free)) }
            let others = free.filter { step in step.disposition == .ready && !meant.contains { $0.id == step.id } }
            guard others.isEmpty else {
                throw CommandFailure(Sentence("cli.endsUnnamed", others.endingNames, String(others.count)))
            }
            return meant
        }
    }

    private static func named(
        _ words: [String], among ends: [Step], in pass: PlannedPass
    ) throws(CommandFailure) -> Set<ServerName> {
        let known = ServerNames(pass.survey.desired, pass.survey.recorded)
        var named: Set<ServerName> = []
        for word in words {
            let name = ServerName(word)
            if ends.contains(where: { $0.subject.server == name }) {
                named.insert(name)
            } else {
                named.insert(try known.one(word))
            }
        }
        return named
    }
}

extension PlannedPass {
    /// The same without an end that came free since the plan was shown: whoever said who may end did not say so of it.
    func ending(only ends: Set<StepID>) -> PlannedPass {
        var pass = self
        for index in pass.plan.steps.indices {
            let step = pass.plan.steps[index]
            guard step.destroysServer, step.disposition == .ready, !ends.contains(step.id) else { continue }
            pass.plan.steps[index].disposition = .blocked(Sentence("cli.endNotNamed", step.subject.description))
        }
        return pass
    }

    /// Why servers that are named do not end by this plan.
    fileprivate func refusal(toEnd servers: [ServerName], free: [Step]) -> Sentence {
        for held in heldEnds {
            guard let server = held.subject.server, servers.contains(server) else { continue }
            return Sentence("cli.endHeld", server.text, reason: held.reason)
        }
        // Of one that is declared, to be rebuilt, the plan says why it has no step for it.
        for finding in plan.findings where finding.kind != .notice {
            guard let server = finding.subject.server, servers.contains(server),
                !plan.steps.contains(where: { $0.subject.server == server })
            else { continue }
            return Sentence("cli.endBlocked", server.text, reason: finding.sentence)
        }
        let names = servers.map(\.text).joined(separator: ", ")
        return Sentence("cli.notEnded", names, String(servers.count), free.endingNames)
    }

    /// That what would be destroyed is held back: by a budget, a window, a lock, a doubt; nil: nothing is.
    ///
    /// - Parameters:
    ///   - free: how many may be destroyed.
    ///   - asked: the number that was given.
    fileprivate func heldRemovals(free: Int, asked: Int) -> Sentence? {
        // What a document with a mistake names may be declared by it, so that its end is not asked for.
        let held = heldEnds.filter { $0.reason.code != PlanCode.claimed.code }
        guard let first = held.first else { return nil }
        let names = held.map(\.subject.description)
        let shown = names.prefix(Self.namesShown).joined(separator: ", ")
        let more = names.count > Self.namesShown ? ", +\(names.count - Self.namesShown)" : ""
        return Sentence(
            "cli.destroyHeld", String(free), String(asked), String(held.count), shown + more, reason: first.reason)
    }

    /// Whose end is held back, and by what.
    private var heldEnds: [(subject: Subject, reason: Sentence)] {
        let formerly = survey.desired.servers.compactMap { $0.metadata.formerName.map { ServerName($0) } }
        let declared = Set(survey.desired.servers.map(\.name)).union(formerly)
        var held: [(subject: Subject, reason: Sentence)] = []
        for step in plan.steps where step.destroysServer {
            switch step.disposition {
            case .blocked(let reason), .waiting(let reason): held.append((step.subject, reason))
            case .ready, .needsApproval: break
            }
        }
        for finding in plan.findings where finding.kind != .notice {
            // Of one that nobody declares, what is held back is its end.
            guard case .server(let name, _) = finding.subject, !declared.contains(name) else { continue }
            held.append((finding.subject, finding.sentence))
        }
        return held
    }

    private static var namesShown: Int { 10 }
}

extension Step {
    /// Whether a guest ends by it.
    var destroysServer: Bool { effect == .destroy }

    /// Whether a yes is all that it may still want.
    var mayRunAfterApproval: Bool {
        switch disposition {
        case .ready, .needsApproval: true
        case .blocked, .waiting: false
        }
    }

    /// Whether it only waits for a step before it.
    fileprivate var follows: Bool {
        switch disposition {
        case .waiting(let reason): reason.code == PlanCode.follows.code
        case .ready, .needsApproval, .blocked: false
        }
    }
}

extension [Step] {
    /// The servers that end by them, as they can be named on the command line.
    var endingNames: String {
        let names = compactMap(\.subject.server?.text).sorted()
        return names.isEmpty ? "–" : names.joined(separator: ", ")
    }
}
