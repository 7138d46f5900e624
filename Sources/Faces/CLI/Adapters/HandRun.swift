import Execution
import Loading
import Model
import Processes
import Terraform

/// Terraform run by an operator in a stack's directory, with the environment that Plumb gives it.
struct HandRun: Sendable {
    let place: Workplace

    /// - Parameter text: `CLUSTER/STACK`, or a stack's name where only one cluster has it.
    /// - Returns: Terraform's exit code.
    /// - Throws: also where Terraform would be told to end all servers of the stack, or to ask nobody.
    func run(_ arguments: [String], inStack text: String) async throws -> Int32 {
        if let refusal = Self.refusal(of: arguments, inStack: text) { throw CommandFailure(refusal) }
        let loaded = try LoadedPlace(place)
        let edges = try await OpenEdges(place: place, desired: loaded.configuration.desired, command: "terraform")
        do {
            let code = try await run(arguments, in: try await stack(named: text, edges, loaded), edges)
            await edges.close()
            return code
        } catch {
            await edges.close()
            throw error
        }
    }

    private func stack(named text: String, _ edges: OpenEdges, _ loaded: LoadedPlace) async throws -> StackID {
        let clusters = loaded.configuration.desired.clusters.map(\.name)
        let known = await edges.stacks.stacks(of: clusters).map(\.id)
        let matches = known.filter { $0.description.lowercased() == text.lowercased() || $0.name == text }
        guard let only = matches.first, matches.count == 1 else {
            throw CommandFailure(
                Sentence("edge.whichStack", text, known.map(\.description).joined(separator: ", ")))
        }
        return only
    }

    private func run(_ arguments: [String], in stack: StackID, _ edges: OpenEdges) async throws -> Int32 {
        // The lock is held for as long as Terraform runs, so that no batch begins beside it.
        let session = try await edges.stacks.open(stack)
        do {
            let code = try await run(arguments, in: session)
            await session.close()
            return code
        } catch {
            await session.close()
            throw error
        }
    }

    private func run(_ arguments: [String], in session: any StackSession) async throws -> Int32 {
        guard let terraform = session as? TerraformSession else {
            preconditionFailure("the stacks of this program are Terraform's")
        }
        let runner = terraform.stack.runner
        // Saved plans and backups of the state hold passwords.
        let program = Program(
            runner.binary.path, arguments, environment: runner.environment.changes, directory: runner.directory.path
        ).withPrivateFiles
        do throws(ProgramFailure) {
            switch try await program.runInForeground() {
            case .code(let code): return Int32(code)
            // As a shell says it.
            case .signal(let signal): return Int32(128 + signal)
            }
        } catch {
            throw TerraformFailure.program(error).stepFailure
        }
    }

    /// Nothing ends here that nobody named: no budget, window or protection is between Terraform and a stack's servers, and
    /// nobody but Terraform asks before they end.
    ///
    /// - Parameter arguments: Terraform's, whose flags may have one dash or two, and a value.
    static func refusal(of arguments: [String], inStack text: String) -> Sentence? {
        let flags = arguments.filter { $0.hasPrefix("-") }.map { flag in
            let name = flag.drop { $0 == "-" }
            let parts = name.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return parts.count == 2 && parts[1] == "false" ? "" : String(parts[0])
        }
        if arguments.first(where: { !$0.hasPrefix("-") }) == "destroy" || flags.contains("destroy") {
            return Sentence("edge.handDestroy", text)
        }
        return flags.contains("auto-approve") ? Sentence("edge.handUnasked", text) : nil
    }
}
