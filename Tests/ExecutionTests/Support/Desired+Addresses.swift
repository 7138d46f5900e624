import Model

extension Desired {
    /// Small servers that stand still, each with one address.
    ///
    /// - Parameter hosts: the last number of each one's address in 10.0.0.0/24.
    static func addressed(_ hosts: [ServerName: Int], edit: (inout Server) -> Void = { _ in }) -> Desired {
        .fleet(Array(hosts.keys)) { server in
            server.power = .stopped
            var network = Server.Network()
            network.address = "10.0.0.\(hosts[server.name] ?? 0)/24"
            server.networks = [network]
            edit(&server)
        }
    }
}
