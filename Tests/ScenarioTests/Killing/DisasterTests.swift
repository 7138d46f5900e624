import Foundation
import Testing

/// What no kill brings about: a disk without room in the middle of an apply, and a machine whose power goes.
@Suite(.enabled(if: Programs.hasTerraform)) struct DisasterTests {
    /// A mount of one's own takes root; where that is not to be had, this one is not tried.
    private static let canMount: Bool = {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["unshare", "-m", "sh", "-c", "mount -t tmpfs tmpfs /mnt"]
        process.standardError = FileHandle.nullDevice
        do { try process.run() } catch { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()

    private func rest(_ fleet: KillFleet, _ before: FleetFacts) async throws {
        for _ in 0..<4 {
            if try await fleet.stage.plumb(["apply", "--yes"]).contains(": nothing to do.") { break }
        }
        let audit = FleetAudit(fleet: fleet, before: before, after: try await FleetFacts(of: fleet.stage))
        #expect(audit.harm == [])
        #expect(audit.unrest == [])
    }

    @Test(
        "Terraform finds no room for its state: what it did is in errored.tfstate, is shown, pushed, and nothing is lost",
        .enabled(
            if: canMount, "NOT TRIED: filling a disk takes a mount, which wants root and a container that allows one"))
    func fullDisk() async throws {
        try await Stage.perform("full") { stage in
            var fleet = KillFleet(on: stage)
            try await fleet.settle()
            try await fleet.edit(for: .create)
            let before = try await FleetFacts(of: stage)
            try stage.fillDiskUnderState()
            let failed = try await stage.expect(["apply", "--yes"], exit: 1)
            #expect(failed.contains("no space left"), "\(failed)")
            try stage.giveRoom()
            let held = try await stage.plumb(["plan"])
            #expect(held.contains("has an `errored.tfstate`"), "\(held)")
            let recovered = try await stage.expect(["recover"], exit: 3)
            #expect(recovered.contains("Only the file has: s-"), "\(recovered)")
            try await stage.expect(["recover", "--errored-state", "push"], exit: 0)
            try stage.removeKeptStates()
            try await rest(fleet, before)
        }
    }

    private func declare(_ name: String, on stage: Stage) throws {
        try stage.write(
            """
            apiVersion: plumb/v1
            kind: Server
            metadata: {name: \(name), labels: {env: a}}
            spec: {cluster: lab, cores: 1, memory: 1GiB, disks: [{size: 8GiB}], networks: [{address: dhcp}]}

            """, to: "\(name).yaml")
    }

    @Test(
        "Terraform dies over a later writing of a stack's first state: the part is kept, and what it made is taken in",
        arguments: [false, true])
    func firstState(hasBackup: Bool) async throws {
        try await Stage.perform(hasBackup ? "first-beside" : "first") { stage in
            try stage.write(KillFleet.cluster.replacing("BINARY", with: try stage.heldTerraform()), to: "cluster.yaml")
            for name in ["s-1", "s-2"] { try declare(name, on: stage) }
            // So that there is a registry.
            _ = try await stage.plumb(["plan"])
            let end = try await stage.cut(["apply", "--yes"], at: .writing(.apply), killing: .both, span: .zero)
            guard case .struck = end else { throw StageFailure("it was never written") }
            let part = "{\n  \"version\": 4,\n  \"terraform_ver"
            let path = "\(stage.state)/stacks/lab/a/terraform.tfstate"
            try Data(part.utf8).write(to: URL(filePath: path))
            if hasBackup {
                // It could be of a state that nobody knows of: that is a person's to decide.
                try Data("{".utf8).write(to: URL(filePath: path + ".backup"))
                let open = try await stage.expect(["recover"], exit: 3)
                #expect(open.contains("--rebuild-state"), "\(open)")
                let begun = try await stage.expect(["recover", "--rebuild-state", "lab/a"], exit: 0)
                #expect(begun.contains("begins anew and is empty, and no server is on record in it"), "\(begun)")
            } else {
                let recovered = try await stage.expect(["recover"], exit: 0)
                #expect(recovered.contains("what there was of it is kept"), "\(recovered)")
            }
            #expect(try String(contentsOfFile: path + ".1", encoding: .utf8) == part)
            for _ in 0..<4 {
                if try await stage.plumb(["apply", "--yes"]).contains(": nothing to do.") { break }
            }
            let facts = try await FleetFacts(of: stage)
            #expect(facts.guests.values.map(\.name).sorted() == ["s-1", "s-2"])
            #expect(facts.guests.values.allSatisfy { $0.isRunning })
            #expect(facts.tasks.count { $0.type == "qmclone" } == 2)
            #expect(facts.state["lab/a"]?.keys.sorted() == ["s-1", "s-2"])
            #expect(facts.tfvars["lab/a"] == facts.state["lab/a"])
            #expect(facts.rows.keys.sorted() == ["s-1", "s-2"])
            #expect(facts.openBatches == 0)
            #expect(try await stage.inside(["inside", "lab/a", "plan"]).hasPrefix("No changes."))
        }
    }

    @Test("the power goes: another boot finds the registry's last transaction, and finishes what was begun")
    func powerCut() async throws {
        try await Stage.perform("power") { stage in
            var fleet = KillFleet(on: stage)
            try await fleet.settle()
            for point in [KillPoint.call(.configuration), .write(.applied), .command(.plan, .after)] {
                try await fleet.edit(for: .mixed)
                let before = try await FleetFacts(of: stage)
                let end = try await stage.cut(["apply", "--yes"], at: point, killing: .both, span: .zero)
                guard case .struck = end else { throw StageFailure("never \(point)") }
                try stage.pretendAnotherBoot()
                let recovered = try await stage.expect(["recover"], exit: 0)
                #expect(recovered.contains("Nothing is open"), "\(recovered)")
                try await rest(fleet, before)
            }
        }
    }
}

extension Stage {
    private var roomless: String { gates + "/no-room" }

    /// From now on an apply finds its state on a disk that is as good as full; Plumb's other files have room.
    fileprivate func fillDiskUnderState() throws {
        let script = """
            #!/bin/sh
            [ "$1" = apply ] && [ -e "\(roomless)" ] || exec \(Programs.terraform) "$@"
            exec unshare -m sh -c '
                mkdir -p "$0" && mount -t tmpfs -o size=256k tmpfs "$0" && cp terraform.tfstate "$0/state" &&
                mount --bind "$0/state" terraform.tfstate || exit 70
                dd if=/dev/zero of="$0/filler" bs=4k 2>"$0.log"
                exec \(Programs.terraform) "$@"' "\(root)/small" "$@"
            """
        try Data(script.utf8).write(to: URL(filePath: root + "/terraform"))
        try Data().write(to: URL(filePath: roomless))
    }

    fileprivate func giveRoom() throws { try FileManager.default.removeItem(atPath: roomless) }

    /// The files that a push keeps are not what the audit looks for.
    fileprivate func removeKeptStates() throws {
        for stack in stacks {
            let directory = "\(state)/stacks/\(stack)"
            let kept = try FileManager.default.contentsOfDirectory(atPath: directory)
                .filter { $0.hasPrefix("errored.tfstate.") }
            for name in kept { try FileManager.default.removeItem(atPath: directory + "/" + name) }
        }
    }

    /// Every process on record is of another boot, the registry's shared memory is gone, and its log ends in the middle of
    /// a frame.
    fileprivate func pretendAnotherBoot() throws {
        let boot = try String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)
            .trimmingCharacters(in: .whitespacesAndNewlines)
        let other = "00000000-0000-4000-8000-000000000000"
        let registry = state + "/registry.sqlite"
        try? FileManager.default.removeItem(atPath: registry + "-shm")
        if let log = FileHandle(forWritingAtPath: registry + "-wal") {
            try log.seekToEnd()
            try log.write(contentsOf: Data((0..<700).map { UInt8(truncatingIfNeeded: $0 * 37) }))
            try log.close()
        }
        try replaceInRegistry(boot, with: other)
        for path in try FileManager.default.subpathsOfDirectory(atPath: state + "/stacks")
        where path.hasSuffix("/process") {
            let file = URL(filePath: "\(state)/stacks/\(path)")
            let text = try String(contentsOf: file, encoding: .utf8)
            try text.replacing(boot, with: other).write(to: file, atomically: false, encoding: .utf8)
        }
    }
}
