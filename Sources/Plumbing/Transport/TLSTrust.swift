/// Whom an https connection trusts.
package enum TLSTrust: Hashable, Sendable {
    /// The system's certificate authorities; the host's name is checked.
    case system
    /// Only the authorities in that PEM file; the host's name is checked.
    case caFile(String)
    /// Only the one certificate of that fingerprint, whatever name it bears; its dates are checked.
    case fingerprint(CertificateFingerprint)
    /// Anyone. Only where an operator asked for it in so many words.
    case insecure
}

/// The SHA-256 of a certificate's DER, as `pvenode cert info` and `openssl x509 -fingerprint -sha256` print it.
package struct CertificateFingerprint: Hashable, Sendable, CustomStringConvertible {
    /// 32 bytes.
    package let bytes: [UInt8]

    /// Reads 64 hexadecimal digits, with or without colons and of either case; nil for anything else.
    package init?(_ text: String) {
        var bytes: [UInt8] = []
        var high: UInt8?
        for character in text.utf8 {
            if character == UInt8(ascii: ":"), high == nil { continue }
            guard let digit = Self.digit(character) else { return nil }
            if let first = high {
                bytes.append(first << 4 | digit)
                high = nil
            } else {
                high = digit
            }
        }
        guard high == nil, bytes.count == SHA256.byteCount else { return nil }
        self.bytes = bytes
    }

    /// The fingerprint of a certificate in DER.
    package init(certificate der: [UInt8]) {
        bytes = SHA256.digest(of: der)
    }

    /// Upper-case pairs joined by colons, as Proxmox prints it.
    package var description: String {
        let digits = Array("0123456789ABCDEF".utf8)
        var text: [UInt8] = []
        for byte in bytes {
            if !text.isEmpty { text.append(UInt8(ascii: ":")) }
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func digit(_ character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

/// What a server showed in the handshake, verified or not.
package struct PresentedCertificate: Hashable, Sendable {
    package var fingerprint: CertificateFingerprint
    /// As OpenSSL prints a name: `CN = pve1.example.org`.
    package var subject: String
    package var issuer: String
    /// As OpenSSL prints a date: `Nov 21 05:00:00 2026 GMT`.
    package var validFrom: String
    package var validUntil: String
    /// The names and addresses that the certificate is for, as OpenSSL prints them: `pve1.example.org`, `10.0.0.1`.
    /// A subject is none: nobody goes by it any more (RFC 9525).
    package var names: [String]
    /// The leaf, PEM.
    package var pem: [UInt8]
}
