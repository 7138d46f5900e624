import Model

extension Step {
    /// What ends with the guest, where that is more than one disk which is on record: the whole list, so that nobody has
    /// to look for what may be missing in it.
    func lossLines(in page: Page) -> [String] {
        guard let removal, let volumes = removal.volumes else { return [] }
        let unrecorded = Set(removal.unrecordedVolumes ?? [])
        guard volumes.count > 1 || !unrecorded.isEmpty else { return [] }
        let texts = volumes.map { volume in
            let isRecorded = !unrecorded.contains(volume.place)
            let code: SentenceCode = isRecorded ? "view.plan.volume" : "view.plan.unrecordedVolume"
            return page.what(code, volume.place, volume.text)
        }
        return ["     " + page.paint(page.what("view.plan.endsWith", texts.joined(separator: ", ")), .yellow)]
    }

    /// Nil: no guest ends by it.
    private var removal: Action.Removal? {
        if case .destroy(let removal) = action { return removal }
        if case .rebuild(let rebuild) = action { return rebuild.removal }
        return nil
    }
}
