extension Catalogue {
    /// What the planner, the plan check and the scope guard say.
    package static let planning: [SentenceEntry] =
        planningReasons + planningDoubts + planningObstacles + planningPolicy + planningNotices
}
