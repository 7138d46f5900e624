extension Catalogue {
    package static let loading: [SentenceEntry] = []
}
