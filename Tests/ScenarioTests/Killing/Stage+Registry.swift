import GRDB

extension Stage {
    /// Puts another boot into every process that the registry has on record.
    func replaceInRegistry(_ boot: String, with other: String) throws {
        let registry = try DatabaseQueue(path: state + "/registry.sqlite")
        try registry.write { connection in
            for column in ["batches.boot_id", "batches.child_boot_id", "runs.boot_id"] {
                let parts = column.split(separator: ".")
                try connection.execute(
                    sql: "UPDATE \(parts[0]) SET \(parts[1]) = ? WHERE \(parts[1]) = ?", arguments: [other, boot])
            }
        }
        try registry.close()
    }
}
