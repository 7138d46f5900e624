import Model
import Transport

/// Why a guest is not known to be where it was to be brought.
package struct BringingFailure: Error, Hashable, Sendable {
    package var cause: ProxmoxFailure
    /// Whether Proxmox may have taken the call, so that the guest may follow it yet.
    package var wasAsked: Bool
}

extension ProxmoxClient {
    /// Does something to a guest's power and returns when its status is the wanted one.
    ///
    /// The status decides, not the task: a task of the HA manager ends when the request is noted, and an answer that
    /// was lost may have been to a call that was carried out.
    ///
    /// - Throws: `deadline` when the task or the status take longer than `limit`.
    package func bring(
        _ guest: GuestAddress, to goal: ObservedGuest.Status, by action: PowerAction, within limit: Duration
    ) async throws(BringingFailure) {
        let end = clock.now() + limit + Self.grace
        let task: UPID
        do throws(ProxmoxFailure) {
            task = try await power(guest, action)
        } catch {
            if await isSettled(guest, at: goal, despite: error) { return }
            throw BringingFailure(cause: error, wasAsked: error.mayHaveBeenTaken)
        }
        do throws(ProxmoxFailure) {
            try await follow(task, until: guest, is: goal, by: end)
        } catch {
            // A task that did not get the guest's lock asked it nothing.
            throw BringingFailure(cause: error, wasAsked: !LockTimeout.isSaid(in: error.description))
        }
    }

    private func follow(
        _ task: UPID, until guest: GuestAddress, is goal: ObservedGuest.Status, by end: ContinuousClock.Instant
    ) async throws(ProxmoxFailure) {
        switch try await wait(for: task, atMost: end - clock.now()) {
        case .ok, .warnings: break
        case .failed(let failure):
            if await isSettled(guest, at: goal, despite: failure) { return }
            throw failure
        }
        while try await status(of: guest).status != goal {
            guard clock.now() < end else { throw .deadline(task) }
            do { try await clock.sleep(.seconds(1)) } catch { throw .transport(.cancelled) }
        }
    }

    /// Proxmox ends a shutdown task some seconds after the guest's own time is over.
    private static var grace: Duration { .seconds(20) }

    /// Whether the guest is where it should be although the call failed: it was there before, or the call did its work.
    private func isSettled(
        _ guest: GuestAddress, at goal: ObservedGuest.Status, despite failure: ProxmoxFailure
    ) async -> Bool {
        switch failure {
        case .alreadyRunning: return goal == .running
        case .notRunning: return goal == .stopped
        case .answerLost(.cancelled): return false
        case .answerLost, .nodeUnreachable, .unreadable, .other:
            guard let status = try? await status(of: guest) else { return false }
            return status.status == goal
        case .unauthorized, .permission, .parameters, .gone, .collision, .locked, .protected, .changed, .noQuorum,
            .transport, .deadline:
            return false
        }
    }
}

extension ProxmoxFailure {
    /// Whether Proxmox may have begun what it was asked, also where a proxy in front of it lost the answer.
    fileprivate var mayHaveBeenTaken: Bool {
        if case .other(let status, _) = self { return [502, 503, 504].contains(status) }
        return mayHaveBeenDone
    }
}
