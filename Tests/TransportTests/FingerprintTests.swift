import Testing

@testable import Transport

struct FingerprintTests {
    @Test(arguments: [
        ("", "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855"),
        ("abc", "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248D6A61D20638B8E5C026930C3E6039A33CE45964FF2167F6ECEDD419DB06C1"
        ),
        (String(repeating: "a", count: 1_000_00), "6D1CF22D7CC09B085DFC25EE1A1F3AE0265804C607BC2074AD253BCC82FD81EE"),
    ])
    func `SHA-256 gives the published digests`(message: String, digest: String) throws {
        #expect(SHA256.digest(of: Array(message.utf8)) == (try #require(CertificateFingerprint(digest))).bytes)
    }

    @Test func `a fingerprint is read with and without colons, in either case, and printed as Proxmox does`() throws {
        let printed = "AB:" + Array(repeating: "0F", count: 31).joined(separator: ":")
        let plain = "ab" + String(repeating: "0f", count: 31)
        #expect(CertificateFingerprint(printed)?.description == printed)
        #expect(CertificateFingerprint(plain) == CertificateFingerprint(printed))
    }

    @Test(arguments: ["", "AB", "AB:CD", "A:B", String(repeating: "0", count: 65), String(repeating: "G", count: 64)])
    func `anything else is no fingerprint`(text: String) {
        #expect(CertificateFingerprint(text) == nil)
    }
}
