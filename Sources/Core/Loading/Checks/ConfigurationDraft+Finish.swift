import Model

extension ConfigurationDraft {
    /// Compares the documents and keeps what is free of errors.
    consuming func finished(files: [SourceFile]) -> LoadedConfiguration {
        var checks = ConfigurationChecks(draft: self, files: files)
        checks.run()
        var draft = ConfigurationDraft()
        // Moved and not copied: a second owner would copy the largest array when it is put in order.
        swap(&draft, &checks.draft)
        var positions = Positions(files: files)
        var claims = checks.claimed
        var desired = Desired()
        var refusedPlaces = Set<SourceSpan>()
        func take<Value>(_ kind: Kind, _ objects: inout PlacedObjects<Value>) -> [Value] {
            positions.add(kind, zip(objects.keys, objects.places).map { .init(key: $0, span: $1) })
            for index in objects.refused {
                claims.insert(ObjectName(kind, objects.keys[index]))
                refusedPlaces.insert(objects.places[index])
            }
            return objects.takeSorted()
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
        return LoadedConfiguration(desired: desired, diagnostics: diagnostics, positions: positions)
    }

    /// `path:line` of each, in order.
    private static func labels(of places: Set<SourceSpan>, in files: [SourceFile]) -> [String] {
        var tables: [Int32: LineTable] = [:]
        return places.sorted { ($0.file, $0.offset) < ($1.file, $1.offset) }.map { place in
            let file = files[Int(place.file)]
            let table = tables[place.file] ?? LineTable(file.bytes)
            tables[place.file] = table
            return "\(file.path):\(table.line(of: Int(place.offset)))"
        }
    }
}

extension PlacedObjects {
    /// The values that were not refused, in ascending order of their keys; nothing is left behind, so that the largest
    /// array is not held twice.
    mutating func takeSorted() -> [Value] {
        var taken: [Value] = []
        swap(&taken, &values)
        var keys = keys
        if !refused.isEmpty {
            let refused = refused
            var kept: [Value] = []
            kept.reserveCapacity(taken.count - refused.count)
            for (index, value) in taken.enumerated() where !refused.contains(index) { kept.append(value) }
            taken = kept
            keys = keys.indices.filter { !refused.contains($0) }.map { keys[$0] }
        }
        var isSorted = true
        for index in keys.indices.dropFirst() where keys[index] < keys[index - 1] {
            isSorted = false
            break
        }
        guard !isSorted else { return taken }
        let order = keys.indices.sorted { keys[$0] < keys[$1] }
        // Along the rings of the permutation each value moves once, in place.
        var done = [Bool](repeating: false, count: taken.count)
        for start in order.indices where !done[start] {
            var at = start
            while !done[order[at]] || !done[at] {
                done[at] = true
                let from = order[at]
                if from == start { break }
                taken.swapAt(at, from)
                at = from
            }
        }
        return taken
    }
}
