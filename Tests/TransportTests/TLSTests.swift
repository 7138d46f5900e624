import Foundation
import Testing

@testable import Transport

/// Real handshakes with real certificates; the fingerprints are those that `openssl x509 -fingerprint -sha256` prints.
struct TLSTests {
    private let transport = HTTPTransport()
    private static let loopback =
        "8B:A9:E9:25:0F:AF:0C:D6:13:C1:8A:9A:CD:AD:9A:2F:33:82:81:C9:68:4C:54:65:1C:C3:3F:2B:60:A5:E7:DA"
    private static let selfSigned =
        "EB:62:85:06:DF:0B:42:45:71:79:90:21:45:D3:1F:9C:0A:02:5F:55:83:7A:77:30:EE:71:47:E8:D1:60:E0:09"
    private static let expired =
        "54:5A:EF:19:D5:AC:5B:90:CD:3D:FB:07:2D:0D:80:99:5A:08:AE:E0:64:25:C0:09:9D:68:BA:E8:4E:AC:F1:A8"

    private func get(_ port: Int, host: String = "127.0.0.1", trust: TLSTrust) async throws -> HTTPResponse {
        try await transport.send(
            HTTPRequest(
                .get, url: "https://\(host):\(port)/api2/json/version",
                headers: [HTTPHeader("Authorization", "PVEAPIToken=root@pam!plumb=secret")], trust: trust))
    }

    private func failure(_ server: TLSServer, host: String = "localhost", trust: TLSTrust) async -> TransportFailure? {
        do throws(TransportFailure) {
            _ = try await transport.send(HTTPRequest(.get, url: "https://\(host):\(server.port)/", trust: trust))
            return nil
        } catch { return error }
    }

    @Test func `a certificate with the named fingerprint is trusted, whatever name it bears`() async throws {
        for (certificate, fingerprint) in [("selfsigned", Self.selfSigned), ("loopback", Self.loopback)] {
            let server = try TLSServer(certificate: certificate)
            let trust = TLSTrust.fingerprint(try #require(CertificateFingerprint(fingerprint)))
            let response = try await get(server.port, trust: trust)
            #expect(response.status == 200)
            #expect(String(decoding: response.body, as: UTF8.self).contains("PVEAPIToken=root@pam!plumb=secret"))
        }
    }

    @Test func `another fingerprint is refused, and the failure names both`() async throws {
        let server = try TLSServer(certificate: "loopback")
        let expected = try #require(CertificateFingerprint(Self.selfSigned))
        let presented = try #require(CertificateFingerprint(Self.loopback))
        let failure = await failure(server, trust: .fingerprint(expected))
        let mismatch = TLSFailure.fingerprintMismatch(expected: expected, presented: presented)
        #expect(failure == .tls(mismatch, address: "localhost:\(server.port)"))
    }

    @Test func `a server that changes its certificate is refused although the old one was verified`() async throws {
        let first = try TLSServer(certificate: "selfsigned")
        let trust = TLSTrust.fingerprint(try #require(CertificateFingerprint(Self.selfSigned)))
        #expect(try await get(first.port, trust: trust).status == 200)
        first.stop()
        let second = try TLSServer(certificate: "loopback", port: first.port)
        let failure = await failure(second, host: "127.0.0.1", trust: trust)
        guard case .tls(.fingerprintMismatch, _) = failure else {
            Issue.record("not a mismatch: \(String(describing: failure))")
            return
        }
    }

    @Test func `a pinned certificate that has expired says so`() async throws {
        let server = try TLSServer(certificate: "expired")
        let trust = TLSTrust.fingerprint(try #require(CertificateFingerprint(Self.expired)))
        guard case .tls(.expired, _) = await failure(server, trust: trust) else {
            Issue.record("an expired certificate was not called expired")
            return
        }
    }

    @Test func `a hundred requests at once to a pinned server all go through`() async throws {
        let server = try TLSServer(certificate: "selfsigned")
        let trust = TLSTrust.fingerprint(try #require(CertificateFingerprint(Self.selfSigned)))
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<100 { group.addTask { [port = server.port] in try await get(port, trust: trust).status } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses == Array(repeating: 200, count: 100))
    }

    @Test func `an authority's file is trusted for what it signed, and only for that`() async throws {
        let trust = TLSTrust.caFile(TLSServer.file("Fixtures/authority.pem"))
        let good = try TLSServer(certificate: "loopback")
        #expect(try await get(good.port, host: "localhost", trust: trust).status == 200)
        let stranger = try TLSServer(certificate: "selfsigned")
        guard case .tls(.untrusted, _) = await failure(stranger, trust: trust) else {
            Issue.record("a certificate of nobody was trusted")
            return
        }
        let elsewhere = try TLSServer(certificate: "elsewhere")
        guard case .tls(.hostMismatch, _) = await failure(elsewhere, trust: trust) else {
            Issue.record("a certificate for another host was trusted")
            return
        }
    }

    @Test func `an authority's file that is not there is named`() async throws {
        let server = try TLSServer(certificate: "loopback")
        guard case .tls(.caFile("/nowhere/ca.pem", _), _) = await failure(server, trust: .caFile("/nowhere/ca.pem"))
        else {
            Issue.record("a missing file was not named")
            return
        }
    }

    @Test func `the system's authorities do not trust a private one, and insecure trusts all`() async throws {
        let server = try TLSServer(certificate: "loopback")
        guard case .tls(.untrusted, _) = await failure(server, trust: .system) else {
            Issue.record("the system trusted a private authority")
            return
        }
        #expect(try await get(server.port, trust: .insecure).status == 200)
    }

    @Test func `what a server presents can be seen before it is trusted`() async throws {
        let server = try TLSServer(certificate: "selfsigned")
        let certificate = try await transport.certificate(of: "https://127.0.0.1:\(server.port)")
        #expect(certificate.fingerprint.description == Self.selfSigned)
        #expect(certificate.subject.contains("pve2.example.org"))
        #expect(!certificate.validUntil.isEmpty)
        #expect(certificate.names.isEmpty && certificate.covers(hostOf: "https://127.0.0.1:8006") == false)
    }

    @Test func `the names of a certificate are those that a client goes by`() async throws {
        let server = try TLSServer(certificate: "loopback")
        var certificate = try await transport.certificate(of: "https://127.0.0.1:\(server.port)")
        #expect(certificate.names == ["localhost", "127.0.0.1"])
        #expect(certificate.covers(hostOf: "https://127.0.0.1:8006") == true)
        #expect(certificate.covers(hostOf: "https://LOCALHOST/api2") == true)
        #expect(certificate.covers(hostOf: "https://127.0.0.2:8006") == false)
        certificate.names = ["*.example.org", "0:0:0:0:0:0:0:1"]
        #expect(certificate.covers(hostOf: "https://pve1.example.org:8006") == true)
        #expect(certificate.covers(hostOf: "https://a.pve1.example.org:8006") == false)
        #expect(certificate.covers(hostOf: "https://example.org:8006") == false)
        #expect(certificate.covers(hostOf: "https://[::1]:8006") == true)
    }
}
