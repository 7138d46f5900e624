import ArgumentParser
import Glibc

extension PlumbCommand {
    /// Runs the command line of this process with the program that was put together, and exits.
    package static func start(_ wiring: Wiring) async {
        // A reader that went away must not end us: libcurl stops hiding the signal with CURLOPT_NOSIGNAL.
        signal(SIGPIPE, SIG_IGN)
        await Wiring.$current.withValue(wiring) { await main() }
    }
}
