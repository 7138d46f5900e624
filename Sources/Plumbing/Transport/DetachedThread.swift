import Glibc

/// A thread of our own for blocking C calls, which must not sit on the cooperative pool.
enum DetachedThread {
    private final class Body {
        let run: @Sendable () -> Void

        init(run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// - Returns: false when the system has no thread left to give.
    static func start(_ run: @escaping @Sendable () -> Void) -> Bool {
        let body = Unmanaged.passRetained(Body(run: run))
        var thread = pthread_t()
        let code = pthread_create(
            &thread, nil,
            { context in
                guard let context else { return nil }
                let body = Unmanaged<Body>.fromOpaque(context).takeRetainedValue()
                DetachedThread.blockBrokenPipe()
                body.run()
                return nil
            }, body.toOpaque())
        guard code == 0 else {
            body.release()
            return false
        }
        pthread_detach(thread)
        return true
    }

    /// With `CURLOPT_NOSIGNAL` libcurl no longer hides SIGPIPE, and OpenSSL writes without `MSG_NOSIGNAL`. The signal
    /// goes to the thread that wrote: blocked here, the write fails with EPIPE, whatever the process does with it.
    private static func blockBrokenPipe() {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
    }
}
