import Loading
import Model
import Testing

@Suite("Servers in documents that are left out")
struct LeftOutServersTests {
    private func document(_ kind: String, _ name: String, _ spec: String, version: String = "plumb/v1") -> String {
        "apiVersion: \(version)\nkind: \(kind)\nmetadata: {\(name)}\nspec: {\(spec)}\n"
    }

    @Test("Each is known with its file, with mistakes and without, and what other programs name is not")
    func names() {
        let cluster = document(
            "Cluster", "name: lab",
            """
            simulated: {nodes: [pve1], templates: [{name: debian-12, vmid: 9000}]}, \
            defaults: {datastore: local-lvm, bridge: vmbr0, template: debian-12, node: pve1}
            """)
        let own = "cluster: lab, cores: 2, memory: 2GiB, disks: [{size: 20GiB}], networks: [{address: dhcp}]"
        let files = [
            // A cluster that is declared elsewhere.
            SourceFile(path: "a.yaml", text: document("Server", "name: Web-1", "cluster: far")),
            SourceFile(
                path: "b.yaml", text: cluster + "---\n" + document("Server", "name: db-2, formerName: db-1", own)),
            SourceFile(path: "c.yaml", text: document("Server", "name: web-2", "cluster: far, cores: many")),
            SourceFile(
                path: "d.yaml",
                text: document("ServerSet", "name: job", "names: \"job-{1..2}\", template: {cluster: far}")),
            SourceFile(path: "e.yaml", text: document("Deployment", "name: shop", "", version: "apps/v1")),
            SourceFile(path: "f.yaml", text: document("Server", "name: web-1", "cluster: far")),
            SourceFile(
                path: "g.yaml",
                text: "apiVersion: plumb/v1\nkind: Server\nmetadata:\n  name: web-9\nspec: {cluster: [\n"),
        ]
        let found = LeftOutServers(in: files, unread: nil)
        #expect(
            found.paths == [
                "web-1": "a.yaml", "db-2": "b.yaml", "db-1": "b.yaml", "web-2": "c.yaml", "job-1": "d.yaml",
                "job-2": "d.yaml", "web-9": "g.yaml",
            ])
        #expect(found.unread == nil && found.place(of: "shop") == nil)
        #expect(found.place(of: "WEB-1") == .stands("a.yaml"))
    }

    @Test("A set whose names cannot be read, and a file that is no YAML, may declare any server")
    func unreadableNames() {
        let set = document("ServerSet", "name: web", "names: {broken}")
        for text in [set, "apiVersion: plumb/v1\nkind: [Server"] {
            let found = LeftOutServers(in: [SourceFile(path: "old/set.yaml", text: text)], unread: nil)
            #expect(found.place(of: "web-1") == .mayStand("old/set.yaml"), "\(text)")
        }
        let role = document("Role", "name: web", "colour: red")
        #expect(LeftOutServers(in: [SourceFile(path: "role.yaml", text: role)], unread: nil).unread == nil)
    }

    @Test("Where not all was looked at, any server may be among the rest")
    func beyondTheRoom() {
        let found = LeftOutServers(in: [], unread: "vendor")
        #expect(found.paths.isEmpty && found.place(of: "web-1") == .mayStand("vendor"))
        let much = LeftOutServers(in: [], unread: nil, beyond: "vendor", empty: "mounts")
        #expect(much.place(of: "web-1") == .mayStandBeyond("vendor"))
        #expect(LeftOutServers(in: [], unread: nil).place(of: "web-1") == nil)
    }
}
