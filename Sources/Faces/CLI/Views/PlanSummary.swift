import JSONArena
import Model

/// What a plan comes to, in one line.
package struct PlanSummary: Sendable {
    package var id: PlanID
    /// How many steps of each verb there are; verbs without one are left out.
    package var counts: [(verb: Action.Verb, count: Int)]
    package var needingApproval: Int
    package var blocked: Int
    package var waiting: Int
    /// Whether all was read that the plan rests on: otherwise a plan without steps does not say that there is nothing to do.
    package var isCertain: Bool

    package init(_ plan: Plan, id: PlanID, isCertain: Bool = true) {
        self.id = id
        self.isCertain = isCertain
        let byVerb = Dictionary(grouping: plan.steps, by: \.action.verb).mapValues(\.count)
        counts = Action.Verb.allCases.compactMap { verb in byVerb[verb].map { (verb: verb, count: $0) } }
        needingApproval = 0
        blocked = plan.findings.count { $0.kind == .blocked }
        waiting = plan.findings.count { $0.kind == .waiting }
        for step in plan.steps {
            switch step.disposition {
            case .ready: break
            case .needsApproval: needingApproval += 1
            case .blocked: blocked += 1
            case .waiting: waiting += 1
            }
        }
    }

    package func text(in page: Page) -> String {
        var parts = counts.map { page.what(Sentence($0.verb.count, String($0.count))) }
        if parts.isEmpty { parts.append(page.what(isCertain ? "view.plan.nothing" : "view.plan.uncertain")) }
        var rests: [String] = []
        if needingApproval > 0 { rests.append(page.what("view.count.needingApproval", String(needingApproval))) }
        if blocked > 0 { rests.append(page.what("view.count.blocked", String(blocked))) }
        if waiting > 0 { rests.append(page.what("view.count.waiting", String(waiting))) }
        let all = [parts.joined(separator: ", "), rests.joined(separator: ", ")].filter { !$0.isEmpty }
        return page.paint(page.what("view.plan.title", id.description), .bold) + " " + all.joined(separator: "; ") + "."
    }

    package var json: JSONValue {
        .object(
            counts.map { JSONValue.Member($0.verb.rawValue, .int($0.count)) } + [
                JSONValue.Member("needingApproval", .int(needingApproval)), JSONValue.Member("blocked", .int(blocked)),
                JSONValue.Member("waiting", .int(waiting)),
            ])
    }
}
