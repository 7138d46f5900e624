import Model

/// A step of an earlier plan that a fresh look does not plan any more, and why.
package struct GoneStep: Hashable, Comparable, Sendable {
    package var id: StepID
    package var why: Why

    package init(_ id: StepID, _ why: Why) {
        self.id = id
        self.why = why
    }

    package enum Why: Hashable, Sendable {
        /// Nothing is left of it to do.
        case settled
        /// It was to end something that is declared again.
        case declaredAgain
        /// It was for something that is declared no longer.
        case undeclared
        /// These would be done now instead.
        case otherwise([StepID])
        /// A restart that cannot be made now, while the guest runs on with old values.
        case outstanding
    }

    /// Whether what it was for does not come about: somebody who agreed to it must hear of that.
    package var isLeftOut: Bool {
        switch why {
        case .settled: false
        case .declaredAgain, .undeclared, .otherwise, .outstanding: true
        }
    }

    package var sentence: Sentence {
        switch why {
        case .settled: Sentence("view.run.gone")
        case .declaredAgain: Sentence("pass.goneDeclared")
        case .undeclared: Sentence("pass.goneUndeclared")
        case .otherwise(let steps): Sentence("pass.goneOtherwise", steps.map(\.description).joined(separator: ", "))
        case .outstanding: Sentence("pass.goneOutstanding")
        }
    }

    package static func < (one: Self, other: Self) -> Bool { one.id < other.id }
}

extension GoneStep {
    /// - Parameters:
    ///   - steps: those of an earlier plan that the fresh one does not have.
    ///   - earlier: all steps of the earlier plan.
    static func all(_ steps: [Step], of earlier: Set<StepID>, in fresh: PlannedPass) -> [GoneStep] {
        guard !steps.isEmpty else { return [] }
        let desired = fresh.survey.desired
        let servers = Set(desired.servers.map(\.name))
        let isComplete = desired.completeness == .complete
        let others = fresh.plan.steps.filter { !earlier.contains($0.id) && $0.action.verb.replacesOthers }
        // By the name alone: what moves to another stack is the same server.
        let instead = Dictionary(grouping: others, by: \.subject.description)
        // Whoever cannot be restarted now, for it is suspended or its row is to be written first, is told of.
        let pending = Set(fresh.plan.findings.filter { $0.rule == "pendingRestart" }.map(\.subject))
        return steps.map { step in
            let isDeclared =
                switch step.subject {
                case .server(let name, _): servers.contains(name)
                case .object(let name): desired.declares(name)
                case .guest, .stack, .cluster: true
                }
            if isDeclared && step.action.verb.endsUndeclared { return GoneStep(step.id, .declaredAgain) }
            if !isDeclared && isComplete && step.action.verb.needsDeclaration { return GoneStep(step.id, .undeclared) }
            let others = instead[step.subject.description] ?? []
            guard others.isEmpty else { return GoneStep(step.id, .otherwise(others.map(\.id))) }
            let isOutstanding = step.action.verb == .restart && pending.contains(step.subject)
            return GoneStep(step.id, isOutstanding ? .outstanding : .settled)
        }
    }
}

extension Action.Verb {
    /// Whether it is only planned for what no document declares.
    fileprivate var endsUndeclared: Bool {
        switch self {
        case .destroy, .unregister: true
        case .create, .recreate, .update, .adopt, .untaint, .move, .rename, .forget, .start, .stop, .restart, .rebuild,
            .repairEntry, .record, .retire, .register, .updateRegistration:
            false
        }
    }

    /// Whether it is only planned for what a document declares.
    fileprivate var needsDeclaration: Bool {
        switch self {
        case .create, .recreate, .update, .adopt, .untaint, .move, .rename, .rebuild, .repairEntry, .register,
            .updateRegistration:
            true
        // One that Plumb shut down for its removal is started, and its row is kept, without a declaration.
        case .destroy, .forget, .start, .stop, .restart, .record, .retire, .unregister: false
        }
    }

    /// Whether it takes another step's place. The others follow what was done: a restart follows an update.
    fileprivate var replacesOthers: Bool {
        switch self {
        case .create, .recreate, .update, .destroy, .adopt, .untaint, .move, .rename, .forget, .stop, .rebuild,
            .repairEntry, .register, .updateRegistration, .unregister:
            true
        case .start, .restart, .record, .retire: false
        }
    }
}

extension Desired {
    fileprivate func declares(_ object: ObjectName) -> Bool {
        switch object.kind {
        case .role: roles.contains { $0.name.key == object.key }
        case .databaseServer: databaseServers.contains { $0.name.key == object.key }
        case .database: databases.contains { $0.name.key == object.key }
        case .simulatedFleet: fleets.contains { $0.name.key == object.key }
        case .cluster, .server, .serverSet, .policy: false
        }
    }
}
