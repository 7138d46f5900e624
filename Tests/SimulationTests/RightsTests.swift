import JSONArena
import Model
import Testing

@testable import Simulation

@Suite struct RightsTests {
    private static let vm = "/nodes/pve1/qemu/100"

    /// VM 100, and alice with these rights.
    private func laboratory(_ rights: [Blueprint.Right]) throws -> Laboratory {
        var lab = Laboratory { $0.users = [.init("alice@pve", password: "secret", rights: rights)] }
        try lab.clone(100)
        return lab
    }

    @Test func aTokenWithoutAuditSeesAnEmptyListAndNoError() throws {
        var lab = try laboratory([])
        #expect(try lab.listed(as: Laboratory.alice) == [])
        #expect(try lab.data(.get, "/nodes/pve1/qemu", as: Laboratory.alice) == [])
        #expect(
            try lab.refusal(.get, Self.vm + "/config", as: Laboratory.alice)
                == "403 Permission check failed (/vms/100, VM.Audit)")
        #expect(lab.cluster.guest(100, visibleTo: Laboratory.alice) == nil)
        #expect(lab.cluster.guest(100, visibleTo: .local)?.name == "web-01")
    }

    @Test func theListHoldsWhatMayBeSeen() throws {
        var lab = try laboratory([.init("/vms/100", ["PVEVMUser"])])
        #expect(try lab.listed(as: Laboratory.alice) == [100])
        #expect(try lab.done(.post, Self.vm + "/status/start", as: Laboratory.alice) == "OK")
        #expect(
            try lab.refusal(.put, Self.vm + "/config", ["cores": "2"], as: Laboratory.alice)
                == "403 Permission check failed (/vms/100, VM.Config.CPU)")
        #expect(
            try lab.refusal(.delete, Self.vm, as: Laboratory.alice)
                == "403 Permission check failed (/vms/100, VM.Allocate)")
    }

    @Test func aBridgeIsUsedByRightOnly() throws {
        let makesGuests = ["PVEVMAdmin", "PVEDatastoreUser"]
        var lab = try laboratory([
            .init("/", makesGuests), .init("/sdn/zones/localnetwork/vmbr1", makesGuests + ["SDN.Use"]),
        ])
        let refused = "403 Permission check failed (/sdn/zones/localnetwork/vmbr0, SDN.Use)"
        let birth = ["vmid": "200", "memory": "512", "net0": "virtio,bridge=vmbr0"]
        #expect(try lab.refusal(.post, "/nodes/pve1/qemu", birth, as: Laboratory.alice) == refused)
        #expect(
            try lab.refusal(.post, "/nodes/pve1/qemu/9000/clone", ["newid": "200"], as: Laboratory.alice) == refused)
        #expect(
            try lab.refusal(.put, Self.vm + "/config", ["net1": "virtio,bridge=vmbr0,tag=7"], as: Laboratory.alice)
                == "403 Permission check failed (/sdn/zones/localnetwork/vmbr0/7, SDN.Use)")
        _ = try lab.data(.put, Self.vm + "/config", ["net1": "virtio,bridge=vmbr1"], as: Laboratory.alice)
        _ = try lab.data(.put, Self.vm + "/config", ["cores": "2"], as: Laboratory.alice)
    }

    @Test func aBirthNeedsThePrivilegeOfEachSetting() throws {
        var lab = try laboratory([.init("/", ["VM.Allocate", "VM.Config.Memory"])])
        let birth = ["vmid": "200", "memory": "512", "scsihw": "virtio-scsi-single"]
        #expect(
            try lab.refusal(.post, "/nodes/pve1/qemu", birth, as: Laboratory.alice)
                == "403 Permission check failed (/vms/200, VM.Config.HWType)")
        _ = try lab.data(.post, "/nodes/pve1/qemu", ["vmid": "200", "memory": "512"], as: Laboratory.alice)
    }

    @Test func aPoolsRightsReachItsMembers() throws {
        var lab = try laboratory([.init("/pool/web", ["PVEAuditor"])])
        try lab.data(.post, "/pools", ["poolid": "web"])
        #expect(try lab.listed(as: Laboratory.alice) == [])
        try lab.data(.put, "/pools", ["poolid": "web", "vms": "100"])
        #expect(try lab.listed(as: Laboratory.alice) == [100])
    }

    @Test func theDeepestEntryDecides() throws {
        var lab = try laboratory([.init("/", ["PVEAuditor"]), .init("/vms/100", ["NoAccess"])])
        #expect(try lab.listed(as: Laboratory.alice) == [9000, 9001])
    }

    @Test func noAccessToAPoolHidesItsGuestsWhateverElseIsGiven() throws {
        var lab = try laboratory([
            .init("/", ["PVEAuditor"]), .init("/vms", ["PVEAuditor"]), .init("/pool/web", ["NoAccess"]),
        ])
        try lab.data(.post, "/pools", ["poolid": "web"])
        #expect(try lab.listed(as: Laboratory.alice) == [100, 9000, 9001])
        try lab.data(.put, "/pools", ["poolid": "web", "vms": "100"])
        #expect(try lab.listed(as: Laboratory.alice) == [9000, 9001])
        #expect(
            try lab.refusal(.get, Self.vm + "/config", as: Laboratory.alice)
                == "403 Permission check failed (/vms/100, VM.Audit)")
        // Nothing shows it but the question for the number.
        let permissions = try lab.data(.get, "/access/permissions", as: Laboratory.alice)
        #expect(permissions["/vms"]?.names.contains("VM.Audit") == true)
        #expect(permissions["/vms/100"] == nil && permissions["/pool/web"] == nil)
        #expect(
            try lab.ask(.get, "/cluster/nextid", ["vmid": "100"], as: Laboratory.alice).status == 400)
        #expect(try lab.data(.get, "/cluster/nextid", ["vmid": "101"], as: Laboratory.alice) == "101")
    }

    @Test func aSmallRoleOnAPoolTakesNothingAway() throws {
        var lab = try laboratory([.init("/", ["PVEAuditor"]), .init("/pool/web", ["PVEPoolUser"])])
        try lab.data(.post, "/pools", ["poolid": "web"])
        try lab.data(.put, "/pools", ["poolid": "web", "vms": "100"])
        #expect(try lab.listed(as: Laboratory.alice) == [100, 9000, 9001])
    }

    @Test func aSeparatedTokenHasOnlyWhatBothHave() throws {
        var lab = Laboratory { blueprint in
            blueprint.users = [.init("alice@pve", rights: [.init("/", ["PVEVMAdmin"])])]
            var token = Blueprint.Token(id: "alice@pve!narrow", secret: "s")
            token.isSeparated = true
            token.rights = [.init("/vms/100", ["PVEAuditor"]), .init("/nodes", ["PVEAuditor"])]
            blueprint.tokens.append(token)
        }
        let narrow = Caller.token(id: "alice@pve!narrow", secret: "s")
        try lab.clone(100)
        #expect(try lab.listed(as: narrow) == [100])
        #expect(
            try lab.refusal(.get, "/nodes/pve1/status", as: narrow)
                == "403 Permission check failed (/nodes/pve1, Sys.Audit)")
        let permissions = try lab.data(.get, "/access/permissions", ["path": "/vms/100"], as: narrow)
        #expect(permissions["/vms/100"]?.names.contains("VM.Audit") == true)
        #expect(permissions["/vms/100"]?.names.contains("VM.PowerMgmt") == false)
    }

    @Test func rightsAreGivenAndTakenThroughTheAPI() throws {
        var lab = try laboratory([])
        let grant = ["path": "/vms", "roles": "PVEAuditor", "users": "alice@pve"]
        #expect(
            try lab.refusal(.put, "/access/acl", grant, as: Laboratory.alice)
                == "403 Permission check failed (/access, Permissions.Modify)")
        try lab.data(.put, "/access/acl", grant)
        #expect(try lab.listed(as: Laboratory.alice).count == 3)
        try lab.data(.put, "/access/acl", grant.merging(["delete": "1"]) { $1 })
        #expect(try lab.listed(as: Laboratory.alice) == [])
        #expect(try lab.ask(.put, "/access/acl", grant.merging(["roles": "King"]) { $1 }).status == 400)
    }

    @Test func aNewTokenWorksUntilItIsDeleted() throws {
        var lab = try laboratory([.init("/", ["PVEAuditor"])])
        let made = try lab.data(.post, "/access/users/alice@pve/token/new", ["privsep": "0"])
        let secret = try #require(made["value"]?.text)
        #expect(secret.count == 36 && secret.split(separator: "-").map(\.count) == [8, 4, 4, 4, 12])
        let caller = Caller.token(id: "alice@pve!new", secret: secret)
        #expect(try lab.listed(as: caller).count == 3)
        try lab.data(.delete, "/access/users/alice@pve/token/new")
        #expect(try lab.refusal(.get, "/version", as: caller) == "401 no such token 'new' for user 'alice@pve'")
    }

    @Test func aTokenThatIsSeparatedLaterLosesItsUsersRights() throws {
        var lab = try laboratory([.init("/", ["PVEAuditor"])])
        let path = "/access/users/alice@pve/token/cli"
        #expect(try lab.listed(as: Laboratory.alice).count == 3)
        #expect(try lab.data(.put, path, ["privsep": "1"])["privsep"] == 1)
        #expect(try lab.listed(as: Laboratory.alice) == [])
        #expect(try lab.data(.get, path)["privsep"] == 1)
        try lab.data(.put, "/access/acl", ["path": "/vms/100", "roles": "PVEAuditor", "tokens": "alice@pve!cli"])
        #expect(try lab.listed(as: Laboratory.alice) == [100])
        try lab.data(.put, path, ["privsep": "0"])
        #expect(try lab.listed(as: Laboratory.alice).count == 3)
        #expect(
            try lab.refusal(.put, "/access/users/alice@pve/token/none", ["privsep": "0"])
                == "500 no such token 'none' for user 'alice@pve'")
    }

    @Test func aTicketIsGoodForTwoHours() throws {
        var lab = try laboratory([.init("/", ["PVEAuditor"])])
        let user = ["username": "alice@pve", "password": "secret"]
        let answer = try lab.data(.post, "/access/ticket", user, as: .anonymous)
        let ticket = try #require(answer["ticket"]?.text)
        #expect(answer["CSRFPreventionToken"]?.text == SimulatedCluster.preventionToken(for: ticket))
        lab.pass(.seconds(7200))
        #expect(try lab.listed(as: .ticket(ticket)).count == 3)
        let renewed = try lab.data(
            .post, "/access/ticket", ["username": "alice@pve", "password": ticket], as: .anonymous)
        lab.pass(.seconds(1))
        #expect(try lab.refusal(.get, "/version", as: .ticket(ticket)).hasPrefix("401 "))
        #expect(try lab.listed(as: .ticket(try #require(renewed["ticket"]?.text))).count == 3)
        #expect(try lab.refusal(.get, "/version", as: .ticket(ticket + "0")) == "401 invalid PVE ticket")
    }

    @Test(
        arguments: [
            (Caller.anonymous, "401 No ticket"),
            (.token(id: "alice@pve!cli", secret: "wrong"), "401 invalid token value!"),
            (.token(id: "alice@pve", secret: "wrong"), "401 authentication failure"),
        ])
    func whoIsNotKnownIsRefused(_ caller: Caller, _ text: String) throws {
        var lab = Laboratory()
        #expect(try lab.refusal(.get, "/version", as: caller) == text)
        let wrong = ["username": "alice@pve", "password": "wrong"]
        #expect(try lab.refusal(.post, "/access/ticket", wrong, as: .anonymous) == "401 authentication failure")
    }
}
