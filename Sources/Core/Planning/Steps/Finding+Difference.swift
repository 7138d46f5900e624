import Model

extension Finding {
    /// Whether its server is not as it is declared: what is held up, and what nothing is planned for.
    package var tellsDifference: Bool { kind != .notice || Self.differing.contains(sentence.code) }

    private static let differing = Set(
        [
            PlanCode.needsRebuild, .noCloudInitDrive, .cloudInitDriveLost, .diskLarger, .diskUndeclared,
            .accountChanged, .missing, .observedOther,
            .observedPower, .guestPaused,
        ].map(\.code))
}
