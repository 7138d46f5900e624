import Execution
import Model
import Processes
import Reconciliation
import Synchronization
import Terraform

/// The stacks of one configuration on disk, driven by Terraform.
///
/// Opening waits for other work of this process on the same stack; another process's lock is waited for a little, and
/// then said.
final class TerraformStacks: Provisioner, StackReader {
    /// What one cluster's stacks are run with.
    struct Toolbox: Sendable {
        var binary: TerraformBinary
        var root: RootModule
        var environment: TerraformEnvironment
        /// Terraform's own `-parallelism`.
        var parallelism: Int
        /// How long one `terraform plan` may take before it is interrupted. An apply is never cut off.
        var planDeadline: Duration
        /// Why a password cannot be had, by its key.
        var missingSecrets: [String: StepFailure]
    }

    /// The directory of all stacks: `STATE/stacks/CLUSTER/STACK`.
    let directory: String
    private let command: String
    private let toolboxes: [ClusterName: OnceMade<Toolbox>]
    private let queue = StackQueue()
    private let files: StackFiles
    private let records: StackRecords
    /// What was done in stacks as they were opened that an operator must hear of.
    private let notices = Mutex<[Sentence]>([])

    /// - Parameter ahead: what was read of the stacks before this was made.
    init(
        directory: String, command: String, toolboxes: [ClusterName: OnceMade<Toolbox>], ahead: StacksAhead,
        records: StackRecords
    ) {
        self.directory = directory
        self.command = command
        self.toolboxes = toolboxes
        self.records = records
        files = StackFiles(directory: directory, ahead: ahead)
    }

    func directory(of stack: StackID) throws(TerraformFailure) -> StackDirectory {
        try StackDirectory(of: stack, below: directory)
    }

    func toolbox(of cluster: ClusterName) async throws(StepFailure) -> Toolbox {
        guard let toolbox = toolboxes[cluster] else {
            throw StepFailure(Sentence("edge.clusterUndeclared", cluster.text))
        }
        return try await toolbox.value
    }

    /// A prepared directory with its lock held. Work of this process on one stack waits in order and without a limit,
    /// because it is this process's own and ends; whoever holds two stacks took them in their order.
    func open(_ stack: StackID) async throws(StepFailure) -> any StackSession {
        let toolbox = try await toolbox(of: stack.cluster)
        let directory: StackDirectory
        do throws(TerraformFailure) { directory = try self.directory(of: stack) } catch { throw error.stepFailure }
        var runner = TerraformRunner(binary: toolbox.binary, directory: directory, environment: toolbox.environment)
        runner.parallelism = toolbox.parallelism
        runner.planDeadline = toolbox.planDeadline
        await queue.enter(stack)
        do throws(TerraformFailure) {
            let locked = try await LockedStack(
                stack, runner: runner, root: toolbox.root, command: command, waiting: .seconds(60),
                records: spokenRecords, replaced: { file in notices.withLock { $0.append(file.sentence) } })
            return TerraformSession(stack: locked, missingSecrets: toolbox.missingSecrets, queue: queue)
        } catch {
            await queue.leave(stack)
            throw error.stepFailure
        }
    }

    /// The records, of which this run also says what is written down in them.
    private var spokenRecords: StackRecords {
        var spoken = records
        spoken.noteMended = { [self] stack, sentence in
            notices.withLock { $0.append(sentence) }
            await records.noteMended(stack, sentence)
        }
        return spoken
    }

    /// Opens each stack whose state a killed Terraform left cut off, which mends it where that can be done. One that
    /// cannot be opened says so to whoever works on it, and one in which another process works is its own to mend: before
    /// a first apply's first writing the file is empty too.
    ///
    /// - Returns: those whose states are whole now, or were set aside, so that there is nothing to decide about any more.
    func mendCutStates() async -> Set<StackID> {
        var mended: Set<StackID> = []
        for stack in files.ids(of: Array(toolboxes.keys)) {
            guard let place = try? directory(of: stack), (try? place.isStateCut()) == true else { continue }
            let hasPart = place.hasPartOfState
            if await records.knownState(stack) == nil {
                guard hasPart, await records.isUnrecorded(stack) else { continue }
            }
            guard await otherHolder(of: stack) == nil else { continue }
            await (try? open(stack))?.close()
            // What was set aside leaves an empty file, which stands for no state.
            if (try? place.isStateCut()) == false || (hasPart && !place.hasPartOfState) { mended.insert(stack) }
        }
        return mended
    }

    /// What there is to say since the last time: each is given out once.
    func takeNotices() -> [Sentence] {
        notices.withLock { notices in
            defer { notices = [] }
            return notices
        }
    }

    func otherHolder(of stack: StackID) async -> StackHolder? {
        guard let path = try? directory(of: stack).lockPath, let holder = StackLock.otherHolder(path) else {
            return nil
        }
        return StackHolder(pid: holder.process.pid, command: holder.command, since: holder.since)
    }

    func stacks(of clusters: [ClusterName]) async -> [StackObservation] { await files.stacks(of: clusters) }

    /// The stacks on disk of clusters that are none of these.
    func stacks(besides declared: [ClusterName]) async -> [StackObservation] {
        await files.stacks(of: files.clusters(besides: declared))
    }

    func terraformText(for steps: [Step], in stack: StackID) async throws(StepFailure) -> String {
        let session = try await open(stack)
        guard let terraform = session as? TerraformSession else { return "" }
        let text: Result<String, StepFailure>
        do throws(StepFailure) {
            text = .success(try await terraform.text(of: steps))
        } catch {
            text = .failure(error)
        }
        await session.close()
        return try text.get()
    }
}
