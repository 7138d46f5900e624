/// A server and the certificate that an operator named for it.
struct Pin: Hashable, Sendable {
    let address: WebAddress
    let fingerprint: CertificateFingerprint
}

extension PresentedCertificate {
    /// Reads libcurl's fields of the leaf; nil when the certificate itself is not among them.
    init?(fields: [String]) {
        func field(_ name: String) -> String {
            fields.first { $0.hasPrefix(name + ":") }.map { String($0.dropFirst(name.count + 1)) } ?? ""
        }
        let pem = field("Cert")
        guard let der = Self.der(ofPEM: pem) else { return nil }
        fingerprint = CertificateFingerprint(certificate: der)
        subject = field("Subject")
        issuer = field("Issuer")
        validFrom = field("Start date")
        validUntil = field("Expire date")
        names = Self.names(inAlternativeNames: field("X509v3 Subject Alternative Name"))
        self.pem = Array(pem.utf8)
    }

    /// The bytes between the first BEGIN and END lines; nil when there are none or they are not base64.
    package static func der(ofPEM pem: String) -> [UInt8]? {
        let lines = pem.split(whereSeparator: \.isNewline)
        guard let first = lines.firstIndex(of: "-----BEGIN CERTIFICATE-----"),
            let last = lines[first...].firstIndex(of: "-----END CERTIFICATE-----")
        else { return nil }
        var bytes: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        for character in lines[(first + 1)..<last].joined().utf8 where character != UInt8(ascii: "=") {
            guard let value = base64Value(character) else { return nil }
            bits = bits << 6 | UInt32(value)
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> count))
            }
        }
        return bytes.isEmpty ? nil : bytes
    }

    private static func base64Value(_ character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): character - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): character - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0") + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
