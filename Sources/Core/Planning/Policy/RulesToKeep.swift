import Model

/// What an apply writes down of what `.plumbignore` says, where the registry has something else; nil: nothing.
///
/// Where every recorded server is declared, or its document does not stand behind the rules, what they leave out holds none
/// that ever counted. Until then what they say is added to what they said before: as only what all of them leave out is
/// taken for that, none of them hides a server that was declared under another.
package func rulesToKeep(_ input: PlanningInput) -> [String]? {
    let (known, leftOut) = (input.recorded.ignoreRules, input.desired.leftOut)
    let hidden = Set(input.recorded.servers.map(\.name).filter { leftOut.mayHide($0) })
    // Another process may have written more down since the files were read.
    let wasLookedAt = leftOut.rulesBefore.contains("") || Set(known).isSubset(of: leftOut.rulesBefore)
    let isEveryoneDeclared = hidden.subtracting(input.desired.servers.map(\.name)).isEmpty
    let kept: [String]
    if input.desired.completeness == .complete, isEveryoneDeclared, wasLookedAt {
        kept = [leftOut.rules]
    } else if known.contains("") || known.contains(leftOut.rules) {
        // Empty rules leave out nothing, so that all of them together do not either.
        kept = known
    } else {
        kept = known.count < mostRules ? known + [leftOut.rules] : [""]
    }
    return kept == known ? nil : kept
}

private let mostRules = 8
