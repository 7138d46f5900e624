import Testing

@testable import SimulationServer

@Suite("The provider plans as the real one's defaults, computed values and replacements have it")
struct ProviderPlanningTests {
    private struct Random: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 33)
        }
    }

    /// A configuration in which each optional part is given or not.
    private func config(_ body: SchemaBody, _ random: inout Random, depth: Int = 0) -> TerraformValue {
        var members: [String: TerraformValue] = [:]
        for attribute in body.attributes {
            let isGiven = attribute.isRequired || (attribute.isOptional && Bool.random(using: &random))
            members[attribute.name] = isGiven ? value(attribute.type, &random) : .null
        }
        for block in body.blocks {
            let count = Int.random(in: 0...(block.maximum == 1 ? 1 : 2), using: &random)
            members[block.name] = .list((0..<count).map { _ in config(block.body, &random, depth: depth + 1) })
        }
        return .object(members)
    }

    private func value(_ type: SchemaType, _ random: inout Random) -> TerraformValue {
        switch type {
        case .bool: .bool(.random(using: &random))
        case .number: .int(.random(in: 0..<5, using: &random))
        case .string: .string(["", "a", "b", "network,disk"].randomElement(using: &random) ?? "")
        case .list(let element):
            .list((0..<Int.random(in: 0..<3, using: &random)).map { _ in value(element, &random) })
        case .map(let element):
            .object(Bool.random(using: &random) ? [:] : ["k": value(element, &random)])
        case .object(let fields):
            config(SchemaBody(attributes: fields, blocks: []), &random)
        }
    }

    @Test func `what was applied as planned is planned again without a difference`() {
        for kind in ResourceKind.allCases {
            let body = ProviderSchema.proxmox.body(kind)
            for seed in UInt64(0)..<2_000 {
                var random = Random(state: seed &+ 1)
                let config = config(body, &random)
                let first = ResourcePlanner.plan(kind, body, prior: .null, config: config)
                #expect(first.replacements.isEmpty)
                let state = body.settled(first.planned)
                let second = ResourcePlanner.plan(kind, body, prior: state, config: config)
                let changed = Self.differences(second.planned, state)
                #expect(changed.isEmpty, "\(kind.rawValue), seed \(seed)")
                #expect(second.replacements.isEmpty, "\(kind.rawValue), seed \(seed)")
            }
        }
    }

    /// The names of the attributes in which two objects differ: both in full would be pages.
    private static func differences(_ left: TerraformValue, _ right: TerraformValue) -> [String] {
        Set(left.members.keys).union(right.members.keys).filter { left[$0] != right[$0] }.sorted()
    }

    @Test func `a plan keeps every value that the configuration gives, and the number of its blocks`() {
        for kind in ResourceKind.allCases {
            let body = ProviderSchema.proxmox.body(kind)
            for seed in UInt64(0)..<500 {
                var random = Random(state: seed &+ 77)
                let config = config(body, &random)
                let planned = ResourcePlanner.plan(kind, body, prior: .null, config: config).planned
                for attribute in body.attributes where !config[attribute.name].isNull {
                    if case .list(.object) = attribute.type { continue }
                    // A container's description gains a line break.
                    if attribute.name == "description", kind == .container { continue }
                    #expect(planned[attribute.name] == config[attribute.name], "\(attribute.name), seed \(seed)")
                }
                for block in body.blocks where !config[block.name].elements.isEmpty {
                    #expect(planned[block.name].elements.count == config[block.name].elements.count)
                }
            }
        }
    }

    private func machine(_ more: [String: TerraformValue] = [:]) -> TerraformValue {
        ProviderSchema.proxmox.body(.virtualMachine).filled(
            ["node_name": "pve1", "vm_id": 100, "name": "a"].merging(more) { $1 })
    }

    private func replacements(_ before: [String: TerraformValue], _ after: [String: TerraformValue]) -> [String] {
        let body = ProviderSchema.proxmox.body(.virtualMachine)
        var prior = body.settled(
            ResourcePlanner.plan(.virtualMachine, body, prior: .null, config: machine(before)).planned)
        prior["id"] = "100"
        return ResourcePlanner.plan(.virtualMachine, body, prior: prior, config: machine(after)).replacements.map(
            \.names)
    }

    @Test func `VMID, node and clone replace; a move that the configuration allows does not`() {
        let clone: TerraformValue = .list([.object(["vm_id": 9000, "node_name": "pve1"])])
        let other: TerraformValue = .list([.object(["vm_id": 9001, "node_name": "pve1"])])
        #expect(replacements([:], ["vm_id": 101]) == ["vm_id"])
        #expect(replacements([:], ["node_name": "pve2"]) == ["node_name"])
        #expect(replacements(["migrate": true], ["migrate": true, "node_name": "pve2"]).isEmpty)
        #expect(replacements(["clone": clone], ["clone": other]) == ["clone.vm_id"])
        #expect(replacements([:], ["clone": clone]).contains("clone.vm_id"))
        #expect(replacements([:], ["name": "b", "tags": .list(["x"]), "on_boot": false]).isEmpty)
    }

    @Test func `the order of tags and disks is no difference, and a masked password never is`() {
        func disk(_ interface: String) -> TerraformValue { .object(["interface": .string(interface), "size": 10]) }
        func account(_ password: String) -> TerraformValue {
            .list([.object(["user_account": .list([.object(["password": .string(password)])])])])
        }
        let body = ProviderSchema.proxmox.body(.virtualMachine)
        let first = machine([
            "tags": .list(["a", "b"]), "disk": .list([disk("scsi0"), disk("scsi1")]),
            "initialization": account("**********"),
        ])
        let prior = body.settled(
            ResourcePlanner.plan(.virtualMachine, body, prior: .null, config: first).planned)
        let again = ResourcePlanner.plan(
            .virtualMachine, body, prior: prior,
            config: machine([
                "tags": .list(["b", "a"]), "disk": .list([disk("scsi1"), disk("scsi0")]),
                "initialization": account("new"),
            ]))
        #expect(Self.differences(again.planned, prior).isEmpty)
    }

    @Test func `a container's disk may grow, and a smaller one replaces it`() {
        let body = ProviderSchema.proxmox.body(.container)
        func config(_ size: Int) -> TerraformValue {
            body.filled(["node_name": "pve1", "vm_id": 200, "disk": .list([.object(["size": .int(size)])])])
        }
        var prior = body.settled(ResourcePlanner.plan(.container, body, prior: .null, config: config(8)).planned)
        prior["id"] = "200"
        #expect(ResourcePlanner.plan(.container, body, prior: prior, config: config(9)).replacements.isEmpty)
        #expect(
            ResourcePlanner.plan(.container, body, prior: prior, config: config(7)).replacements.map(\.names) == [
                "disk"
            ])
    }

    @Test func `a state of another version is read: what is missing is null, what is unknown is dropped`() throws {
        let json =
            #"{"node_name":"pve1","vm_id":100,"cpu":[{"cores":2}],"gone":{"x":1},"tags":null,"timeout_clone":1800}"#
        let body = ProviderSchema.proxmox.body(.virtualMachine)
        let state = try StateUpgrade.value(Array(json.utf8)[...], body)
        #expect(state["node_name"] == "pve1" && state["timeout_clone"] == 1800 && state["tags"] == .null)
        #expect(state["cpu"].block["cores"] == 2 && state["cpu"].block["flags"] == .null)
        #expect(state["disk"] == .list([]) && state["gone"] == .null)
        #expect(throws: StateUpgrade.Failure.self) {
            try StateUpgrade.value(Array(#"{"vm_id":"many"}"#.utf8)[...], body)
        }
    }
}
