import Model
import Processes

/// Why something with Terraform or with a stack's files did not come about.
///
/// Texts of Terraform's are carried as they are, with every secret's value taken out.
package enum TerraformFailure: Error, Hashable, Sendable {
    /// Neither `terraform` nor `tofu` is on PATH.
    case binaryMissing(looked: String)
    /// What an operator named is no program, neither there nor on PATH.
    case binaryNotThere(configured: String)
    case binaryTooOld(path: String, version: String)
    case binaryUnusable(path: String, reason: String)
    /// Another process works on the stack.
    case locked(path: String, holder: StackLock.Holder?)
    /// The stack's name is not that of a directory directly below its cluster's.
    case stackName(StackID)
    /// A file of the stack could not be read or written.
    case file(path: String, reason: String)
    /// Files beside the root module that Terraform reads and nobody declared: absolute paths.
    case foreignFiles([String])
    /// `terraform.tfvars.json` or the state is not what it should be.
    case malformed(path: String, reason: String)
    /// The program could not be run at all.
    case program(ProgramFailure)
    /// Terraform ran, and said no.
    case refused(command: String, [TerraformDiagnostic])
    /// Terraform was killed, or the machine went down in the middle of it.
    case vanished(command: String)
    /// Terraform broke off, or what it said is lost, because nothing more could be written in that directory.
    case noRoom(command: String, path: String)
    /// The task was cancelled while this run goes on by itself; it can be attached to later.
    case left(run: String)
    /// Nothing began and nothing ended in this run for that long, and it goes on; with what it works on.
    case overdue(run: String, waitingFor: [String], Duration)
    /// The state moved after the plan was made: plan again.
    case stalePlan
}

extension TerraformFailure {
    /// Whether Terraform goes on by itself: what comes of it is not known yet.
    package var isLeft: Bool {
        switch self {
        case .left, .overdue: true
        case .binaryMissing, .binaryNotThere, .binaryTooOld, .binaryUnusable, .locked, .stackName, .file,
            .foreignFiles, .malformed, .program, .refused, .vanished, .noRoom, .stalePlan:
            false
        }
    }

    /// The same for an operator; the codes stand in the catalogue under `terraform.`.
    package var sentence: Sentence {
        switch self {
        case .binaryMissing(let looked): Sentence("terraform.binaryMissing", looked)
        case .binaryNotThere(let configured): Sentence("terraform.binaryNotThere", configured)
        case .binaryTooOld(let path, let version): Sentence("terraform.binaryTooOld", path, version)
        case .binaryUnusable(let path, let reason): Sentence("terraform.binaryUnusable", path, reason)
        case .locked(let path, let holder): Sentence("terraform.locked", path, holder?.description ?? "?")
        case .stackName(let stack): Sentence("terraform.stackName", stack.description)
        case .file(let path, let reason): Sentence("terraform.file", path, reason)
        case .foreignFiles(let paths):
            Sentence("terraform.foreignFiles", String(paths.count), paths.joined(separator: ", "))
        case .malformed(let path, let reason):
            // What is in it is in the state too, and in the YAML: no backup is needed.
            Sentence(
                path.hasSuffix("/terraform.tfvars.json") ? "terraform.malformedEntries" : "terraform.malformed", path,
                reason)
        case .program(let failure): Sentence("terraform.program", failure.description)
        case .refused(let command, let diagnostics):
            Sentence(
                diagnostics.contains(where: \.wantsPowerOff) ? "terraform.wantsPowerOff" : "terraform.refused", command,
                diagnostics.map(\.sentence).joined(separator: " "))
        case .vanished(let command): Sentence("terraform.vanished", command)
        case .noRoom(let command, let path): Sentence("terraform.noRoom", command, path)
        case .left(let run): Sentence("terraform.left", run)
        case .overdue(let run, let addresses, let silence):
            Sentence(
                "terraform.overdue", run, addresses.joined(separator: ", "), String(silence.components.seconds / 60))
        case .stalePlan: Sentence("terraform.stalePlan")
        }
    }

    /// The same at a port, with whether trying again makes sense.
    package var stepFailure: StepFailure {
        switch self {
        case .locked: StepFailure(sentence, retry: .after(seconds: 30))
        case .stalePlan, .vanished, .left, .overdue: StepFailure(sentence, retry: .after(seconds: 1))
        case .noRoom: StepFailure(sentence, retry: .after(seconds: 60))
        case .refused(_, let diagnostics) where diagnostics.contains { LockTimeout.isSaid(in: $0.text) }:
            StepFailure(sentence, retry: .afterLock)
        case .binaryMissing, .binaryNotThere, .binaryTooOld, .binaryUnusable, .stackName, .file, .foreignFiles,
            .malformed, .program, .refused:
            StepFailure(sentence)
        }
    }
}

extension TerraformDiagnostic {
    /// Whether the provider refuses what it can do only to a guest that stands still, in its own words (bpg/proxmox).
    fileprivate var wantsPowerOff: Bool { text.contains("requires the VM to be powered off") }
}

/// One message of Terraform's own.
package struct TerraformDiagnostic: Hashable, Sendable {
    package enum Severity: String, Hashable, Sendable { case error, warning }

    package var severity: Severity
    package var summary: String
    /// May be empty.
    package var detail: String
    /// The resource that it is about; nil where Terraform names none.
    package var address: String?

    package init(severity: Severity, summary: String, detail: String = "", address: String? = nil) {
        self.severity = severity
        self.summary = summary
        self.detail = detail
        self.address = address
    }

    /// The server that it is about.
    package var server: ServerName? { address.flatMap { ServerAddress(resource: $0)?.server } }

    package var text: String { detail.isEmpty ? summary : "\(summary): \(detail)" }

    /// The same on one line, so that it fits a table, and ended, so that a remedy can follow it.
    var sentence: String {
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard let last = words.last, !".!?:".contains(last) else { return words }
        return words + "."
    }
}

extension TerraformFailure {
    /// The same where Terraform left a backup of a state that cannot be read; nil: a backup does not help.
    func sentence(beside backup: StateBackup) -> Sentence? {
        guard case .malformed(let path, let reason) = self else { return nil }
        return Sentence("terraform.malformedState", path, reason, backup.path, String(backup.stamp.serial))
    }
}
