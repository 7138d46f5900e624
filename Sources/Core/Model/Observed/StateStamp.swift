/// Which writing of a stack's state this is: Terraform draws the lineage once, and counts the serial up at every change.
package struct StateStamp: Hashable, Sendable, Codable {
    package var lineage: String
    package var serial: Int

    package init(lineage: String, serial: Int) {
        self.lineage = lineage
        self.serial = serial
    }
}

/// What a look at one stack's state showed.
package struct StateSighting: Hashable, Sendable {
    package var stack: StackID
    package var stamp: StateStamp
    /// Servers that it holds, as far as that is news.
    package var held: [ServerName]

    package init(stack: StackID, stamp: StateStamp, held: [ServerName] = []) {
        self.stack = stack
        self.stamp = stamp
        self.held = held
    }
}

/// A state in the place of one that Plumb saw there later: an older one that was restored, or another one.
package struct ReplacedState: Hashable, Sendable {
    package var known: StateStamp
    package var found: StateStamp

    /// Whether it is an earlier writing of the same state.
    package var isOlder: Bool { known.lineage == found.lineage }
}

extension TerraformState {
    /// Nil for a file that nothing was ever written into.
    package var stamp: StateStamp? { lineage.isEmpty ? nil : StateStamp(lineage: lineage, serial: serial) }
}

extension Recorded {
    /// Stacks whose state is not the one that was last seen there, nor one that came of it. Where the registry has no
    /// managed server in the stack there is nothing that such a state could have lost.
    package func replacedStates(in stacks: [StackObservation]) -> [StackID: ReplacedState] {
        var replaced: [StackID: ReplacedState] = [:]
        for stack in stacks {
            guard let found = stack.state.value?.stamp, let known = stateStamps[stack.id] else { continue }
            if found.lineage == known.lineage, found.serial >= known.serial { continue }
            guard servers.contains(where: { $0.isOwned && $0.stack == stack.id }) else { continue }
            replaced[stack.id] = ReplacedState(known: known, found: found)
        }
        return replaced
    }

    /// What the states show and the registry does not know yet.
    package func newSightings(in stacks: [StackObservation]) -> [StateSighting] {
        let replaced = replacedStates(in: stacks)
        return stacks.compactMap { stack in
            guard replaced[stack.id] == nil, let state = stack.state.value, let stamp = state.stamp else { return nil }
            let held = unstated.isEmpty ? [] : state.resources.map(\.server).filter(unstated.contains)
            if held.isEmpty, stateStamps[stack.id] == stamp { return nil }
            return StateSighting(stack: stack.id, stamp: stamp, held: held)
        }
    }

    /// As if the registry had noted it.
    package mutating func note(_ sightings: [StateSighting]) {
        for sighting in sightings {
            stateStamps[sighting.stack] = sighting.stamp
            unstated.subtract(sighting.held)
        }
    }
}

extension RecordedServer {
    /// Whether Plumb manages the server and gave it a mark: then its stack's state holds it.
    package var isOwned: Bool { manage == .full && mark != nil }
}
