import Model

extension ProxmoxClient {
    /// What the cluster says of guests that its listing lacks, each asked for by its number.
    ///
    /// - Returns: `absent` where nothing has the number; `unknown` where something has it and this caller may not see
    ///   it, and where no answer came.
    package func absences(
        of unlisted: Set<VMID>, in cluster: ClusterName
    ) async -> [VMID: Observation<GuestConfiguration>] {
        await withTaskGroup(of: (VMID, Observation<GuestConfiguration>).self) { group in
            for vmid in unlisted {
                group.addTask { (vmid, await self.absence(of: vmid, in: cluster)) }
            }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
    }

    private func absence(of vmid: VMID, in cluster: ClusterName) async -> Observation<GuestConfiguration> {
        do throws(ProxmoxFailure) {
            return try await isFree(vmid) ? .absent : .unknown(Sentence("proxmox.hiddenGuest", "\(vmid)", "\(cluster)"))
        } catch {
            return .unknown(error.sentence(about: "\(vmid)"))
        }
    }
}
