/// One Proxmox cluster, real or simulated.
package struct Cluster: Sendable, Hashable {
    package var name: ClusterName
    package var metadata = Metadata()
    package var source: Source
    package var terraform = TerraformSettings()
    package var defaults = Defaults()
    package var limits = Limits()
    package var poll = Poll()
    /// Nodes that left the cluster for good, with every guest that was still on them.
    package var removedNodes: [NodeName] = []

    package init(name: ClusterName, source: Source) {
        self.name = name
        self.source = source
    }

    package enum Source: Sendable, Hashable {
        case proxmox(Endpoint)
        case simulated(Simulated)
    }

    package struct Endpoint: Sendable, Hashable {
        /// `https://HOST:8006`, without a path.
        package var url: String
        /// The token as `USER@REALM!ID=SECRET`.
        package var token: SecretReference
        package var trust: Trust

        package init(url: String, token: SecretReference, trust: Trust) {
            self.url = url
            self.token = token
            self.trust = trust
        }
    }

    package enum Trust: Sendable, Hashable {
        case system
        case caFile(String)
        /// SHA-256 of the certificate as Proxmox prints it: 32 upper-case pairs joined by colons.
        case fingerprint(String)
        case insecure
    }

    /// How servers are divided into Terraform states.
    package enum Stacks: Sendable, Hashable {
        case single
        /// One stack for each value of that label; servers without it are in `default`.
        case byLabel(String)
        /// That many stacks, by a hash of the server's name.
        case hashed(Int)
    }

    package struct TerraformSettings: Sendable, Hashable {
        /// A directory with another root of the same contract; nil: the shipped one.
        package var root: String?
        /// The program; nil: `terraform` or `tofu` on PATH.
        package var binary: String?
        package var stacks: Stacks = .single
        /// Terraform's own `-parallelism`.
        package var parallelism = 10
        /// Of one `terraform plan`; an apply is never cut off.
        package var timeout: Duration = .seconds(3600)
        /// How often the daemon has Terraform plan each whole stack, to find what no other look finds; nil: never.
        package var audit: Duration? = .seconds(86_400)

        package init() {}
    }

    /// What a server of this cluster has where it says nothing itself.
    package struct Defaults: Sendable, Hashable {
        package var node: NodeName?
        package var datastore: String?
        package var bridge: String?
        package var gateway: String?
        package var template: TemplateReference?
        package var user: String?
        package var sshKeys: [String] = []
        /// Where Plumb takes VMIDs from.
        package var vmidRange: ClosedRange<VMID> = VMID(100)...VMID(999_999_999)

        package init() {}
    }

    package struct Limits: Sendable, Hashable {
        package var concurrentTasks = 8
        package var perNode = 4
        package var clonesPerTemplate = 1

        package init() {}
    }

    package struct Poll: Sendable, Hashable {
        package var interval: Duration = .seconds(30)
        /// What ``interval`` may be.
        package static let intervals: ClosedRange<Duration> = .seconds(1)...(.seconds(86_400))
        /// How many guests' own configurations each pass reads beyond those that it needs.
        package var detailSweep = 50

        package init() {}
    }
}

extension Cluster {
    /// A cluster that exists only in Plumb's state directory.
    package struct Simulated: Sendable, Hashable {
        package var nodes: [NodeName]
        package var templates: [Template]
        /// How long a task of the cluster takes; zero: it has ended when it is next looked at.
        package var latency: Duration = .zero
        package var faults: [Fault] = []
        package var seed: UInt64 = 1

        package init(nodes: [NodeName], templates: [Template] = []) {
            self.nodes = nodes
            self.templates = templates
        }

        package struct Template: Sendable, Hashable {
            package var name: String
            package var vmid: VMID
            package var node: NodeName?
            /// The size of its disk.
            package var disk: ByteCount = .gibibytes(4)

            package init(name: String, vmid: VMID) {
                self.name = name
                self.vmid = vmid
            }
        }
    }

    /// A call of a simulated cluster that goes wrong, so that one can see what happens then.
    package struct Fault: Sendable, Hashable {
        /// Method and path, `*` standing for one part: `POST /nodes/*/qemu/*/clone`.
        package var on: String
        /// Only calls about the guest of that name.
        package var guest: String?
        /// From 0 to 1; whether a matching call is hit is decided by the cluster's seed.
        package var chance: Double = 1
        /// How many calls are hit at most; nil: no end.
        package var times: Int?
        package var effect: Effect

        package init(on: String, effect: Effect) {
            self.on = on
            self.effect = effect
        }

        package enum Effect: Sendable, Hashable {
            case delay(Duration)
            case error(status: Int, text: String)
            case hang
            case truncate
            /// The work is done, and the answer never arrives.
            case loseAnswer
        }
    }
}
