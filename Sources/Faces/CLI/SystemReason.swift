import Foundation

extension Error {
    /// What the system says of a file that could not be written, such as `No space left on device`. Foundation's own
    /// description frames it in words that say less (`The operation could not be completed.`).
    var systemReason: String {
        guard let cause = (self as NSError).userInfo[NSUnderlyingErrorKey] as? POSIXError else {
            return localizedDescription
        }
        return String(cString: strerror(cause.code.rawValue))
    }
}
