extension Schema {
    static let lanes = """
        -- Who works on a cluster, so that Plumbs side by side keep its limits together. A row goes with its batch, or
        -- with its process where it has none.
        CREATE TABLE lanes (
            id TEXT NOT NULL,
            lane TEXT NOT NULL,        -- cluster, node/NAME, template/VMID, storage/NAME
            cluster_key TEXT NOT NULL,
            slots INTEGER NOT NULL,
            batch TEXT REFERENCES batches (id) ON DELETE CASCADE,
            pid INTEGER NOT NULL,
            start_ticks INTEGER NOT NULL,
            boot_id TEXT NOT NULL,
            taken_at INTEGER NOT NULL,
            PRIMARY KEY (id, lane)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX lanes_cluster ON lanes (cluster_key);
        """

    static let setbacks = """
        -- Steps that failed the last time. Gone when the step is done.
        CREATE TABLE setbacks (
            step TEXT PRIMARY KEY NOT NULL,
            facts TEXT NOT NULL,
            failures INTEGER NOT NULL,
            at INTEGER NOT NULL,
            until INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        """

    static let health = """
        -- Clusters whose last look failed. Gone when one succeeds.
        CREATE TABLE health (
            cluster_key TEXT PRIMARY KEY NOT NULL,
            cluster TEXT NOT NULL,
            failures INTEGER NOT NULL,
            since INTEGER NOT NULL,
            next_look INTEGER NOT NULL,
            reason TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        """
}
