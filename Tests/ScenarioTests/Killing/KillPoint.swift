/// Where death strikes. Each is found from outside: the program that is killed has no part in it.
enum KillPoint: Hashable, Sendable, CustomStringConvertible {
    /// Just before something is durable in the registry; all that comes before it is done.
    case write(RegistryWrite)
    /// Terraform is about to begin a command, or has ended it and nobody has read how.
    case command(TerraformCommand, Edge)
    /// Terraform has emptied the file of the state, and has not yet filled it.
    case writing(TerraformCommand)
    /// Proxmox has carried out a call whose answer is not there yet.
    case call(ProxmoxCall)
    /// So long after Plumb's start, whatever goes on then; in thousandths of the time that such a run takes.
    case moment(permille: Int)

    enum Edge: String, CaseIterable, Sendable { case before, after }

    var description: String {
        switch self {
        case .write(let write): "before \(write.rawValue) is written"
        case .command(let command, let edge): "\(edge.rawValue) terraform \(command.rawValue)"
        case .writing(let command): "as terraform \(command.rawValue) writes the state"
        case .call(let call): "in the middle of a \(call.rawValue)"
        case .moment: "at a random moment"
        }
    }

    /// Whom killing makes a difference for at this point.
    var victims: [KillVictim] {
        switch self {
        // Terraform runs by itself only at one of them; at the others it is not there or holds still.
        case .write(.program): [.plumb, .both]
        case .write: [.plumb]
        // A Terraform that lives on fills the file.
        case .writing: [.terraform, .both]
        case .call(let call) where call.isPlumbs: [.plumb, .both]
        case .command, .call, .moment: KillVictim.allCases
        }
    }

    /// Every boundary; random moments are not among them.
    static let boundaries: [KillPoint] =
        RegistryWrite.allCases.map { .write($0) }
        + TerraformCommand.allCases.flatMap { command in Edge.allCases.map { .command(command, $0) } }
        + [.writing(.apply), .writing(.state)]
        + ProxmoxCall.allCases.map { .call($0) }
}

enum KillVictim: String, CaseIterable, Sendable { case plumb, terraform, both }

/// A write of the registry, named by what it makes durable.
enum RegistryWrite: String, CaseIterable, Sendable {
    case run, intent, tfvarsWritten, planned, applying, program, applied, verified, rolledBack, row, outcome, runEnd

    /// What a trigger of SQLite fires before.
    var triggers: [String] {
        switch self {
        case .run: ["INSERT ON runs"]
        case .intent: ["INSERT ON batches"]
        case .tfvarsWritten, .planned, .applying, .applied, .verified, .rolledBack:
            ["UPDATE OF phase ON batches WHEN NEW.phase = '\(rawValue)'"]
        case .program: ["UPDATE OF child_pid ON batches"]
        case .row: ["INSERT ON servers", "UPDATE ON servers", "DELETE ON servers"]
        case .outcome: ["UPDATE OF closed_at ON batches"]
        case .runEnd: ["UPDATE OF finished_at ON runs"]
        }
    }
}

/// A command of Terraform that Plumb runs; `state` moves and lets go.
enum TerraformCommand: String, CaseIterable, Sendable { case plan, show, apply, state }

/// A call of Proxmox that changes something, to a VM or a container; a VM is cloned, a container created.
enum ProxmoxCall: String, CaseIterable, Sendable {
    case clone, creation, configuration, shutdown, deletion, start, backup, resize

    var pattern: String {
        switch self {
        case .clone: "POST /nodes/*/qemu/*/clone"
        case .creation: "POST /nodes/*/lxc"
        case .configuration: "PUT /nodes/*/*/*/config"
        case .shutdown: "POST /nodes/*/*/*/status/shutdown"
        case .deletion: "DELETE /nodes/*/*/*"
        case .start: "POST /nodes/*/*/*/status/start"
        case .backup: "POST /nodes/*/vzdump"
        case .resize: "PUT /nodes/*/*/*/resize"
        }
    }

    /// Whether Plumb makes it, while no Terraform is at work in that stack.
    var isPlumbs: Bool {
        switch self {
        case .clone, .creation, .configuration, .deletion, .resize: false
        case .shutdown, .start, .backup: true
        }
    }
}

/// What a plan is about that is cut off.
enum KillKind: String, CaseIterable, Sendable {
    case create, update, destroy, adopt, rename, move, mixed, restart, rebuild, growth
}
