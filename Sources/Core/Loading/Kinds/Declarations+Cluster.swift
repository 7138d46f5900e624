import Model

/// A cluster while it is read: which of the two sources it has is known only at the end.
struct ClusterDraft: Sendable {
    var cluster: Cluster
    var endpoint: Cluster.Endpoint?
    var simulated: Cluster.Simulated?
    var faults: [Cluster.Fault]?

    init(name: ClusterName) {
        cluster = Cluster(name: name, source: .simulated(Cluster.Simulated(nodes: [])))
    }
}

extension Declarations {
    static let cluster = Declaration<ClusterDraft>("Cluster") { fields in
        fields.field("proxmox", endpoint.type { .empty }, "A real cluster: where its API is and how to log in.") {
            $0.endpoint = $1
        }
        fields.field(
            "simulated", simulated.type { Cluster.Simulated(nodes: []) },
            "A simulated cluster. It lives in Plumb's state directory and survives between commands."
        ) { $0.simulated = $1 }
        fields.field("terraform", terraform.type { .init() }, "How Terraform is run.") { $0.cluster.terraform = $1 }
        fields.field("defaults", defaults.type { .init() }, "What a server of this cluster has where it says nothing.")
        {
            $0.cluster.defaults = $1
        }
        fields.field("limits", limits.type { .init() }, "How much is done at the same time.") { $0.cluster.limits = $1 }
        fields.field("poll", poll.type { .init() }, "How often the daemon looks.") { $0.cluster.poll = $1 }
        fields.field(
            "removedNodes", FieldType<String>.text(.node).uniqueList(), default: "none",
            "Nodes that left the cluster for good, with the guests that were still on them: those then count as gone. Without it nothing is concluded of a guest whose node is not in the cluster any more."
        ) { $0.cluster.removedNodes = $1.map { NodeName($0) } }
        fields.field("faults", fault.type { .empty }.list(), "Calls of a simulated cluster that go wrong.") {
            $0.faults = $1
        }
        fields.exactlyOne(of: "proxmox", "simulated")
        fields.afterwards { draft, context, reader in
            if let endpoint = draft.endpoint { draft.cluster.source = .proxmox(endpoint) }
            if var simulated = draft.simulated {
                simulated.faults += draft.faults ?? []
                draft.cluster.source = .simulated(simulated)
            } else if draft.faults != nil, let key = reader.firstKey(named: "faults", in: context.node) {
                let sentence = Sentence("cluster.faultsOfReal")
                reader.add(Diagnostic(.error, sentence, at: reader.span(key)))
            }
        }
    }

    private static let endpoint = Declaration<Cluster.Endpoint>("proxmox") { fields in
        fields.field("endpoint", .text(.endpoint), required: true, "The API's address, without a path.") {
            $0.url = $1.hasSuffix("/") ? String($1.dropLast()) : $1
        }
        fields.field("tokenFrom", .secret, required: true, "The API token, `USER@REALM!ID=SECRET`.") { $0.token = $1 }
        fields.field(
            "tls", trust.type { .system }, default: "the system's certificate authorities",
            "What Plumb, and Terraform's provider, trust."
        ) {
            $0.trust = $1
        }
    }

    private static let trust = Declaration<Cluster.Trust>("tls") { fields in
        fields.field(
            "caFile", .text("a path", example: "/etc/plumb/pve-root-ca.pem"),
            "A file of certificates; relative to the configuration's directory."
        ) {
            $0 = .caFile($1)
        }
        fields.field("fingerprint", .text(.fingerprint), "The certificate's SHA-256, as Proxmox shows it.") {
            $0 = .fingerprint($1.uppercased())
        }
        fields.field("insecure", .boolean, default: "false", "Trust any certificate; every report says so.") {
            if $1 { $0 = .insecure }
        }
        fields.exactlyOne(of: "caFile", "fingerprint", "insecure")
    }

    private static let terraform = Declaration<Cluster.TerraformSettings>("terraform") { fields in
        fields.field(
            "root", .text("a path", example: "terraform/custom"), default: "the shipped `terraform/proxmox`",
            "A directory with another root module that keeps the same contract; relative to the configuration's."
        ) { $0.root = $1 }
        fields.field(
            "binary", .text("a path or a program's name", example: "tofu"), default: "`terraform` or `tofu` on PATH",
            "The program; a relative path begins at the configuration's directory."
        ) { $0.binary = $1 }
        fields.field("stacks", .stacks, default: "single", "How servers are divided into Terraform states.") {
            $0.stacks = $1
        }
        fields.field("parallelism", .integer(1...256), default: "10", "Terraform's `-parallelism`.") {
            $0.parallelism = $1
        }
        fields.field(
            "timeout", .duration(.seconds(60)...(.seconds(86_400)), example: "1h"), default: "1h",
            "How long one `terraform plan` may take before it is interrupted; an apply is never cut off."
        ) { $0.timeout = $1 }
        fields.field(
            "audit", .audit, default: "24h",
            "How often the daemon has Terraform plan each whole stack, to find what no other look finds. It applies nothing."
        ) { $0.audit = $1 }
    }

    private static let defaults = Declaration<Cluster.Defaults>("defaults") { fields in
        fields.field("node", FieldType<String>.text(.node).map { NodeName($0) }, "The node.") { $0.node = $1 }
        fields.field("datastore", .text(.datastore), "The storage of disks.") { $0.datastore = $1 }
        fields.field("bridge", .text(.bridge), "The bridge of network devices.") { $0.bridge = $1 }
        fields.field("gateway", .gateway, "The gateway of fixed addresses.") { $0.gateway = $1 }
        fields.field("template", .template, "What servers are made from.") { $0.template = $1 }
        fields.field("user", .text(.userName), "The user that cloud-init makes.") { $0.user = $1 }
        fields.field("sshKeys", FieldType<String>.text(.sshKey).uniqueList(), default: "none", "Keys that may log in.")
        {
            $0.sshKeys = $1
        }
        fields.field(
            "vmidRange", .vmidRange, default: "100-999999999",
            "Where Plumb takes VMIDs from: the lowest free."
        ) { $0.vmidRange = $1 }
    }

    private static let limits = Declaration<Cluster.Limits>("limits") { fields in
        fields.field(
            "concurrentTasks", .integer(1...256), default: "8",
            "Tasks that Plumb has under way in the whole cluster at a time, over all its stacks and processes."
        ) {
            $0.concurrentTasks = $1
        }
        fields.field(
            "perNode", .integer(1...64), default: "4",
            "The same of one node, and of one storage that disks are made on. Four is what Proxmox itself starts on a node in its bulk actions (`max_workers`)."
        ) { $0.perNode = $1 }
        fields.field(
            "clonesPerTemplate", .integer(1...64), default: "1",
            "Clones of one template at a time. One is what slow storage takes; with more it answers `can't lock file … got timeout`."
        ) {
            $0.clonesPerTemplate = $1
        }
    }

    private static let poll = Declaration<Cluster.Poll>("poll") { fields in
        fields.field(
            "interval", .duration(Cluster.Poll.intervals, example: "30s"), default: "30s",
            "Time between two looks."
        ) { $0.interval = $1 }
        fields.field(
            "detailSweep", .integer(0...100_000), default: "50",
            "How many guests' own configurations each look reads beyond those that it needs."
        ) { $0.detailSweep = $1 }
    }
}

extension FieldType where Value == Cluster.Stacks {
    fileprivate static var stacks: FieldType<Cluster.Stacks> {
        let forms = Declaration<Cluster.Stacks>("stacks") { fields in
            fields.field(
                "byLabel", .text(.labelKey), "One state for each value of that label; case makes no difference."
            ) { $0 = .byLabel($1) }
            fields.field("hashed", .integer(2...1000), "That many states, by a hash of the name.") { $0 = .hashed($1) }
            fields.exactlyOne(of: "byLabel", "hashed")
        }
        let record = forms.type { .single }
        return FieldType<Cluster.Stacks>(.anyOf([.choice(["single"]), record.shape])) { reader, node in
            if reader.document.nodes[node].kind == .scalar, reader.text(node) == "single" { return .single }
            guard reader.document.nodes[node].kind == .mapping else {
                reader.report("field.choice", at: node, ["single, {byLabel: KEY}, {hashed: N}"])
                return nil
            }
            return record.read(&reader, node)
        }
    }
}

extension FieldType where Value == Duration? {
    /// `24h`, or `off`.
    fileprivate static var audit: FieldType<Duration?> {
        let span = FieldType<Duration>.duration(.seconds(600)...(.seconds(31 * 86_400)), example: "24h")
        return FieldType<Duration?>(.anyOf([.choice(["off"]), span.shape])) { reader, node in
            if reader.document.nodes[node].kind == .scalar, reader.text(node) == "off" { return .some(nil) }
            return span.read(&reader, node).map { .some($0) }
        }
    }
}

extension Cluster.Endpoint {
    fileprivate static var empty: Self { Self(url: "", token: .environment(""), trust: .system) }
}
