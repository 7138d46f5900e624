/// One document as a flat array of nodes, reused for the next one: what is wanted from it is taken out before.
struct YAMLDocument {
    var nodes: [YAMLNode] = []
    /// Text of scalars that differs from the source's bytes.
    var cooked: [UInt8] = []
    var hasAliases = false
    /// Mistakes that do not keep the rest of the document from being read.
    var problems: [YAMLProblem] = []
    /// Bytes of the file from the document's first to its last value.
    var offset = 0
    var length = 0

    mutating func removeAll() {
        nodes.removeAll(keepingCapacity: true)
        cooked.removeAll(keepingCapacity: true)
        hasAliases = false
        problems.removeAll(keepingCapacity: true)
    }

    /// The node itself, or what an alias stands for.
    @inline(__always)
    func resolved(_ index: Int) -> Int {
        let node = nodes[index]
        return node.kind == .alias ? Int(node.text) : index
    }
}
