/// Who brought about what is declared, as one look at the configuration's directory showed it.
package struct Askers: Hashable, Sendable {
    /// Those for whom something speaks: commits, or that they own a file. All names that each of them goes by, in lower
    /// case.
    package var people: [String]
    /// Who planned what nobody committed, in lower case. Whoever does so first stands for it; later ones only look.
    package var planner: String?
    /// The commit that their work ends at; nil outside of version control, or with changes that nobody committed.
    package var commit: String?
    package var knowledge: Knowledge

    package init(people: [String], planner: String? = nil, commit: String? = nil, knowledge: Knowledge) {
        self.people = people
        self.planner = planner
        self.commit = commit
        self.knowledge = knowledge
    }

    /// What says that there is nobody else.
    package enum Knowledge: Hashable, Sendable {
        /// The commits do: nothing differs from them.
        case authors
        /// Files that differ from them have owners, or a person planned and stands for them.
        case witnesses
        /// Nothing does: a daemon planned what nobody committed, git could not be asked, or does not have the commits.
        case none
    }
}
