import Daemon
import Model
import Planning
import Reconciliation

/// `drift --watch`: one look after another, of which only the news is printed.
actor DriftWatcher {
    private let place: Workplace
    private let wiring: Wiring
    private let console: Console
    private let interval: Duration?
    private var watch = DriftWatch()
    private var unseen = UnseenWatch()
    /// What was last said of the configuration and of looks that failed.
    private var said: Set<String> = []
    private var isBlind = false

    /// - Parameter interval: from the end of a look to the next; nil: the shortest `poll.interval`.
    init(place: Workplace, wiring: Wiring, console: Console, interval: Duration?) {
        self.place = place
        self.wiring = wiring
        self.console = console
        self.interval = interval
    }

    /// As the last look would have ended by itself.
    var end: ExitStatus { isBlind ? .failure : watch.hasDrift ? .changesPending : .success }

    /// The first look.
    ///
    /// - Returns: when the next one is wanted.
    func begin() async throws -> Duration {
        let next = try await look()
        if !watch.hasDrift, !isBlind { console.notice(Sentence("view.drift.none")) }
        console.notice(Sentence("view.drift.next", String(next.components.seconds)))
        return next
    }

    /// The looks after the first, until `stop` is made.
    func watch(after first: Duration, until stop: StopRequest) async {
        let (changes, none) = AsyncStream.makeStream(of: Void.self)
        none.finish()
        let loop = DaemonLoop { trigger, _ in
            switch trigger {
            case .start: first
            case .change, .resync: await self.again()
            }
        }
        await loop.run(changes: changes, stop: stop)
    }

    private func again() async -> Duration {
        do {
            return try await look()
        } catch {
            isBlind = true
            let text = CommandFailure(error).map { Catalogue.paragraph(of: $0.sentence, in: console.language) }
            sayOnce([text ?? String(describing: error)])
            return interval ?? Cluster.Poll().interval
        }
    }

    private func look() async throws -> Duration {
        let session = try await wiring.open(place, Person.current)
        do {
            let pass = try await session.reconciler.drift(session.desired)
            let notices = try await session.notices(on: pass)
            await session.close()
            take(pass, notices, in: session)
        } catch {
            await session.close()
            throw error
        }
        return interval ?? session.desired.clusters.map(\.poll.interval).min() ?? Cluster.Poll().interval
    }

    private func take(_ pass: DriftPass, _ notices: [Sentence], in session: Session) {
        let (configuration, moment) = (session.configuration, session.reconciler.clock())
        let view = DriftView(pass, place: session.place)
        isBlind = view.isPartlyBlind || configuration.hasErrors
        sayOnce(
            configuration.remarks.map(\.rendering)
                + notices.map { Catalogue.paragraph(of: $0, in: console.language) })
        var blind = DriftWatch.Blindness()
        for part in view.unseen where part.isWhole {
            if let server = part.server {
                blind.servers.insert(server)
            } else if let stack = part.stack {
                blind.stacks.insert(stack)
            } else {
                blind.clusters.insert(part.cluster)
            }
        }
        blind.servers.formUnion(pass.unread.map(\.name))
        if pass.survey.desired.completeness != .complete {
            // Whoever a document with a mistake names is not compared, and has not healed for that.
            blind.servers.formUnion(pass.survey.desired.servers.map(\.name) + pass.survey.recorded.servers.map(\.name))
        }
        for event in unseen.look(view.unseen) { console.stream(DriftNews(at: moment, event)) }
        for news in watch.look(view.items, blind: blind) {
            console.stream(DriftNews(at: moment, .drift(news), place: session.place))
        }
    }

    private func sayOnce(_ lines: [String]) {
        for line in lines where !said.contains(line) { console.notice(line) }
        said = Set(lines)
    }
}
