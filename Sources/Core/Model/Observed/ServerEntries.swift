/// The entries of one stack's `terraform.tfvars.json`, in ascending order of servers.
///
/// Lists, and not a dictionary: a fleet's entries are walked side by side with its other lists, and one that is looked
/// at there is not copied.
package struct ServerEntries: Sendable, Equatable {
    /// In ascending order, each once.
    package private(set) var servers: [ServerName] = []
    /// Of each server, in the same order.
    package private(set) var configurations: [ServerConfiguration] = []

    package init() {}

    package init(_ entries: [ServerName: ServerConfiguration]) {
        self.init(inAnyOrder: entries.map { ($0.key, $0.value) })
    }

    /// - Parameter entries: quickest where they ascend; of two of one server the last holds, as in a JSON object.
    package init(inAnyOrder entries: [(server: ServerName, configuration: ServerConfiguration)]) {
        let isAscending = zip(entries, entries.dropFirst()).allSatisfy { $0.server < $1.server }
        let ordered =
            isAscending
            ? entries
            : Dictionary(entries.map { ($0.server, $0.configuration) }, uniquingKeysWith: { $1 })
                .sorted { $0.key < $1.key }.map { (server: $0.key, configuration: $0.value) }
        servers = ordered.map(\.server)
        configurations = ordered.map(\.configuration)
    }

    package var isEmpty: Bool { servers.isEmpty }

    /// The server's place in both lists.
    package func position(of server: ServerName) -> Int? {
        let place = servers.insertionPoint(of: server)
        return place < servers.count && servers[place] == server ? place : nil
    }

    package subscript(server: ServerName) -> ServerConfiguration? {
        get { position(of: server).map { configurations[$0] } }
        set {
            let place = servers.insertionPoint(of: server)
            let isKnown = place < servers.count && servers[place] == server
            switch (newValue, isKnown) {
            case (let value?, true): configurations[place] = value
            case (let value?, false):
                servers.insert(server, at: place)
                configurations.insert(value, at: place)
            case (nil, true):
                servers.remove(at: place)
                configurations.remove(at: place)
            case (nil, false): break
            }
        }
    }
}

extension ServerEntries: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (ServerName, ServerConfiguration)...) {
        self.init(Dictionary(elements, uniquingKeysWith: { $1 }))
    }
}
