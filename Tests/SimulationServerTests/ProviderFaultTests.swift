import Foundation
import JSONArena
import Simulation
import Testing

@Suite(
    "Faults, rights and refusals reach Terraform as the real provider reports them",
    .enabled(if: ProviderStage.binary != nil))
struct ProviderFaultTests {
    private func stage(
        _ servers: [String: JSONValue], faults: [FaultRule] = [], _ change: (inout Blueprint) -> Void = { _ in },
        _ body: (ProviderStage) async throws -> Void
    ) async throws {
        var blueprint = ProviderStage.blueprint
        blueprint.faults = faults
        change(&blueprint)
        try await ProviderStage.with(blueprint) { stage in
            try stage.write(servers: servers)
            try await body(stage)
        }
    }

    private func machines(_ vmids: Int...) -> [String: JSONValue] {
        Dictionary(uniqueKeysWithValues: vmids.map { ("web-\($0)", ProviderStage.machine($0)) })
    }

    @Test func `a failing create among three names its address, and the others exist`() async throws {
        let fault = FaultRule(
            on: "POST /nodes/*/qemu/*/clone", guest: "web-102",
            effect: .error(status: 500, text: "can't lock file '/var/lock/qemu-server/lock-9000.conf' - got timeout"))
        try await stage(machines(101, 102, 103), faults: [fault]) { stage in
            let run = try await stage.terraform("apply", "-auto-approve")
            #expect(run.status == 1)
            #expect(run.says("Error: VM clone"))
            #expect(run.says("lock-9000.conf' - got timeout"))
            #expect(run.says(#"module.server["web-102"].proxmox_virtual_environment_vm.vm[0]"#))
            let (first, second, third) = (await stage.guest(101), await stage.guest(102), await stage.guest(103))
            #expect(first != nil && second == nil && third != nil)
            #expect(ProviderStage.actions(try await stage.plan()) == ["web-102": ["create"]])
        }
    }

    @Test func `an object beside an error is tainted, and untainting gives a plain update`() async throws {
        let fault = FaultRule(
            on: "PUT /nodes/*/qemu/101/config", times: 1, effect: .error(status: 500, text: "storage is not online"))
        try await stage(machines(101), faults: [fault]) { stage in
            let run = try await stage.terraform("apply", "-auto-approve")
            #expect(run.status == 1)
            #expect(run.says("received an HTTP 500 response - Reason: storage is not online"))
            #expect(ProviderStage.actions(try await stage.plan()) == ["web-101": ["delete", "create"]])
            let address = #"module.server["web-101"].proxmox_virtual_environment_vm.vm[0]"#
            #expect(try await stage.terraform("untaint", address).status == 0)
            #expect(ProviderStage.actions(try await stage.plan()) == ["web-101": ["update"]])
            try await stage.apply()
            #expect(await stage.guest(101)?.desiredConfiguration["cores"] == "2")
        }
    }

    @Test func `an answer that is lost after the clone was made leaves the VM outside the state`() async throws {
        let fault = FaultRule(on: "POST /nodes/*/qemu/*/clone", times: 1, effect: .loseAnswer)
        try await stage(machines(101), faults: [fault]) { stage in
            let run = try await stage.terraform("apply", "-auto-approve")
            #expect(run.status == 1)
            #expect(run.says("failed to perform HTTP POST request"))
            #expect(await stage.guest(101) != nil)
            #expect(ProviderStage.actions(try await stage.plan()) == ["web-101": ["create"]])
        }
    }

    @Test func `half an answer is an error of decoding`() async throws {
        let fault = FaultRule(on: "POST /nodes/*/qemu/*/clone", times: 1, effect: .truncate)
        try await stage(machines(101), faults: [fault]) { stage in
            let run = try await stage.terraform("apply", "-auto-approve")
            #expect(run.status == 1)
            #expect(run.says("failed to decode HTTP POST response"))
        }
    }

    @Test func `a read that broke once is tried again`() async throws {
        let fault = FaultRule(on: "GET /nodes/*/qemu/*/config", times: 2, effect: .loseAnswer)
        try await stage(machines(101), faults: [fault]) { stage in
            try await stage.apply()
            #expect(ProviderStage.actions(try await stage.plan()).isEmpty)
        }
    }

    @Test func `a refused read is an error of the plan, and nothing is forgotten`() async throws {
        try await stage(machines(101)) { stage in
            try await stage.apply()
            let wrong = ["TF_VAR_api_token": "root@pam!plumb=00000000-0000-4000-8000-00000000dead"]
            let run = try await stage.terraform("plan", environment: wrong)
            #expect(run.status == 1)
            #expect(run.says("received an HTTP 401 response"))
            #expect(ProviderStage.actions(try await stage.plan()).isEmpty)
        }
    }

    @Test func `a token that lost the right to see makes the provider forget a VM that runs`() async throws {
        let blind = "blind@pve!look"
        let secret = "00000000-0000-4000-8000-0000000000b1"
        try await stage(machines(101)) { blueprint in
            blueprint.users = [.init("blind@pve")]
            blueprint.tokens.append(.init(id: blind, secret: secret))
        } _: { stage in
            try await stage.apply()
            let plan = try await stage.plan(environment: ["TF_VAR_api_token": "\(blind)=\(secret)"])
            #expect(ProviderStage.actions(plan) == ["web-101": ["create"]])
            #expect(plan["resource_drift"]?[0]?["change"]?["actions"]?[0]?.string == "delete")
            #expect(await stage.guest(101) != nil)
        }
    }

    @Test func `a taken VMID is refused once for a clone, and taken over by a VM from nothing`() async throws {
        try await stage([
            "web-01": ProviderStage.machine(101), "web-02": ProviderStage.machine(102, ["template": nil]),
        ]) { stage in
            for vmid in [101, 102] {
                _ = await stage.request(.post, "/nodes/pve1/qemu", ["vmid": String(vmid), "name": "foreign"])
            }
            let run = try await stage.terraform("apply", "-auto-approve")
            #expect(run.status == 1)
            #expect(run.says("already exists"))
            // The real provider reads "already exists" at its second try as success.
            let actions = ProviderStage.actions(try await stage.plan())
            #expect(actions["web-01"] == ["create"])
            #expect(actions["web-02"] != ["create"])
            #expect(await stage.guest(101)?.name == "foreign")
        }
    }

    @Test func `a locked guest is not deleted after three tries, and stays in the state`() async throws {
        let fault = FaultRule(
            on: "DELETE /nodes/*/qemu/101", effect: .error(status: 500, text: "VM is locked (backup)"))
        try await stage(machines(101), faults: [fault]) { stage in
            try await stage.apply()
            let run = try await stage.terraform("destroy", "-auto-approve")
            #expect(run.status == 1)
            #expect(run.says("#3: error deleting VM") && run.says("VM is locked (backup)"))
            #expect(await stage.guest(101) != nil)
            #expect(ProviderStage.actions(try await stage.plan()).isEmpty)
        }
    }

    @Test func `after a failed update the state holds what was asked, and the next refresh tells the truth`()
        async throws
    {
        let fault = FaultRule(
            on: "PUT /nodes/*/lxc/*/config", times: 1,
            effect: .error(status: 500, text: "cluster not ready - no quorum?"))
        try await stage(["ct-01": ProviderStage.container(201)], faults: [fault]) { stage in
            try await stage.apply()
            try stage.write(servers: ["ct-01": ProviderStage.container(201, ["cores": 3])])
            let run = try await stage.terraform("apply", "-auto-approve")
            #expect(run.status == 1)
            #expect(run.says("no quorum?"))
            let unrefreshed = try await stage.plan("-refresh=false")
            #expect(ProviderStage.actions(unrefreshed).isEmpty)
            #expect(ProviderStage.actions(try await stage.plan()) == ["ct-01": ["update"]])
        }
    }

    @Test(.timeLimit(.minutes(1))) func `a killed Terraform leaves the provider serving the next one`() async throws {
        let fault = FaultRule(on: "PUT /nodes/*/qemu/101/config", times: 1, effect: .hang)
        try await stage(machines(101, 102), faults: [fault]) { stage in
            let run = try stage.start(["apply", "-auto-approve"])
            await stage.waitForRequest(.put, "/nodes/pve1/qemu/101/config")
            kill(run.processID, SIGKILL)
            #expect(try await run.end().status == SIGKILL)
            #expect(await stage.guest(101) != nil)
            let next = try await stage.terraform("plan", "-lock=false")
            #expect(next.status == 0, "\(next.output)")
        }
    }

    @Test(.timeLimit(.minutes(1))) func `an interrupted Terraform still records what its provider finishes`()
        async throws
    {
        let fault = FaultRule(on: "PUT /nodes/*/qemu/101/config", times: 1, effect: .delay(.seconds(1)))
        try await stage(machines(101), faults: [fault]) { stage in
            let run = try stage.start(["apply", "-auto-approve"])
            await stage.waitForRequest(.put, "/nodes/pve1/qemu/101/config")
            kill(run.processID, SIGINT)
            _ = try await run.end()
            #expect(ProviderStage.actions(try await stage.plan()).isEmpty)
        }
    }

    @Test func `a value out of range fails the plan with the provider's words`() async throws {
        try await stage(["web-01": ProviderStage.machine(101), "web-02": ProviderStage.machine(50)]) { stage in
            let run = try await stage.terraform("plan")
            #expect(run.status == 1)
            #expect(run.says("expected vm_id to be in the range (100 - 2147483647), got 50"))
        }
    }

    @Test func `a provider without a token, or with half a token, is refused before anything else`() async throws {
        try await stage(machines(101)) { stage in
            try await stage.apply()
            for (token, text) in [
                ("", "must provide either username and password, an API token, or a ticket"),
                ("root@pam!plumb=short", "the API token must be in the format 'USER@REALM!TOKENID=UUID'"),
            ] {
                let run = try await stage.terraform("plan", environment: ["TF_VAR_api_token": token])
                #expect(run.status == 1)
                #expect(run.says(text))
            }
        }
    }

    @Test func `a password comes from the environment and is in no plan that is shown`() async throws {
        let server = ProviderStage.machine(101, ["password_secret": "first"])
        let secrets = ["TF_VAR_secrets": #"{"first":"hunter2-hunter2"}"#]
        try await stage(["web-01": server]) { stage in
            let planned = try await stage.terraform("plan", environment: secrets)
            #expect(planned.status == 0 && !planned.says("hunter2"), "\(planned.output)")
            try await stage.apply(environment: secrets)
            #expect(await stage.guest(101)?.configuration["cipassword"] != nil)
            #expect(ProviderStage.actions(try await stage.plan(environment: secrets)).isEmpty)
        }
    }
}
