import JSONArena
import Model

extension ProxmoxClient {
    /// `GET /cluster/resources?type=storage`: every storage as each node has it.
    func storageResources() async throws(ProxmoxFailure) -> JSONNode {
        try await get(["cluster", "resources"], ["type": "storage"])
    }

    /// `GET /nodes/{node}/storage/{storage}/content`: the volume ids of one kind of content, ascending.
    ///
    /// - Parameter content: `vztmpl`, `iso`, `images`, …
    func volumes(
        on node: NodeName, storage: String, content: String
    ) async throws(ProxmoxFailure) -> [String] {
        let data = try await get(["nodes", node.text, "storage", storage, "content"], ["content": content])
        guard data.kind == .array else { throw .unreadable("the content of a storage is not a list") }
        return data.elements.compactMap { $0["volid"]?.string }.sorted()
    }

    /// `GET /pools`: the names of the pools that the caller may see, ascending.
    func pools() async throws(ProxmoxFailure) -> [String] {
        let data = try await get(["pools"])
        guard data.kind == .array else { throw .unreadable("the list of pools is not a list") }
        return data.elements.compactMap { $0["poolid"]?.string }.sorted()
    }
}
