extension Catalogue {
    /// What is wrong with a configuration.
    package static let loading: [SentenceEntry] = loadingYAML + loadingFields + loadingValues + loadingChecks
}
