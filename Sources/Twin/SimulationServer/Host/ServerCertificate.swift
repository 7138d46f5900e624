import Crypto
import Foundation
import NIOSSL
import SwiftASN1
import X509

/// The simulated cluster's own certificate: made at its first start, kept in its state directory, and, like a fresh
/// Proxmox node's, vouched for by nobody. Clients trust its file or its fingerprint.
struct ServerCertificate {
    /// PEM.
    let certificatePath: String
    let keyPath: String
    /// SHA-256 of the DER, as Proxmox prints it: 32 upper-case pairs joined by colons.
    let fingerprint: String
    let configuration: TLSConfiguration

    /// Reads the certificate of a directory, or makes one.
    static func load(from directory: String) throws -> ServerCertificate {
        let certificatePath = directory + "/certificate.pem"
        let keyPath = directory + "/key.pem"
        if !FileManager.default.fileExists(atPath: certificatePath) || !FileManager.default.fileExists(atPath: keyPath)
        {
            let (certificate, key) = try make()
            try PrivateFile.write(Data(key.utf8), to: keyPath)
            try PrivateFile.write(Data(certificate.utf8), to: certificatePath)
        }
        let chain = try NIOSSLCertificate.fromPEMFile(certificatePath)
        let key = try NIOSSLPrivateKey(file: keyPath, format: .pem)
        let der = try chain.first?.toDERBytes() ?? []
        let fingerprint = SHA256.hash(data: der).map { byte in
            let text = String(byte, radix: 16, uppercase: true)
            return text.count == 1 ? "0" + text : text
        }.joined(separator: ":")
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        configuration.applicationProtocols = ["http/1.1"]
        configuration.minimumTLSVersion = .tlsv12
        return ServerCertificate(
            certificatePath: certificatePath, keyPath: keyPath, fingerprint: fingerprint, configuration: configuration)
    }

    /// Self-signed for the loopback's names, and its own authority, so that it can be given as a CA file.
    private static func make() throws -> (certificate: String, key: String) {
        let key = P256.Signing.PrivateKey()
        let certificateKey = Certificate.PrivateKey(key)
        let name = try DistinguishedName {
            CommonName("localhost")
            OrganizationName("Plumb simulated cluster")
        }
        let identifier = SubjectKeyIdentifier(hash: certificateKey.publicKey)
        let now = Date()
        let certificate = try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: certificateKey.publicKey,
            notValidBefore: now.addingTimeInterval(-86_400), notValidAfter: now.addingTimeInterval(3650 * 86_400),
            issuer: name, subject: name, signatureAlgorithm: .ecdsaWithSHA256,
            extensions: try Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: nil))
                Critical(KeyUsage(digitalSignature: true, keyCertSign: true))
                try ExtendedKeyUsage([.serverAuth])
                identifier
                AuthorityKeyIdentifier(keyIdentifier: identifier.keyIdentifier)
                SubjectAlternativeNames([
                    .dnsName("localhost"), .ipAddress(ASN1OctetString(contentBytes: [127, 0, 0, 1])),
                ])
            }, issuerPrivateKey: certificateKey)
        return (try certificate.serializeAsPEM().pemString, key.pemRepresentation)
    }
}
