import Model

/// A static address that a step gives to a guest which does not have it yet.
struct AddressTaking {
    /// In ``FleetPlanner/drafts``.
    let draft: Int
    let server: ServerName
    /// Nil: a guest that is born.
    let guest: VMID?
    let address: StaticAddress
}

/// An address that a step gives away while another guest has it.
struct AddressWish {
    let taking: AddressTaking
    let holder: AddressHolder
    var release: Release

    /// What becomes of the holder's address; drafts by their positions.
    enum Release {
        case never
        /// It is free once that step is done.
        case step(Int)
        /// It is free once the change is done and that step too.
        case change(Int, by: Int)
        /// The holder's guest keeps it until somebody starts it anew, with the change that takes it or after it.
        case restart(Int?)
        /// The holder can give it away only after itself.
        case ring([ServerName])
        case granted

        /// The change of the holder that it takes.
        fileprivate var change: Int? {
            switch self {
            case .change(let change, by: _): change
            case .restart(let change): change
            case .never, .step, .ring, .granted: nil
            }
        }
    }
}

extension AddressHolder {
    func isInWay(of taking: AddressTaking) -> Bool {
        server != taking.server && vmid != taking.guest && address.meets(taking.address)
    }
}

/// Which changes need which others first.
struct AddressOrder {
    private var needs: [Int: Set<Int>] = [:]

    init(_ wishes: [AddressWish]) {
        for wish in wishes {
            if let change = wish.release.change { needs[wish.taking.draft, default: []].insert(change) }
        }
        peel()
    }

    /// Takes out, one after another, what needs nothing more: a fleet whose addresses all move up by one is a long
    /// chain, and what is left is rings and what hangs on them.
    private mutating func peel() {
        var dependents: [Int: [Int]] = [:]
        for (one, needed) in needs { for other in needed { dependents[other, default: []].append(one) } }
        var free = dependents.keys.filter { needs[$0] == nil }
        while let one = free.popLast() {
            for other in dependents[one] ?? [] {
                needs[other]?.remove(one)
                if needs[other]?.isEmpty ?? false {
                    needs[other] = nil
                    free.append(other)
                }
            }
        }
    }

    /// The changes that need each other in a ring with the wish's own, in ascending order; nil: it is in none.
    func ring(of wish: AddressWish) -> [Int]? {
        guard let change = wish.release.change, needs[wish.taking.draft]?.contains(change) ?? false else { return nil }
        let ahead = reachable(from: change)
        guard ahead.contains(wish.taking.draft) else { return nil }
        return ahead.filter { reachable(from: $0).contains(wish.taking.draft) }.sorted()
    }

    private func reachable(from start: Int) -> Set<Int> {
        var seen: Set<Int> = [start]
        var open = [start]
        while let one = open.popLast() {
            for next in needs[one] ?? [] where seen.insert(next).inserted { open.append(next) }
        }
        return seen
    }
}
