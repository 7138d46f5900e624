import Foundation
import Model
import Terraform
import Transport

/// What makes Terraform's provider trust the certificate that Plumb itself trusts: a file of certificates, which the Go
/// runtime reads where `SSL_CERT_FILE` says, in place of the system's file.
///
/// The system's directory of authorities (`SSL_CERT_DIR`) stays, because `terraform init` asks public registries.
struct ProviderTrust: Sendable {
    let cluster: ClusterName
    let url: String
    let trust: TLSTrust
    /// Where the file is kept: a Terraform that was left behind reads it after this process has ended.
    let path: String
    let transport: HTTPTransport
    /// The caller's own file of authorities, a company's proxy perhaps: it goes on being trusted.
    var callerFile = ProcessInfo.processInfo.environment["SSL_CERT_FILE"]

    /// Writes the file where it is needed, mode 0600.
    ///
    /// - Returns: its path; nil where the system's authorities, or anyone, is trusted.
    func file() async throws(StepFailure) -> String? {
        guard url.hasPrefix("https:") else { return nil }
        let trusted: [UInt8]
        switch trust {
        case .system, .insecure: return nil
        case .caFile(let path): trusted = try authorities(in: path)
        case .fingerprint(let fingerprint): trusted = try await certificate(of: fingerprint)
        }
        let own = callerFile.flatMap { FileManager.default.contents(atPath: $0) }.map(Array.init) ?? []
        let newline = [UInt8(ascii: "\n")]
        do throws(TerraformFailure) {
            try TrustFile.write(trusted + newline + own, to: path)
        } catch {
            throw error.stepFailure
        }
        return path
    }

    private func authorities(in path: String) throws(StepFailure) -> [UInt8] {
        guard let bytes = FileManager.default.contents(atPath: path),
            PresentedCertificate.der(ofPEM: String(decoding: bytes, as: UTF8.self)) != nil
        else { throw StepFailure(Sentence("edge.caFile", cluster.text, path)) }
        return Array(bytes)
    }

    /// The certificate with that fingerprint: as kept, or else as the server presents it, if it is the one.
    private func certificate(of fingerprint: CertificateFingerprint) async throws(StepFailure) -> [UInt8] {
        if let kept = FileManager.default.contents(atPath: path).map({ String(decoding: $0, as: UTF8.self) }),
            let der = PresentedCertificate.der(ofPEM: kept), CertificateFingerprint(certificate: der) == fingerprint,
            let end = kept.range(of: Self.lastLine)
        {
            return Array(kept[..<end.upperBound].utf8)
        }
        let presented: PresentedCertificate
        do throws(TransportFailure) {
            presented = try await transport.certificate(of: url)
        } catch {
            throw StepFailure(
                Sentence("edge.certificateUnseen", cluster.text, url, String(describing: error)),
                retry: .after(seconds: 30))
        }
        guard presented.fingerprint == fingerprint else {
            throw StepFailure(
                Sentence(
                    "edge.certificateOther", cluster.text, url, presented.fingerprint.description,
                    fingerprint.description))
        }
        return presented.pem
    }

    private static let lastLine = "-----END CERTIFICATE-----"

    /// Why Terraform would refuse what Plumb accepts: a fingerprint holds for any name, and Go looks at the name.
    ///
    /// - Returns: nil where all is well, or where the server cannot be asked, which is said elsewhere.
    func nameMismatch() async -> Sentence? {
        guard case .fingerprint = trust, url.hasPrefix("https:"),
            let presented = try? await transport.certificate(of: url), presented.covers(hostOf: url) == false
        else { return nil }
        let names = presented.names.isEmpty ? "–" : presented.names.joined(separator: ", ")
        return Sentence("doctor.certificateName", url, names)
    }
}
