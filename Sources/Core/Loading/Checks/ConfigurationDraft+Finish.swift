import Model

extension ConfigurationDraft {
    /// Compares the documents and keeps what is free of errors.
    consuming func finished(files: [SourceFile], recorded: Set<ObjectName>) -> LoadedConfiguration {
        var checks = ConfigurationChecks(draft: consume self, files: files, recorded: recorded)
        checks.run()
        var draft = ConfigurationDraft()
        // Moved and not copied: a second owner would copy the largest array when it is put in order.
        swap(&draft, &checks.draft)
        var positions = Positions(files: files)
        var claims = checks.claimed
        var desired = Desired()
        var refusedPlaces = Set<SourceSpan>()
        func take<Value>(_ kind: Kind, _ objects: inout PlacedObjects<Value>) -> [Value] {
            for index in objects.refused {
                claims.insert(ObjectName(kind, objects.keys[index]))
                refusedPlaces.insert(objects.places[index])
            }
            let order = objects.order
            positions.add(kind, order.map { .init(key: objects.keys[$0], span: objects.places[$0]) })
            return objects.take(in: order)
        }
        desired.clusters = take(.cluster, &draft.clusters)
        desired.servers = take(.server, &draft.servers)
        desired.roles = take(.role, &draft.roles)
        desired.policies = take(.policy, &draft.policies)
        desired.databaseServers = take(.databaseServer, &draft.databaseServers)
        desired.databases = take(.database, &draft.databases)
        desired.fleets = take(.simulatedFleet, &draft.fleets)
        _ = take(.serverSet, &draft.sets)
        let places = Set(draft.broken.map(\.span)).union(refusedPlaces)
        if !places.isEmpty {
            let documents = Self.labels(of: places, in: files)
            desired.completeness = .broken(.init(documents: documents, claims: claims))
        }
        let diagnostics = draft.diagnostics.sorted { one, other in
            guard let first = one.span, let second = other.span else { return one.span == nil && other.span != nil }
            return (first.file, first.offset) < (second.file, second.offset)
        }
        return LoadedConfiguration(
            desired: desired, diagnostics: diagnostics, positions: positions, dangling: checks.dangling)
    }

    /// `path:line` of each, in order.
    private static func labels(of places: Set<SourceSpan>, in files: [SourceFile]) -> [String] {
        var lines = SourceLines(files)
        return places.sorted { ($0.file, $0.offset) < ($1.file, $1.offset) }.compactMap { lines.label(of: $0) }
    }
}

extension PlacedObjects {
    /// Positions in ascending order of their keys.
    fileprivate var order: [Int] {
        let isSorted = keys.indices.dropFirst().allSatisfy { keys[$0 - 1] <= keys[$0] }
        return isSorted ? Array(keys.indices) : keys.indices.sorted { keys[$0] < keys[$1] }
    }

    /// The values that were not refused, in that order; nothing is left behind, so that the largest array is not held
    /// twice.
    fileprivate mutating func take(in order: [Int]) -> [Value] {
        var taken: [Value] = []
        swap(&taken, &values)
        // Along the rings of the permutation each value moves once, in place; an array's own `swapAt` copies.
        taken.withUnsafeMutableBufferPointer { taken in
            var done = [Bool](repeating: false, count: taken.count)
            for start in order.indices where !done[start] {
                var at = start
                done[at] = true
                while order[at] != start {
                    taken.swapAt(at, order[at])
                    at = order[at]
                    done[at] = true
                }
            }
        }
        guard !refused.isEmpty else { return taken }
        var kept: [Value] = []
        kept.reserveCapacity(taken.count - refused.count)
        for (index, value) in taken.enumerated() where !refused.contains(order[index]) { kept.append(value) }
        return kept
    }
}
