/// Where in a resource an attribute is: `clone[0].vm_id`.
struct AttributePath: Hashable, Sendable, ExpressibleByStringLiteral {
    enum Step: Hashable, Sendable {
        case attribute(String)
        case index(Int)
    }

    var steps: [Step]

    init(_ steps: [Step] = []) { self.steps = steps }
    init(stringLiteral value: String) { steps = [.attribute(value)] }

    func appending(_ name: String) -> AttributePath { AttributePath(steps + [.attribute(name)]) }
    func appending(_ index: Int) -> AttributePath { AttributePath(steps + [.index(index)]) }

    /// The names without the indices, joined by dots: `clone.vm_id`.
    var names: String {
        steps.compactMap { step in
            switch step {
            case .attribute(let name): name
            case .index: nil
            }
        }.joined(separator: ".")
    }

    /// `AttributePath` of protocol 6.
    var message: [UInt8] {
        var path = ProtobufWriter()
        for step in steps {
            path.write(1) { inner in
                switch step {
                case .attribute(let name): inner.write(1, name)
                case .index(let index): inner.writePresent(3, index)
                }
            }
        }
        return path.bytes
    }
}
