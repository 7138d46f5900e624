extension Catalogue {
    /// What the planner, the plan check and the scope guard say.
    package static let planning: [SentenceEntry] =
        planningReasons + planningRenames + planningDoubts + planningObstacles + planningPolicy + planningNotices
        + planningStates + planningKept + planningNeighbours + planningWaiting + planningRestarts + planningDrift
        + planningScope + planningSurroundings + takenNumbers
}
