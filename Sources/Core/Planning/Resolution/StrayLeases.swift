import Model

/// VMIDs held for servers that nobody knows any more: a plan chose them and was never applied, and the document is
/// gone. They are in nobody's way and can be let go of. None while a document cannot be read: it may declare the server.
package func strayLeases(_ input: PlanningInput) -> [VMIDLease] {
    guard input.desired.completeness == .complete, !input.recorded.leases.isEmpty else { return [] }
    var known = Set(input.desired.servers.map(\.name))
    known.formUnion(input.recorded.servers.map(\.name))
    for stack in input.observed.stacks {
        known.formUnion(stack.tfvars.entries.servers)
        known.formUnion((stack.state.value?.resources ?? []).map(\.server))
    }
    return input.recorded.leases.filter { !known.contains($0.server) }
}
