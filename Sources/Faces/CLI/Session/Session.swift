import Model
import Reconciliation

/// One command's hold on the fleet: what is declared, and everything that can be asked about it.
package struct Session: Sendable {
    package var desired: Desired
    package var configuration: ConfigurationReport
    package var reconciler: Reconciler
    package var auditor: Auditor
    /// What is declared now.
    package var reread: @Sendable () async throws -> Declarations
    /// On whose behalf things are done.
    package var person: String
    /// `FILE:LINE` of a field such as `spec.apply`, or of the nearest part that is written; nil: nowhere.
    package var place: @Sendable (_ object: ObjectName, _ field: String) -> String? = { _, _ in nil }
    /// Nothing that it writes down is kept: there is no room, or no right to write.
    package var isLookOnly = false
    /// What is written down of plans, runs and decisions.
    let ledger: RegistryLedger
    /// The states of stacks, also those about which a person decides.
    let stacks: TerraformStacks
    /// Lets go of files and connections.
    package var close: @Sendable () async -> Void

    init(
        desired: Desired, configuration: ConfigurationReport, reconciler: Reconciler, auditor: Auditor, person: String,
        ledger: RegistryLedger, stacks: TerraformStacks, reread: @escaping @Sendable () async throws -> Declarations,
        close: @escaping @Sendable () async -> Void
    ) {
        self.desired = desired
        self.configuration = configuration
        self.reconciler = reconciler
        self.auditor = auditor
        self.person = person
        self.ledger = ledger
        self.stacks = stacks
        self.reread = reread
        self.close = close
    }

    /// What is declared, and the commit that says so.
    package struct Declarations: Sendable {
        package var desired: Desired
        /// Abbreviated; nil outside of a git repository.
        package var commit: String?

        package init(desired: Desired, commit: String?) {
            self.desired = desired
            self.commit = commit
        }
    }
}

extension Session {
    /// The same for a person who only wants to see: what the daemon waits for is shown as waiting.
    var showing: Session {
        var session = self
        session.reconciler.manner = .shown
        return session
    }

    /// A plan for the servers that the patterns name; nil patterns: for all.
    ///
    /// - Parameter isRebuild: whether they are to be rebuilt.
    /// - Throws: when a pattern names no server.
    package func plan(targets patterns: [String], isRebuild: Bool = false) async throws -> PlannedPass {
        let targets = try await reconciler.targets(patterns, in: desired)
        let request = PlanRequest(rebuilds: isRebuild ? Set(targets ?? []) : [])
        return try await reconciler.plan(
            desired, targets: targets, request: request, commit: configuration.commit, by: person)
    }

    /// A fresh look at a plan that was stored: the steps of it that are still so.
    func plan(stored reference: PlanReference) async throws -> PlannedPass {
        let (_, earlier) = try await reference.find(in: reconciler.ledger)
        let request = PlanRequest(again: earlier)
        let fresh = try await reconciler.plan(desired, request: request, commit: configuration.commit, by: person)
        return reconciler.confine(fresh, to: earlier)
    }

}

extension Reconciler {
    /// Declared and recorded servers that the words and patterns mean, ascending; nil where there is none.
    ///
    /// - Throws: when one means no server, or a word means several.
    func targets(_ patterns: [String], in desired: Desired) async throws -> [ServerName]? {
        if patterns.isEmpty { return nil }
        let names = ServerNames(desired, try await ledger.recorded())
        var chosen: Set<ServerName> = []
        for pattern in patterns { chosen.formUnion(try names.matching(pattern)) }
        return chosen.sorted()
    }
}

/// A name with `*` (any text) and `?` (any character), compared without case.
struct NamePattern: Sendable {
    private let pattern: [Character]

    init(_ text: String) { pattern = Array(text.lowercased()) }

    var isPlain: Bool { !pattern.contains("*") && !pattern.contains("?") }

    /// Linear but for the last star, to which it goes back.
    func matches(_ name: String) -> Bool {
        let text = Array(name.lowercased())
        var (at, position) = (0, 0)
        var star: (at: Int, position: Int)?
        while position < text.count {
            if at < pattern.count, pattern[at] == "*" {
                star = (at, position)
                at += 1
            } else if at < pattern.count, pattern[at] == "?" || pattern[at] == text[position] {
                at += 1
                position += 1
            } else if let last = star {
                star = (last.at, last.position + 1)
                at = last.at + 1
                position = last.position + 1
            } else {
                return false
            }
        }
        return pattern[at...].allSatisfy { $0 == "*" }
    }
}
