import CCurl

/// One of the few live places: an easy handle and what it is carrying. Only the transfer thread touches it.
final class TransferSlot {
    /// What occupies the slot.
    enum Occupant {
        case transfer(Transfer)
        /// A look at a server's certificate on behalf of the transfers that are parked under that pin.
        case probe(Pin, HTTPRequest.Timeouts)
    }

    let easy = EasyHandle()
    var reception = Reception(limit: 0)
    private(set) var occupant: Occupant?
    private var address: WebAddress?
    private var headers = HeaderList([])
    private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))

    deinit { errorText.deallocate() }

    /// Loads the handle with an exchange.
    ///
    /// - Parameter anchor: the verified leaf in PEM, for a transfer that trusts a fingerprint.
    func prepare(_ transfer: Transfer, _ request: HTTPRequest, to address: WebAddress, anchor: [UInt8]?) {
        occupy(.transfer(transfer), address: address, url: request.url, timeouts: request.timeouts)
        reception = Reception(limit: request.responseLimit)
        easy.set(CURLOPT_MAXFILESIZE_LARGE, offset: request.responseLimit)
        switch request.method {
        case .get: easy.set(CURLOPT_HTTPGET, true)
        case .post, .put:
            easy.set(CURLOPT_POST, true)
            easy.setBody(request.body ?? [])
        case .delete: if let body = request.body { easy.setBody(body) }
        }
        easy.set(CURLOPT_CUSTOMREQUEST, request.method.rawValue)
        // On a reused connection that dies before the first byte of an answer libcurl repeats the request by itself,
        // a POST too, although the server may have done the work. A connection of its own forbids that.
        if request.method != .get { easy.set(CURLOPT_FRESH_CONNECT, true) }
        // "Expect:" without a value keeps libcurl from waiting for "100 Continue" before a body.
        headers = HeaderList(request.headers.map { "\($0.name): \($0.value)" } + ["Expect:"])
        easy.set(CURLOPT_HTTPHEADER, pointer: headers.pointer.map { UnsafeMutableRawPointer($0) })
        if address.isSecure { trust(request.trust, anchor: anchor) }
    }

    /// Loads the handle with a handshake that verifies nothing and sends nothing, to see the certificate.
    func prepareInspection(
        _ occupant: Occupant, of url: String, at address: WebAddress, timeouts: HTTPRequest.Timeouts
    ) {
        occupy(occupant, address: address, url: url, timeouts: timeouts)
        reception = Reception(limit: 0)
        headers = HeaderList([])
        easy.set(CURLOPT_CONNECT_ONLY, true)
        easy.set(CURLOPT_CERTINFO, true)
        easy.set(CURLOPT_FRESH_CONNECT, true)
        trust(.insecure, anchor: nil)
    }

    /// Forgets what was carried; the handle stays.
    func vacate() {
        occupant = nil
        reception = Reception(limit: 0)
        easy.reset()
    }

    /// The certificate of the handshake; nil when libcurl saw none.
    func presentedCertificate() -> PresentedCertificate? { PresentedCertificate(fields: easy.leafFields()) }

    /// libcurl's own sentence about a failure, or the code's general one.
    func detail(of code: CURLcode) -> String {
        let text = String(cString: errorText)
        if !text.isEmpty { return text }
        return curl_easy_strerror(code).map { String(cString: $0) } ?? "unknown"
    }

    private func occupy(
        _ occupant: Occupant, address: WebAddress, url: String, timeouts: HTTPRequest.Timeouts
    ) {
        self.occupant = occupant
        self.address = address
        easy.reset()
        errorText[0] = 0
        let context = Unmanaged.passUnretained(self).toOpaque()
        easy.set(CURLOPT_ERRORBUFFER, pointer: errorText)
        easy.set(CURLOPT_WRITEFUNCTION, receiver: receiveBody)
        easy.set(CURLOPT_WRITEDATA, pointer: context)
        easy.set(CURLOPT_HEADERFUNCTION, receiver: receiveHeadLine)
        easy.set(CURLOPT_HEADERDATA, pointer: context)
        easy.set(CURLOPT_URL, url)
        easy.set(CURLOPT_PROTOCOLS_STR, "http,https")
        easy.set(CURLOPT_FOLLOWLOCATION, false)
        easy.set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        easy.set(CURLOPT_NOSIGNAL, true)
        easy.set(CURLOPT_TCP_KEEPALIVE, true)
        easy.set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        easy.set(CURLOPT_CONNECTTIMEOUT_MS, Self.milliseconds(timeouts.connect))
        easy.set(CURLOPT_TIMEOUT_MS, Self.milliseconds(timeouts.total))
        // An empty string also turns off what the environment names.
        if address.isLoopback { easy.set(CURLOPT_PROXY, "") }
    }

    private func trust(_ trust: TLSTrust, anchor: [UInt8]?) {
        switch trust {
        case .system: break
        case .caFile(let path):
            easy.set(CURLOPT_CAINFO, path)
            // libcurl would go on trusting the system's directory beside the file.
            easy.set(CURLOPT_CAPATH, nil as String?)
        case .fingerprint:
            // The name is not checked, so nothing but the leaf itself may be trusted: neither the system's file nor
            // its directory, which libcurl consults beside a blob.
            easy.set(CURLOPT_CAINFO, nil as String?)
            easy.set(CURLOPT_CAPATH, nil as String?)
            easy.set(CURLOPT_CAINFO_BLOB, blob: anchor ?? [])
            easy.set(CURLOPT_SSL_VERIFYHOST, 0)
        case .insecure:
            easy.set(CURLOPT_SSL_VERIFYPEER, false)
            easy.set(CURLOPT_SSL_VERIFYHOST, 0)
        }
    }

    /// At least one, because zero means "libcurl's default" to libcurl.
    private static func milliseconds(_ duration: Duration) -> Int {
        let (seconds, attoseconds) = duration.components
        let (product, overflow) = Int(clamping: seconds).multipliedReportingOverflow(by: 1000)
        // libcurl takes at most 2^31 milliseconds.
        return overflow ? 2_147_483_647 : min(2_147_483_647, max(1, product + Int(attoseconds / 1_000_000_000_000_000)))
    }
}

extension TransferSlot {
    /// What libcurl's code means, with the facts that this handle has about it.
    func failure(_ code: CURLcode) -> TransportFailure {
        let place = address?.text ?? "?"
        let detail = detail(of: code)
        switch code {
        case CURLE_URL_MALFORMAT: return .invalid(detail)
        case CURLE_COULDNT_RESOLVE_HOST: return .unresolved(host: address?.host ?? "?")
        case CURLE_COULDNT_CONNECT: return connectionFailure(place, detail)
        case CURLE_OPERATION_TIMEDOUT:
            return .timedOut(stage, address: place, after: .microseconds(easy.offset(CURLINFO_TOTAL_TIME_T)))
        case CURLE_FILESIZE_EXCEEDED: return .tooLarge(address: place, limit: reception.limit)
        case CURLE_WRITE_ERROR where reception.isTooLarge: return .tooLarge(address: place, limit: reception.limit)
        case CURLE_PARTIAL_FILE, CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR:
            return .truncated(address: place, received: reception.body.count, detail: detail)
        case CURLE_PEER_FAILED_VERIFICATION: return .tls(verificationFailure(detail), address: place)
        case CURLE_SSL_CACERT_BADFILE:
            guard case .transfer(let transfer) = occupant, case .exchange(let request) = transfer.work,
                case .caFile(let path) = request.trust
            else { return .tls(.untrusted(detail), address: place) }
            return .tls(.caFile(path: path, detail: detail), address: place)
        case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER:
            return .tls(.handshake(detail), address: place)
        default: return .other(address: place, code: Int(code.rawValue), detail: detail)
        }
    }

    private func connectionFailure(_ place: String, _ detail: String) -> TransportFailure {
        let refused = 111  // ECONNREFUSED of Linux
        return easy.long(CURLINFO_OS_ERRNO) == refused
            ? .refused(address: place) : .unreachable(address: place, detail: detail)
    }

    private func verificationFailure(_ detail: String) -> TLSFailure {
        // Numbers of OpenSSL's x509_vfy.h. A bad chain ends the handshake with its number; a bad name is found after
        // the handshake, before libcurl has asked for the number, which is then 0 or libcurl's own 1.
        switch easy.long(CURLINFO_SSL_VERIFYRESULT) {
        case 0, 1: .hostMismatch(detail)
        case 9: .notYetValid(detail)
        case 10: .expired(detail)
        default: .untrusted(detail)
        }
    }

    private var stage: TransportFailure.Stage {
        if reception.hasBegun { return .receiving }
        if easy.offset(CURLINFO_PRETRANSFER_TIME_T) > 0 { return .answering }
        if easy.offset(CURLINFO_NAMELOOKUP_TIME_T) == 0 { return .resolving }
        // libcurl counts the time to connect together with TLS; the connection itself is counted when TCP stands.
        return easy.long(CURLINFO_NUM_CONNECTS) == 0 ? .connecting : .securing
    }
}
