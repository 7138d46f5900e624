/// Does the same for many at once, never more than `limit` at a time.
///
/// - Returns: the results in the order of the values.
package func sideBySide<Value: Sendable, Result: Sendable>(
    _ values: [Value], atMost limit: Int, _ body: @escaping @Sendable (Value) async -> Result
) async -> [Result] {
    await withTaskGroup(of: (Int, Result).self) { group in
        var results: [Int: Result] = [:]
        for (index, value) in values.enumerated() {
            if index >= limit, let (done, result) = await group.next() { results[done] = result }
            group.addTask { (index, await body(value)) }
        }
        for await (done, result) in group { results[done] = result }
        return values.indices.compactMap { results[$0] }
    }
}
