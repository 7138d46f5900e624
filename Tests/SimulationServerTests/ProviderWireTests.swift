import Chance
import Simulation
import Testing

@testable import SimulationServer

@Suite("What comes over the provider's socket is read strictly")
struct ProviderWireTests {
    private func value(_ random: inout Dice, depth: Int = 0) -> TerraformValue {
        switch Int.random(in: 0..<(depth > 4 ? 6 : 8), using: &random) {
        case 0: .null
        case 1: .unknown
        case 2: .bool(.random(using: &random))
        case 3: .int(.random(in: Int.min...Int.max, using: &random) >> Int.random(in: 0..<64, using: &random))
        case 4: .number(Double.random(in: -1e9...1e9, using: &random) / 7)
        case 5: .string(String(repeating: "ä", count: Int.random(in: 0..<300, using: &random)))
        case 6: .list((0..<Int.random(in: 0..<20, using: &random)).map { _ in value(&random, depth: depth + 1) })
        default:
            .object(
                Dictionary(
                    (0..<Int.random(in: 0..<20, using: &random)).map { ("k\($0)", value(&random, depth: depth + 1)) },
                    uniquingKeysWith: { $1 }))
        }
    }

    @Test func `a written value is read back the same`() throws {
        for seed in UInt64(0)..<2_000 {
            var random = Dice(seed: seed)
            let value = value(&random)
            let bytes = MessagePackWriter.bytes(value)
            #expect(try MessagePackReader.value(bytes[...]) == value, "seed \(seed)")
        }
    }

    @Test func `long arrays, maps and strings are written in their wide forms`() throws {
        for count in [15, 16, 255, 256, 65_535, 65_536, 70_000] {
            let list = TerraformValue.list(Array(repeating: true, count: count))
            #expect(try MessagePackReader.value(MessagePackWriter.bytes(list)[...]) == list)
            let text = TerraformValue.string(String(repeating: "x", count: count))
            #expect(try MessagePackReader.value(MessagePackWriter.bytes(text)[...]) == text)
        }
    }

    @Test func `random and mutated bytes give a value or a typed error, never a crash`() {
        var random = Dice(seed: 42)
        var refused = 0
        for round in 0..<30_000 {
            var bytes: [UInt8]
            if round.isMultiple(of: 2) {
                bytes = (0..<Int.random(in: 0..<60, using: &random)).map { _ in .random(in: 0...255, using: &random) }
            } else {
                bytes = MessagePackWriter.bytes(value(&random, depth: 3))
                for _ in 0..<Int.random(in: 1..<4, using: &random) where !bytes.isEmpty {
                    let place = bytes.indices.randomElement(using: &random) ?? 0
                    switch Int.random(in: 0..<3, using: &random) {
                    case 0: bytes[place] = .random(in: 0...255, using: &random)
                    case 1: bytes.remove(at: place)
                    default: bytes.insert(.random(in: 0...255, using: &random), at: place)
                    }
                }
            }
            do {
                _ = try MessagePackReader.value(bytes[...])
            } catch {
                refused += 1
            }
            var reader = ProtobufReader(bytes[...])
            // Each field takes at least two bytes, so that this ends.
            while let field = try? reader.next() { _ = field }
            _ = try? ProviderMessage(bytes)
            _ = try? GRPCFrame.message(bytes)
        }
        #expect(refused > 5_000 && refused < 30_000)
    }

    @Test func `every prefix of a value is refused as too short`() {
        let value: TerraformValue = .object(["a": .list([1, "two", .null, .unknown, .double(0.5)]), "b": .object([:])])
        let bytes = MessagePackWriter.bytes(value)
        for count in 0..<bytes.count {
            #expect(throws: WireError.self) { try MessagePackReader.value(bytes.prefix(count)) }
        }
    }

    @Test(
        arguments: [
            ([0xC1], "a form that is not used"), ([0xC4, 0x01, 0x00], "raw bytes"),
            ([0x01, 0x02], "more than one value"),
            ([0x81, 0x01, 0x02], "a key that is a number"),
            ([0x82, 0xA1, 0x61, 0x01, 0xA1, 0x61, 0x02], "a key twice"),
            ([0xDD, 0xFF, 0xFF, 0xFF, 0xFF], "a count beyond the rest"), ([0xA1, 0xFF], "a string that is not UTF-8"),
            (Array(repeating: 0x91, count: 5_000) + [0x01], "too deep"),
        ] as [([UInt8], String)])
    func `hostile values are refused`(_ bytes: [UInt8], _ what: String) {
        #expect(throws: WireError.self, "\(what)") { try MessagePackReader.value(bytes[...]) }
    }

    @Test func `an unknown value with refinements is unknown`() throws {
        #expect(try MessagePackReader.value([0xC7, 0x02, 0x0C, 0x81, 0x01][...]) == .unknown)
        #expect(try MessagePackReader.value([0xD4, 0x00, 0x00][...]) == .unknown)
    }

    @Test func `a call that is not a message, or not of the protocol, gets a gRPC status`() async {
        let service = ProviderService(send: { _ in .lost }, awaitTask: { _ in })
        let session = ProviderSession()
        var random = Dice(seed: 7)
        for name in [
            "PlanResourceChange", "ReadResource", "ApplyResourceChange", "ImportResourceState", "UpgradeResourceState",
        ] {
            for _ in 0..<500 {
                let bytes = (0..<Int.random(in: 0..<80, using: &random)).map { _ in
                    UInt8.random(in: 0...255, using: &random)
                }
                _ = await service.answer("/tfplugin6.Provider/\(name)", bytes, session: session)
            }
        }
        let reply = await service.answer("/plugin.GRPCStdio/StreamStdio", [], session: session)
        #expect(reply == .failure(code: 12, text: "/plugin.GRPCStdio/StreamStdio is not implemented"))
        let broken = await service.answer("/tfplugin6.Provider/ReadResource", [0x0A, 0xFF], session: session)
        #expect(broken == .failure(code: 3, text: "the message ends inside a value at byte 2"))
    }
}
