extension Catalogue {
    package static let commands: [SentenceEntry] = []
}
