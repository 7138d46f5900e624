import Model
import Processes
import Terraform
import Testing

@Suite("What goes wrong with Terraform, in sentences")
struct FailureSentenceTests {
    private static let failures: [TerraformFailure] = [
        .binaryMissing(looked: "/usr/bin"), .binaryNotThere(configured: "tofu-1.9"),
        .binaryTooOld(path: "/usr/bin/terraform", version: "1.5.7"),
        .binaryUnusable(path: "/usr/bin/terraform", reason: "exit code 1"),
        .locked(path: "/x/.plumb.lock", holder: nil),
        .foreignFiles(["/x/extra.tf"]),
        .file(path: "/x", reason: "No space left on device"), .malformed(path: "/x", reason: "it is not an object"),
        .program(.notFound(executable: "terraform")), .vanished(command: "apply"), .left(run: "apply-7"), .stalePlan,
        .refused(command: "plan", [TerraformDiagnostic(severity: .error, summary: "No such node")]),
        .refused(command: "apply", [whileRunning]), .noRoom(command: "show", path: "/srv/fleet/.plumb/stacks/lab/main"),
    ]

    private static let whileRunning = TerraformDiagnostic(
        severity: .error,
        summary:
            "cannot resize disks while the VM is running because this change requires the VM to be powered off, but "
            + "automatic power-offs/reboots are disabled by 'reboot_after_update = false'")

    @Test func `what a guest at rest alone lets happen is said with the way there`() {
        let failure = TerraformFailure.refused(command: "apply", [Self.whileRunning])
        #expect(failure.sentence.code == "terraform.wantsPowerOff")
    }

    @Test(arguments: failures)
    func `every failure has a whole sentence in every language`(failure: TerraformFailure) {
        for language in Language.allCases {
            let text = Catalogue.paragraph(of: failure.sentence, in: language)
            #expect(!text.contains("{"))
            for argument in failure.sentence.arguments { #expect(text.contains(argument)) }
        }
    }

    /// As the provider and Proxmox say it: a refusal of the call, the end of a task, a storage of one node, one that
    /// nodes share.
    private static let busyLocks = [
        "error updating VM: received an HTTP 500 response - Reason: can't lock file '/var/lock/qemu-server/lock-101.conf' - got timeout",
        """
        error waiting for VM clone: All attempts fail:
        #1: task "UPID:proxmox:0035D677:03AB00C3:66DC5987:qmclone:132:root@pam:" failed to complete with exit code: can't lock file '/var/lock/qemu-server/lock-133.conf' - got timeout
        """,
        "clone failed: can't lock file '/var/lock/pve-manager/pve-storage-data-zfs' - got timeout",
        "500 can't lock file '/run/lock/lxc/pve-config-104.lock' - got timeout",
        "clone failed: cfs-lock 'storage-ceph' error: got lock request timeout",
    ]

    @Test(arguments: busyLocks)
    func `a lock that was busy is worth another try in the same run`(text: String) {
        for diagnostic in [
            TerraformDiagnostic(severity: .error, summary: text),
            TerraformDiagnostic(severity: .error, summary: "VM clone", detail: text),
        ] {
            #expect(TerraformFailure.refused(command: "apply", [diagnostic]).stepFailure.retry == .afterLock)
        }
    }

    @Test(arguments: [
        "VM is locked (backup)", "timeout while waiting for VM \"7001\" configuration to become unlocked",
        "can't lock file '/var/lock/qemu-server/lock-101.conf': Permission denied", "got timeout",
        "VM 100 qmp command 'query-status' failed - got timeout", "",
    ])
    func `what holds a guest for longer is not, nor what only sounds like it`(text: String) {
        let diagnostic = TerraformDiagnostic(severity: .error, summary: text)
        #expect(TerraformFailure.refused(command: "apply", [diagnostic]).stepFailure.retry == .never)
    }

    @Test func `only what passes by itself is tried again`() {
        let retried = Self.failures.filter { $0.stepFailure.retry != .never }.map(\.sentence.code)
        #expect(
            Set(retried) == [
                "terraform.locked", "terraform.vanished", "terraform.left", "terraform.stalePlan", "terraform.noRoom",
            ])
    }
}
