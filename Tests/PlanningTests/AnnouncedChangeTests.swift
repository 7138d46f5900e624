import Model
import Planning
import Testing

/// What a plan says of the settings that are written to a cloud-init drive says that the drive comes, and nothing says that
/// an account does.
@Suite struct AnnouncedChangeTests {
    private func announces(_ announced: String, _ path: String) -> Bool {
        [AttributeChange(path: announced, before: nil, after: "x")].announce(
            AttributeChange(path: path, before: nil, after: "y"))
    }

    @Test(arguments: ["dns", "networks[0]", "networks[1].address", "networks[0].gateway"])
    func aDriveComesWithWhatItCarries(announced: String) {
        #expect(announces(announced, "cloudInit"))
        #expect(!announces(announced, "cloudInit.user"))
    }

    @Test(arguments: ["cores", "networks[0].vlan", "disks[scsi0]", "disks[scsi0].size"])
    func andWithNothingElse(announced: String) {
        #expect(!announces(announced, "cloudInit"))
    }
}
