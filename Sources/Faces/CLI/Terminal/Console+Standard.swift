import Foundation
import Glibc
import Model

extension Console {
    /// The console of this process. Colour only on a terminal, and not where `NO_COLOR` is set (no-color.org).
    package static func standard(
        language: Language, format: OutputFormat, environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> Console {
        let allowsColour = environment["NO_COLOR", default: ""].isEmpty && environment["TERM"] != "dumb"
        return Console(
            language: language, format: format, paint: Paint(isColoured: allowsColour && isatty(STDOUT_FILENO) == 1),
            noticePaint: Paint(isColoured: allowsColour && isatty(STDERR_FILENO) == 1),
            isInteractive: isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1, width: columns(),
            result: { write($0, to: STDOUT_FILENO) }, aside: { write($0, to: STDERR_FILENO) },
            answer: { readLine(strippingNewline: true) })
    }

    /// `--lang` or the environment's `LC_ALL`, `LC_MESSAGES`, `LANG`, the first that is set (POSIX's order).
    package static func language(
        chosen: Language?, environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> Language {
        if let chosen { return chosen }
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        return locale?.hasPrefix("ko") == true ? .korean : .english
    }

    private static func write(_ text: String, to descriptor: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            // A reader that went away (`plumb plan | head`) is no error of ours.
            guard count > 0 else { return }
            bytes = bytes.dropFirst(count)
        }
    }

    private static func columns() -> Int {
        var size = winsize()
        let hasSize = ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0
        return hasSize && size.ws_col > 0 ? Int(size.ws_col) : 80
    }
}
