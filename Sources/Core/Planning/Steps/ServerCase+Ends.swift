import Model

extension ServerCase {
    /// The end of the guest, with all that goes with it.
    func removal(of reference: GuestReference) -> Action.Removal {
        var removal = Action.Removal(guest: reference, isRunning: isRunning)
        guard let volumes = detail?.volumes, !volumes.isEmpty else { return removal }
        removal.volumes = volumes
        let recorded = Set(entry?.settings.disks.map(\.interface) ?? [])
        let others = volumes.filter { !recorded.contains($0.place) && !$0.isFirmware }.map(\.place)
        // An entry without disks says nothing of those that the template brought.
        if !recorded.isEmpty, !others.isEmpty { removal.unrecordedVolumes = others }
        return removal
    }

    /// What a person agrees to lose with the guest: all that it is, and each volume by its name: another one in the same place,
    /// as large and on the same storage, is another.
    var factsAtStake: [Fact] {
        guard let detail, let settings = liveSettings else { return [] }
        var facts = StepFacts(of: settings)
        // How large it is, its settings say; one that they do not show says it itself.
        let shown = Set(settings.disks.map(\.interface))
        for volume in detail.volumes {
            let text = shown.contains(volume.place) ? volume.name : volume.text
            facts.add(.guest, "volumes[\(volume.place)]", text)
        }
        return facts.facts
    }
}

extension Action.Removal {
    /// What there is and will be no more.
    var endedVolumes: [AttributeChange] {
        let unrecorded = Set(unrecordedVolumes ?? [])
        return (volumes ?? []).map { volume in
            let list = unrecorded.contains(volume.place) ? "unrecordedVolumes" : "volumes"
            return AttributeChange(
                path: "\(list)[\(volume.place)]", before: volume.text, after: nil, effect: .destroy)
        }
    }
}
