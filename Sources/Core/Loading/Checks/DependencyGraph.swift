/// Who waits for whom. Servers with the same list go through one node that stands for it, so that the graph is as large
/// as what was written, and not as that times the members of a set.
struct DependencyGraph {
    /// Of each server the position of its list; -1: it waits for nobody.
    let lists: [Int32]
    /// Of each list the servers in it.
    let targets: [[Int32]]

    /// Servers have their positions, and lists come behind them.
    fileprivate var nodes: Int { lists.count + targets.count }

    fileprivate func successors(of node: Int) -> Int {
        node < lists.count ? (lists[node] < 0 ? 0 : 1) : targets[node - lists.count].count
    }

    fileprivate func successor(_ index: Int, of node: Int) -> Int {
        node < lists.count ? lists.count + Int(lists[node]) : Int(targets[node - lists.count][index])
    }

    /// The shortest way from a server back to itself, by its first servers where several are equally short; empty where
    /// there is none. It does not end where it began.
    func ring(from server: Int) -> [Int] {
        var cameFrom = [Int32](repeating: -1, count: nodes)
        var queue = [server]
        var next = 0
        while next < queue.count {
            let node = queue[next]
            next += 1
            for index in 0..<successors(of: node) {
                let reached = successor(index, of: node)
                guard cameFrom[reached] < 0 else { continue }
                cameFrom[reached] = Int32(node)
                if reached == server { return way(to: server, cameFrom) }
                queue.append(reached)
            }
        }
        return []
    }

    private func way(to server: Int, _ cameFrom: [Int32]) -> [Int] {
        var way: [Int] = []
        var at = server
        repeat {
            at = Int(cameFrom[at])
            if at < lists.count { way.append(at) }
        } while at != server
        return way.reversed()
    }
}

/// Servers that wait for one another, in groups: the strongly connected components of the graph (R. Tarjan, 1972). In
/// time and memory that grow with the graph alone, and without recursion: a chain can be ten thousand long.
struct DependencyRings {
    /// Each of two servers or more, in ascending order; the groups by their first servers.
    private(set) var groups: [[Int]] = []

    private let graph: DependencyGraph
    /// When a node was come to, from 1; 0: not yet.
    private var found: [Int32]
    /// The earliest node that can be reached from here and is still open.
    private var low: [Int32]
    private var isOpen: [Bool]
    private var open: [Int] = []
    private var count: Int32 = 0

    init(_ graph: DependencyGraph) {
        self.graph = graph
        found = [Int32](repeating: 0, count: graph.nodes)
        low = found
        isOpen = [Bool](repeating: false, count: graph.nodes)
        for server in graph.lists.indices where graph.lists[server] >= 0 && found[server] == 0 { walk(from: server) }
        groups.sort { $0[0] < $1[0] }
    }

    private mutating func walk(from start: Int) {
        var path = [(node: start, next: 0)]
        enter(start)
        while let (node, next) = path.last {
            guard next < graph.successors(of: node) else {
                path.removeLast()
                if let (above, _) = path.last { low[above] = min(low[above], low[node]) }
                if low[node] == found[node] { close(node) }
                continue
            }
            path[path.count - 1].next += 1
            let reached = graph.successor(next, of: node)
            if found[reached] == 0 {
                enter(reached)
                path.append((node: reached, next: 0))
            } else if isOpen[reached] {
                low[node] = min(low[node], found[reached])
            }
        }
    }

    private mutating func enter(_ node: Int) {
        count += 1
        found[node] = count
        low[node] = count
        isOpen[node] = true
        open.append(node)
    }

    /// Takes what was found from a node on, and belongs together with it.
    private mutating func close(_ node: Int) {
        var servers: [Int] = []
        while let last = open.popLast() {
            isOpen[last] = false
            if last < graph.lists.count { servers.append(last) }
            if last == node { break }
        }
        if servers.count > 1 { groups.append(servers.sorted()) }
    }
}
