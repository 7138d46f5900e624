extension Catalogue {
    package static let edges: [SentenceEntry] = []
}
