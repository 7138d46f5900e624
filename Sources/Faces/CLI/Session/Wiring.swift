import Model

/// What the program is put together with: the verbs call these, and only `Composition` knows what is behind them.
package struct Wiring: Sendable {
    /// Reads the configuration and opens what a pass needs.
    package var open: @Sendable (_ place: Workplace, _ person: String) async throws -> Session
    /// The same with files that are not written yet, or are to stand there with another text: by their paths below the
    /// configuration's directory.
    package var openDraft:
        @Sendable (_ place: Workplace, _ person: String, _ drafts: [String: String]) async throws -> Session
    /// Reads the configuration, and touches nothing else.
    package var check: @Sendable (_ place: Workplace) async throws -> ConfigurationReport
    package var examine: @Sendable (_ place: Workplace) async throws -> [Examination]
    /// Serves a simulated cluster until the process gets a signal. `isReady` is called once, when it answers; where
    /// another process serves it already, this returns after that.
    package var simulate:
        @Sendable (
            _ place: Workplace, _ request: SimulationRequest, _ isReady: @escaping @Sendable (SimulatedFace) -> Void
        ) async throws -> Void
    /// Runs Terraform in a stack's directory as Plumb would, with the terminal as its own.
    ///
    /// - Returns: Terraform's exit code.
    package var terraform: @Sendable (_ place: Workplace, _ stack: String, _ arguments: [String]) async throws -> Int32
    /// Carries a plan out on twins of the clusters, of which the live ones see reads only.
    package var rehearse:
        @Sendable (
            _ place: Workplace, _ person: String, _ request: RehearsalRequest,
            _ say: @escaping @Sendable (RehearsalProgress) -> Void
        ) async throws -> RehearsalReport

    /// The servers that Plumb's own files know and the configuration does not declare.
    package var undeclared: @Sendable (_ place: Workplace) async throws -> Set<ServerName>

    package init(
        open: @escaping @Sendable (_ place: Workplace, _ person: String) async throws -> Session,
        openDraft:
            @escaping @Sendable (
                _ place: Workplace, _ person: String, _ drafts: [String: String]
            ) async throws -> Session,
        check: @escaping @Sendable (_ place: Workplace) async throws -> ConfigurationReport,
        examine: @escaping @Sendable (_ place: Workplace) async throws -> [Examination],
        simulate:
            @escaping @Sendable (
                _ place: Workplace, _ request: SimulationRequest, _ isReady: @escaping @Sendable (SimulatedFace) -> Void
            ) async throws -> Void,
        terraform:
            @escaping @Sendable (_ place: Workplace, _ stack: String, _ arguments: [String]) async throws -> Int32,
        rehearse:
            @escaping @Sendable (
                _ place: Workplace, _ person: String, _ request: RehearsalRequest,
                _ say: @escaping @Sendable (RehearsalProgress) -> Void
            ) async throws -> RehearsalReport,
        undeclared: @escaping @Sendable (_ place: Workplace) async throws -> Set<ServerName> = { _ in [] }
    ) {
        self.open = open
        self.openDraft = openDraft
        self.check = check
        self.examine = examine
        self.simulate = simulate
        self.terraform = terraform
        self.rehearse = rehearse
        self.undeclared = undeclared
    }

    /// Set by `main`, and by tests.
    @TaskLocal package static var current: Wiring?
}

/// Where a command works.
package struct Workplace: Sendable, Hashable {
    /// The directory with the YAML.
    package var configuration: String
    /// Plumb's own files.
    package var state: String
    package var language: Language
    /// Whether the command only looks, and can do so where nothing can be written.
    package var looks = false

    package init(configuration: String, state: String, language: Language) {
        self.configuration = configuration
        self.state = state
        self.language = language
    }
}

/// What `simulate` is to serve.
package struct SimulationRequest: Sendable, Hashable {
    /// Nil: the only simulated cluster of the configuration.
    package var cluster: ClusterName?
    /// On the loopback address; zero: any free one.
    package var port: Int
    /// Seconds without a question after which it ends; nil: it stays until it gets a signal.
    package var idle: Int?

    package init(cluster: ClusterName?, port: Int, idle: Int? = nil) {
        self.cluster = cluster
        self.port = port
        self.idle = idle
    }
}

/// Where a simulated cluster answers, and how one is let in.
package struct SimulatedFace: Sendable, Hashable {
    package var cluster: ClusterName
    /// `https://127.0.0.1:PORT`
    package var endpoint: String
    /// The file with the certificate that it shows.
    package var certificateFile: String
    /// `USER@REALM!NAME=SECRET`, one for each token that it knows.
    package var tokens: [String]
    /// The process that served it before this one was asked to; nil: this one serves it.
    package var servedBy: Int32?

    package init(
        cluster: ClusterName, endpoint: String, certificateFile: String, tokens: [String], servedBy: Int32? = nil
    ) {
        self.servedBy = servedBy
        self.cluster = cluster
        self.endpoint = endpoint
        self.certificateFile = certificateFile
        self.tokens = tokens
    }
}
