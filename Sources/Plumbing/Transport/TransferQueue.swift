import Synchronization

/// Where callers meet the thread. Every change of a transfer's standing happens under the one mutex, because a
/// cancellation can come before its submission and after its completion.
///
/// `@unchecked`: the multi handle is only woken from here, which libcurl allows from any thread, and is freed when
/// the last of the callers and the thread lets go of the queue.
final class TransferQueue: @unchecked Sendable {
    private struct Standing {
        var nextID: Transfer.ID = 0
        /// Opened and not yet delivered.
        var open: Set<Transfer.ID> = []
        /// Open ids whose caller gave up while they were not in `waiting`: not submitted yet, or with the thread.
        var withdrawn: Set<Transfer.ID> = []
        var waiting: [Transfer.ID: Transfer] = [:]
        /// Ids in order of submission; one that is no longer in `waiting` is skipped.
        var order: [Transfer.ID] = []
        var head = 0
        var isClosed = false
    }

    /// What the thread finds when it looks.
    struct Mail {
        var transfers: [Transfer]
        var withdrawn: Set<Transfer.ID>
        var isClosed: Bool
    }

    let multi = MultiHandle()
    private let standing = Mutex(Standing())

    func open() -> Transfer.ID {
        standing.withLock { standing in
            standing.nextID += 1
            standing.open.insert(standing.nextID)
            return standing.nextID
        }
    }

    func submit(_ transfer: Transfer) {
        let isRefused = standing.withLock { standing in
            if standing.isClosed || standing.withdrawn.remove(transfer.id) != nil {
                standing.open.remove(transfer.id)
                return true
            }
            standing.waiting[transfer.id] = transfer
            standing.order.append(transfer.id)
            return false
        }
        if isRefused {
            transfer.continuation.resume(returning: .failure(.cancelled))
        } else {
            multi.wake()
        }
    }

    func cancel(_ id: Transfer.ID) {
        let waiting = standing.withLock { standing -> Transfer? in
            guard standing.open.contains(id) else { return nil }
            if let transfer = standing.waiting.removeValue(forKey: id) {
                standing.open.remove(id)
                return transfer
            }
            standing.withdrawn.insert(id)
            return nil
        }
        if let waiting {
            waiting.continuation.resume(returning: .failure(.cancelled))
        } else {
            multi.wake()
        }
    }

    /// Takes at most `room` transfers from the queue.
    func collect(room: Int) -> Mail {
        standing.withLock { standing in
            var transfers: [Transfer] = []
            while transfers.count < room, standing.head < standing.order.count {
                let id = standing.order[standing.head]
                standing.head += 1
                if let transfer = standing.waiting.removeValue(forKey: id) { transfers.append(transfer) }
            }
            if standing.head > 1024, standing.head * 2 > standing.order.count {
                standing.order.removeFirst(standing.head)
                standing.head = 0
            }
            return Mail(transfers: transfers, withdrawn: standing.withdrawn, isClosed: standing.isClosed)
        }
    }

    func deliver(_ result: Result<Transfer.Delivery, TransportFailure>, to transfer: Transfer) {
        standing.withLock { standing in
            standing.open.remove(transfer.id)
            standing.withdrawn.remove(transfer.id)
        }
        transfer.continuation.resume(returning: result)
    }

    func close() {
        let abandoned = standing.withLock { standing -> [Transfer] in
            standing.isClosed = true
            let transfers = Array(standing.waiting.values)
            for transfer in transfers { standing.open.remove(transfer.id) }
            standing.waiting = [:]
            return transfers
        }
        for transfer in abandoned { transfer.continuation.resume(returning: .failure(.cancelled)) }
        multi.wake()
    }
}
