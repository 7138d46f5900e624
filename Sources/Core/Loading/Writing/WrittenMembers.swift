import Model

/// Members of a mapping while they are gathered: what says nothing is not added.
typealias WrittenMembers = [WrittenValue.Member]

extension [WrittenValue.Member] {
    mutating func add(_ name: String, _ value: WrittenValue) { append(WrittenValue.Member(name, value)) }

    mutating func add(_ name: String, _ text: String?) {
        if let text { add(name, .text(text)) }
    }

    mutating func add(_ name: String, word: String?) {
        if let word { add(name, .word(word)) }
    }

    mutating func add(_ name: String, _ flag: Bool, default usual: Bool = false) {
        if flag != usual { add(name, .word(flag ? "true" : "false")) }
    }

    mutating func add(_ name: String, _ number: Int?, default usual: Int? = nil) {
        if let number, number != usual { add(name, .word(String(number))) }
    }

    mutating func add(_ name: String, texts: [String]) {
        if !texts.isEmpty { add(name, .list(texts.map(WrittenValue.text))) }
    }

    mutating func add(_ name: String, _ choice: some RawRepresentable<String>, default usual: String) {
        if choice.rawValue != usual { add(name, .word(choice.rawValue)) }
    }

    mutating func add(_ name: String, map members: [WrittenValue.Member]) {
        if !members.isEmpty { add(name, .map(members)) }
    }

    mutating func add(_ name: String, _ labels: [Metadata.Label]) {
        guard !labels.isEmpty else { return }
        add(name, .map(labels.map { .init(YAMLScalar.text($0.key), .text($0.value)) }))
    }

    mutating func add(_ name: String, _ secret: SecretReference?) {
        switch secret {
        case nil: break
        case .environment(let variable): add(name, .map([.init("env", .text(variable))]))
        case .file(let path): add(name, .map([.init("file", .text(path))]))
        case .stored(let key): add(name, .map([.init("stored", .text(key))]))
        case .vault(let path, let key): add(name, .map([.init("vault", .text("\(path)#\(key)"))]))
        }
    }

    mutating func add(_ name: String, _ template: TemplateReference?) {
        switch template {
        case nil: break
        case .vmid(let vmid): add(name, .word(vmid.description))
        case .name(let reference): add(name, reference)
        }
    }

    mutating func add(_ name: String, _ span: Duration, default usual: Duration) {
        if span != usual { add(name, .word(DurationText.text(span))) }
    }
}
