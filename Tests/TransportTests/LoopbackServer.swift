import Foundation
import Glibc
import Synchronization

/// A tiny HTTP/1.1 server on a loopback port that answers as its test says: half a body, silence, hanging up.
/// One thread accepts, and each connection has one of its own; closing the server ends them all.
final class LoopbackServer: Sendable {
    /// One accepted connection.
    struct Connection: Sendable {
        let descriptor: Int32
        /// Counted from 1 in the order of arrival.
        let number: Int

        /// The next request's head and body; nil when the peer hung up.
        func request() -> Request? {
            var bytes: [UInt8] = []
            let end = Array("\r\n\r\n".utf8)
            while bytes.suffix(4) != end[...] {
                var byte: UInt8 = 0
                guard recv(descriptor, &byte, 1, 0) == 1 else { return nil }
                bytes.append(byte)
            }
            let head = String(decoding: bytes, as: UTF8.self)
            let length =
                head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
                .flatMap { Int($0.dropFirst("content-length:".count).trimmingCharacters(in: .whitespaces)) } ?? 0
            var body = [UInt8](repeating: 0, count: length)
            var count = 0
            while count < length {
                let read = body.withUnsafeMutableBytes { buffer in
                    recv(descriptor, buffer.baseAddress?.advanced(by: count), length - count, 0)
                }
                guard read > 0 else { return nil }
                count += read
            }
            return Request(head: head, body: String(decoding: body, as: UTF8.self))
        }

        func write(_ text: String) {
            let bytes = Array(text.utf8)
            var sent = 0
            while sent < bytes.count {
                let count = bytes.withUnsafeBytes { buffer in
                    send(
                        descriptor, buffer.baseAddress?.advanced(by: sent), bytes.count - sent, Int32(MSG_NOSIGNAL))
                }
                guard count > 0 else { return }
                sent += count
            }
        }

        /// A whole answer with a length.
        func answer(_ body: String, status: String = "200 OK", headers: String = "") {
            write("HTTP/1.1 \(status)\r\nContent-Length: \(body.utf8.count)\r\n\(headers)\r\n\(body)")
        }

        /// Blocks until the peer hangs up or the server is closed.
        func waitForEnd() {
            var byte: UInt8 = 0
            while recv(descriptor, &byte, 1, 0) > 0 {}
        }
    }

    struct Request: Sendable {
        var head: String
        var body: String

        var line: String { String(head.prefix { $0 != "\r\n" }) }
    }

    private struct Standing {
        var open: Set<Int32> = []
        var accepted = 0
        var mostOpen = 0
        var isClosed = false
    }

    let port: Int
    private let listener: Int32
    private let standing = Mutex(Standing())

    /// - Parameter serve: called on a thread of its own for each connection, which is closed when it returns.
    init(serve: @escaping @Sendable (Connection) -> Void) throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer -> Int32 in
                guard bind(listener, pointer, size) == 0, listen(listener, 1024) == 0 else { return -1 }
                return getsockname(listener, pointer, &size)
            }
        }
        guard code == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        self.listener = listener
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread { [self] in acceptAll(serve) }
    }

    var url: String { "http://127.0.0.1:\(port)" }
    /// Connections so far.
    var accepted: Int { standing.withLock { $0.accepted } }
    /// The most connections that were open at one time.
    var mostOpen: Int { standing.withLock { $0.mostOpen } }

    /// Hangs up on everyone.
    func close() {
        standing.withLock { standing in
            guard !standing.isClosed else { return }
            standing.isClosed = true
            shutdown(listener, Int32(SHUT_RDWR))
            for descriptor in standing.open { shutdown(descriptor, Int32(SHUT_RDWR)) }
        }
    }

    private func acceptAll(_ serve: @escaping @Sendable (Connection) -> Void) {
        while true {
            let descriptor = accept(listener, nil, nil)
            guard descriptor >= 0 else { break }
            let number = standing.withLock { standing -> Int? in
                guard !standing.isClosed else { return nil }
                standing.open.insert(descriptor)
                standing.accepted += 1
                standing.mostOpen = max(standing.mostOpen, standing.open.count)
                return standing.accepted
            }
            guard let number else {
                Glibc.close(descriptor)
                break
            }
            Thread.detachNewThread { [self] in
                serve(Connection(descriptor: descriptor, number: number))
                standing.withLock { _ = $0.open.remove(descriptor) }
                Glibc.close(descriptor)
            }
        }
        Glibc.close(listener)
    }
}

/// A loopback port on which nothing listens.
func closedPort() throws -> Int {
    let server = try LoopbackServer { _ in }
    server.close()
    return server.port
}

/// A loopback port that is full: the system completes no further connection to it, as if packets were lost.
final class FullPort {
    let port: Int
    private var descriptors: [Int32]

    init() throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        descriptors = [listener]
        let code = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer -> Int32 in
                // With a backlog of 0 Linux completes one connection that nobody accepts, and no further one.
                guard bind(listener, pointer, size) == 0, listen(listener, 0) == 0 else { return -1 }
                return getsockname(listener, pointer, &size)
            }
        }
        port = Int(UInt16(bigEndian: address.sin_port))
        guard code == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        for _ in 0..<4 {
            let filler = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
            descriptors.append(filler)
            _ = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(filler, $0, size) }
            }
        }
    }

    deinit { for descriptor in descriptors { Glibc.close(descriptor) } }
}
