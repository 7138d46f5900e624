import JSONArena
import Model

extension ProxmoxClient {
    /// The whole cluster at full depth, by reads alone: one for each guest beside a handful for the cluster.
    ///
    /// - Parameters:
    ///   - since: how far back tasks are read.
    ///   - withTemplateFiles: also lists the template files of containers, one call for each storage that may hold some.
    /// - Throws: what keeps the cluster's listing from being believed. A single guest that cannot be read has no
    ///   configuration in the portrait.
    package func portrait(
        of cluster: ClusterName, tasksSince since: Timestamp, withTemplateFiles: Bool
    ) async throws(ProxmoxFailure) -> ClusterPortrait {
        var portrait = ClusterPortrait(cluster: cluster, takenAt: clock.timestamp())
        let status = try await clusterStatus()
        let listed = try await nodes()
        portrait.nodes = status.nodes.map { node in
            var made = ClusterPortrait.Node(name: node.name, isOnline: node.isOnline)
            let entry = listed.first { $0.name == node.name }
            made.processors = entry?.cores
            made.memory = entry?.memory.map { ByteCount(bytes: $0) }
            return made
        }
        let permissions = try await permissions()
        portrait.rights = permissions.lasting
        portrait.storages = try Self.storages(in: try await storageResources())
        portrait.pools = try await pools()
        let guests = try GuestListing.read(try await guestResources())
        let online = status.nodes.filter(\.isOnline).map(\.name)
        portrait.guests = await portraits(of: guests, online: Set(online))
        portrait.tasks = await taskHistory(of: online, since: since).tasks
        if withTemplateFiles { portrait.templateFiles = await templateFiles(in: portrait.storages, on: online) }
        return portrait
    }

    private func portraits(of guests: [ObservedGuest], online: Set<NodeName>) async -> [ClusterPortrait.Guest] {
        await withTaskGroup(of: ClusterPortrait.Guest.self) { group in
            for guest in guests {
                group.addTask {
                    guard online.contains(guest.node) else {
                        return ClusterPortrait.Guest(listed: guest, configuration: nil)
                    }
                    return ClusterPortrait.Guest(listed: guest, configuration: try? await self.settings(of: guest))
                }
            }
            var portraits: [ClusterPortrait.Guest] = []
            for await portrait in group { portraits.append(portrait) }
            return portraits.sorted { $0.listed.vmid < $1.listed.vmid }
        }
    }

    private func settings(of guest: ObservedGuest) async throws(ProxmoxFailure) -> ClusterPortrait.Configuration {
        let list = try await pendingData(of: GuestAddress(guest))
        guard list.kind == .array else { throw .unreadable("a guest's pending settings are not a list") }
        var configuration = ClusterPortrait.Configuration()
        for entry in list.elements {
            guard let key = entry["key"]?.string else { throw .unreadable("a pending setting without \"key\"") }
            let value = entry["value"].flatMap(GuestConfiguration.text)
            switch key {
            case "digest": continue
            case "lock": configuration.lock = value.flatMap { $0.isEmpty ? nil : $0 }
            default:
                configuration.values[key] = value
                if (entry["delete"]?.wholeNumber ?? 0) != 0 {
                    configuration.removed.append(key)
                } else if let pending = entry["pending"].flatMap(GuestConfiguration.text), pending != value {
                    configuration.pending[key] = pending
                }
            }
        }
        configuration.lock = configuration.lock ?? guest.lock
        configuration.removed.sort()
        return configuration
    }

    /// What a storage does not say, for lack of rights or because its node is down, is left out.
    private func templateFiles(in storages: [ClusterPortrait.Storage], on nodes: [NodeName]) async -> [String] {
        var files: Set<String> = []
        for storage in storages where storage.content.contains("vztmpl") {
            for node in storage.isShared ? Array(nodes.prefix(1)) : nodes {
                let found = try? await volumes(on: node, storage: storage.name, content: "vztmpl")
                files.formUnion(found ?? [])
            }
        }
        return files.sorted()
    }

    private static func storages(in data: JSONNode) throws(ProxmoxFailure) -> [ClusterPortrait.Storage] {
        guard data.kind == .array else { throw .unreadable("the list of storages is not a list") }
        var storages: [String: ClusterPortrait.Storage] = [:]
        for entry in data.elements {
            guard let name = entry["storage"]?.string else { continue }
            let content = (entry["content"]?.string ?? "").split(separator: ",").map(String.init)
            var storage =
                storages[name]
                ?? ClusterPortrait.Storage(
                    name: name, type: entry["plugintype"]?.string ?? "dir", content: content,
                    isShared: entry["shared"]?.flag ?? false)
            if let size = entry["maxdisk"]?.wholeNumber, size > 0 {
                storage.size = min(storage.size ?? ByteCount(bytes: size), ByteCount(bytes: size))
            }
            storages[name] = storage
        }
        return storages.values.sorted { $0.name < $1.name }
    }
}

extension Permissions {
    /// What holds on each path and below it, in ascending order of paths.
    fileprivate var lasting: [ClusterPortrait.Right] {
        paths.map { path, privileges in
            ClusterPortrait.Right(path: path, privileges: privileges.filter(\.value).map(\.key).sorted())
        }.sorted { $0.path < $1.path }
    }
}
