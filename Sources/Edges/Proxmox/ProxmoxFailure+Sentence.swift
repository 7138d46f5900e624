import Model
import Transport

extension ProxmoxFailure {
    /// The sentence for an operator. Its first argument is what the call was about, its last one Proxmox's own text.
    package func sentence(about subject: String) -> Sentence {
        switch self {
        case .unauthorized(let text): Sentence("proxmox.unauthorized", subject, text)
        case .permission(let path?, let privilege?, _): Sentence("proxmox.permission", subject, privilege, path)
        case .permission(_, _, let text): Sentence("proxmox.forbidden", subject, text)
        case .parameters: Sentence("proxmox.parameters", subject, description)
        case .gone(let text): Sentence("proxmox.gone", subject, text)
        case .collision(let text): Sentence("proxmox.collision", subject, text)
        case .locked(let text): Sentence("proxmox.locked", subject, text)
        case .notRunning(let text): Sentence("proxmox.notRunning", subject, text)
        case .alreadyRunning(let text): Sentence("proxmox.alreadyRunning", subject, text)
        case .protected(let text): Sentence("proxmox.protected", subject, text)
        case .changed(let text): Sentence("proxmox.changed", subject, text)
        case .noQuorum: Sentence("proxmox.noQuorum", subject)
        case .nodeUnreachable: Sentence("proxmox.nodeUnreachable", subject, description)
        case .unreadable(let text): Sentence("proxmox.unreadable", subject, text)
        case .transport(.cancelled): Sentence("proxmox.cancelled", subject)
        case .transport(.tls(let failure, let address)): Sentence("proxmox.untrusted", subject, address, "\(failure)")
        case .transport(let failure): Sentence("proxmox.unreachable", subject, "\(failure)")
        case .answerLost(let failure): Sentence("proxmox.answerLost", subject, "\(failure)")
        case .deadline(let upid): Sentence("proxmox.deadline", subject, upid.text)
        case .other: Sentence("proxmox.refused", subject, description)
        }
    }

    /// The failure as a port's caller knows it, and whether another try makes sense.
    package func stepFailure(about subject: String) -> StepFailure {
        StepFailure(sentence(about: subject), retry: retry)
    }

    private var retry: StepFailure.Retry {
        switch self {
        case .locked(let text): LockTimeout.isSaid(in: text) ? .afterLock : .after(seconds: 30)
        case .nodeUnreachable, .noQuorum, .unreadable, .answerLost, .deadline: .after(seconds: 60)
        case .changed: .after(seconds: 1)
        case .transport(let failure):
            switch failure {
            case .unresolved, .refused, .unreachable, .timedOut, .truncated, .other: .after(seconds: 30)
            case .invalid, .tls, .cancelled, .tooLarge: .never
            }
        case .other(_, let text) where LockTimeout.isSaid(in: text): .afterLock
        case .other(let status, _): [502, 503, 504].contains(status) ? .after(seconds: 30) : .never
        case .unauthorized, .permission, .parameters, .gone, .collision, .notRunning, .alreadyRunning, .protected:
            .never
        }
    }
}

extension TLSTrust {
    /// What a cluster's document says about trust; nil where its fingerprint is not 64 hexadecimal digits.
    package init?(_ trust: Cluster.Trust) {
        switch trust {
        case .system: self = .system
        case .caFile(let path): self = .caFile(path)
        case .fingerprint(let text):
            guard let fingerprint = CertificateFingerprint(text) else { return nil }
            self = .fingerprint(fingerprint)
        case .insecure: self = .insecure
        }
    }
}
