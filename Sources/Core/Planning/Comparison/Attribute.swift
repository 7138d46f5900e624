import Model

/// One attribute of a guest, and what a change of it does to a guest that runs.
///
/// The effects are those of Proxmox VE with its default `hotplug: network,disk,usb` and of the provider with
/// `reboot_after_update = false`: cores and memory of a VM wait for its next start, and what cloud-init writes is read
/// then. A running container is rebooted by the provider for its memory, DNS, name and network, whatever was asked.
package struct Attribute: Sendable {
    package let name: String
    package let onVM: RunningEffect
    package let onContainer: RunningEffect

    package func effect(on type: GuestType) -> RunningEffect {
        switch type {
        case .vm: onVM
        case .container: onContainer
        }
    }

    package static let cores = Attribute(name: "cores", onVM: .pendingRestart, onContainer: .hotplug)
    package static let sockets = Attribute(name: "sockets", onVM: .pendingRestart, onContainer: .none)
    package static let memory = Attribute(name: "memory", onVM: .pendingRestart, onContainer: .restart)
    package static let diskSize = Attribute(name: "size", onVM: .hotplug, onContainer: .hotplug)
    package static let diskSSD = Attribute(name: "ssd", onVM: .pendingRestart, onContainer: .none)
    package static let newDisk = Attribute(name: "disk", onVM: .hotplug, onContainer: .pendingRestart)
    package static let networkDevice = Attribute(name: "network", onVM: .hotplug, onContainer: .restart)
    package static let networkAddress = Attribute(name: "address", onVM: .pendingRestart, onContainer: .restart)
    package static let dns = Attribute(name: "dns", onVM: .pendingRestart, onContainer: .restart)
    package static let agent = Attribute(name: "agent", onVM: .pendingRestart, onContainer: .none)
    package static let onBoot = Attribute(name: "onBoot", onVM: .none, onContainer: .none)
    package static let tags = Attribute(name: "tags", onVM: .none, onContainer: .none)
    package static let pool = Attribute(name: "pool", onVM: .none, onContainer: .none)
    package static let description = Attribute(name: "description", onVM: .none, onContainer: .none)
    package static let protection = Attribute(name: "protection", onVM: .none, onContainer: .none)
    package static let name = Attribute(name: "name", onVM: .none, onContainer: .restart)

    /// The table that the documentation prints.
    package static let table = [
        cores, sockets, memory, diskSize, diskSSD, newDisk, networkDevice, networkAddress, dns, agent, onBoot, tags,
        pool, description, protection, name,
    ]
}

/// An attribute whose values differ, as text.
struct Difference {
    var path: String
    var desired: String?
    var actual: String?
    var effect: RunningEffect

    /// From what is to what will be.
    func change(isRunning: Bool) -> AttributeChange {
        AttributeChange(path: path, before: actual, after: desired, effect: isRunning ? effect : .none)
    }
}
