import GRDB

/// The tables. A migration that has shipped is never edited; a change is a new one below it.
///
/// Columns that end in `_key` hold a name in lower case, which is how names are compared; the name as it was written
/// is beside them. Moments are milliseconds since 1970. What is only ever read whole is JSON.
enum Schema {
    /// `PRAGMA application_id`: "PLMB", so that another program's file is never taken for a registry.
    static let applicationID: Int32 = 0x504C_4D42

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("v1") { connection in
            try connection.execute(sql: "PRAGMA application_id = \(applicationID)")
            try connection.execute(sql: fleet)
            try connection.execute(sql: plans)
            try connection.execute(sql: runs)
            var generator = SystemRandomNumberGenerator()
            let seed = String(generator.next() as UInt64, radix: 16)
            try connection.execute(
                sql: "INSERT INTO meta (key, value) VALUES (?, ?)", arguments: [MetaKey.markSeed.rawValue, seed])
        }
        migrator.registerMigration("v2") { connection in
            // As JSON; NULL in the rows of before, whose labels nobody wrote down.
            try connection.execute(sql: "ALTER TABLE servers ADD COLUMN labels TEXT")
        }
        migrator.registerMigration("v3-depends-on") { connection in
            // Names, one a line; NULL: none.
            try connection.execute(sql: "ALTER TABLE servers ADD COLUMN depends_on TEXT")
        }
        migrator.registerMigration("v3-askers") { connection in
            try connection.execute(sql: askers)
        }
        migrator.registerMigration("v4-states") { connection in
            try connection.execute(sql: states)
        }
        migrator.registerMigration("v4-policies") { connection in
            // As JSON; NULL: none had a word on the server's end.
            try connection.execute(sql: "ALTER TABLE servers ADD COLUMN policies TEXT")
        }
        migrator.registerMigration("v4-lanes") { try $0.execute(sql: lanes) }
        migrator.registerMigration("v4-setbacks") { try $0.execute(sql: setbacks) }
        migrator.registerMigration("v4-health") { try $0.execute(sql: health) }
        migrator.registerMigration("v5-former-addresses") { connection in
            // As JSON; NULL: none.
            try connection.execute(sql: "ALTER TABLE servers ADD COLUMN former_addresses TEXT")
        }
        migrator.registerMigration("v6-owed-starts") { connection in
            // Since when a start is owed, and the node on which the guest ran then; no node: it is settled.
            try connection.execute(
                sql: """
                    ALTER TABLE servers ADD COLUMN start_owed_at INTEGER;
                    ALTER TABLE servers ADD COLUMN start_owed_on TEXT;
                    """)
        }
        migrator.registerMigration("v7-unknown-askers") { connection in
            // Whether somebody may have asked for the step whom nothing names.
            try connection.execute(sql: "ALTER TABLE askers ADD COLUMN is_unknown INTEGER NOT NULL DEFAULT 0")
        }
        migrator.registerMigration("v8-rejected-steps") { try $0.execute(sql: rejectedSteps) }
        migrator.registerMigration("v9-backups") { connection in
            // The volume to which a rebuild backed its guest up; NULL: none.
            try connection.execute(sql: "ALTER TABLE batches ADD COLUMN backup TEXT")
        }
        migrator.registerMigration("v9-noes") { try $0.execute(sql: noes) }
        migrator.registerMigration("v10-failed-rebuilds") { connection in
            // Looked at by every plan, past the steps of thousands of runs.
            try connection.execute(
                sql: """
                    CREATE INDEX run_steps_failed_rebuilds ON run_steps (run) WHERE verb = 'rebuild' AND ended = 'failed'
                    """)
        }
        migrator.registerMigration("v11-former-names") { connection in
            // Names, one a line, latest last; NULL: none.
            try connection.execute(sql: "ALTER TABLE servers ADD COLUMN former_names TEXT")
        }
        migrator.registerMigration("v12-births") { connection in
            // What the guest with that mark was born with, as JSON; NULL: not known.
            try connection.execute(sql: "ALTER TABLE births ADD COLUMN birth TEXT")
        }
        migrator.registerMigration("v13-differences") { connection in
            // What differs of the guest, with the moment by which it had been seen first, as JSON; NULL: not known.
            try connection.execute(sql: "ALTER TABLE comparisons ADD COLUMN differences TEXT")
        }
        return migrator
    }

    private static let rejectedSteps = """
        -- What somebody said no to; gone when the no is taken back.
        CREATE TABLE rejected_steps (
            plan TEXT NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
            step TEXT NOT NULL,
            facts TEXT NOT NULL,
            PRIMARY KEY (plan, step)
        ) STRICT, WITHOUT ROWID;

        -- Looked at by every plan, past the bytes of thousands.
        CREATE INDEX plans_rejected ON plans (status_at, id, status_by) WHERE status = 'rejected';
        """

    private static let noes = """
        -- Whether the step was refused for itself, in whichever plan it stands. Of the rows of before its name says it.
        ALTER TABLE rejected_steps ADD COLUMN by_itself INTEGER NOT NULL DEFAULT 0;
        UPDATE rejected_steps SET by_itself = 1
            WHERE substr(step, 1, instr(step, ' ') - 1) IN ('recreate', 'destroy', 'stop', 'restart', 'rebuild');

        -- How often a no was given or taken back, by whichever statement: a run looks at it before each act.
        INSERT INTO meta (key, value) VALUES ('noes', '0');
        CREATE TRIGGER noes_of_plans AFTER UPDATE OF status, status_at, status_by ON plans
            WHEN 'rejected' IN (old.status, new.status) BEGIN
            UPDATE meta SET value = CAST(value + 1 AS TEXT) WHERE key = 'noes';
        END;
        CREATE TRIGGER noes_of_plans_gone AFTER DELETE ON plans WHEN old.status = 'rejected' BEGIN
            UPDATE meta SET value = CAST(value + 1 AS TEXT) WHERE key = 'noes';
        END;
        CREATE TRIGGER noes_of_steps AFTER INSERT ON rejected_steps BEGIN
            UPDATE meta SET value = CAST(value + 1 AS TEXT) WHERE key = 'noes';
        END;
        CREATE TRIGGER noes_of_steps_gone AFTER DELETE ON rejected_steps BEGIN
            UPDATE meta SET value = CAST(value + 1 AS TEXT) WHERE key = 'noes';
        END;
        """

    private static let states = """
        -- Which state was last seen in each stack.
        CREATE TABLE states (
            cluster_key TEXT NOT NULL,
            stack TEXT NOT NULL,
            cluster TEXT NOT NULL,
            lineage TEXT NOT NULL,
            serial INTEGER NOT NULL,
            PRIMARY KEY (cluster_key, stack)
        ) STRICT, WITHOUT ROWID;

        -- Whether a state was seen to hold it; of the rows of before the next pass finds out.
        ALTER TABLE servers ADD COLUMN was_in_state INTEGER NOT NULL DEFAULT 0;
        """

    private static let askers = """
        -- Who asked for a step that waits: authors of the commits that brought it about. Gone when it is done.
        CREATE TABLE askers (
            step TEXT PRIMARY KEY NOT NULL,
            facts TEXT NOT NULL,
            people TEXT NOT NULL       -- names in lower case, one a line
        ) STRICT, WITHOUT ROWID;

        CREATE INDEX batches_opened ON batches (opened_at);
        """

    private static let fleet = """
        CREATE TABLE meta (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

        CREATE TABLE servers (
            key TEXT PRIMARY KEY NOT NULL,
            name TEXT NOT NULL,
            cluster TEXT NOT NULL,
            stack TEXT NOT NULL,
            display_name TEXT,
            type TEXT NOT NULL,
            vmid INTEGER NOT NULL,
            node TEXT NOT NULL,
            mark TEXT,
            manage TEXT NOT NULL,
            on_remove TEXT NOT NULL,
            protect INTEGER NOT NULL,
            roles TEXT NOT NULL,       -- names, one a line
            addresses TEXT NOT NULL,   -- CIDR, one a line
            was_started INTEGER NOT NULL,
            absences TEXT NOT NULL,    -- moments, one a line, ascending
            recorded_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        -- Outlives the server: no two lives of one name bear one mark.
        CREATE TABLE births (
            server_key TEXT PRIMARY KEY NOT NULL,
            server TEXT NOT NULL,
            count INTEGER NOT NULL,
            last_mark TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE objects (
            kind TEXT NOT NULL,
            key TEXT NOT NULL,
            displayed_name TEXT NOT NULL,
            fields TEXT NOT NULL,
            recorded_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            PRIMARY KEY (kind, key)
        ) STRICT, WITHOUT ROWID;

        -- The target can be a server or a cluster, which are not rows of objects, so it is no foreign key.
        CREATE TABLE object_references (
            kind TEXT NOT NULL,
            key TEXT NOT NULL,
            target_kind TEXT NOT NULL,
            target_key TEXT NOT NULL,
            PRIMARY KEY (kind, key, target_kind, target_key),
            FOREIGN KEY (kind, key) REFERENCES objects (kind, key) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX object_references_target ON object_references (target_kind, target_key);

        CREATE TABLE leases (
            cluster_key TEXT NOT NULL,
            vmid INTEGER NOT NULL,
            cluster TEXT NOT NULL,
            server_key TEXT NOT NULL,
            server TEXT NOT NULL,
            taken_at INTEGER NOT NULL,
            PRIMARY KEY (cluster_key, vmid)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE inventories (
            cluster_key TEXT PRIMARY KEY NOT NULL,
            cluster TEXT NOT NULL,
            read_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE comparisons (
            server_key TEXT PRIMARY KEY NOT NULL,
            server TEXT NOT NULL,
            clean_at INTEGER,
            drifting_since INTEGER
        ) STRICT, WITHOUT ROWID;
        """

    private static let plans = """
        CREATE TABLE plans (
            id TEXT PRIMARY KEY NOT NULL,
            bytes BLOB NOT NULL,
            made_from TEXT,            -- a commit
            created_at INTEGER NOT NULL,
            created_by TEXT NOT NULL,
            status TEXT NOT NULL,
            status_at INTEGER NOT NULL,
            status_by TEXT NOT NULL
        ) STRICT;
        CREATE INDEX plans_created ON plans (created_at, id);

        -- Ended: taken back, or the plan was applied. A step also ends when it is carried out.
        CREATE TABLE approvals (
            plan TEXT NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
            by TEXT NOT NULL,
            at INTEGER NOT NULL,
            ended_at INTEGER,
            PRIMARY KEY (plan, by)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE approved_steps (
            plan TEXT NOT NULL,
            by TEXT NOT NULL,
            step TEXT NOT NULL,
            facts TEXT NOT NULL,
            ended_at INTEGER,
            PRIMARY KEY (plan, by, step),
            FOREIGN KEY (plan, by) REFERENCES approvals (plan, by) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX approved_steps_open ON approved_steps (step) WHERE ended_at IS NULL;
        """

    private static let runs = """
        CREATE TABLE runs (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT UNIQUE NOT NULL,
            command TEXT NOT NULL,
            who TEXT NOT NULL,
            made_from TEXT,
            plan TEXT REFERENCES plans (id) ON DELETE SET NULL,
            pid INTEGER NOT NULL,
            start_ticks INTEGER NOT NULL,
            boot_id TEXT NOT NULL,
            started_at INTEGER NOT NULL,
            finished_at INTEGER,
            status TEXT NOT NULL,
            exit_code INTEGER,
            done INTEGER NOT NULL DEFAULT 0,
            stale INTEGER NOT NULL DEFAULT 0,
            refused INTEGER NOT NULL DEFAULT 0,
            failed INTEGER NOT NULL DEFAULT 0,
            skipped INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE INDEX runs_started ON runs (started_at, number);
        CREATE INDEX runs_unfinished ON runs (number) WHERE finished_at IS NULL;

        CREATE TABLE run_steps (
            run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
            step TEXT NOT NULL,
            position INTEGER NOT NULL,
            verb TEXT NOT NULL,
            subject_key TEXT NOT NULL,
            subject TEXT NOT NULL,
            ended TEXT NOT NULL,       -- done, stale, refused, failed, skipped
            outcome TEXT NOT NULL,
            changes TEXT NOT NULL,
            started_at INTEGER NOT NULL,
            milliseconds INTEGER NOT NULL,
            PRIMARY KEY (run, step)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX run_steps_subject ON run_steps (subject_key, run);

        CREATE TABLE batches (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT UNIQUE NOT NULL,
            run TEXT NOT NULL REFERENCES runs (id),
            cluster TEXT NOT NULL,
            stack TEXT NOT NULL,
            verb TEXT NOT NULL,
            phase TEXT NOT NULL,
            phase_at INTEGER NOT NULL,
            opened_at INTEGER NOT NULL,
            closed_at INTEGER,
            tfvars_before TEXT NOT NULL,
            tfvars_after TEXT NOT NULL,
            pid INTEGER NOT NULL,
            start_ticks INTEGER NOT NULL,
            boot_id TEXT NOT NULL,
            child_pid INTEGER,
            child_start_ticks INTEGER,
            child_boot_id TEXT,
            events_file TEXT
        ) STRICT;
        CREATE INDEX batches_open ON batches (number) WHERE closed_at IS NULL;
        CREATE INDEX batches_run ON batches (run);

        CREATE TABLE batch_steps (
            batch TEXT NOT NULL REFERENCES batches (id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            step TEXT NOT NULL,
            server TEXT NOT NULL,
            previous TEXT,
            payload TEXT,
            outcome TEXT,
            PRIMARY KEY (batch, position),
            UNIQUE (batch, step)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE activity (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            key TEXT UNIQUE,
            at INTEGER NOT NULL,
            who TEXT NOT NULL,
            verb TEXT NOT NULL,
            kind TEXT NOT NULL,
            subject_key TEXT NOT NULL,
            subject TEXT NOT NULL,
            before TEXT,
            after TEXT,
            made_from TEXT,
            run TEXT REFERENCES runs (id) ON DELETE SET NULL,
            upid TEXT
        ) STRICT;
        CREATE INDEX activity_at ON activity (at, number);
        CREATE INDEX activity_subject ON activity (subject_key, at);
        """
}
