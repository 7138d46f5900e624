extension Catalogue {
    package static let execution: [SentenceEntry] = []
}
