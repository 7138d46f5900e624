import JSONArena
import Model

extension ProxmoxClient {
    /// `GET /nodes`, in ascending order of names.
    package func nodes() async throws(ProxmoxFailure) -> [ListedNode] {
        let data = try await get(["nodes"])
        guard data.kind == .array else { throw .unreadable("the list of nodes is not a list") }
        var nodes: [ListedNode] = []
        for entry in data.elements { nodes.append(try ListedNode(reading: entry)) }
        return nodes.sorted { $0.name < $1.name }
    }

    /// `GET /nodes/{node}/time`
    package func time(of node: NodeName) async throws(ProxmoxFailure) -> NodeTime {
        try NodeTime(reading: try await get(["nodes", node.text, "time"]))
    }
}
