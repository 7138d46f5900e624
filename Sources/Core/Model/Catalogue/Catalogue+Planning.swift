extension Catalogue {
    package static let planning: [SentenceEntry] = []
}
