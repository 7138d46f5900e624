import Dispatch
import Foundation
import Simulation

/// A simulated cluster as a process: both faces beside each other, until a signal, until nobody asks any more, or
/// until its task is cancelled.
///
/// Two starts for one state directory give one process: the second finds the lock taken and says so.
package struct SimulationService: Sendable {
    /// Where the cluster, its certificate, its lock and its ready file are; made where it is missing.
    package var stateDirectory: String
    package var blueprint: Blueprint
    /// Of the HTTPS face; 0: the port of the last start if it is free, otherwise any.
    package var port: Int
    /// How long nobody may have asked before it ends; nil: it stays.
    package var idleTimeout: Duration?
    package var clock: SimulationClock
    /// Whether SIGTERM and SIGINT end it gently; not in tests, whose process has more to do.
    package var handlesSignals: Bool

    package init(
        stateDirectory: String, blueprint: Blueprint, port: Int = 0, idleTimeout: Duration? = nil,
        clock: SimulationClock = .system, handlesSignals: Bool = true
    ) {
        self.stateDirectory = stateDirectory
        self.blueprint = blueprint
        self.port = port
        self.idleTimeout = idleTimeout
        self.clock = clock
        self.handlesSignals = handlesSignals
    }

    package enum Outcome: Hashable, Sendable {
        /// It served, and has ended.
        case served
        /// Another process serves this state directory.
        case alreadyServed
    }

    /// Serves.
    ///
    /// - Parameter onReady: called once both faces answer and the ready file is written.
    /// - Throws: what keeps it from starting: a state that cannot be read, a port that is taken.
    package func run(onReady: @Sendable (SimulationReady) async -> Void = { _ in }) async throws -> Outcome {
        try await run { ready, _ in await onReady(ready) }
    }

    /// The same for a process that also looks at the cluster, and lets things happen to it, past its faces.
    package func run(
        onServing: @Sendable (SimulationReady, SimulatedClusterHost) async -> Void
    ) async throws -> Outcome {
        try PrivateFile.makeDirectory(stateDirectory)
        guard let lock = try ProcessLock(path: stateDirectory + "/lock") else { return .alreadyServed }
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(try await start(onServing))
        } catch {
            outcome = .failure(error)
        }
        // The file goes before the lock: afterwards it may already be the next process's.
        try? FileManager.default.removeItem(atPath: SimulationReady.path(in: stateDirectory))
        if let socketDirectory { rmdir(socketDirectory) }
        _ = consume lock
        try outcome.get()
        return .served
    }

    private func start(_ onServing: @Sendable (SimulationReady, SimulatedClusterHost) async -> Void) async throws {
        let host = try SimulatedClusterHost(stateDirectory: stateDirectory, blueprint: blueprint, clock: clock)
        let certificate = try ServerCertificate.load(from: stateDirectory)
        let provider = ProviderFace(socketPath: try socketPath(), host: host)
        let face = try await listen(host, certificate)
        let ready = await describe(host, face, certificate, provider)
        do {
            try await serve(host, face, provider, ready: ready) { await onServing($0, host) }
        } catch {
            await host.close()
            throw error
        }
        await host.close()
    }

    private func serve(
        _ host: SimulatedClusterHost, _ face: ProxmoxFace, _ provider: ProviderFace, ready: SimulationReady,
        onReady: @Sendable (SimulationReady) async -> Void
    ) async throws {
        let (starts, started) = AsyncStream.makeStream(of: Void.self)
        let stops = StopSignals(isActive: handlesSignals)
        defer { stops.end() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await face.run() }
            group.addTask {
                defer { started.finish() }
                try await provider.run { started.yield() }
            }
            group.addTask { [signals = stops.signals] in for await _ in signals { break } }
            if let idleTimeout { group.addTask { try await host.waitUntilIdle(idleTimeout) } }
            var serves = false
            for await _ in starts {
                serves = true
                break
            }
            if serves && !Task.isCancelled {
                try ready.write(to: stateDirectory)
                await onReady(ready)
            }
            // The first to end ends the others: a signal, idleness, or a face that failed.
            do {
                try await group.next()
            } catch is CancellationError {}
            group.cancelAll()
            while let result = await group.nextResult() {
                switch result {
                case .success: continue
                case .failure(let error): if !(error is CancellationError) { throw error }
                }
            }
        }
    }

    /// On the port that was asked for, or the last one, so that what knows the endpoint still finds it.
    private func listen(_ host: SimulatedClusterHost, _ certificate: ServerCertificate) async throws -> ProxmoxFace {
        let memory = stateDirectory + "/port"
        let last = FileManager.default.contents(atPath: memory).flatMap { Int(String(decoding: $0, as: UTF8.self)) }
        var face: ProxmoxFace?
        if port == 0, let last {
            face = try? await ProxmoxFace.bind(host: host, port: last, tls: certificate.configuration)
        }
        let bound: ProxmoxFace
        if let face {
            bound = face
        } else {
            bound = try await ProxmoxFace.bind(host: host, port: port, tls: certificate.configuration)
        }
        // Only a convenience of the next start; and nothing may fail between listening and serving.
        try? PrivateFile.write(Data(String(bound.port).utf8), to: memory)
        return bound
    }

    private func describe(
        _ host: SimulatedClusterHost, _ face: ProxmoxFace, _ certificate: ServerCertificate, _ provider: ProviderFace
    ) async -> SimulationReady {
        let tokens = await host.read { $0.tokens }.map { SimulationReady.Token(id: $0.id, secret: $0.secret ?? "") }
        let own = tokens.first { $0.id == "root@pam!plumb" } ?? tokens.first { $0.id.hasPrefix("root@pam!") }
        return SimulationReady(
            endpoint: "https://127.0.0.1:\(face.port)", fingerprint: certificate.fingerprint,
            caFile: certificate.certificatePath, token: own ?? .init(id: "", secret: ""), tokens: tokens,
            processID: getpid(), directory: SimulationReady.identity(of: stateDirectory),
            providerSocket: provider.socketPath)
    }

    /// Where the socket is while the service runs if the state directory is too deep for a Unix socket's address; nil: it
    /// is not.
    private var socketDirectory: String? {
        guard (stateDirectory + "/provider.sock").utf8.count > 100 else { return nil }
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in stateDirectory.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return "/tmp/plumb-\(getuid())-\(String(hash, radix: 36))"
    }

    private func socketPath() throws -> String {
        guard let directory = socketDirectory else { return stateDirectory + "/provider.sock" }
        guard mkdir(directory, 0o700) == 0 || errno == EEXIST else {
            throw PrivateFile.Failure(path: directory, code: errno)
        }
        // Someone else's directory of that name would be a trap.
        let attributes = try FileManager.default.attributesOfItem(atPath: directory)
        guard attributes[.type] as? FileAttributeType == .typeDirectory,
            (attributes[.ownerAccountID] as? NSNumber)?.uint32Value == getuid()
        else { throw PrivateFile.Failure(path: directory, code: EPERM) }
        return directory + "/provider.sock"
    }
}

/// SIGTERM and SIGINT as something to wait for, from its making on until ``end()``.
private struct StopSignals {
    private static let numbers = [SIGTERM, SIGINT]
    /// One element for each signal.
    let signals: AsyncStream<Void>
    private let sources: [any DispatchSourceSignal]

    init(isActive: Bool) {
        let (signals, continuation) = AsyncStream.makeStream(of: Void.self)
        self.signals = signals
        sources = (isActive ? Self.numbers : []).map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { continuation.yield() }
            source.resume()
            return source
        }
    }

    func end() {
        for source in sources { source.cancel() }
        if !sources.isEmpty { for number in Self.numbers { signal(number, SIG_DFL) } }
    }
}
