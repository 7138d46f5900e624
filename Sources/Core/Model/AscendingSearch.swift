extension RandomAccessCollection where Index == Int {
    /// The first position whose element fulfils the condition, in a list where those that do not come first; the end
    /// where none does. Takes a step for each halving of the list.
    @inlinable
    package func partitioningIndex(where belongsBehind: (Element) -> Bool) -> Int {
        var low = startIndex
        var high = endIndex
        while low < high {
            let middle = low + (high - low) / 2
            if belongsBehind(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

extension Array where Element: Comparable {
    /// The first position whose element is not below the given one, in a list that ascends.
    package func insertionPoint(of element: Element) -> Int { partitioningIndex { $0 >= element } }
}
