import Testing

@testable import Model

@Suite("Entries of tfvars")
struct ServerEntriesTests {
    private static func entry(_ vmid: Int) -> ServerConfiguration {
        ServerConfiguration(birth: .init(type: .vm, node: "pve1", vmid: VMID(vmid)), settings: GuestSettings())
    }

    @Test(arguments: [["a", "b", "c"], ["c", "a", "b"], ["b", "a", "b", "c"], ["c", "b", "a", "a"]])
    func `entries in any order ascend, and of two of one server the last holds`(_ names: [String]) {
        let read = names.enumerated().map { (server: ServerName($1), configuration: Self.entry(100 + $0)) }
        let entries = ServerEntries(inAnyOrder: read)
        #expect(entries.servers == ["a", "b", "c"])
        for name in ["a", "b", "c"] {
            let last = names.lastIndex(of: name).map { 100 + $0 }
            #expect(entries[ServerName(name)]?.birth.vmid.description == last?.description)
        }
        #expect(entries == ServerEntries(Dictionary(read, uniquingKeysWith: { $1 })))
    }

    @Test func `an entry is set, changed and removed at its place`() {
        var entries: ServerEntries = ["b": Self.entry(2), "d": Self.entry(4)]
        for name in ["c", "a", "e"] { entries[ServerName(name)] = Self.entry(9) }
        #expect(entries.servers == ["a", "b", "c", "d", "e"])
        entries["c"] = Self.entry(3)
        entries["a"] = nil
        entries["nobody"] = nil
        #expect(entries.servers == ["b", "c", "d", "e"])
        #expect(entries.configurations.map(\.birth.vmid) == [2, 3, 4, 9].map { VMID($0) })
        #expect(entries.position(of: "nobody") == nil && entries.position(of: "D") == 2)
    }
}
