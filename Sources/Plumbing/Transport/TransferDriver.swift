import CCurl

/// The thread's side: takes transfers from the queue, keeps at most `liveLimit` of them running, delivers outcomes.
///
/// A transfer that trusts a fingerprint is parked until the server's certificate was seen and compared, once for all
/// transfers of that pin: the check comes before any byte of a request, so no token reaches a stranger.
final class TransferDriver {
    private let queue: TransferQueue
    private let liveLimit: Int
    private var idle: [TransferSlot] = []
    /// By easy handle.
    private var live: [UnsafeMutableRawPointer: TransferSlot] = [:]
    /// The verified leaf of each pin, PEM.
    private var anchors: [Pin: [UInt8]] = [:]
    private var parked: [Pin: [Transfer]] = [:]
    /// Taken from the queue, and waiting for a slot.
    private var ready: [Transfer] = []

    init(queue: TransferQueue, liveLimit: Int) {
        self.queue = queue
        self.liveLimit = liveLimit
        queue.multi.keepConnections(liveLimit)
    }

    func run() {
        while true {
            let mail = queue.collect(room: liveLimit - live.count - ready.count)
            if mail.isClosed { return abandonAll(.cancelled) }
            for id in mail.withdrawn { withdraw(id) }
            ready += mail.transfers
            startReady()
            let code = queue.multi.advance()
            guard code == CURLM_OK else {
                // Only a lack of memory or a broken handle brings this; nothing that runs can be trusted then.
                abandonAll(.other(address: "libcurl", code: Int(code.rawValue), detail: "the transfers stopped"))
                continue
            }
            if !finishSome() { queue.multi.wait(milliseconds: 60_000) }
        }
    }

    // MARK: Starting

    private func startReady() {
        // A start can put transfers back into `ready`, behind those that are here now.
        let count = ready.count
        var started = 0
        while started < count, live.count < liveLimit {
            start(ready[started])
            started += 1
        }
        ready.removeFirst(started)
    }

    private func start(_ transfer: Transfer) {
        guard let address = WebAddress(transfer.work.url) else {
            return queue.deliver(.failure(.invalid("not an absolute http or https URL")), to: transfer)
        }
        switch transfer.work {
        case .inspection(let url, let timeouts):
            guard address.isSecure else {
                return queue.deliver(.failure(.invalid("only https has certificates")), to: transfer)
            }
            let slot = takeSlot()
            slot.prepareInspection(.transfer(transfer), of: url, at: address, timeouts: timeouts)
            launch(slot)
        case .exchange(let request):
            if request.headers.contains(where: { Self.breaksLine($0.name) || Self.breaksLine($0.value) }) {
                return queue.deliver(.failure(.invalid("a header with a line break")), to: transfer)
            }
            var anchor: [UInt8]?
            if case .fingerprint(let fingerprint) = request.trust, address.isSecure {
                let pin = Pin(address: address, fingerprint: fingerprint)
                anchor = anchors[pin]
                if anchor == nil { return park(transfer, under: pin) }
            }
            let slot = takeSlot()
            slot.prepare(transfer, request, to: address, anchor: anchor)
            launch(slot)
        }
    }

    private func park(_ transfer: Transfer, under pin: Pin) {
        parked[pin, default: []].append(transfer)
        guard parked[pin]?.count == 1 else { return }
        let slot = takeSlot()
        let timeouts = transfer.work.timeouts
        slot.prepareInspection(.probe(pin, timeouts), of: transfer.work.url, at: pin.address, timeouts: timeouts)
        launch(slot)
    }

    private func takeSlot() -> TransferSlot { idle.popLast() ?? TransferSlot() }

    private func launch(_ slot: TransferSlot) {
        live[slot.easy.pointer] = slot
        let code = queue.multi.add(slot.easy)
        guard code != CURLM_OK else { return }
        let detail = curl_multi_strerror(code).map { String(cString: $0) } ?? "unknown"
        finish(slot, .failure(.other(address: "libcurl", code: Int(code.rawValue), detail: detail)))
    }

    private static func breaksLine(_ text: String) -> Bool {
        text.utf8.contains { $0 == UInt8(ascii: "\r") || $0 == UInt8(ascii: "\n") || $0 == 0 }
    }

    // MARK: Ending

    /// - Returns: whether a slot became free, so that the queue is worth another look before waiting.
    private func finishSome() -> Bool {
        var isAny = false
        while let (easy, code) = queue.multi.nextFinished() {
            guard let slot = live[easy] else { continue }
            isAny = true
            finish(slot, code == CURLE_OK ? outcome(of: slot) : .failure(slot.failure(code)))
        }
        return isAny
    }

    private func outcome(of slot: TransferSlot) -> Result<Transfer.Delivery, TransportFailure> {
        if case .transfer(let transfer) = slot.occupant, case .exchange = transfer.work {
            let reception = slot.reception
            return .success(
                .response(
                    HTTPResponse(
                        status: reception.status, reason: reception.reason, headers: reception.headers,
                        body: reception.body)))
        }
        guard let certificate = slot.presentedCertificate() else {
            return .failure(.tls(.handshake("the server showed no certificate"), address: "?"))
        }
        return .success(.certificate(certificate))
    }

    private func finish(_ slot: TransferSlot, _ result: Result<Transfer.Delivery, TransportFailure>) {
        let occupant = slot.occupant
        release(slot)
        switch occupant {
        case nil: break
        case .probe(let pin, _): judge(pin, result)
        case .transfer(var transfer):
            // A renewed certificate looks like a stranger's: look once more before saying so. Nothing was sent.
            if case .failure(.tls) = result, !transfer.isSecondLook, let pin = pin(of: transfer) {
                anchors[pin] = nil
                transfer.isSecondLook = true
                return ready.append(transfer)
            }
            queue.deliver(result, to: transfer)
        }
    }

    private func judge(_ pin: Pin, _ result: Result<Transfer.Delivery, TransportFailure>) {
        let waiting = parked.removeValue(forKey: pin) ?? []
        switch result {
        case .success(.certificate(let certificate)) where certificate.fingerprint == pin.fingerprint:
            anchors[pin] = certificate.pem
            ready = waiting + ready
        case .success(.certificate(let certificate)):
            let mismatch = TLSFailure.fingerprintMismatch(
                expected: pin.fingerprint, presented: certificate.fingerprint)
            for transfer in waiting { queue.deliver(.failure(.tls(mismatch, address: pin.address.text)), to: transfer) }
        case .success(.response): preconditionFailure("a probe brought an answer")
        case .failure(let failure): for transfer in waiting { queue.deliver(.failure(failure), to: transfer) }
        }
    }

    private func pin(of transfer: Transfer) -> Pin? {
        guard case .exchange(let request) = transfer.work, case .fingerprint(let fingerprint) = request.trust,
            let address = WebAddress(request.url)
        else { return nil }
        return Pin(address: address, fingerprint: fingerprint)
    }

    private func release(_ slot: TransferSlot) {
        live[slot.easy.pointer] = nil
        queue.multi.remove(slot.easy)
        slot.vacate()
        idle.append(slot)
    }

    private func withdraw(_ id: Transfer.ID) {
        for slot in live.values {
            guard case .transfer(let transfer) = slot.occupant, transfer.id == id else { continue }
            release(slot)
            return queue.deliver(.failure(.cancelled), to: transfer)
        }
        if let index = ready.firstIndex(where: { $0.id == id }) {
            return queue.deliver(.failure(.cancelled), to: ready.remove(at: index))
        }
        for (pin, transfers) in parked {
            guard let index = transfers.firstIndex(where: { $0.id == id }) else { continue }
            parked[pin]?.remove(at: index)
            return queue.deliver(.failure(.cancelled), to: transfers[index])
        }
    }

    private func abandonAll(_ failure: TransportFailure) {
        var transfers = ready + parked.values.flatMap { $0 }
        ready = []
        parked = [:]
        for slot in Array(live.values) {
            if case .transfer(let transfer) = slot.occupant { transfers.append(transfer) }
            release(slot)
        }
        for transfer in transfers { queue.deliver(.failure(failure), to: transfer) }
    }
}
