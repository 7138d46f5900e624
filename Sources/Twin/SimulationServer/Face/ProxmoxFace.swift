import JSONArena
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Simulation

/// A simulated cluster's HTTPS API on the loopback, as `proxmoxer`, bpg/proxmox and Plumb's own client find it.
///
/// It stands on SwiftNIO itself and not on a web framework: Proxmox puts a refusal's reason into the status line,
/// which frameworks replace by the standard phrase, and faults cut connections in the middle of an answer.
package struct ProxmoxFace: Sendable {
    private let host: SimulatedClusterHost
    private let listener: NIOAsyncChannel<Connection, Never>
    /// Where it listens.
    package let port: Int

    typealias Connection = NIOAsyncChannel<HTTPServerRequestPart, HTTPPart<HTTPResponseHead, ByteBuffer>>

    /// What a request's body may be at most.
    private static let bodyLimit = 4 << 20

    /// Listens on 127.0.0.1; clients are answered once ``run()`` runs.
    ///
    /// - Parameter port: 0 for any free one.
    static func bind(
        host: SimulatedClusterHost, port: Int, tls: TLSConfiguration
    ) async throws -> ProxmoxFace {
        let context = try NIOSSLContext(configuration: tls)
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
            .bind(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    let operations = channel.pipeline.syncOperations
                    try operations.addHandler(NIOSSLServerHandler(context: context))
                    try operations.configureHTTPServerPipeline(withErrorHandling: true)
                    try operations.addHandler(AnswerWriter())
                    return try Connection(wrappingChannelSynchronously: channel)
                }
            }
        return ProxmoxFace(host: host, listener: listener, port: listener.channel.localAddress?.port ?? port)
    }

    private init(host: SimulatedClusterHost, listener: NIOAsyncChannel<Connection, Never>, port: Int) {
        self.host = host
        self.listener = listener
        self.port = port
    }

    /// Answers until its task is cancelled.
    package func run() async throws {
        try await listener.executeThenClose { connections in
            try await withThrowingDiscardingTaskGroup { group in
                for try await connection in connections {
                    group.addTask { await serve(connection) }
                }
            }
        }
    }

    /// One connection's requests, one after the other. What a client does wrong ends its own connection only.
    private func serve(_ connection: Connection) async {
        try? await connection.executeThenClose { parts, answers in
            var head: HTTPRequestHead?
            var body: [UInt8] = []
            for try await part in parts {
                switch part {
                case .head(let received):
                    head = received
                    body = []
                case .body(var buffer):
                    body += buffer.readBytes(length: buffer.readableBytes) ?? []
                    if body.count > Self.bodyLimit { return }
                case .end:
                    guard let received = head else { return }
                    head = nil
                    switch try await answer(received, body, to: answers) {
                    case .goesOn: if !received.isKeepAlive { return }
                    // Reading on, nothing is answered until the client goes.
                    case .hangs: continue
                    case .ends: return
                    }
                }
            }
        }
    }

    /// What becomes of a connection after an answer.
    private enum Next {
        case goesOn, hangs, ends
    }

    private func answer(
        _ head: HTTPRequestHead, _ body: [UInt8],
        to answers: NIOAsyncChannelOutboundWriter<HTTPPart<HTTPResponseHead, ByteBuffer>>
    ) async throws -> Next {
        let received = ReceivedRequest(
            method: head.method.rawValue, target: head.uri, headers: head.headers.map { ($0.name, $0.value) },
            body: body)
        let delivery: Delivery
        switch RequestReading.read(received) {
        case .request(let request): delivery = await host.handle(request)
        case .refused(let response): delivery = .answer(response, after: .zero)
        }
        switch delivery {
        case .answer(let response, let span):
            try await host.keepBack(for: span)
            try await write(response, keepAlive: head.isKeepAlive, to: answers)
            return .goesOn
        case .truncated(let response, let span):
            try await host.keepBack(for: span)
            var bytes = ByteBuffer(bytes: response.body.bytes())
            try await answers.write(.head(Self.head(response, length: bytes.readableBytes, keepAlive: false)))
            if let half = bytes.readSlice(length: bytes.readableBytes / 2) { try await answers.write(.body(half)) }
            return .ends
        case .hang: return .hangs
        case .cut(let span):
            try await host.keepBack(for: span)
            return .ends
        case .lost: return .ends
        }
    }

    private func write(
        _ response: APIResponse, keepAlive: Bool,
        to answers: NIOAsyncChannelOutboundWriter<HTTPPart<HTTPResponseHead, ByteBuffer>>
    ) async throws {
        let body = ByteBuffer(bytes: response.body.bytes())
        let head = Self.head(response, length: body.readableBytes, keepAlive: keepAlive)
        try await answers.write(contentsOf: [.head(head), .body(body), .end(nil)])
    }

    private static func head(_ response: APIResponse, length: Int, keepAlive: Bool) -> HTTPResponseHead {
        var headers = HTTPHeaders()
        headers.add(name: "Server", value: "pve-api-daemon/3.0")
        headers.add(name: "Content-Type", value: "application/json;charset=UTF-8")
        headers.add(name: "Content-Length", value: String(length))
        headers.add(name: "Cache-Control", value: "max-age=0")
        headers.add(name: "Connection", value: keepAlive ? "Keep-Alive" : "close")
        // A line break would end the status line; whatever is not ASCII is not for it either.
        let reason = String(
            decoding: response.reason.utf8.map { (0x20..<0x7F).contains($0) ? $0 : 0x20 }, as: UTF8.self)
        let status =
            response.status == 200 ? HTTPResponseStatus.ok : .custom(code: UInt(response.status), reasonPhrase: reason)
        return HTTPResponseHead(version: .http1_1, status: status, headers: headers)
    }
}

/// Lets answers be written as buffers, where NIO's encoder wants its own kinds of bytes.
private final class AnswerWriter: ChannelOutboundHandler, Sendable {
    typealias OutboundIn = HTTPPart<HTTPResponseHead, ByteBuffer>
    typealias OutboundOut = HTTPServerResponsePart

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let part: HTTPServerResponsePart =
            switch unwrapOutboundIn(data) {
            case .head(let head): .head(head)
            case .body(let buffer): .body(.byteBuffer(buffer))
            case .end(let trailers): .end(trailers)
            }
        context.write(wrapOutboundOut(part), promise: promise)
    }
}
