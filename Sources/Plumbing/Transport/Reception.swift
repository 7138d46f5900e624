import CCurl

/// What has arrived of one answer, filled by libcurl's callbacks.
struct Reception {
    let limit: Int
    private(set) var status = 0
    private(set) var reason = ""
    private(set) var headers: [HTTPHeader] = []
    private(set) var body: [UInt8] = []
    private(set) var isTooLarge = false

    init(limit: Int) { self.limit = limit }

    var hasBegun: Bool { status != 0 }

    /// One line of the head. A status line starts the head anew: an interim answer (100) comes before the real one.
    mutating func receive(headLine line: String) {
        let line = line.last?.isNewline == true ? String(line.dropLast()) : line
        if line.hasPrefix("HTTP/") {
            let parts = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
            status = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
            reason = parts.count > 2 ? Self.trimmed(parts[2]) : ""
            headers = []
            return
        }
        guard let colon = line.firstIndex(of: ":") else { return }
        let value = Self.trimmed(line[line.index(after: colon)...])
        headers.append(HTTPHeader(String(line[..<colon]), value))
        if headers.last?.name.lowercased() == "content-length", let length = Int(value), length <= limit {
            body.reserveCapacity(max(0, length))
        }
    }

    /// - Returns: false when the body grows beyond the limit, which ends the transfer.
    mutating func receive(body bytes: UnsafeRawBufferPointer) -> Bool {
        guard body.count + bytes.count <= limit else {
            isTooLarge = true
            return false
        }
        body.append(contentsOf: bytes)
        return true
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        guard let first = text.firstIndex(where: { !$0.isWhitespace }),
            let last = text.lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(text[first...last])
    }
}

/// libcurl's body callback; the context is the slot. Any other number than what was offered ends the transfer.
let receiveBody: plumb_curl_receiver = { bytes, size, count, context in
    guard let bytes, let context else { return 0 }
    let slot = Unmanaged<TransferSlot>.fromOpaque(context).takeUnretainedValue()
    let buffer = UnsafeRawBufferPointer(start: bytes, count: size * count)
    return slot.reception.receive(body: buffer) ? buffer.count : 0
}

/// libcurl's header callback: one whole line at a time, without a NUL at its end.
let receiveHeadLine: plumb_curl_receiver = { bytes, size, count, context in
    guard let bytes, let context else { return 0 }
    let slot = Unmanaged<TransferSlot>.fromOpaque(context).takeUnretainedValue()
    let buffer = UnsafeRawBufferPointer(start: bytes, count: size * count)
    slot.reception.receive(headLine: String(decoding: buffer, as: UTF8.self))
    return buffer.count
}
