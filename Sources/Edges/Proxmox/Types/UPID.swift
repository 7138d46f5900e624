import Model

/// The id of one task: `UPID:node:PID:PSTART:STARTTIME:TYPE:ID:USER@REALM[!TOKEN]:`, numbers in hexadecimal
/// (`PVE::Tools::upid_decode`).
package struct UPID: Hashable, Sendable {
    /// As Proxmox wrote it.
    package let text: String
    package let node: NodeName
    package let startedAt: Timestamp
    /// `qmstart`, `vzdestroy`, …
    package let type: String
    /// What the task is about; often a VMID, sometimes empty.
    package let subject: String
    /// `USER@REALM` or `USER@REALM!TOKEN`.
    package let user: String

    /// nil for anything else than the nine parts of a UPID.
    package init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 9, parts[0] == "UPID", parts[8].isEmpty, Self.isNodeName(parts[1]),
            Self.hexadecimal(parts[2], digits: 8...8) != nil, Self.hexadecimal(parts[3], digits: 8...9) != nil,
            let start = Self.hexadecimal(parts[4], digits: 8...8), Self.isWord(parts[5]), !parts[5].isEmpty,
            Self.isWord(parts[6]), Self.isWord(parts[7]), !parts[7].isEmpty
        else { return nil }
        self.text = text
        node = NodeName(String(parts[1]))
        startedAt = Timestamp(seconds: start)
        type = String(parts[5])
        subject = String(parts[6])
        user = String(parts[7])
    }

    /// The guest that the task is about; nil for tasks about something else.
    package var vmid: VMID? { Int(subject).map { VMID($0) }.flatMap { VMID.range.contains($0.rawValue) ? $0 : nil } }

    private static func hexadecimal(_ text: Substring, digits: ClosedRange<Int>) -> Int64? {
        let isNumber = text.utf8.allSatisfy { byte in
            byte &- UInt8(ascii: "0") < 10 || (byte | 0x20) &- UInt8(ascii: "a") < 6
        }
        return digits.contains(text.utf8.count) && isNumber ? Int64(text, radix: 16) : nil
    }

    private static func isNodeName(_ text: Substring) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                byte &- UInt8(ascii: "0") < 10 || (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte == UInt8(ascii: "-")
            }
    }

    /// What stands between colons is later part of a path: no slash, no white space.
    private static func isWord(_ text: Substring) -> Bool {
        text.utf8.allSatisfy { $0 > 0x20 && $0 != UInt8(ascii: "/") }
    }
}

extension UPID: CustomStringConvertible {
    package var description: String { text }
}
