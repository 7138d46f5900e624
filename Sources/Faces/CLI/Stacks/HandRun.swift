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
        try await loaded.refuseWrongDirectory(place)
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
        // Also where it does not open after all.
        defer { sayNotices(of: edges) }
        // The lock is held for as long as Terraform runs, so that no batch begins beside it.
        let session = try await edges.stacks.open(stack)
        // Before Terraform says anything.
        sayNotices(of: edges)
        do {
            let code = try await run(arguments, in: session)
            await session.close()
            return code
        } catch {
            await session.close()
            throw error
        }
    }

    private func sayNotices(of edges: OpenEdges) {
        let console = Console.standard(language: place.language, format: .text)
        for notice in edges.stacks.takeNotices() { console.notice(notice) }
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
    /// nobody but Terraform asks before they end. What it asks about before it is the operator's.
    ///
    /// - Parameter arguments: Terraform's, whose flags may have one dash or two, and a value.
    static func refusal(of arguments: [String], inStack text: String) -> Sentence? {
        guard let verb = arguments.first(where: { !$0.hasPrefix("-") }) else { return nil }
        let rest = arguments.drop { $0 != verb }.dropFirst()
        let flags = rest.filter { $0.hasPrefix("-") }.map { flag in
            let parts = flag.drop { $0 == "-" }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return parts.count == 2 && parts[1] == "false" ? "" : String(parts[0])
        }
        if verb == "destroy" || verb == "apply" && flags.contains("destroy") {
            return Sentence("edge.handDestroy", text)
        }
        if flags.contains("auto-approve") { return Sentence("edge.handUnasked", text, "\(verb) -auto-approve") }
        guard verb == "apply", let file = savedPlan(in: rest) else { return nil }
        return Sentence("edge.handUnasked", text, "apply \(file)")
    }

    /// The first word of `apply` that is neither a flag nor a flag's value: Terraform carries that plan out unasked.
    private static func savedPlan(in arguments: ArraySlice<String>) -> String? {
        var before: String?
        for argument in arguments {
            defer { before = argument }
            if argument.hasPrefix("-") { continue }
            if let before, before.hasPrefix("-"), valued.contains(String(before.drop { $0 == "-" })) { continue }
            return argument
        }
        return nil
    }

    /// Terraform's flags whose value may be the next word.
    private static let valued: Set<String> = [
        "var", "var-file", "target", "exclude", "replace", "parallelism", "lock-timeout", "state", "state-out",
        "backup",
    ]
}
