import Glibc
import Testing

@testable import Transport

struct ThreadTests {
    @Test func `a broken pipe on the transfer thread is an error, not the end of the process`() async {
        let (isBlocked, written, code) = await withCheckedContinuation { continuation in
            let isStarted = DetachedThread.start {
                var signals = sigset_t()
                pthread_sigmask(SIG_BLOCK, nil, &signals)
                var ends: [Int32] = [0, 0]
                pipe(&ends)
                close(ends[0])
                var byte: UInt8 = 0
                let written = write(ends[1], &byte, 1)
                let code = errno
                close(ends[1])
                continuation.resume(returning: (sigismember(&signals, SIGPIPE) == 1, written, code))
            }
            if !isStarted { continuation.resume(returning: (false, 0, 0)) }
        }
        #expect(isBlocked)
        #expect(written == -1)
        #expect(code == EPIPE)
    }
}
