import Model

/// Verbs that whoever comes from another tool types first, and what does the same here.
enum ForeignVerb {
    /// Those that have their like.
    static let likes: [String: String] = [
        "deploy": "apply", "sync": "apply", "reconcile": "apply", "up": "apply", "diff": "plan", "preview": "plan",
        "dry-run": "rehearse", "refresh": "drift", "show": "servers show", "list": "servers list", "ls": "servers list",
        "log": "history", "logs": "history", "lint": "validate", "check": "validate", "recreate": "rebuild",
        "replace": "rebuild", "taint": "rebuild", "watch": "daemon", "serve": "daemon",
    ]

    /// Those in whose place something is written.
    static let written: [String: SentenceCode] = [
        "adopt": "cli.verbAdopt", "enroll": "cli.verbAdopt", "enrol": "cli.verbAdopt",
        "destroy": "cli.verbDestroy", "delete": "cli.verbDestroy", "remove": "cli.verbDestroy", "rm": "cli.verbDestroy",
        "create": "cli.verbCreate", "add": "cli.verbCreate", "new": "cli.verbCreate", "clone": "cli.verbCreate",
        "rollback": "cli.verbRollback", "undo": "cli.verbRollback", "revert": "cli.verbRollback",
        "start": "cli.verbPower", "stop": "cli.verbPower", "shutdown": "cli.verbPower", "restart": "cli.verbPower",
        "reboot": "cli.verbPower",
        "unlock": "cli.verbUnlock", "force-unlock": "cli.verbUnlock",
    ]

    /// What is answered to a word that is no verb here; nil: it is none elsewhere either.
    static func answer(to word: String) -> Sentence? {
        let verb = word.lowercased()
        if let code = written[verb] { return Sentence(code, word) }
        return likes[verb].map { Sentence("cli.noSuchVerb", word, "plumb " + $0) }
    }
}
