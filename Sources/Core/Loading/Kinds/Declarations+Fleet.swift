import Model

extension Declarations {
    static let fleet = Declaration<SimulatedFleet>("SimulatedFleet") { fields in
        fields.field("preset", .choice(["classic-20"]) { $0 == "classic-20" ? $0 : nil }, "A fleet that Plumb knows.") {
            $0.preset = $1
        }
        fields.field(
            "servers", group.type { .init(name: "", type: "") }.list(atLeast: 1), "Servers, after those of the preset."
        ) { $0.servers = $1 }
        fields.field("seed", .integer(0...Int.max), default: "1", "What chance draws from.") { $0.seed = UInt64($1) }
        fields.field(
            "pace", wave.type { .init(servers: 1, from: .zero, to: .zero) }.list(),
            default: "one server a second",
            "The waves in which servers are to be deployed, in order; recorded, nothing deploys yet."
        ) { $0.pace = $1 }
        fields.field("clock", clock.type { 1.0 }, "The fleet's own clock.") { $0.clockSpeed = $1 }
        fields.field(
            "scenario", incident.type { .init(at: .zero, lasts: .zero, effect: "") }.list(), default: "none",
            "A timeline of incidents; recorded, nothing plays it yet."
        ) { $0.scenario = $1 }
        fields.field("metrics", metrics.type { .init() }, "How its numbers are made.") {
            $0.metricsInterval = $1.interval
            $0.metricsHistory = $1.history
        }
        fields.field(
            "clusterRef", .reference(to: .cluster),
            "The simulated cluster in which each server is to be a guest too; recorded, nothing places them yet."
        ) { $0.cluster = $1 }
        fields.afterwards { fleet, context, reader in
            guard !context.isGiven("preset"), !context.isGiven("servers") else { return }
            let sentence = Sentence("field.oneOf", ["preset, servers", "SimulatedFleet"])
            reader.add(Diagnostic(.error, sentence, at: reader.headSpan(context.node)))
        }
    }

    private static let group = Declaration<SimulatedFleet.Group>("servers") { fields in
        fields.field("name", .fleetName, required: true, "A name, or a pattern such as `web-{01..20}`.") {
            $0.name = $1
        }
        fields.field("count", .integer(1...100_000), default: "what the pattern says", "How many.") { $0.count = $1 }
        fields.field("type", .text("a word", example: "web", limit: 64), required: true, "What they are.") {
            $0.type = $1
        }
        fields.field("environment", .text("a word", example: "production", limit: 64), "Where they belong.") {
            $0.environment = $1
        }
        fields.field("location", .text("text", example: "Seoul-IDC-1", limit: 64), "Where they stand.") {
            $0.location = $1
        }
        fields.field("provider", .text("text", example: "onpremise", limit: 64), "Whose they are.") { $0.provider = $1 }
        fields.field("os", .text("text", example: "Debian 12", limit: 64), "What they run.") { $0.os = $1 }
        fields.field("cores", .integer(1...8192), default: "1", "Cores.") { $0.cores = $1 }
        fields.field("memory", .memory(from: .mebibytes(16)), default: "1GiB", "Main memory; a bare number is MiB.") {
            $0.memory = $1
        }
        fields.field("disk", .diskSize, default: "20GiB", "Disk; a bare number is GiB.") { $0.disk = $1 }
        fields.field(
            "services", service.type { .init(name: "", port: 1) }.list(), default: "by type", "What listens on them."
        ) { $0.services = $1 }
        fields.field("load", load.type { .init() }, "How busy they are.") { $0.load = $1 }
    }

    private struct Base: Sendable {
        var cpu = SimulatedFleet.Load().cpu
        var memory = SimulatedFleet.Load().memory
        var disk = SimulatedFleet.Load().disk
    }

    private static let base = Declaration<Base>("base") { fields in
        fields.field("cpu", .number(0...100), default: "20", "Percent of the processors.") { $0.cpu = $1 }
        fields.field("memory", .number(0...100), default: "40", "Percent of the memory.") { $0.memory = $1 }
        fields.field("disk", .number(0...100), default: "30", "Percent of the disk.") { $0.disk = $1 }
    }

    private static let load = Declaration<SimulatedFleet.Load>("load") { fields in
        fields.field("base", base.type { .init() }, "Load outside of all hours.") {
            ($0.cpu, $0.memory, $0.disk) = ($1.cpu, $1.memory, $1.disk)
        }
        fields.field("peakHours", FieldType<Int>.integer(0...23).uniqueList(), default: "none", "Hours of the day.") {
            $0.peakHours = $1
        }
        fields.field("businessHours", .boolean, default: "true", "Busier from 9 to 18.") { $0.businessHours = $1 }
        fields.field("maintenanceHour", .integer(0...23), "The quiet hour.") { $0.maintenanceHour = $1 }
        fields.field("failureRate", .number(0...1), default: "0", "How likely it fails.") { $0.failureRate = $1 }
    }

    private static let wave = Declaration<SimulatedFleet.Wave>("wave") { fields in
        fields.field("servers", .integer(1...100_000), required: true, "How many.") { $0.servers = $1 }
        fields.field("from", .fleetTime, required: true, "When the first comes.") { $0.from = $1 }
        fields.field("to", .fleetTime, required: true, "When the last has come.") { $0.to = $1 }
        fields.afterwards { wave, context, reader in
            guard wave.from > wave.to else { return }
            let ends = [DurationText.text(wave.from), DurationText.text(wave.to)]
            reader.add(Diagnostic(.error, Sentence("field.order", ends), at: reader.span(context.node)))
        }
    }

    private static let clock = Declaration<Double>("clock") { fields in
        fields.field("speed", .number(0.01...10_000), default: "1", "How fast it runs against the real one.") {
            $0 = $1
        }
    }

    private static let incident = Declaration<SimulatedFleet.Incident>("incident") { fields in
        fields.field("at", .fleetTime, required: true, "When it begins.") { $0.at = $1 }
        fields.field("for", .fleetTime, required: true, "How long it lasts.") { $0.lasts = $1 }
        fields.field("selector", .selector, default: "everything", "Which servers.") { $0.selector = $1 }
        fields.field("effect", .text("text", example: "load", limit: 64), required: true, "What happens.") {
            $0.effect = $1
        }
    }

    private struct Metrics: Sendable {
        var interval = Duration.seconds(1)
        var history = Duration.seconds(86_400)
    }

    private static let metrics = Declaration<Metrics>("metrics") { fields in
        fields.field(
            "interval", .duration(.milliseconds(100)...(.seconds(3600)), example: "1s"), default: "1s",
            "Time between two values."
        ) { $0.interval = $1 }
        fields.field(
            "history", .duration(.zero...(.seconds(31 * 86_400)), example: "24h"), default: "1d",
            "How far back they reach."
        ) { $0.history = $1 }
    }
}

extension FieldType where Value == Duration {
    fileprivate static var fleetTime: FieldType<Duration> {
        .duration(.zero...(.seconds(31 * 86_400)), example: "5m")
    }
}

extension FieldType where Value == String {
    /// A DNS label, or a pattern of them.
    fileprivate static var fleetName: FieldType<String> {
        let shape = Shape.text(phrase: "a name or a pattern", pattern: #"^[A-Za-z0-9{}.-]+$"#, example: "web-{01..20}")
        return FieldType<String>(shape) { reader, node in
            guard reader.expectScalar(node, "type.text") else { return nil }
            let text = reader.text(node)
            let isLabel = reader.withBytes(reader.document.nodes[node], TextFormat.name.isValid)
            guard isLabel || NamePattern(text) != nil else {
                reader.report("value.namePattern", at: node)
                return nil
            }
            return text
        }
    }
}
