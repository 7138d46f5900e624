import JSONArena

/// What follows a VM's new configuration: places and sizes of disks, and power.
extension GuestWork {
    mutating func finish(needsRestart: Bool) async throws(ClientFailure) {
        let (moves, growths) = try await diskChanges()
        let isTemplate = planned["template"].isTrue
        var needsRestart = needsRestart && !isTemplate
        if !moves.isEmpty, !isTemplate { try await powerOffForMoves() }
        for move in moves { try await self.move(move.interface, to: move.storage, summary: "VM disk move") }
        var isBlocked = false
        if needsRestart {
            let isStopped = try await guest.status()["status"]?.text == "stopped"
            if isStopped {
                needsRestart = false
            } else if planned["reboot_after_update"].isTrue {
                try await ensureStopped()
                needsRestart = false
            } else {
                isBlocked = true
                needsRestart = false
                warnings.append(Self.restartNeeded)
            }
        }
        if isBlocked, !growths.isEmpty { throw .own(Self.refusal("resize disks")) }
        for growth in growths {
            warnings += try await guest.resize(growth.interface, to: String(growth.bytes), summary: "disk resize")
        }
        if !growths.isEmpty, !isTemplate, planned["started"].isTrue, !canHotplugDisks { needsRestart = true }
        try await settlePower(needsRestart: needsRestart)
    }

    private static let restartNeeded = ProviderDiagnostic(
        "a reboot is required to apply configuration changes, but automatic "
            + "reboots are disabled by 'reboot_after_update = false'. Please reboot the VM manually.",
        isWarning: true)

    private static func refusal(_ operation: String) -> String {
        "cannot \(operation) while the VM is running because this change requires the VM to be powered off, "
            + "but automatic power-offs/reboots are disabled by 'reboot_after_update = false'"
    }

    /// Proxmox's own default allows disks to be added and grown while the VM runs.
    private var canHotplugDisks: Bool {
        let setting = planned["hotplug"].string
        return setting.isEmpty || setting == "1" || setting.split(separator: ",").contains("disk")
    }

    private mutating func powerOffForMoves() async throws(ClientFailure) {
        guard try await guest.status()["status"]?.text != "stopped" else { return }
        guard planned["reboot_after_update"].isTrue else { throw .own(Self.refusal("move disks between datastores")) }
        try await ensureStopped()
    }

    private func diskChanges() async throws(ClientFailure) -> (
        moves: [(interface: String, storage: String)], growths: [(interface: String, bytes: Int)]
    ) {
        guard hasChange("disk") else { return ([], []) }
        let old = VirtualMachineForm(state: prior).disks
        let new = VirtualMachineForm(state: planned).disks
        let configuration = try await guest.configuration()
        var moves: [(String, String)] = []
        var growths: [(String, Int)] = []
        for (interface, disk) in new.sorted(by: { $0.key < $1.key }) {
            guard let before = old[interface] else { continue }
            let volume = configuration.options(interface).flatMap { $0["file"] ?? $0.first } ?? ""
            let (storage, name) = (before["datastore_id"].string, volume.drop { $0 != ":" }.dropFirst())
            let isOwned = name.hasPrefix("vm-\(vmid)-") || name.hasPrefix("\(vmid)/vm-\(vmid)-")
            if disk["datastore_id"].string != storage {
                guard isOwned else {
                    throw .own(
                        "Cannot move \(storage):\(name) to datastore \(disk["datastore_id"].string) in VM \(vmid) "
                            + "configuration, it is not owned by this VM!")
                }
                moves.append((interface, disk["datastore_id"].string))
            }
            let (size, wanted) = (before["size"].integer ?? 0, disk["size"].integer ?? 0)
            if size < wanted {
                guard isOwned else {
                    throw .own("Cannot resize \(storage):\(name) in VM \(vmid), it is not owned by this VM!")
                }
                growths.append((interface, wanted << 30))
            } else if size > wanted {
                throw .own("Cannot shrink \(storage):\(name) in VM \(vmid), it is not supported!")
            }
        }
        return (moves, growths)
    }

    /// Brings the power to what is planned, and restarts a VM that stayed up and needs it.
    private mutating func settlePower(needsRestart: Bool) async throws(ClientFailure) {
        if planned["template"].isTrue { return try await ensureStopped() }
        let isStopped = try await guest.status()["status"]?.text == "stopped"
        guard planned["started"].isTrue else {
            if hasChange("started"), !isStopped { try await ensureStopped() }
            return
        }
        let timeout = planned["timeout_start_vm"].integer ?? 1800
        if isStopped {
            warnings += try await guest.start(timeout: timeout)
        } else if needsRestart {
            guard planned["reboot_after_update"].isTrue else {
                warnings.append(Self.restartNeeded)
                return
            }
            try await ensureStopped()
            warnings += try await guest.start(timeout: timeout)
        }
    }
}
