import Model

/// Plans a fleet: `plan(desired, observed, recorded, policy, now) -> Plan`.
///
/// - Returns: the plan, which is complete and immutable, and what should be read to plan more.
package func planFleet(_ input: PlanningInput) -> PlanningResult { planFleet(input, isThorough: false) }

/// - Parameter isThorough: whether servers with plainly nothing to do take the long road too: the same plan, slower.
package func planFleet(_ input: PlanningInput, isThorough: Bool) -> PlanningResult {
    var planner = FleetPlanner(input)
    planner.isThorough = isThorough
    for stage in FleetPlanner.stages { stage(&planner) }
    return planner.finish()
}

/// The guests whose own configuration a plan needs: those that it may change, destroy, adopt or untaint, and those
/// whose identity the listing leaves open.
package func detailNeeds(_ input: PlanningInput) -> [DetailNeed] { planFleet(input).detailNeeds }

/// Stacks without a state that the registry has servers in, with their number, as the planner counts them.
package func lostStates(_ input: PlanningInput) -> [StackID: Int] {
    FleetPlanner.lostStates(of: input, among: Array(input.recorded.servers.indices))
}

/// A plan in the making. It must not know Terraform's files, Proxmox's API or how a step is carried out.
struct FleetPlanner {
    let input: PlanningInput
    let view: FleetView
    var isThorough = false
    let resolver: SettingsResolver
    /// Documents that could not be read; nil: the configuration is complete.
    let broken: Completeness.BrokenDocuments?
    let targets: Set<ServerName>?
    /// By position in ``FleetView/servers``.
    var matches: [LiveMatch] = []
    /// By cluster and guest: the position of the server that it is; -1: nobody's.
    var owners: [[Int]] = []
    var drafts: [DraftStep] = []
    var findings: [Finding] = []
    var needs: Set<DetailNeed> = []
    /// By cluster: guests that have their template's disks, and servers that declare some.
    var templatesDisks: [Int: Set<VMID>] = [:]
    var pools: [VMIDPool?]
    var nameIndexes: [[String: [Int]]?]
    var templates = TemplateBook()
    let declaredRoles: Set<RoleName>
    /// Policies that were over servers at their last apply and stand in no document that can be read, while there is one
    /// that cannot: it may be theirs.
    let unreadPolicies: Set<PolicyName>
    /// The VMID that was chosen for a server which did not exist yet.
    let leases: [LeaseHolder: VMID]
    /// Steps that change places with each other and are done together or not at all.
    var exchanges: Set<[StepID]> = []
    /// Those of them that only wait for another one.
    var heldInExchange: Set<StepID> = []
    /// By cluster: who has or declares a VMID; made when first asked for.
    var vmidHolders: [[VMID: [ServerName]]?]
    var policies: PolicyBook
    let calendar: WindowCalendar
    /// What was found of the windows of policies.
    var gates: [[[Policy.Window]]: WindowCalendar.Gate] = [:]
    /// `plumb: CLUSTER/STACK/` of each stack, made once.
    var markPrefixes: [StackID: String] = [:]
    /// How many of whom may be down together, for those that steps of the plan take down.
    var disruptions: [Disruption] = []
    /// Servers that are to be rebuilt.
    var wanted: Set<ServerName> = []
    /// Stacks without a state that the registry has servers in, with their number: a file that is missing, not an empty
    /// stack.
    let lostStates: [StackID: Int]
    /// Stacks whose state is not the one that was last seen there, nor one that came of it.
    let replacedStates: [StackID: ReplacedState]

    /// The stages in order. Each is short and leaves its report in ``findings``.
    static let stages: [@Sendable (inout FleetPlanner) -> Void] = [
        { $0.matchGuests() },
        { $0.decideServers() },
        { $0.readTemplatesDisks() },
        { $0.planObjects() },
        { $0.guardHosts() },
        { $0.holdPerhapsRenamed() },
        { $0.orderByDependencies() },
        { $0.orderDestroys() },
        { $0.guardAddresses() },
        { $0.dispose() },
        { $0.spendBudgets() },
        { $0.withholdRefused() },
        { $0.waitForOthers() },
        { $0.boundDisruptions() },
        { $0.dropNeedlessStarts() },
        { $0.reportUnmanaged() },
        { $0.reportPolicies() },
        { $0.reportKeptPolicies() },
        { $0.reportLeftPolicies() },
        { $0.reportReplacedStates() },
        { $0.reportForeignFiles() },
        { $0.reportLostRecords() },
        { $0.reportLostRegistry() },
        { $0.reportHighAvailability() },
        { $0.reportHealth() },
    ]

    init(_ input: PlanningInput) {
        self.input = input
        view = FleetView(input)
        resolver = SettingsResolver(roles: view.roles)
        switch input.desired.completeness {
        case .complete: broken = nil
        case .broken(let documents): broken = documents
        }
        targets = input.targets.map(Set.init)
        pools = Array(repeating: nil, count: view.clusters.count)
        nameIndexes = Array(repeating: nil, count: view.clusters.count)
        vmidHolders = Array(repeating: nil, count: view.clusters.count)
        policies = PolicyBook(input.desired.policies, now: input.now)
        calendar = WindowCalendar(zones: input.zones)
        let (servers, rows) = (view.servers, input.recorded.servers)
        // Who is in the state of its stack lost none.
        let unstated = servers.indices.compactMap { position -> Int? in
            guard let row = servers[position].recorded else { return nil }
            guard let state = servers[position].state else { return row }
            let stack = input.observed.stacks[state.stack].id
            return stack.name == rows[row].stack.name && stack.cluster.key == rows[row].stack.cluster.key ? nil : row
        }
        lostStates = Self.lostStates(of: input, among: unstated)
        replacedStates = input.recorded.replacedStates(in: input.observed.stacks)
        declaredRoles = Set(input.desired.roles.map(\.name))
        unreadPolicies = broken == nil ? [] : input.recorded.policies.subtracting(input.desired.policies.map(\.name))
        leases = Dictionary(
            input.recorded.leases.map { (LeaseHolder(server: $0.server, cluster: $0.cluster), $0.vmid) },
            uniquingKeysWith: { first, _ in first })
    }

    struct LeaseHolder: Hashable {
        var server: ServerName
        var cluster: ClusterName
    }

    /// A server that Plumb made or adopted is in its stack's state for as long as it has a row with a mark. One that no
    /// state ever held may be of a birth that broke off before Terraform wrote anything.
    ///
    /// - Parameter places: in `recorded.servers`, of those that may not be in the state of their stack.
    fileprivate static func lostStates(of input: PlanningInput, among places: [Int]) -> [StackID: Int] {
        var present: Set<StackID> = []
        var unwritten: Set<StackID> = []
        for stack in input.observed.stacks where stack.state != .absent {
            if stack.state.value == .unwritten { unwritten.insert(stack.id) } else { present.insert(stack.id) }
        }
        let read = Set(input.desired.clusters.map(\.name)).union(input.observed.stacks.map(\.id.cluster))
        var lost: [StackID: Int] = [:]
        let rows = input.recorded.servers
        for position in places where rows[position].isOwned && !present.contains(rows[position].stack) {
            let row = rows[position]
            guard read.contains(row.stack.cluster) else { continue }
            if unwritten.contains(row.stack), !row.wasStarted, input.recorded.unstated.contains(row.name) { continue }
            lost[row.stack, default: 0] += 1
        }
        return lost
    }

    mutating func need(_ one: ServerCase) {
        guard let guest = one.guest else { return }
        needs.insert(DetailNeed(cluster: view.clusters[one.cluster].name, vmid: guest.vmid))
    }

    mutating func find(
        _ kind: Finding.Kind, _ one: ServerCase, _ rule: String, _ sentence: Sentence, _ changes: [AttributeChange] = []
    ) {
        findings.append(Finding(kind, one.subject, rule: rule, sentence, changes: changes))
    }

    /// - Parameter endsGuest: whether it is asked for a step that ends the guest of a server which stays declared: then
    ///   what policies said of it at its last apply counts too.
    mutating func policy(for one: Int, endsGuest: Bool = false) -> MergedPolicy {
        let known = view.servers[one]
        let server = known.declared.map { input.desired.servers[$0] }
        let row = known.recorded.map { input.recorded.servers[$0] }
        // A policy that was over the server stays over it when its document is gone: by what was recorded of it.
        let merged = policies.merged(over: PolicySubject(known.name, server, row, formerName: known.pendingName))
        guard server == nil || endsGuest, let row, row.policies != nil else { return merged }
        return merged.tightened(by: row.policiesThatCount(beside: input.desired.policies, over: server), now: input.now)
    }

    func finish() -> PlanningResult {
        let keyed = findings.enumerated().map { (key: $1.subject.description, offset: $0, finding: $1) }
        let sortedFindings = keyed.sorted { ($0.key, $0.offset) < ($1.key, $1.offset) }
        var plan = Plan(steps: drafts.map(\.step), findings: sortedFindings.map(\.finding))
        plan.disruptions = disruptions.isEmpty ? nil : disruptions
        return PlanningResult(
            plan: plan,
            detailNeeds: needs.sorted())
    }
}
