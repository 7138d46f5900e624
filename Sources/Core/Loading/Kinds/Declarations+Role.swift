import Model

extension Declarations {
    static let role = Declaration<Role>("Role") { fields in
        fields.field("description", .text(example: "serves pages"), "What it is for.") { $0.description = $1 }
        fields.field("tags", FieldType<String>.text(.tag).uniqueList(), default: "none", "Tags that its servers get.") {
            $0.tags = $1
        }
        fields.field(
            "firewallGroup", .text(.firewallGroup), unenforced: .firewallGroup,
            "The security group of Proxmox's firewall."
        ) { $0.firewallGroup = $1 }
        fields.field(
            "ansible", ansible.type { .init() }, unenforced: .ansible, "What Ansible does on its servers."
        ) { $0.ansible = $1 }
        fields.field(
            "services", service.type { .init(name: "", port: 1) }.list(), default: "none",
            "What should listen on its servers; recorded, and not looked for yet."
        ) { $0.services = $1 }
        fields.field("appliesTo", .selector, "Servers that have the role without naming it.") { $0.appliesTo = $1 }
        fields.field(
            "conflictsWith", FieldType<RoleName>.reference(to: .role).uniqueList(), default: "none",
            "Roles that no server may have beside this one."
        ) { $0.conflictsWith = $1 }
        fields.field("disruption", disruption.type { .init() }, "How much of it may be down together.") {
            $0.maxUnavailable = $1.maxUnavailable
        }
    }

    private struct DisruptionFields: Sendable {
        var maxUnavailable: Policy.Budget?
    }

    private static let disruption = Declaration<DisruptionFields>("disruption") { fields in
        fields.field(
            "maxUnavailable", .budget, required: true,
            "How many of its servers may be down together, in all stacks and clusters: a count, or a percentage of them, at least one. What is down already counts, and so do what cannot be seen and what ends or stops meanwhile. 0: Plumb takes none down."
        ) { $0.maxUnavailable = $1 }
    }

    static let service = Declaration<Role.Service>("service") { fields in
        fields.field("name", .text("a program's name", example: "nginx", limit: 64), required: true, "Its name.") {
            $0.name = $1
        }
        fields.field("port", .integer(1...65_535), required: true, "The TCP port.") { $0.port = $1 }
    }

    private static let ansible = Declaration<Role.Ansible>("ansible") { fields in
        fields.field("playbook", .text("a path", example: "playbooks/web.yaml"), "A playbook.") { $0.playbook = $1 }
        fields.field(
            "roles", FieldType<String>.text("a role", example: "nginx").uniqueList(atLeast: 1), "Ansible's roles."
        ) {
            $0.roles = $1
        }
        fields.field("variables", .labels(.variable), default: "none", "Variables.") { $0.variables = $1 }
        fields.exactlyOne(of: "playbook", "roles")
    }
}

extension TextFormat {
    fileprivate static let firewallGroup = TextFormat(
        phrase: "a security group", pattern: "^[A-Za-z][A-Za-z0-9_-]{1,17}$", example: "web", code: "value.word"
    ) { bytes in
        guard (2...18).contains(bytes.count), let first = bytes.first else { return false }
        let letters: ByteSet = "a-zA-Z"
        let all: ByteSet = "a-zA-Z0-9_-"
        return letters.contains(first) && bytes.allSatisfy { all.contains($0) }
    }

    /// Ansible: letters, digits, underscores; no digit first.
    fileprivate static let variable = TextFormat(
        phrase: "a variable's name", pattern: "^[A-Za-z_][A-Za-z0-9_]*$", example: "http_port", code: "value.labelKey",
        isValid: TextFormat.environmentName.isValid)
}
