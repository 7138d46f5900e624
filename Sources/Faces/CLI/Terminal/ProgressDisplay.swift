import Execution
import Model
import Synchronization

/// Shows a run's events on standard error: drawn over on a terminal, one line for each step that ended otherwise.
package final class ProgressDisplay: Sendable {
    private struct State {
        var progress: ProgressState
        var drawnLines = 0
    }

    private let state: Mutex<State>
    private let console: Console
    private let now: @Sendable () -> Timestamp

    package init(_ plan: Plan, on console: Console, now: @escaping @Sendable () -> Timestamp) {
        state = Mutex(State(progress: ProgressState(plan)))
        self.console = console
        self.now = now
    }

    private var page: Page { Page(language: console.language, paint: console.noticePaint) }

    package func take(_ event: ExecutionEvent) {
        state.withLock { state in
            let line = state.progress.take(event, at: now(), page: page)
            guard console.canDraw else {
                if let line { console.notice(line) }
                return
            }
            redraw(&state, above: line)
        }
    }

    /// Draws running times anew; to be called now and then while nothing happens.
    package func tick() {
        guard console.canDraw else { return }
        state.withLock { redraw(&$0, above: nil) }
    }

    /// Says something while lines are drawn: above them, where it stays.
    package func say(_ sentence: Sentence) {
        let line = page.whole(sentence)
        guard console.canDraw else { return console.notice(line) }
        state.withLock { redraw(&$0, above: line) }
    }

    /// Takes what was drawn away.
    package func finish() {
        guard console.canDraw else { return }
        state.withLock { state in
            console.draw(Self.erasing(state.drawnLines))
            state.drawnLines = 0
        }
    }

    private func redraw(_ state: inout State, above line: String?) {
        var text = Self.erasing(state.drawnLines)
        if let line { text += line + "\n" }
        let frame = state.progress.frame(at: now(), page: page, width: console.width)
        text += frame.map { $0 + "\n" }.joined()
        state.drawnLines = frame.count
        console.draw(text)
    }

    /// Moves up over drawn lines and clears to the end of the screen (ECMA-48: CUU, ED); first to the line's beginning,
    /// from which a terminal that shows `^C` has moved.
    private static func erasing(_ lines: Int) -> String { lines == 0 ? "" : "\r\u{1B}[\(lines)A\u{1B}[J" }
}
