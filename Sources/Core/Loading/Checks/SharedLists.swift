/// Which servers have one and the same list: the members of a set have their template's.
///
/// What is found out once for each list and not for each server takes as long as reading the file did. A set of ten
/// thousand members whose template names ten thousand servers is 100 KB of YAML, and a hundred million pairs.
struct SharedLists {
    struct List {
        /// The first server that has it.
        var owner: Int
        /// How many have it.
        var count: Int
    }

    private(set) var lists: [List] = []
    /// Of each server the position of its list; -1: its list is empty.
    private(set) var numbers: [Int32]

    /// - Parameters:
    ///   - count: of the servers.
    ///   - list: a server's. The arrays must live, and stay as they are, until this returns: they are told apart by where
    ///     their elements lie.
    init<Element>(_ count: Int, _ list: (Int) -> [Element]) {
        numbers = [Int32](repeating: -1, count: count)
        var known: [UInt: Int32] = [:]
        var last: (address: UInt, number: Int32)?
        for position in 0..<count {
            let values = list(position)
            guard !values.isEmpty else { continue }
            let address = values.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) }
            var number = last?.address == address ? last?.number : known[address]
            if number == nil {
                lists.append(List(owner: position, count: 0))
                number = Int32(lists.count - 1)
                known[address] = number
            }
            guard let number else { continue }
            last = (address, number)
            lists[Int(number)].count += 1
            numbers[position] = number
        }
    }
}
