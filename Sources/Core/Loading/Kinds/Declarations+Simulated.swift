import Model

extension Declarations {
    static let simulated = Declaration<Cluster.Simulated>("simulated") { fields in
        fields.field(
            "nodes", FieldType<String>.text(.node).map { NodeName($0) }.uniqueList(atLeast: 1), required: true,
            "The cluster's nodes."
        ) { $0.nodes = $1 }
        fields.field(
            "templates", template.type { .init(name: "", vmid: VMID(100)) }.list(), default: "none",
            "Templates that servers can be cloned from."
        ) { $0.templates = $1 }
        fields.field(
            "latency", .duration(.zero...(.seconds(3600)), example: "200ms"), default: "0s", "How long each task takes."
        ) { $0.latency = $1 }
        fields.field("faults", fault.type { .empty }.list(), default: "none", "Calls that go wrong.") { $0.faults = $1 }
        fields.field("seed", .integer(0...Int.max), default: "1", "What chance draws from.") { $0.seed = UInt64($1) }
    }

    private static let template = Declaration<Cluster.Simulated.Template>("template") { fields in
        fields.field("name", .text(.name), required: true, "Its name.") { $0.name = $1 }
        fields.field("vmid", .vmid, required: true, "Its VMID.") { $0.vmid = $1 }
        fields.field(
            "node", FieldType<String>.text(.node).map { NodeName($0) }, default: "the first node", "Where it lies."
        ) { $0.node = $1 }
        fields.field("disk", .diskSize, default: "4GiB", "The size of its disk.") { $0.disk = $1 }
    }

    static let fault = Declaration<Cluster.Fault>("fault") { fields in
        fields.field("on", .text(.call), required: true, "Method and path of the call; `*` stands for one part.") {
            $0.on = $1
        }
        fields.field("guest", .text(.name), default: "any", "Only calls about the guest of that name.") {
            $0.guest = $1
        }
        fields.field("chance", .number(0...1), default: "1", "How likely a matching call is hit.") { $0.chance = $1 }
        fields.field("times", .integer(1...1_000_000), default: "no end", "How many calls are hit at most.") {
            $0.times = $1
        }
        fields.field("effect", .effect, required: true, "What happens to the call.") { $0.effect = $1 }
    }

    fileprivate static let effect = Declaration<Cluster.Fault.Effect>("effect") { fields in
        fields.field("delay", .duration(.zero...(.seconds(3600)), example: "5s"), "The answer comes that much later.") {
            $0 = .delay($1)
        }
        fields.field("error", answer.type { .init() }, "The call is refused.") {
            $0 = .error(status: $1.status, text: $1.text)
        }
        fields.exactlyOne(of: "delay", "error")
    }

    fileprivate struct Answer: Sendable {
        var status = 500
        var text = ""
    }

    private static let answer = Declaration<Answer>("error") { fields in
        fields.field("status", .integer(400...599), required: true, "The HTTP status.") { $0.status = $1 }
        fields.field("text", .text(example: "storage is full"), required: true, "The reason.") { $0.text = $1 }
    }
}

extension FieldType where Value == Cluster.Fault.Effect {
    fileprivate static var effect: FieldType<Cluster.Fault.Effect> {
        let words: [(String, Cluster.Fault.Effect)] = [
            ("hang", .hang), ("truncate", .truncate), ("loseAnswer", .loseAnswer),
        ]
        let record = Declarations.effect.type { .hang }
        return FieldType<Cluster.Fault.Effect>(.anyOf([.choice(words.map(\.0)), record.shape])) { reader, node in
            if reader.document.nodes[node].kind == .mapping { return record.read(&reader, node) }
            let word = reader.document.nodes[node].kind == .scalar ? reader.text(node) : ""
            if let found = words.first(where: { $0.0 == word }) { return found.1 }
            let near = Suggestion.nearest(to: word, among: words.map(\.0))
            reader.report("field.choice", at: node, ["{delay: …}, {error: …}, hang, truncate, loseAnswer"], fix: near)
            return nil
        }
    }
}

extension TextFormat {
    fileprivate static let call = TextFormat(
        phrase: "a method and a path", pattern: #"^(GET|POST|PUT|DELETE|\*) /\S*$"#,
        example: "POST /nodes/*/qemu/*/clone",
        code: "value.call"
    ) { bytes in
        let parts = bytes.split(separator: 0x20, omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].first == 0x2F else { return false }
        return ["GET", "POST", "PUT", "DELETE", "*"].contains { $0.utf8.elementsEqual(parts[0]) }
    }
}

extension Cluster.Fault {
    static var empty: Self { Self(on: "", effect: .hang) }
}
