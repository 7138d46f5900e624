import Foundation
import JSONArena
import Model
import Simulation
import Testing

@testable import SimulationServer

@Suite struct ServiceTests {
    @Test(.timeLimit(.minutes(1)))
    func itIsFoundByItsReadyFileAsLongAsItServes() async throws {
        try await Service.withDirectory { directory in
            try await Service.serve(directory) { ready in
                #expect(SimulationReady.read(from: directory) == ready)
                #expect(ready.endpoint.hasPrefix("https://127.0.0.1:"))
                #expect(ready.fingerprint.split(separator: ":").map(\.count) == Array(repeating: 2, count: 32))
                #expect(ready.token.id == "root@pam!plumb" && ready.token.secret.count == 36)
                #expect(ready.tokens.map(\.id) == ["alice@pve!cli", "blind@pve!cli", "root@pam!plumb"])
                #expect(ready.processID == getpid())
                for name in ["ready.json", "key.pem", "cluster.json", "requests.1.log", "provider.sock"] {
                    let attributes = try FileManager.default.attributesOfItem(atPath: directory + "/" + name)
                    #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600, "\(name)")
                }
                let second = SimulationService(
                    stateDirectory: directory, blueprint: Service.blueprint, handlesSignals: false)
                #expect(try await second.run() == .alreadyServed)
                #expect(SimulationReady.read(from: directory) == ready)
            }
            #expect(SimulationReady.read(from: directory) == nil)
            #expect(!FileManager.default.fileExists(atPath: SimulationReady.path(in: directory)))
            #expect(!FileManager.default.fileExists(atPath: directory + "/provider.sock"))
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func aCopyOfItsDirectoryIsNotServed_norDoesAnotherProcessOfItsNumberServe() async throws {
        try await Service.withDirectory { directory in
            try await Service.serve(directory) { ready in
                let copy = directory + "/copy"
                try PrivateFile.makeDirectory(copy)
                try FileManager.default.copyItem(
                    atPath: SimulationReady.path(in: directory), toPath: SimulationReady.path(in: copy))
                #expect(SimulationReady.read(from: copy) == nil)
                var later = ready
                later.startedAt = "1"
                try later.write(to: directory)
                #expect(SimulationReady.read(from: directory) == nil)
                try ready.write(to: directory)
                #expect(SimulationReady.read(from: directory) == ready)
            }
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func aSecondStartIsTheSameClusterAtTheSamePlace() async throws {
        try await Service.withDirectory { directory in
            let first = try await Service.serve(directory) { $0 }
            let second = try await Service.serve(directory) { $0 }
            #expect(first == second)
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func itEndsWhenNobodyAsks() async throws {
        try await Service.withDirectory { directory in
            let service = SimulationService(
                stateDirectory: directory, blueprint: Service.blueprint, idleTimeout: .milliseconds(50),
                handlesSignals: false)
            let outcome = try await service.run()
            #expect(outcome == .served)
            #expect(SimulationReady.read(from: directory) == nil)
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func itEndsGentlyAtASignal() async throws {
        try await Service.withDirectory { directory in
            let service = SimulationService(stateDirectory: directory, blueprint: Service.blueprint)
            let outcome = try await service.run { _ in kill(getpid(), SIGTERM) }
            #expect(outcome == .served)
            #expect(SimulationReady.read(from: directory) == nil)
            #expect(FileManager.default.fileExists(atPath: directory + "/requests.2.log"))
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func aDeepDirectoryStillGetsASocket() async throws {
        try await Service.withDirectory { directory in
            let deep = directory + "/" + String(repeating: "deep/", count: 20)
            let socket = try await Service.serve(deep + "state") { ready in
                #expect(FileManager.default.fileExists(atPath: ready.providerSocket))
                return ready.providerSocket
            }
            #expect(socket.utf8.count <= 107)
            let place = (socket as NSString).deletingLastPathComponent
            #expect(!FileManager.default.fileExists(atPath: place), "what is outside of the state directory goes")
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func aSocketThatCannotBeMadeIsAnError() async throws {
        try await Service.withDirectory { directory in
            try FileManager.default.createDirectory(
                atPath: directory + "/provider.sock/taken", withIntermediateDirectories: true)
            let service = SimulationService(
                stateDirectory: directory, blueprint: Service.blueprint, handlesSignals: false)
            await #expect(throws: (any Error).self) { try await service.run() }
            #expect(SimulationReady.read(from: directory) == nil)
        }
    }

    @Test func whatIsNotACertificateIsAnError() async throws {
        try await Service.withDirectory { directory in
            try PrivateFile.makeDirectory(directory)
            for name in ["certificate.pem", "key.pem"] {
                try PrivateFile.write(Data("nonsense".utf8), to: directory + "/" + name)
            }
            let service = SimulationService(
                stateDirectory: directory, blueprint: Service.blueprint, handlesSignals: false)
            await #expect(throws: (any Error).self) { try await service.run() }
        }
    }
}
