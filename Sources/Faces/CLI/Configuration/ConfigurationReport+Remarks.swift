import Model

extension ConfigurationReport {
    /// Says what is wrong with the configuration on standard error; in JSON it is part of the result.
    func remark(on console: Console) {
        guard console.format == .text else { return }
        for remark in remarks { console.notice(remark.rendering) }
    }
}
