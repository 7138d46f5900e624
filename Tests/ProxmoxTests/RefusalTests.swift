import Testing
import Transport

@testable import Proxmox

/// The texts are Proxmox's own, from its sources and from real answers.
struct RefusalTests {
    @Test(arguments: [
        (401, "authentication failure"), (401, "invalid token value!"), (401, "No ticket"),
        (401, "permission denied - invalid PVE ticket"), (401, "permission denied - invalid csrf token"),
        (401, "no such user ('plumb@pve')"), (401, "no such token 'ci' for user 'plumb@pve'"),
    ])
    func `401 is unauthorized`(status: Int, text: String) {
        #expect(RefusalTable.failure(status: status, text: text) == .unauthorized(text))
    }

    @Test(arguments: [
        ("Permission check failed (/vms/100, VM.PowerMgmt)", "/vms/100", "VM.PowerMgmt"),
        ("Permission check failed (/, Sys.Audit)", "/", "Sys.Audit"),
        (
            "Permission check failed (/storage/local, Datastore.AllocateSpace|Datastore.Allocate)", "/storage/local",
            "Datastore.AllocateSpace|Datastore.Allocate"
        ),
        ("Permission check failed", nil, nil),
        ("Permission check failed (user != root@pam)", nil, nil),
        ("Permission check failed (changing feature flags (except nesting) is only allowed for root@pam)", nil, nil),
        ("only root can set 'hookscript' config", nil, nil),
    ])
    func `403 names the path and the privilege where the text does`(text: String, path: String?, privilege: String?) {
        #expect(
            RefusalTable.failure(status: 403, text: text)
                == .permission(path: path, privilege: privilege, text: text))
    }

    @Test(arguments: [
        (500, "Configuration file 'nodes/pve1/qemu-server/100.conf' does not exist"),
        (500, "Configuration file 'nodes/pve2/lxc/200.conf' does not exist"),
        (500, "unable to find configuration file for VM 100 on node 'pve1'"),
        (500, "VM 100 does not exist"), (404, "Not Found"), (404, "VM 100 not found"), (400, "no such task"),
        (500, "no such VM ('100')"),
    ])
    func `what is not there is gone`(status: Int, text: String) {
        #expect(RefusalTable.failure(status: status, text: text) == .gone(text))
    }

    @Test(arguments: [
        (500, "storage 'fast' does not exist"), (500, "bridge 'vmbr9' does not exist"),
        (500, "QEMU guest agent is not running"),
        (501, "Method 'POST /nodes/pve1/lxc/200/status/reset' not implemented"),
        (500, "got no worker upid - start worker failed"), (500, "VM quit/powerdown failed - got timeout"), (500, ""),
        (500, "proxy handler failed"),
    ])
    func `texts that only resemble others are not taken for them`(status: Int, text: String) {
        #expect(RefusalTable.failure(status: status, text: text) == .other(status: status, text: text))
    }

    @Test(arguments: [
        (500, "unable to create VM 100 - VM 100 already exists on node 'pve1'"),
        (500, "unable to create CT 200 - CT 200 already exists on node 'pve2'"),
        (500, "unable to create VM 101: config file already exists"), (500, "VM 100 already exists on node 'pve1'"),
        (409, "Conflict"),
    ])
    func `what exists already is a collision`(status: Int, text: String) {
        #expect(RefusalTable.failure(status: status, text: text) == .collision(text))
    }

    @Test(arguments: [
        "can't lock file '/var/lock/qemu-server/lock-100.conf' - got timeout",
        "can't lock file '/run/lock/lxc/pve-config-200.lock' - got timeout", "VM is locked (backup)",
        "CT is locked (snapshot-delete)", "VM is locked (clone)",
    ])
    func `a lock is a lock`(text: String) {
        #expect(RefusalTable.failure(status: 500, text: text) == .locked(text))
    }

    @Test func `power, protection, digest, quorum and nodes each have their own failure`() {
        func failure(_ status: Int, _ text: String) -> ProxmoxFailure {
            RefusalTable.failure(status: status, text: text)
        }
        #expect(failure(500, "VM 100 not running") == .notRunning("VM 100 not running"))
        #expect(failure(500, "CT 200 not running") == .notRunning("CT 200 not running"))
        #expect(failure(500, "VM 100 already running") == .alreadyRunning("VM 100 already running"))
        let protection = "can't remove VM 100 - protection mode enabled"
        #expect(failure(500, protection) == .protected(protection))
        let changed = "detected modified configuration - file changed by other user? Try again."
        #expect(failure(500, changed) == .changed(changed))
        #expect(failure(500, "cluster not ready - no quorum?") == .noQuorum("cluster not ready - no quorum?"))
        for status in [595, 596, 599] {
            #expect(failure(status, "No route to host") == .nodeUnreachable(status: status, text: "No route to host"))
        }
        let lookup = "hostname lookup 'pve9' failed - failed to get address info for: pve9: Name or service not known"
        #expect(failure(500, lookup) == .nodeUnreachable(status: 500, text: lookup))
    }

    @Test func `refused parameters are named one by one`() async throws {
        let body = """
            {"data":null,"message":"Parameter verification failed.\\n",\
            "errors":{"tags":"invalid format - tag 'UPPER case' is invalid\\n","vmid":"type check ('integer') failed"}}
            """
        let sender = StubSender { _, _ in
            .success(HTTPResponse(status: 400, reason: "Parameter verification failed.", body: Array(body.utf8)))
        }
        let client = try Example.client(sender)
        let failure = await failure { () throws(ProxmoxFailure) in
            try await client.change(Example.vm, GuestChange(tags: ["UPPER case"]))
        }
        #expect(
            failure
                == .parameters(
                    [
                        ParameterRefusal(name: "tags", text: "invalid format - tag 'UPPER case' is invalid"),
                        ParameterRefusal(name: "vmid", text: "type check ('integer') failed"),
                    ], text: "Parameter verification failed."))
    }

    @Test func `a reason below a parameter's name is understood as well`() {
        let refusal = ParameterRefusal(name: "upid", text: "no such task")
        #expect(
            RefusalTable.failure(status: 400, text: "Parameter verification failed.", parameters: [refusal])
                == .gone("no such task"))
    }

    @Test func `PVE 7 has the reason in the status line only, and later ones in both`() async throws {
        for body in [#"{"data":null}"#, #"{"data":null,"message":"VM 100 not running\n"}"#, "", "<html>"] {
            let sender = StubSender { _, _ in
                .success(HTTPResponse(status: 500, reason: "VM 100 not running", body: Array(body.utf8)))
            }
            let client = try Example.client(sender)
            let failure = await failure { () throws(ProxmoxFailure) in
                try await client.power(Example.vm, .shutdown(timeout: 60))
            }
            #expect(failure == .notRunning("VM 100 not running"))
        }
    }

    @Test func `a hostile text costs no time`() {
        let text = String(repeating: "VM is locked (", count: 20_000)
        let clock = ContinuousClock()
        let time = clock.measure { _ = RefusalTable.failure(status: 500, text: text) }
        #expect(time < .seconds(5))
    }
}
