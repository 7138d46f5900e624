import Model
import Testing

@testable import Loading

@Suite("What a diagnostic offers in the place of a mistake")
struct OfferedFixTests {
    private func fixes(_ loaded: LoadedConfiguration) -> [String] {
        loaded.diagnostics.flatMap { $0.fixIts.map(\.replacement) }
    }

    @Test("A record of a name, where a name alone is wanted, becomes that name")
    func name() {
        let cluster = "apiVersion: plumb/v1\nkind: Cluster\nmetadata: {name: it}\nspec: {simulated: {nodes: [NODES]}}\n"
        for (nodes, fix) in [
            ("{name: pve1}", ["pve1"]), ("{name: pve1, online: true}", []), ("{id: pve1}", []), ("[pve1]", []),
            ("{name: [pve1]}", []), ("{name: \"pve1\"}", []), ("{name: }", []), ("{}", []),
        ] {
            let loaded = ConfigurationLoader().load([
                SourceFile(path: "a.yaml", text: cluster.replacing("NODES", with: nodes))
            ])
            #expect(loaded.diagnostics.first?.sentence.code == "type.text", "\(nodes)")
            #expect(fixes(loaded) == fix, "\(nodes)")
        }
    }

    @Test("A number in quotes is offered without them only where it may stand there")
    func quotes() {
        #expect(fixes(ReadingTests.server("vmid: \"100\"")) == ["100"])
        let low = ReadingTests.server("vmid: \"99\"")
        #expect(low.diagnostics.map(\.sentence.code) == ["value.vmid"] && fixes(low).isEmpty)
        #expect(fixes(ReadingTests.server("cores: \"0\"")).isEmpty)
    }
}
