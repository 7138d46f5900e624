/// A fleet that exists only as numbers: for training, for dashboards, for testing Plumb itself.
package struct SimulatedFleet: Sendable, Hashable {
    package var name: FleetName
    package var metadata = Metadata()
    /// `classic-20`.
    package var preset: String?
    package var servers: [Group] = []
    package var seed: UInt64 = 1
    package var pace: [Wave] = []
    /// How fast the fleet's clock runs against the real one.
    package var clockSpeed = 1.0
    package var scenario: [Incident] = []
    package var metricsInterval: Duration = .seconds(1)
    package var metricsHistory: Duration = .seconds(86_400)
    /// The simulated cluster in which each server is to be a guest too; nothing places them yet.
    package var cluster: ClusterName?

    package init(name: FleetName) { self.name = name }

    /// Servers of one sort.
    package struct Group: Sendable, Hashable {
        /// A pattern such as `web-{01..20}` or a single name.
        package var name: String
        package var count: Int?
        package var type: String
        package var environment: String?
        package var location: String?
        package var provider: String?
        package var os: String?
        package var cores = 1
        package var memory: ByteCount = .gibibytes(1)
        package var disk: ByteCount = .gibibytes(20)
        package var services: [Role.Service] = []
        package var load = Load()

        package init(name: String, type: String) {
            self.name = name
            self.type = type
        }
    }

    /// Percentages from 0 to 100, hours from 0 to 23, the rate from 0 to 1.
    package struct Load: Sendable, Hashable {
        package var cpu = 20.0
        package var memory = 40.0
        package var disk = 30.0
        package var peakHours: [Int] = []
        package var businessHours = true
        package var maintenanceHour: Int?
        package var failureRate = 0.0

        package init() {}
    }

    /// That many servers from the one second to the other.
    package struct Wave: Sendable, Hashable {
        package var servers: Int
        package var from: Duration
        package var to: Duration

        package init(servers: Int, from: Duration, to: Duration) {
            self.servers = servers
            self.from = from
            self.to = to
        }
    }

    package struct Incident: Sendable, Hashable {
        package var at: Duration
        package var lasts: Duration
        package var selector = Selector()
        package var effect: String

        package init(at: Duration, lasts: Duration, effect: String) {
            self.at = at
            self.lasts = lasts
            self.effect = effect
        }
    }
}
