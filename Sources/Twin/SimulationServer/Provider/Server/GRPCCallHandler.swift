import NIOCore
import NIOHPACK
import NIOHTTP2

/// One gRPC call on one HTTP/2 stream: collects the request, has it answered, writes the answer.
///
/// Only what Terraform uses is here: unary calls, uncompressed, one message each way.
final class GRPCCallHandler: ChannelInboundHandler {
    typealias InboundIn = HTTP2Frame.FramePayload
    typealias OutboundOut = HTTP2Frame.FramePayload

    /// No request comes near it; the largest carry one resource.
    private static let maximumMessage = 64 << 20
    /// What HTTP/2 lets a frame carry before both sides agree on more.
    private static let maximumFrame = 16_384

    private let service: ProviderService
    private let session: ProviderSession
    private var path = ""
    private var body: [UInt8] = []
    private var isAnswered = false

    init(service: ProviderService, session: ProviderSession) {
        self.service = service
        self.session = session
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .headers(let headers):
            path = headers.headers.first(name: ":path") ?? ""
            // A stream that is never half-closed (the plugin library's broker) is refused on its headers.
            guard ProviderService.serves(path) else {
                return answer(.unimplemented(path), context: context)
            }
            if headers.endStream { complete(context: context) }
        case .data(let data):
            guard !isAnswered, case .byteBuffer(let buffer) = data.data else { return }
            body.append(contentsOf: buffer.readableBytesView)
            guard body.count <= Self.maximumMessage else {
                return answer(.failure(code: 8, text: "the message is too large"), context: context)
            }
            if data.endStream { complete(context: context) }
        case .priority, .rstStream, .settings, .pushPromise, .ping, .goAway, .windowUpdate, .alternativeService,
            .origin:
            break
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func complete(context: ChannelHandlerContext) {
        guard !isAnswered else { return }
        let message: [UInt8]
        do {
            message = try GRPCFrame.message(body)
        } catch {
            return answer(.failure(code: 13, text: error.description), context: context)
        }
        body = []
        isAnswered = true
        let (channel, service, session, path) = (context.channel, service, session, path)
        session.run {
            let reply = await service.answer(path, message, session: session)
            channel.eventLoop.execute { Self.write(reply, to: channel) }
        }
    }

    private func answer(_ reply: ProviderService.Reply, context: ChannelHandlerContext) {
        guard !isAnswered else { return }
        isAnswered = true
        Self.write(reply, to: context.channel)
    }

    private static func write(_ reply: ProviderService.Reply, to channel: any Channel) {
        var head = HPACKHeaders([(":status", "200"), ("content-type", "application/grpc")])
        switch reply {
        case .failure(let code, let text):
            head.add(name: "grpc-status", value: String(code))
            head.add(name: "grpc-message", value: text.percentEncoded)
            channel.writeAndFlush(HTTP2Frame.FramePayload.headers(.init(headers: head, endStream: true)), promise: nil)
        case .message(let message):
            channel.write(HTTP2Frame.FramePayload.headers(.init(headers: head)), promise: nil)
            var rest = GRPCFrame.bytes(message)[...]
            while !rest.isEmpty {
                let part = ByteBuffer(bytes: rest.prefix(maximumFrame))
                rest = rest.dropFirst(maximumFrame)
                channel.write(HTTP2Frame.FramePayload.data(.init(data: .byteBuffer(part))), promise: nil)
            }
            let trailers = HPACKHeaders([("grpc-status", "0")])
            channel.writeAndFlush(
                HTTP2Frame.FramePayload.headers(.init(headers: trailers, endStream: true)), promise: nil)
        }
    }
}

/// A message as gRPC puts it into a stream: a byte that says whether it is compressed, four of length, the bytes.
enum GRPCFrame {
    /// The one message that a request's body holds.
    static func message(_ body: [UInt8]) throws(WireError) -> [UInt8] {
        guard body.count >= 5 else { throw .truncated(offset: body.count) }
        guard body[0] == 0 else { throw .malformed(offset: 0, what: "a compressed message") }
        let length = body[1..<5].reduce(0) { $0 << 8 | Int($1) }
        guard body.count >= 5 + length else { throw .truncated(offset: body.count) }
        guard body.count == 5 + length else { throw .trailing(offset: 5 + length) }
        return Array(body[5...])
    }

    static func bytes(_ message: [UInt8]) -> [UInt8] {
        let length = UInt32(message.count)
        let head = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: length >> UInt32($0)) }
        return [0] + head + message
    }
}
