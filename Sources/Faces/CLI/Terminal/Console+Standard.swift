import Foundation
import Glibc
import Model

extension Console {
    /// The console of this process. Colour only on a terminal, and not where `NO_COLOR` is set (no-color.org).
    package static func standard(
        language: Language, format: OutputFormat, environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> Console {
        let isDumb = environment["TERM"] == "dumb"
        let allowsColour = environment["NO_COLOR", default: ""].isEmpty && !isDumb
        let isInteractive = isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1
        let output = StandardOutput()
        var console = Console(
            language: language, format: format, paint: Paint(isColoured: allowsColour && isatty(STDOUT_FILENO) == 1),
            noticePaint: Paint(isColoured: allowsColour && isatty(STDERR_FILENO) == 1),
            isInteractive: isInteractive, movesCursor: !isDumb, width: columns(),
            result: { output.write($0) }, aside: { _ = StandardOutput.write($0, to: STDERR_FILENO) },
            answer: { readLine(strippingNewline: true) })
        console.lostResult = { output.failure }
        return console
    }

    /// `--lang` or the environment's `LC_ALL`, `LC_MESSAGES`, `LANG`, the first that is set (POSIX's order).
    package static func language(
        chosen: Language?, environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> Language {
        if let chosen { return chosen }
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        return locale?.hasPrefix("ko") == true ? .korean : .english
    }

    private static func columns() -> Int {
        var size = winsize()
        let hasSize = ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0
        return hasSize && size.ws_col > 0 ? Int(size.ws_col) : 80
    }
}
