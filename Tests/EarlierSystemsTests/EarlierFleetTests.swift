import EarlierSystems
import Foundation
import Testing

@Suite struct EarlierFleetTests {
    @Test("a tfvars file of the earlier manager is read with all that it says")
    func wholeFile() throws {
        let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Samples/terraform.tfvars.json")
        let fleet = try EarlierFleet(parsing: Array(try Data(contentsOf: path)))
        #expect(fleet.endpoint == "https://pve1.example.org:8006")
        #expect(fleet.account == "root@pam")
        #expect(fleet.node == "pve1")
        #expect(fleet.datastore == "local-lvm")
        #expect(fleet.servers.map(\.name) == ["AI-agent", "web-01"])
        let web = try #require(fleet.servers.last)
        #expect(web.role == "web")
        #expect(web.cores == 2)
        #expect(web.memory == 2048)
        #expect(web.template == 9000)
        #expect(web.user == "debian")
        #expect(web.password == "first-secret")
        #expect(web.diskSizes == [20])
        #expect(web.addresses == ["10.0.0.11"])
        #expect(web.osType == "debian12")
        #expect(web.isProtected)
        let agent = try #require(fleet.servers.first)
        #expect(agent.role == nil)
        #expect(agent.cores == 4)
        #expect(agent.user == "rocky")
        #expect(!agent.isProtected)
    }

    @Test(
        "what is no such file is said to be none",
        arguments: [
            "", "[]", "{}", #"{"servers": 3}"#, #"{"servers": {"a": 1}}"#, #"{"servers": [{}]}"#,
            #"{"servers": [{"name": "a"}, {"name": "a"}]}"#,
        ])
    func malformed(text: String) {
        #expect(throws: EarlierFileFailure.self) { try EarlierFleet(parsing: Array(text.utf8)) }
    }
}
