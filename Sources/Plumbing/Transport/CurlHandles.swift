import CCurl

/// `curl_global_init`, once in the process and before the first handle.
private let isCurlInitialised: Bool = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

/// The set of live transfers; freed with its owner.
struct MultiHandle: ~Copyable {
    private let pointer: UnsafeMutableRawPointer

    init() {
        precondition(isCurlInitialised, "libcurl does not start")
        // libcurl returns nil only when memory is out.
        guard let pointer = curl_multi_init() else { preconditionFailure("libcurl gave no multi handle") }
        self.pointer = pointer
    }

    deinit { curl_multi_cleanup(pointer) }

    /// Ends the poll of the thread, or the next one when it is not polling. The one call allowed from any thread.
    func wake() { curl_multi_wakeup(pointer) }

    /// Idle connections kept for reuse.
    func keepConnections(_ count: Int) { _ = plumb_multi_set_long(pointer, CURLMOPT_MAXCONNECTS, count) }

    func add(_ easy: borrowing EasyHandle) -> CURLMcode { curl_multi_add_handle(pointer, easy.pointer) }

    func remove(_ easy: borrowing EasyHandle) { curl_multi_remove_handle(pointer, easy.pointer) }

    func advance() -> CURLMcode {
        var running: Int32 = 0
        return curl_multi_perform(pointer, &running)
    }

    /// Waits for traffic, for one of libcurl's own time-outs, or for ``wake()``.
    func wait(milliseconds: Int32) { curl_multi_poll(pointer, nil, 0, milliseconds, nil) }

    /// The next transfer that ended: its easy handle and the outcome.
    func nextFinished() -> (easy: UnsafeMutableRawPointer, code: CURLcode)? {
        var left: Int32 = 0
        while let message = curl_multi_info_read(pointer, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle else { continue }
            return (easy, plumb_message_result(message))
        }
        return nil
    }
}

/// One transfer's handle, reused for many; freed with its owner, which must have removed it from the multi handle.
struct EasyHandle: ~Copyable {
    let pointer: UnsafeMutableRawPointer

    init() {
        precondition(isCurlInitialised, "libcurl does not start")
        guard let pointer = curl_easy_init() else { preconditionFailure("libcurl gave no easy handle") }
        self.pointer = pointer
    }

    deinit { curl_easy_cleanup(pointer) }

    /// Forgets every option, and keeps caches.
    func reset() { curl_easy_reset(pointer) }

    func set(_ option: CURLoption, _ value: Int) { _ = plumb_easy_set_long(pointer, option, value) }

    func set(_ option: CURLoption, _ value: Bool) { _ = plumb_easy_set_long(pointer, option, value ? 1 : 0) }

    func set(_ option: CURLoption, offset value: Int) { _ = plumb_easy_set_offset(pointer, option, curl_off_t(value)) }

    /// libcurl copies the string. False when it refuses it.
    @discardableResult
    func set(_ option: CURLoption, _ value: String?) -> Bool {
        plumb_easy_set_string(pointer, option, value) == CURLE_OK
    }

    func set(_ option: CURLoption, pointer value: UnsafeMutableRawPointer?) {
        _ = plumb_easy_set_pointer(pointer, option, value)
    }

    func set(_ option: CURLoption, receiver: plumb_curl_receiver) {
        _ = plumb_easy_set_receiver(pointer, option, receiver)
    }

    func set(_ option: CURLoption, blob: [UInt8]) {
        blob.withUnsafeBytes { _ = plumb_easy_set_blob(pointer, option, $0.baseAddress, $0.count) }
    }

    /// Copies the body into libcurl. The size has to be known first, or libcurl would stop at a NUL byte.
    func setBody(_ body: [UInt8]) {
        set(CURLOPT_POSTFIELDSIZE_LARGE, offset: body.count)
        // An empty array has no base address, and a nil pointer would mean "read the body from a callback".
        let bytes = body.isEmpty ? [0] : body
        bytes.withUnsafeBytes {
            set(CURLOPT_COPYPOSTFIELDS, pointer: UnsafeMutableRawPointer(mutating: $0.baseAddress))
        }
    }

    func long(_ info: CURLINFO) -> Int {
        var value = 0
        return plumb_easy_get_long(pointer, info, &value) == CURLE_OK ? value : 0
    }

    func offset(_ info: CURLINFO) -> Int {
        var value: curl_off_t = 0
        return plumb_easy_get_offset(pointer, info, &value) == CURLE_OK ? Int(value) : 0
    }

    /// The fields that libcurl read from the peer's leaf, as `Name:value`; empty without `CURLOPT_CERTINFO`.
    func leafFields() -> [String] {
        var chain: UnsafeMutablePointer<curl_certinfo>?
        guard plumb_easy_get_certificates(pointer, &chain) == CURLE_OK, let chain, chain.pointee.num_of_certs > 0
        else { return [] }
        var fields: [String] = []
        var entry = chain.pointee.certinfo?[0]
        while let node = entry {
            if let text = node.pointee.data { fields.append(String(cString: text)) }
            entry = node.pointee.next
        }
        return fields
    }
}

/// A list of header lines, which libcurl reads while the transfer runs.
struct HeaderList: ~Copyable {
    private(set) var pointer: UnsafeMutablePointer<curl_slist>?

    init(_ lines: [String]) {
        for line in lines { pointer = curl_slist_append(pointer, line) ?? pointer }
    }

    deinit { curl_slist_free_all(pointer) }
}
