import Model
import Testing

@testable import Loading

@Suite("Texts that stand for values")
struct ValueTests {
    private func with<Result>(_ text: String, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        var copy = text
        return copy.withUTF8(body)
    }

    @Test(
        "Durations",
        arguments: [
            ("30s", 30_000), ("5m", 300_000), ("1h30m", 5_400_000), ("250ms", 250), ("7d", 604_800_000), ("0s", 0),
            ("", nil), ("30", nil), ("5 m", nil), ("1m1h", nil), ("1s1s", nil), ("-5s", nil), ("1.5h", nil),
        ] as [(String, Int?)])
    func durations(_ text: String, _ milliseconds: Int?) {
        #expect(with(text, DurationText.parse) == milliseconds.map { .milliseconds($0) })
    }

    @Test(
        "Addresses",
        arguments: [
            ("10.0.0.1", "10.0.0.1"), ("255.255.255.255", "255.255.255.255"), ("::", "::"), ("::1", "::1"),
            ("2001:DB8:0:0:0:0:0:1", "2001:db8::1"), ("fe80::1:0:0:2", "fe80::1:0:0:2"),
            ("::ffff:10.0.0.1", "::ffff:a00:1"),
            ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"), ("10.0.0", nil), ("10.0.0.1.2", nil), ("10.0.0.256", nil),
            ("010.0.0.1", nil), ("1::2::3", nil), (":::", nil), ("1:2:3:4:5:6:7", nil), ("12345::", nil), ("", nil),
            (":", nil),
            ("1:2:3:4:5:6:7:", nil), ("::10.0.0.1:1", nil),
        ] as [(String, String?)])
    func addresses(_ text: String, _ canonical: String?) {
        #expect(IPAddress(text)?.description == canonical)
    }

    @Test("Networks know their hosts")
    func networks() throws {
        let network = try #require(CIDR("10.0.0.250/24"))
        #expect(network.advanced(by: 4)?.text == "10.0.0.254/24")
        #expect(network.advanced(by: 5) == nil && network.advanced(by: 6) == nil)
        #expect(CIDR("10.0.0.0/31")?.isNetworkOrBroadcast == false)
        #expect(CIDR("10.0.0.1/33") == nil && CIDR("10.0.0.1/") == nil && CIDR("10.0.0.1") == nil)
        #expect(CIDR("2001:db8::1/64")?.advanced(by: 1)?.text == "2001:db8::2/64")
        #expect(CIDR("0.0.0.0/0")?.isNetworkOrBroadcast == true)
        #expect(CIDR("::1/0").map { $0.contains($0.address) } == true)
    }

    @Test(
        "Amounts",
        arguments: [
            ("2GiB", 2 << 30), ("512", 512 << 20), ("1.5GiB", 3 << 29), ("1 TiB", 1 << 40), ("4096KiB", 4 << 20),
            ("GiB", nil),
            ("1.0000001GiB", nil), ("99999999999999999999", nil), ("1e3", nil), ("1.GiB", nil), ("1.1KiB", nil),
        ] as [(String, Int?)])
    func amounts(_ text: String, _ bytes: Int?) {
        let parsed = with(text) { ByteUnit.parse($0, bareUnit: .mebibyte) }
        if case .amount(let found) = parsed { #expect(found == bytes) } else { #expect(bytes == nil) }
    }

    @Test(
        "Moments",
        arguments: [
            ("2026-12-31", "2026-12-31T00:00:00Z"), ("2024-02-29T23:59:59Z", "2024-02-29T23:59:59Z"),
            ("2026-01-01T00:30:00+09:00", "2025-12-31T15:30:00Z"),
            ("2026-01-01T00:30:00-05:30", "2026-01-01T06:00:00Z"),
            ("2025-02-29", nil), ("2026-13-01", nil), ("2026-12-31T24:00:00Z", nil), ("2026-12-31 10:00:00", nil),
            ("", nil),
        ] as [(String, String?)])
    func moments(_ text: String, _ canonical: String?) {
        #expect(with(text, TimestampText.parse)?.description == canonical)
    }

    @Test("Patterns count with the width of their first number")
    func patterns() {
        #expect(NamePattern("web-{08..11}").map { (0..<4).map($0.name) } == ["web-08", "web-09", "web-10", "web-11"])
        #expect(NamePattern("n{9..10}x").map { (0..<2).map($0.name) } == ["n9x", "n10x"])
        for text in ["web", "web-{}", "web-{1}", "web-{2..1}", "{1..2}{3..4}", "a}{1..2", "w-{a..b}", "w-{1..1234567}"]
        {
            #expect(NamePattern(text) == nil, "\(text)")
        }
    }

    @Test("The nearest name is suggested, and nothing far off")
    func suggestions() {
        let names = ["cores", "cluster", "memory", "passwordFrom"]
        #expect(Suggestion.nearest(to: "corse", among: names) == "cores")
        #expect(Suggestion.nearest(to: "Memroy", among: names) == "memory")
        #expect(Suggestion.nearest(to: "password", among: names) == "passwordFrom")
        #expect(Suggestion.nearest(to: "hypervisor", among: names) == nil)
        #expect(Suggestion.nearest(to: "", among: names) == nil)
    }

    @Test("Every declared field is found by its name, and nothing else")
    func nameTables() {
        for names in [
            Declarations.server.names, Declarations.databaseServer.names, Declarations.cluster.names, ["a"], [],
        ] {
            let table = NameTable(names)
            for (index, name) in names.enumerated() { #expect(with(name) { table.index(of: $0) } == index) }
            for other in ["", "x", "Cores", "cluste", "clusterr", "passwordFron"] where !names.contains(other) {
                #expect(with(other) { table.index(of: $0) } == nil)
            }
        }
    }

    @Test("Lines end as editors see them")
    func lines() {
        let table = LineTable(Array("a\nb\r\nc\rd\u{2028}e".utf8))
        #expect([0, 2, 5, 7, 11].map(table.line) == [1, 2, 3, 4, 4])
    }

    @Test("An arena's node has 28 bytes, a span 12")
    func sizes() {
        #expect(MemoryLayout<YAMLNode>.stride == 28)
        #expect(MemoryLayout<SourceSpan>.stride == 12)
    }
}
