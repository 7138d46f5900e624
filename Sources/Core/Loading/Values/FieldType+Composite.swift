import Model

extension FieldType where Value == [Metadata.Label] {
    /// Free keys with texts, in ascending order of the keys.
    static func labels(_ key: TextFormat = .labelKey) -> FieldType<[Metadata.Label]> {
        let shape = Shape.map(.text(phrase: "text", pattern: nil, example: "production"))
        return FieldType<[Metadata.Label]>(shape) { reader, node in
            guard reader.expectMapping(node) else { return nil }
            var labels: [Metadata.Label] = []
            reader.readLabels(node, key: key, into: &labels)
            labels.sort { $0.key < $1.key }
            return labels
        }
    }
}

extension DocumentReader {
    /// Duplicates are sought by hash where there are many keys: comparing each with each takes 19 s for 50,000.
    fileprivate mutating func readLabels(_ node: Int, key format: TextFormat, into labels: inout [Metadata.Label]) {
        let count = Int(document.nodes[node].count)
        labels.reserveCapacity(count)
        var seen = Set<String>()
        var key = node + 1
        while key < Int(document.nodes[node].end) {
            let current = document.resolved(key)
            let valueIndex = Int(document.nodes[key].end)
            let value = document.resolved(valueIndex)
            let keyIndex = key
            key = Int(document.nodes[valueIndex].end)
            guard document.nodes[current].kind == .scalar else {
                report("yaml.keyNotText", at: keyIndex)
                continue
            }
            let name = text(current)
            if name == "<<", document.nodes[current].style == .plain, document.nodes[value].kind == .mapping {
                var merged: [Metadata.Label] = []
                readLabels(value, key: format, into: &merged)
                let own = Set(labels.map(\.key))
                labels += merged.filter { !own.contains($0.key) }
                continue
            }
            guard withBytes(document.nodes[current], format.isValid) else {
                report(format.code, at: keyIndex)
                continue
            }
            let isRepeated = count <= 8 ? labels.contains { $0.key == name } : !seen.insert(name).inserted
            if isRepeated {
                if isFull { drop(.error) } else { reportDuplicate(keyIndex, first: firstKey(named: name, in: node)) }
                continue
            }
            if isNull(value) {
                report("field.noValue", at: value)
            } else if document.nodes[value].kind != .scalar {
                report("type.text", at: value)
            } else {
                labels.append(Metadata.Label(name, text(value)))
            }
        }
    }
}

extension FieldType where Value == SecretReference {
    /// Where a secret comes from; a literal is refused without repeating it.
    static var secret: FieldType<SecretReference> {
        let forms = Self.secretForms
        let shapes = forms.shape.fields.map { field in
            Shape.record(RecordShape(title: "secret", fields: [field.required], exactlyOne: [], atMostOne: []))
        }
        return FieldType<SecretReference>(.anyOf(shapes)) { reader, node in
            guard reader.document.nodes[node].kind == .mapping else {
                let sentence = Sentence("value.literalSecret", [reader.path(of: node)])
                reader.add(Diagnostic(.error, sentence, at: reader.span(node)))
                return nil
            }
            var found: SecretReference?
            reader.fill(&found, from: node, by: forms)
            return found
        }
    }

    private static var secretForms: Declaration<SecretReference?> {
        Declaration<SecretReference?>("secret reference") { fields in
            fields.field("env", .text(.environmentName), "An environment variable of Plumb's own process.") {
                $0 = .environment($1)
            }
            fields.field("file", .text("a path", example: "/etc/plumb/token"), "A file; its last newline is left out.")
            {
                $0 = .file($1)
            }
            fields.field(
                "stored", .text("a name", example: "proxmox-token"), unenforced: .storedSecret,
                "Plumb's own encrypted store."
            ) { $0 = .stored($1) }
            fields.field("vault", .vaultReference, unenforced: .vaultSecret, "A key of a secret in Vault: `PATH#KEY`.")
            {
                $0 = $1
            }
            fields.exactlyOne(of: "env", "file", "stored", "vault")
        }
    }

    private static var vaultReference: FieldType<SecretReference> {
        let shape = Shape.text(phrase: "`PATH#KEY`", pattern: "^[^#]+#[^#]+$", example: "secret/data/proxmox#token")
        return FieldType<SecretReference>(shape) { reader, node in
            guard reader.expectScalar(node, "type.text") else { return nil }
            let parts = reader.text(node).split(separator: "#", omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
                reader.report("value.vault", at: node)
                return nil
            }
            return .vault(path: String(parts[0]), key: String(parts[1]))
        }
    }
}

extension FieldShape {
    fileprivate var required: FieldShape {
        var copy = self
        copy.isRequired = true
        return copy
    }
}

extension FieldType where Value == Selector {
    static var selector: FieldType<Selector> {
        Declaration<Selector>("selector") { fields in
            fields.field("matchLabels", .labels(), "Labels that an object must have, with these values.") {
                $0.matchLabels = $1
            }
            fields.field("names", FieldType<String>.text(.glob).uniqueList(atLeast: 1), "Names, with `*` and `?`.") {
                $0.names = $1
            }
            fields.field(
                "roles", FieldType<RoleName>.reference(to: .role).uniqueList(atLeast: 1),
                "Roles, one of which it must have."
            ) { $0.roles = $1 }
        }.type { Selector() }
    }
}

extension FieldType where Value == Policy.Budget {
    /// A count, or a percentage such as `10%`.
    static var budget: FieldType<Policy.Budget> {
        let percent = Shape.text(phrase: "a percentage", pattern: "^(100|[0-9]{1,2}) ?%$", example: "10%")
        return FieldType<Policy.Budget>(.anyOf([.integer(0...1_000_000), percent])) { reader, node in
            guard reader.expectScalar(node, "value.budget") else { return nil }
            let found = reader.withBytes(reader.document.nodes[node]) { bytes -> Policy.Budget? in
                if let count = decimal(bytes) { return (0...1_000_000).contains(count) ? .count(count) : nil }
                guard bytes.last == UInt8(ascii: "%") else { return nil }
                var number = bytes.dropLast()
                if number.last == 0x20 { number = number.dropLast() }
                let percent = decimal(UnsafeBufferPointer(rebasing: number))
                return percent.flatMap { (0...100).contains($0) ? .percent($0) : nil }
            }
            if found == nil { reader.report("value.budget", at: node) }
            return found
        }
    }
}

extension FieldType where Value == Timestamp {
    /// RFC 3339: `2026-12-31` (its first moment in UTC) or `2026-12-31T18:00:00Z`.
    static var timestamp: FieldType<Timestamp> {
        let shape = Shape.text(
            phrase: "a date, or a moment of RFC 3339",
            pattern: #"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(Z|[+-]\d{2}:\d{2}))?$"#, example: "2026-12-31T18:00:00Z")
        return FieldType<Timestamp>(shape) { reader, node in
            guard reader.expectScalar(node, "value.timestamp") else { return nil }
            let found = reader.withBytes(reader.document.nodes[node], TimestampText.parse)
            if found == nil { reader.report("value.timestamp", at: node) }
            return found
        }
    }
}

/// Moments as operators write them.
enum TimestampText {
    static func parse(_ text: UnsafeBufferPointer<UInt8>) -> Timestamp? {
        func number(_ first: Int, _ count: Int) -> Int? {
            guard first + count <= text.count else { return nil }
            var value = 0
            for byte in text[first..<first + count] {
                guard (0x30...0x39).contains(byte) else { return nil }
                value = value * 10 + Int(byte - 0x30)
            }
            return value
        }
        func has(_ character: Unicode.Scalar, at index: Int) -> Bool {
            index < text.count && text[index] == UInt8(ascii: character)
        }
        guard let year = number(0, 4), has("-", at: 4), let month = number(5, 2), has("-", at: 7),
            let day = number(8, 2),
            (1970...9999).contains(year), (1...12).contains(month), day >= 1, day <= days(in: month, of: year)
        else { return nil }
        var seconds = daysSince1970(year, month, day) * 86_400
        if text.count == 10 { return Timestamp(seconds: Int64(seconds)) }
        guard has("T", at: 10), let hour = number(11, 2), has(":", at: 13), let minute = number(14, 2),
            has(":", at: 16),
            let second = number(17, 2), hour < 24, minute < 60, second < 60
        else { return nil }
        seconds += hour * 3600 + minute * 60 + second
        if has("Z", at: 19), text.count == 20 { return Timestamp(seconds: Int64(seconds)) }
        guard text.count == 25, has("+", at: 19) || has("-", at: 19), let hours = number(20, 2), has(":", at: 22),
            let minutes = number(23, 2), hours < 24, minutes < 60
        else { return nil }
        let offset = hours * 3600 + minutes * 60
        return Timestamp(seconds: Int64(seconds - (has("-", at: 19) ? -offset : offset)))
    }

    private static func days(in month: Int, of year: Int) -> Int {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
    }

    /// Howard Hinnant's `days_from_civil`.
    private static func daysSince1970(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
