import JSONArena
import NIOCore
import NIOHTTP2
import NIOPosix
import Simulation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The face of a simulated cluster that Terraform talks to: a provider for `registry.terraform.io/bpg/proxmox` on a
/// Unix socket, which a run finds through `TF_REATTACH_PROVIDERS`.
///
/// Its requests take the same way into the cluster as those of the HTTPS face, with the rights of the token that the
/// configuration names, so that refusals and faults reach Terraform as the real provider would report them.
package struct ProviderFace: Sendable {
    /// Where it listens. The socket has the mode 0600; its directory should belong to one user, with mode 0700.
    package let socketPath: String
    private let service: ProviderService

    /// - Parameter socketPath: at most 107 bytes, which is what a Unix socket's address holds.
    package init(socketPath: String, host: SimulatedClusterHost) {
        self.init(
            socketPath: socketPath,
            service: ProviderService(
                send: { await host.handle($0) }, awaitTask: { _ = try? await host.waitForTask($0) }, clock: host.clock,
                keepBack: { try await host.keepBack(for: $0) }))
    }

    init(socketPath: String, service: ProviderService) {
        self.socketPath = socketPath
        self.service = service
    }

    /// What Terraform needs in its environment as `TF_REATTACH_PROVIDERS` to use this provider.
    ///
    /// - Parameter processID: of the process that serves it. Terraform only prints it.
    package func reattachment(processID: Int32 = getpid()) -> String {
        Self.reattachment(socketPath: socketPath, processID: processID)
    }

    /// The same for a provider that another process serves.
    package static func reattachment(socketPath: String, processID: Int32) -> String {
        let provider: JSONValue = [
            "Protocol": "grpc", "ProtocolVersion": 6, "Pid": .int(Int(processID)),
            // Anything but a provider under test is Terraform's to end, which panics without a process handle.
            "Test": true, "Addr": ["Network": "unix", "String": .string(socketPath)],
        ]
        return JSONValue.object([.init("registry.terraform.io/bpg/proxmox", provider)]).text()
    }

    /// Serves until the task is cancelled; then the socket is gone.
    ///
    /// - Parameter onReady: called when connections are accepted.
    /// - Throws: what the system says when the socket cannot be made: the path is too long, its directory is not there.
    package func run(onReady: @Sendable () async -> Void = {}) async throws {
        // A socket that a killed process left behind refuses the address.
        unlink(socketPath)
        let group = MultiThreadedEventLoopGroup.singleton
        let service = service
        let server = try await ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 64)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try Self.configure(channel, service)
                }
            }
            .bind(unixDomainSocketPath: socketPath).get()
        chmod(socketPath, 0o600)
        await onReady()
        try await withTaskCancellationHandler {
            try await server.closeFuture.get()
        } onCancel: {
            server.close(promise: nil)
        }
        unlink(socketPath)
    }

    /// One connection of Terraform: HTTP/2 without TLS, a session, and a handler for each call.
    private static func configure(_ channel: any Channel, _ service: ProviderService) throws {
        let session = ProviderSession()
        channel.closeFuture.whenComplete { _ in session.end() }
        var connection = NIOHTTP2Handler.ConnectionConfiguration()
        // grpc-go measures the line with a PING for nearly every message; an apply of 90 servers passes the limit that
        // is meant for strangers, and whoever opens this socket is its owner.
        connection.controlFrameRateLimit.maximumCount = 1_000_000
        connection.targetWindowSize = 1 << 20
        var streams = NIOHTTP2Handler.StreamConfiguration()
        streams.targetWindowSize = 1 << 20
        streams.streamResetFrameRateLimit.maximumCount = 100_000
        _ = try channel.pipeline.syncOperations.configureHTTP2Pipeline(
            mode: .server, connectionConfiguration: connection, streamConfiguration: streams
        ) { stream in
            stream.eventLoop.makeCompletedFuture {
                try stream.pipeline.syncOperations.addHandler(GRPCCallHandler(service: service, session: session))
            }
        }
    }
}
