import Model
import Testing

@testable import Proxmox

struct UPIDTests {
    @Test func `a UPID has nine parts`() throws {
        let upid = try #require(UPID("UPID:pve-1:000F4240:0ABCDEF01:5F5E1000:qmclone:9000:plumb@pve!ci:"))
        #expect(upid.node == "pve-1")
        #expect(upid.startedAt == Timestamp(seconds: 0x5F5E_1000))
        #expect(upid.type == "qmclone")
        #expect(upid.vmid == VMID(9000))
        #expect(upid.user == "plumb@pve!ci")
        #expect(upid.text == "UPID:pve-1:000F4240:0ABCDEF01:5F5E1000:qmclone:9000:plumb@pve!ci:")
    }

    @Test(arguments: ["", "aptupdate", "99", "1000000000"])
    func `a task about no guest has no VMID`(subject: String) throws {
        #expect(try #require(UPID("UPID:pve1:000F4240:00ABCDEF:5F5E1000:aptupdate:\(subject):root@pam:")).vmid == nil)
    }

    @Test(arguments: [
        "", "UPID", "UPID:pve1:000F4240:00ABCDEF:5F5E1000:qmstart:100:root@pam",
        "UPID:pve1:000F4240:00ABCDEF:5F5E1000:qmstart:100:root@pam:x",
        "upid:pve1:000F4240:00ABCDEF:5F5E1000:qmstart:100:root@pam:",
        "UPID::000F4240:00ABCDEF:5F5E1000:qmstart:100:root@pam:",
        "UPID:pve1:F4240:00ABCDEF:5F5E1000:qmstart:100:root@pam:",
        "UPID:pve1:000F4240:00ABCDEF:5F5E100G:qmstart:100:root@pam:",
        "UPID:pve1:000F4240:00ABCDEF:5F5E1000::100:root@pam:",
        "UPID:pve1:000F4240:00ABCDEF:5F5E1000:qmstart:100::",
        "UPID:p/1:000F4240:00ABCDEF:5F5E1000:qmstart:100:root@pam:",
        "UPID:pve1:000F4240:00ABCDEF:5F5E1000:qmstart:../..:root@pam:",
        "UPID:pve1:-00F4240:00ABCDEF:5F5E1000:qmstart:100:root@pam:",
    ])
    func `anything else is none`(text: String) {
        #expect(UPID(text) == nil)
    }
}
