import Model
import Processes

extension TerraformRunner {
    /// What a plan is asked for.
    package struct PlanRequest: Hashable, Sendable {
        /// Addresses; empty: everything. `-target` does not confine Terraform, so that the plan has to be read back.
        package var targets: [String] = []
        /// Stands in for the stack's `terraform.tfvars.json`.
        package var candidate: Tfvars?
        /// Addresses that are replaced although nothing about them changed.
        package var replacing: [String] = []

        package init() {}
    }

    /// A plan on disk, and what it says. The file holds secrets: ``discard(_:)`` it.
    package struct Plan: Sendable {
        package var path: String
        package var changes: PlannedChanges
        /// Warnings that came with it.
        package var warnings: [TerraformDiagnostic]
        /// Addresses of what it destroys on another node than the refresh found it on.
        package var endsElsewhere: [String]
    }

    /// `terraform plan -out`, always refreshing. What it says is read from its own events where these are births and
    /// nothing else, which they say whole, and otherwise from the saved plan by `show -json`.
    ///
    /// - Throws: ``TerraformFailure/refused(command:_:)`` with an address in each message that is about one; nothing
    ///   is left on disk then. ``TerraformFailure/foreignFiles(_:)`` where somebody else's files would go into it.
    package func plan(_ request: PlanRequest) async throws(TerraformFailure) -> Plan {
        try directory.demandOwnFiles()
        let run = try directory.makeRun("plan")
        do throws(TerraformFailure) {
            let path = run + "/saved.tfplan"
            var arguments = [
                "plan", "-json", "-no-color", "-input=false", "-refresh=true", lockArgument, parallelismArgument,
                "-out=\(path)",
            ]
            if let candidate = request.candidate {
                let file = run + "/candidate.tfvars.json"
                try PrivateFile.write(candidate.bytes, to: file)
                arguments.append("-var-file=\(file)")
            }
            arguments += request.replacing.map { "-replace=\($0)" }
            arguments += request.targets.map { "-target=\($0)" }
            let said = try await runPlan(arguments, in: run)
            // A Terraform less for each new stack: to print a plan takes a quarter of what it takes to make it.
            let births = said.births
            if let births { return Plan(path: path, changes: births, warnings: said.diagnostics, endsElsewhere: []) }
            let file = try await read(plan: path)
            return Plan(
                path: path, changes: file.plannedChanges, warnings: said.diagnostics,
                endsElsewhere: file.endsElsewhere)
        } catch {
            PrivateFile.removeTree(run)
            throw error
        }
    }

    private func runPlan(_ arguments: [String], in run: String) async throws(TerraformFailure) -> PlanEvents {
        let program: DetachedProgram
        do throws(ProgramFailure) {
            program = try await DetachedProgram.start(self.program(arguments), in: run)
        } catch {
            throw .program(error)
        }
        let ended = try await finish(program, command: "plan", onCancel: .interrupt)
        let events = await events(of: program)
        guard let exit = ended.exit else { throw lost(program, command: "plan") }
        let errors = events.diagnostics.filter { $0.severity == .error }
        guard exit.isSuccess, errors.isEmpty else {
            guard errors.isEmpty else { throw .refused(command: "plan", errors) }
            throw failure(of: program, command: "plan", exit: exit)
        }
        return events
    }

    private func events(of program: DetachedProgram) async -> PlanEvents {
        let redact = environment.redaction
        var events = PlanEvents()
        for await line in FileTail(path: program.outputPath, until: { true }) {
            guard let event = TerraformEvent(line: line.bytes) else { continue }
            events.note(event, redact)
        }
        return events
    }

    /// `terraform show -json` of a saved plan.
    package func read(plan path: String) async throws(TerraformFailure) -> PlanFile {
        let bytes = try await complete(["show", "-json", "-no-color", path], as: "show", onCancel: .interrupt)
        do throws(Tfvars.Malformed) {
            return try PlanFile(parsing: bytes)
        } catch {
            throw .malformed(path: path, reason: error.reason)
        }
    }

    /// A saved plan in Terraform's own words, for people.
    package func text(ofPlan path: String) async throws(TerraformFailure) -> String {
        let bytes = try await complete(["show", "-no-color", path], as: "show", onCancel: .interrupt)
        return environment.redaction(String(decoding: bytes, as: UTF8.self))
    }

    /// Deletes a saved plan with the files of its run.
    package func discard(_ path: String) {
        guard let slash = path.lastIndex(of: "/") else { return }
        PrivateFile.remove(path)
        let run = String(path[..<slash])
        if run.hasPrefix(directory.eventsPath + "/plan") { PrivateFile.removeTree(run) }
    }
}
