import ArgumentParser
import Model

/// Which running guests are meant: `name=web-*,tag=shop`. Every part must hold; texts may have `*` and `?`.
struct GuestSelector: Sendable, ExpressibleByArgument {
    private enum Part: Sendable {
        case name(NamePattern), node(NamePattern), tag(NamePattern), pool(NamePattern)
        case type(GuestType)
        case vmids(ClosedRange<Int>)
    }

    private var parts: [Part] = []

    init?(argument: String) {
        for text in argument.split(separator: ",") {
            let halves = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard halves.count == 2, let part = Self.part(halves[0], halves[1]) else { return nil }
            parts.append(part)
        }
        if parts.isEmpty { return nil }
    }

    private static func part(_ key: String, _ value: String) -> Part? {
        switch key {
        case "name": return .name(NamePattern(value))
        case "node": return .node(NamePattern(value))
        case "tag": return .tag(NamePattern(value))
        case "pool": return .pool(NamePattern(value))
        case "type": return GuestType(rawValue: value).map(Part.type)
        case "vmid":
            let ends = value.split(separator: "-").map { Int($0) }
            guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2, first <= last else {
                return nil
            }
            return .vmids(first...last)
        default: return nil
        }
    }

    func matches(_ guest: ObservedGuest) -> Bool {
        parts.allSatisfy { part in
            switch part {
            case .name(let pattern): pattern.matches(guest.name)
            case .node(let pattern): pattern.matches(guest.node.text)
            case .tag(let pattern): guest.tags.contains { pattern.matches($0) }
            case .pool(let pattern): guest.pool.map { pattern.matches($0) } ?? false
            case .type(let type): guest.type == type
            case .vmids(let range): range.contains(guest.vmid.rawValue)
            }
        }
    }
}
