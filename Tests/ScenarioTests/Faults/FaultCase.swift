import Testing

/// One way in which a cluster goes wrong while Plumb observes, plans or applies.
struct FaultCase: Sendable, CustomTestStringConvertible {
    /// Whose calls are hit.
    enum Moment: String, Sendable {
        /// Plumb's own reads.
        case observe
        /// The reads of Terraform's plan.
        case plan
        /// The writes of Terraform's apply, and Plumb's own.
        case apply
    }

    let moment: Moment
    let fault: String
    /// Lines of a script that let it happen.
    let script: [String]
    /// Whether the servers are containers, and not VMs.
    let isOfContainers: Bool

    var testDescription: String { key }
    /// The first two cells of its line in the table.
    var key: String { "| \(moment.rawValue) | \(fault) |" }

    init(_ moment: Moment, _ fault: String, _ script: [String], isOfContainers: Bool = false) {
        self.moment = moment
        self.fault = isOfContainers ? "containers: " + fault : fault
        self.script = script
        self.isOfContainers = isOfContainers
    }

    /// A rule of the simulated cluster.
    init(_ moment: Moment, _ fault: String, on call: String, _ effect: String) {
        self.init(moment, fault, [Self.fault(call, effect)])
    }

    static func fault(_ call: String, _ effect: String) -> String {
        #"$ as root POST /simulation/faults "on=\#(call)" \#(effect)"#
    }

    /// The same, of containers.
    private init(ofContainers moment: Moment, _ fault: String, on call: String, _ effect: String) {
        let rule = #"$ as root POST /simulation/faults "on=\#(call)" \#(effect)"#
        self.init(moment, fault, [rule], isOfContainers: true)
    }

    static let all = observing + planning + applying + applyingToContainers

    private static let listing = "GET /cluster/resources"
    private static let status = "GET /cluster/status"
    private static let refused = "effect=error \"text=unexpected status\""
    private static let observing = [
        FaultCase(.observe, "one answer is lost", on: listing, "effect=loseAnswer times=1"),
        FaultCase(.observe, "every answer to the listing is lost", on: listing, "effect=loseAnswer"),
        FaultCase(.observe, "the listing is refused with 500", on: listing, "effect=error \"text=unexpected status\""),
        FaultCase(.observe, "the listing became empty", on: listing, "effect=emptyList"),
        FaultCase(.observe, "the listing has half a body", on: listing, "effect=truncate"),
        FaultCase(
            .observe, "595 for one node", on: "GET /nodes/pve2/qemu/*/pending",
            "effect=error status=595 \"text=No route to host\""),
        FaultCase(.observe, "the cluster's status is refused with 500", on: status, refused),
        FaultCase(.observe, "every answer with the cluster's status is lost", on: status, "effect=loseAnswer"),
        FaultCase(.observe, "the token's permissions are refused with 500", on: "GET /access/permissions", refused),
        FaultCase(.observe, "whether a VMID is free is refused with 500", on: "GET /cluster/nextid", refused),
        FaultCase(.observe, "the listing is late", on: listing, "effect=delay milliseconds=300"),
        FaultCase(.observe, "the listing hangs until it is cut", on: listing, "effect=hang milliseconds=200"),
        FaultCase(.observe, "a guest is locked by a backup", ["$ as root PUT /simulation/guests/100 lock=backup"]),
        FaultCase(
            .observe, "rights lost, so that the listing is filtered",
            rights + ["$ as root PUT /simulation/tokens id=root@pam!plumb separated=1"]),
    ]

    private static let read = "GET /nodes/*/qemu/*/config"
    private static let planning = [
        FaultCase(.plan, "every answer with a configuration is lost", on: read, "effect=loseAnswer"),
        FaultCase(.plan, "a configuration is refused with 500", on: read, "effect=error \"text=unexpected status\""),
        FaultCase(.plan, "the listing became empty", on: listing, "effect=emptyList skip=5 times=1"),
        FaultCase(.plan, "a configuration has half a body", on: read, "effect=truncate"),
        FaultCase(
            .plan, "595 for one node", on: "GET /nodes/pve2/qemu/*/config",
            "effect=error status=595 \"text=No route to host\""),
        FaultCase(.plan, "a configuration hangs until it is cut", on: read, "effect=hang milliseconds=200"),
        FaultCase(
            .plan, "rights lost, so that the listing is filtered",
            rights + ["$ as root POST /simulation/faults \"on=\(read)\" effect=loseRights times=1"]),
    ]

    private static let clone = "POST /nodes/*/qemu/*/clone"
    private static let update = "PUT /nodes/*/qemu/*/config"
    private static let deletion = "DELETE /nodes/*/qemu/*"
    private static let start = "POST /nodes/*/qemu/*/status/start"
    private static let applying = [
        FaultCase(.apply, "the answer to a clone is lost", on: clone, "effect=loseAnswer times=1"),
        FaultCase(
            .apply, "the answer to an update is lost", on: update, "guest=web-1 effect=loseAnswer times=1"),
        FaultCase(
            .apply, "the answer to a deletion is lost", on: "DELETE /nodes/*/qemu/*", "effect=loseAnswer times=1"),
        FaultCase(
            .apply, "the answer to a shutdown is lost", on: "POST /nodes/*/qemu/*/status/shutdown",
            "effect=loseAnswer times=1"),
        FaultCase(.apply, "a foreign guest takes the VMID: 500 already exists", on: clone, "effect=rival times=1"),
        FaultCase(.apply, "the answer to a clone has half a body", on: clone, "effect=truncate times=1"),
        FaultCase(
            .apply, "595 for one node", on: "PUT /nodes/pve2/qemu/*/config",
            "effect=error status=595 \"text=No route to host\""),
        FaultCase(
            .apply, "the task of a clone ends in an error", on: clone, "effect=failTask \"text=no space left\" times=1"),
        FaultCase(
            .apply, "the task of a deletion ends in an error", on: "DELETE /nodes/*/qemu/*",
            "effect=failTask \"text=storage is busy\" times=1"),
        FaultCase(
            .apply, "the task of a deletion ends in an error, and the listing became empty",
            [
                fault("DELETE /nodes/*/qemu/*", "effect=failTask \"text=storage is busy\" times=1"),
                fault(listing, "\"after=DELETE /nodes/*/qemu/*\" effect=emptyList"),
            ]),
        FaultCase(
            .apply, "the task of a start ends in an error", on: "POST /nodes/*/qemu/*/status/start",
            "effect=failTask \"text=start failed\" times=1"),
        FaultCase(
            .apply, "the cluster's status is refused with 500 once the clone is made",
            [
                fault(status, refused + " \"after=\(clone)\"")
            ]),
        FaultCase(.apply, "every answer is late", on: "* /nodes/*/qemu/*/*", "effect=delay milliseconds=100"),
        FaultCase(.apply, "a clone hangs until it is cut", on: clone, "effect=hang milliseconds=200 times=1"),
        FaultCase(.apply, "a lock", patience + [busy("on=\(update)", "guest=web-1", lock: 100)]),
        // The provider asks three times by itself.
        FaultCase(.apply, "a lock, for a while", patience + [busy("on=\(update)", "guest=web-1 times=3", lock: 100)]),
        FaultCase(
            .apply, "a lock of the template, for a while", patience + [busy("on=\(clone)", "times=1", lock: 9000)]),
        FaultCase(.apply, "a lock on a deletion", patience + [busy("on=\(deletion)", "", lock: 101)]),
        FaultCase(
            .apply, "a lock on a deletion, and for a while on the start after it",
            patience + [
                busy("on=\(deletion)", "", lock: 101), busy("on=\(start)", "guest=web-2 times=1", lock: 101),
            ]),
        FaultCase(
            .apply, "a lock on a deletion, and on every start after it",
            patience + [busy("on=\(deletion)", "", lock: 101), busy("on=\(start)", "guest=web-2", lock: 101)]),
        FaultCase(
            .apply, "rights lost, so that the listing is filtered",
            rights + ["$ as root POST /simulation/faults \"on=\(update)\" effect=loseRights times=1"]),
        FaultCase(.apply, "the listing became empty", on: listing, "effect=emptyList skip=2 times=1"),
    ]

    private static let creation = "POST /nodes/*/lxc"
    private static let containerUpdate = "PUT /nodes/*/lxc/*/config"
    private static let containerEnd = "DELETE /nodes/*/lxc/*"
    private static let applyingToContainers = [
        FaultCase(
            ofContainers: .plan, "every answer with a configuration is lost", on: "GET /nodes/*/lxc/*/config",
            "effect=loseAnswer"),
        FaultCase(ofContainers: .apply, "the answer to a creation is lost", on: creation, "effect=loseAnswer times=1"),
        FaultCase(
            ofContainers: .apply, "the answer to an update is lost", on: containerUpdate,
            "guest=web-1 effect=loseAnswer times=1"),
        FaultCase(
            ofContainers: .apply, "the answer to a deletion is lost", on: containerEnd, "effect=loseAnswer times=1"),
        FaultCase(
            ofContainers: .apply, "the answer to a shutdown is lost", on: "POST /nodes/*/lxc/*/status/shutdown",
            "effect=loseAnswer times=1"),
        FaultCase(
            ofContainers: .apply, "the task of a creation ends in an error", on: creation,
            "effect=failTask \"text=no space left\" times=1"),
        FaultCase(
            ofContainers: .apply, "the task of a deletion ends in an error", on: containerEnd,
            "effect=failTask \"text=storage is busy\" times=1"),
    ]

    /// A lock that is not free in time.
    static func busy(_ call: String, _ rule: String, lock: Int) -> String {
        let text = "can't lock file '/var/lock/qemu-server/lock-\(lock).conf' - got timeout"
        return #"$ as root POST /simulation/faults "\#(call)" \#(rule) effect=error "text=\#(text)""#
    }

    /// One more try, soon.
    static let patience = [
        "file retry.yaml", "    apiVersion: plumb/v1", "    kind: Policy", "    metadata: {name: patience}",
        "    spec: {retry: {backoff: 1s, max: 1}}",
    ]

    /// What Plumb's token keeps when it loses its user's rights: it may still see and clone the template, and one guest.
    private static let rights = [
        "$ as root PUT /access/acl path=/ roles=PVESysAdmin,PVEDatastoreAdmin tokens=root@pam!plumb",
        "$ as root PUT /access/acl path=/vms/100 roles=PVEVMAdmin tokens=root@pam!plumb",
        "$ as root PUT /access/acl path=/vms/9000 roles=PVEVMAdmin tokens=root@pam!plumb",
    ]
}
