import Model
import Testing
import Transport

@testable import Proxmox

struct InventoryTests {
    private static let status = """
        {"data":[{"type":"cluster","name":"lab","quorate":1,"nodes":2,"version":4},
        {"type":"node","name":"pve2","online":0,"nodeid":2},{"type":"node","name":"pve1","online":"1","nodeid":1,"local":1}]}
        """
    private static let audit = #"{"data":{"/":{"VM.Audit":1,"Sys.Audit":1},"/vms":{"VM.Audit":1}}}"#
    private static let tasks = """
        {"data":[{"upid":"UPID:pve1:000F4240:00ABCDEF:6B00E5D0:qmstart:100:plumb@pve!ci:","node":"pve1","starttime":1795220944},
        {"upid":"UPID:pve2:000F4241:00ABCDF0:6B00E5D5:qmdestroy:101:root@pam:","endtime":"1795220960","status":"OK"},
        {"upid":"garbage"}]}
        """
    private static let listing = """
        {"data":[
        {"id":"lxc/200","type":"lxc","vmid":"200","name":"Cache","node":"pve2","status":"unknown","template":0},
        {"id":"qemu/100","type":"qemu","vmid":100,"name":"web-01","node":"pve1","status":"running","template":false,
         "tags":"web;plumb;Env-Prod","lock":"backup","pool":"prod","maxcpu":4,"maxmem":2147483648,"maxdisk":"1","uptime":"77",
         "cpu":0.0123,"mem":1.5e9,"netin":1,"hastate":"started","new-in-PVE-10":{"a":[1,2]}},
        {"id":"qemu/9000","type":"qemu","vmid":9000,"name":"debian-12","node":"pve1","status":"stopped","template":"1","maxcpu":"2.0",
         "maxmem":"1073741824","tags":"","lock":"","pool":null},
        {"id":"node/pve1","type":"node","node":"pve1","status":"online"}
        ]}
        """

    private func inventory(
        listing: StubSender.Answer = .json(listing), status: StubSender.Answer = .json(status),
        tasks: StubSender.Answer = .json(tasks), permissions: StubSender.Answer = .json(audit)
    ) async throws -> ClusterInventory {
        let sender = StubSender { request, _ in
            switch request.route {
            case "/cluster/resources": listing
            case "/cluster/status": status
            case "/cluster/tasks": tasks
            case "/access/permissions": permissions
            default: .refusal(501, "Method not implemented")
            }
        }
        return try await Example.client(sender).inventory(of: "lab")
    }

    @Test func `one listing shows guests, nodes and tasks, whatever the types of their values`() async throws {
        let inventory = try await inventory()
        #expect(inventory.distrust == nil)
        #expect(inventory.isQuorate && inventory.identity == .named("lab"))
        #expect(
            inventory.nodes == [
                ObservedNode(name: "pve1", isOnline: true), ObservedNode(name: "pve2", isOnline: false),
            ])
        #expect(inventory.guests.map(\.vmid.rawValue) == [100, 200, 9000])
        let web = inventory.guests[0]
        #expect(web.type == .vm && web.name == "web-01" && web.node == "pve1" && web.status == .running)
        #expect(
            !web.isTemplate && web.tags == ["env-prod", "plumb", "web"] && web.lock == "backup" && web.pool == "prod")
        #expect(web.totalCores == 4 && web.memory == 2048 && web.uptime == 77)
        let cache = inventory.guests[1]
        #expect(cache.type == .container && cache.status == .unknown && cache.node == "pve2")
        #expect(cache.tags.isEmpty && cache.lock == nil && cache.memory == nil && cache.totalCores == nil)
        let template = inventory.guests[2]
        #expect(template.isTemplate && template.totalCores == 2 && template.memory == 1024)
        #expect(template.tags.isEmpty && template.lock == nil && template.pool == nil)
        #expect(inventory.runningTasks.map(\.type) == ["qmstart"])
        #expect(inventory.runningTasks.first?.vmid == VMID(100))
        #expect(inventory.runningTasks.first?.user == "plumb@pve!ci")
        #expect(inventory.pastTasks.map(\.type) == ["qmdestroy"])
        #expect(inventory.pastTasks.first?.endedAt == Timestamp(seconds: 1_795_220_960))
        #expect(inventory.pastTasks.first?.exitStatus == "OK")
    }

    @Test(arguments: [
        #"{"data":null}"#, #"{"data":{}}"#, #"{"data":"all is well"}"#, #"{"data":[{"vmid":100,"type":"qemu","#, "",
        "[]",
        #"{"data":[{"type":"qemu","name":"web-01","node":"pve1"}]}"#,
        #"{"data":[{"type":"qemu","vmid":"x1","node":"pve1"}]}"#, #"{"data":[{"type":"qemu","vmid":7,"node":"pve1"}]}"#,
        #"{"data":[{"type":"qemu","vmid":100}]}"#, #"{"data":[{"vmid":100,"node":"pve1"}]}"#,
        #"{"data":[{"type":"openvz","vmid":100,"node":"pve1"}]}"#, #"{"data":[null]}"#, #"{"data":[17]}"#,
        #"{"data":[{"type":"qemu","vmid":100,"node":"pve1"},{"type":"lxc","vmid":"100","node":"pve2"}]}"#,
    ])
    func `a listing that is none, or is broken, says nothing of any guest`(body: String) async throws {
        let inventory = try await inventory(listing: .json(body))
        #expect(inventory.distrust?.code == "proxmox.unreadable")
        #expect(inventory.guests.isEmpty)
    }

    @Test func `half a body says nothing of any guest`() async throws {
        let truncated = StubSender.Answer.failure(.truncated(address: "pve1:8006", received: 500, detail: "closed"))
        #expect(try await inventory(listing: truncated).distrust?.code == "proxmox.unreachable")
    }

    @Test func `without quorum nothing is said of any guest`() async throws {
        let status = Self.status.replacing(#""quorate":1"#, with: #""quorate":0"#)
        let inventory = try await inventory(status: .json(status))
        #expect(inventory.distrust?.code == "proxmox.noQuorum")
        #expect(!inventory.isQuorate)
        #expect(inventory.guests.isEmpty)
    }

    @Test func `a node on its own has no cluster entry and is quorate`() async throws {
        let inventory = try await inventory(status: .json(#"{"data":[{"type":"node","name":"pve1","online":1}]}"#))
        #expect(inventory.distrust == nil && inventory.isQuorate && inventory.guests.count == 3)
        #expect(inventory.identity == .single)
    }

    @Test(arguments: [
        #"{"data":[]}"#, #"{"data":null}"#, #"{"data":[{"type":"cluster","name":"lab"}]}"#,
        #"{"data":[{"type":"cluster","name":"lab","quorate":1}]}"#, #"{"data":[{"type":"node","name":"pve1"}]}"#,
    ])
    func `a status without quorum or nodes cannot be trusted`(body: String) async throws {
        #expect(try await inventory(status: .json(body)).distrust?.code == "proxmox.unreadable")
    }

    @Test(arguments: [
        #"{"data":{}}"#, #"{"data":[]}"#, #"{"data":{"/vms":{"VM.PowerMgmt":1}}}"#,
        #"{"data":{"/vms":{"VM.Audit":0}}}"#,
        #"{"data":{"/nodes":{"VM.Audit":1}}}"#, #"{"data":{"/vms/100":{"VM.Audit":1}}}"#,
    ])
    func `an empty list of a token that may not see guests is no empty cluster`(permissions: String) async throws {
        let inventory = try await inventory(listing: .json(#"{"data":[]}"#), permissions: .json(permissions))
        #expect(inventory.distrust == Sentence("proxmox.noAudit", "lab"))
    }

    @Test func `a token that may see some guests proves no other one's absence`() async throws {
        let inventory = try await inventory(permissions: .json(#"{"data":{"/pool/prod":{"VM.Audit":1}}}"#))
        #expect(inventory.distrust == Sentence("proxmox.partialAudit", "lab"))
        #expect(inventory.guests.isEmpty)
    }

    @Test(arguments: [
        #"{"data":{"/":{"VM.Audit":1},"/vms":{"VM.Audit":1},"/vms/101":{"VM.PowerMgmt":1}}}"#,
        #"{"data":{"/":{"VM.Audit":1},"/vms/101":{"VM.PowerMgmt":0},"/vms/102":{"VM.Audit":0}}}"#,
    ])
    func `a right that a guest's own entry takes away makes the listing one of some guests`(
        permissions: String
    ) async throws {
        let inventory = try await inventory(permissions: .json(permissions))
        #expect(inventory.distrust == Sentence("proxmox.narrowedGuest", "lab", "/vms/101"))
        #expect(inventory.guests.isEmpty)
    }

    @Test func `a smaller right on a pool hides nobody`() async throws {
        let permissions = #"{"data":{"/":{"VM.Audit":1},"/pool/prod":{"Pool.Audit":1},"/vms/100":{"VM.Audit":0}}}"#
        #expect(try await inventory(permissions: .json(permissions)).distrust == nil)
    }

    @Test func `a guest that is not listed is asked for by its number`() async throws {
        let sender = StubSender { request, _ in
            switch request.query {
            case "vmid=101": .json(#"{"data":"101"}"#)
            case "vmid=102":
                .success(
                    HTTPResponse(
                        status: 400, reason: "Parameter verification failed.",
                        body: Array(#"{"data":null,"errors":{"vmid":"VM 102 already exists"}}"#.utf8)))
            case "vmid=103": .refusal(500, "VM 103 already exists on node 'pve2'")
            default: .refusal(595, "no route")
            }
        }
        let absences = try await Example.client(sender).absences(
            of: Set([101, 102, 103, 104].map { VMID($0) }), in: "lab")
        #expect(absences[VMID(101)] == .absent)
        #expect(absences[VMID(102)] == .unknown(Sentence("proxmox.hiddenGuest", "102", "lab")))
        #expect(absences[VMID(103)] == .unknown(Sentence("proxmox.hiddenGuest", "103", "lab")))
        guard case .unknown(let reason) = absences[VMID(104)] else {
            Issue.record("no answer is no absence")
            return
        }
        #expect(reason.code == "proxmox.nodeUnreachable")
    }

    @Test func `an empty cluster is empty when the token would see its guests`() async throws {
        for permissions in [Self.audit, #"{"data":{"/":{"VM.Audit":"1"}}}"#] {
            let inventory = try await inventory(listing: .json(#"{"data":[]}"#), permissions: .json(permissions))
            #expect(inventory.distrust == nil && inventory.guests.isEmpty)
        }
    }

    @Test func `what a call refuses is the reason`() async throws {
        let refusal = StubSender.Answer.refusal(403, "Permission check failed (/, Sys.Audit)")
        #expect(
            try await inventory(status: refusal).distrust == Sentence("proxmox.permission", "lab", "Sys.Audit", "/"))
        #expect(
            try await inventory(listing: .refusal(401, "invalid token value!")).distrust?.code == "proxmox.unauthorized"
        )
        #expect(try await inventory(tasks: .refusal(500, "x")).distrust?.code == "proxmox.refused")
        #expect(try await inventory(permissions: .refusal(595, "no route")).distrust?.code == "proxmox.nodeUnreachable")
    }

    @Test func `the nodes that are online tell what was done since a moment, each task once`() async throws {
        let start = "UPID:pve1:000F4240:00ABCDEF:6B00E5D0:qmstart:100:plumb@pve!ci:"
        let stop = "UPID:pve1:000F4240:00ABCDEF:6B00E5C0:qmstop:100:root@pam:"
        let sender = StubSender(bodies: [
            "/cluster/resources": Self.listing, "/cluster/status": Self.status, "/access/permissions": Self.audit,
            "/cluster/tasks": #"{"data":[{"upid":"\#(start)","endtime":1795220950,"status":"OK"}]}"#,
            "/nodes/pve1/tasks": """
            {"data":[{"upid":"\(stop)","endtime":1795220930,"status":"OK"},{"upid":"\(start)","endtime":1795220950,"status":"OK"}]}
            """,
        ])
        let inventory = try await Example.client(sender).inventory(of: "lab", pastTasksSince: Timestamp(seconds: 1000))
        #expect(inventory.pastTasks.map(\.type) == ["qmstart", "qmstop"])
        #expect(sender.lines.filter { $0.hasSuffix("/tasks") && $0.contains("/nodes/") } == ["GET /nodes/pve1/tasks"])
    }

    @Test func `five thousand guests are read in one go`() async throws {
        var entries: [String] = []
        for number in 0..<5000 {
            entries.append(
                """
                {"id":"qemu/\(1000 + number)","type":"qemu","vmid":\(1000 + number),"name":"server-\(number)","node":"pve\(number % 8)",\
                "status":"running","template":0,"tags":"env-prod;plumb;web","maxcpu":4,"maxmem":2147483648,"maxdisk":34359738368,\
                "cpu":0.0123456789,"mem":1073741824,"disk":0,"uptime":86400,"netin":123456789,"netout":987654321,\
                "diskread":1234567,"diskwrite":7654321,"pool":"prod"}
                """)
        }
        let sender = StubSender(bodies: [
            "/cluster/resources": #"{"data":["# + entries.joined(separator: ",") + "]}"
        ])
        let client = try Example.client(sender)
        let data = try await client.guestResources()
        var guests: [ObservedGuest] = []
        let time = try ContinuousClock().measure { guests = try GuestListing.read(data) }
        #expect(guests.count == 5000)
        #expect(guests.last?.name == "server-4999")
        #expect(guests.allSatisfy { $0.tags == ["env-prod", "plumb", "web"] && $0.memory == 2048 })
        print("a listing of 5,000 guests became a model in \(time)")
        // A few milliseconds when optimised; this bound is for a debug build on a busy machine.
        #expect(time < .seconds(3))
    }
}
