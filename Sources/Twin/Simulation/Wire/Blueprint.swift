import Model

/// What a simulated cluster consists of when it is first started.
package struct Blueprint: Hashable, Sendable, Codable {
    /// The cluster's own name in `/cluster/status`.
    package var name: String
    package var nodes: [Node]
    package var storages: [Storage] = Storage.usual
    package var templates: [Template] = []
    /// Container template files as volume ids: `local:vztmpl/debian-12-standard_12.7-1_amd64.tar.zst`.
    package var containerTemplates: [String] = [
        "local:vztmpl/debian-12-standard_12.7-1_amd64.tar.zst",
        "local:vztmpl/alpine-3.20-default_20240908_amd64.tar.xz",
    ]
    package var pools: [String] = []
    package var users: [User] = []
    package var tokens: [Token] = [Token(id: "root@pam!plumb")]
    /// How long a clone takes; other tasks take a part of it. Zero: a task has ended when it is next looked at.
    package var latency: Duration = .zero
    /// How long tasks of these types (`qmclone`, `resize`, …) take, in place of the latency; nil: none is known.
    package var durations: [String: Duration]?
    /// Guests that are there from the beginning; nil: none.
    package var guests: [Inhabitant]?
    package var faults: [FaultRule] = []
    package var seed: UInt64 = 1

    package init(name: String = "simulated", nodes: [Node]) {
        self.name = name
        self.nodes = nodes
    }

    package struct Node: Hashable, Sendable, Codable {
        package var name: String
        package var processors: Int = 16
        package var memory: ByteCount = .gibibytes(128)
        /// Whether it is lost when the cluster begins; nil: it is up.
        package var isOffline: Bool?

        package init(_ name: String) { self.name = name }
    }

    package struct Storage: Hashable, Sendable, Codable {
        package var name: String
        /// `dir`, `lvmthin`, `nfs`, `rbd`, …
        package var type: String
        /// What it may hold: `images`, `rootdir`, `vztmpl`, `iso`, `backup`, `snippets`.
        package var content: [String]
        package var isShared: Bool
        package var size: ByteCount

        package init(_ name: String, type: String, content: [String], isShared: Bool, size: ByteCount) {
            self.name = name
            self.type = type
            self.content = content
            self.isShared = isShared
            self.size = size
        }

        /// What an installation of Proxmox VE starts with, and one shared storage.
        package static let usual = [
            Storage(
                "local", type: "dir", content: ["iso", "vztmpl", "backup", "snippets", "images", "rootdir"],
                isShared: false, size: .gibibytes(2048)),
            Storage(
                "local-lvm", type: "lvmthin", content: ["images", "rootdir"], isShared: false,
                size: .gibibytes(262_144)),
            Storage(
                "ceph", type: "rbd", content: ["images", "rootdir"], isShared: true, size: .gibibytes(1_048_576)),
        ]
    }

    package struct Template: Hashable, Sendable, Codable {
        package var name: String
        package var vmid: Int
        /// nil: the first node.
        package var node: String?
        package var disk: ByteCount = .gibibytes(4)
        package var storage: String = "local-lvm"
        package var tags: String?
        package var description: String?
        /// Whether it has a cloud-init drive at `ide2`.
        package var hasCloudInitDrive = false
        /// Whether its clones have a guest agent running inside; it answers where `agent` is enabled too.
        package var hasAgent = false
        /// A container template made from a container, instead of a VM template.
        package var isContainer = false

        package init(name: String, vmid: Int) {
            self.name = name
            self.vmid = vmid
        }
    }

    /// A guest or template with the configuration that it has when the cluster begins.
    package struct Inhabitant: Hashable, Sendable, Codable {
        package var vmid: Int
        package var kind: GuestKind
        package var node: String
        /// In canonical text, as its file has it.
        package var configuration: [String: String]
        package var pending: [String: String] = [:]
        package var pendingDeletion: [String] = []
        package var power: Guest.Power = .stopped
        /// For how long it has been running.
        package var uptime: Duration = .zero
        package var lock: String?
        package var pool: String?

        package init(vmid: Int, kind: GuestKind, node: String, configuration: [String: String]) {
            self.vmid = vmid
            self.kind = kind
            self.node = node
            self.configuration = configuration
        }
    }

    package struct User: Hashable, Sendable, Codable {
        /// `alice@pve`
        package var id: String
        package var password: String?
        package var rights: [Right]

        package init(_ id: String, password: String? = nil, rights: [Right] = []) {
            self.id = id
            self.password = password
            self.rights = rights
        }
    }

    package struct Token: Hashable, Sendable, Codable {
        /// `alice@pve!cli`
        package var id: String
        /// A UUID; nil: made from the seed.
        package var secret: String?
        /// With separated privileges a token has only what both it and its user were given.
        package var isSeparated = false
        package var rights: [Right] = []

        package init(id: String, secret: String? = nil) {
            self.id = id
            self.secret = secret
        }
    }

    /// One entry of the access control list: these privileges on this path and below.
    package struct Right: Hashable, Sendable, Codable {
        /// `/`, `/vms`, `/vms/100`, `/pool/web`, `/nodes/pve1`, `/storage/local`.
        package var path: String
        /// `VM.Audit`, `VM.PowerMgmt`, …; or the name of one of Proxmox's roles: `PVEVMAdmin`, `Administrator`, ….
        package var privileges: [String]

        package init(_ path: String, _ privileges: [String]) {
            self.path = path
            self.privileges = privileges
        }
    }
}

/// A call that goes wrong.
package struct FaultRule: Hashable, Sendable, Codable {
    /// Method and path, `*` standing for one part: `POST /nodes/*/qemu/*/clone`.
    package var on: String
    /// Only calls about the guest of that name, or that would make it.
    package var guest: String?
    /// From 0 to 1; the seed decides which matching calls are hit.
    package var chance: Double = 1
    /// How many calls are hit at most; nil: no end.
    package var times: Int?
    /// How many matching calls are let through first; nil: none.
    package var skip: Int?
    /// Only once such a call was made, written as in `on`; nil: from the start.
    package var after: String?
    package var effect: Effect

    package init(on: String, guest: String? = nil, chance: Double = 1, times: Int? = nil, effect: Effect) {
        self.on = on
        self.guest = guest
        self.chance = chance
        self.times = times
        self.effect = effect
    }

    package enum Effect: Hashable, Sendable, Codable {
        case delay(Duration)
        case error(status: Int, text: String)
        case hang
        /// Nothing is done, and after that time the connection is cut, as a proxy does that has waited long enough.
        case cut(after: Duration)
        case truncate
        case loseAnswer
        /// The call is accepted, and the task that it begins ends with this text.
        case failTask(String)
        /// The work is done, and the answer is an empty list, with status 200.
        case emptyList
        /// Before the call, the caller's token is left only what it was given itself.
        case loseRights
        /// Before the call, somebody else makes a guest of the number that the call wants.
        case rival
    }
}
