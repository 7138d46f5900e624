/// What goes wrong while a server is restarted, another rebuilt and a third taken in.
extension FaultCase {
    static let ofTurnover = ofRestarts + ofRebuilds + ofAdoptions

    private static let shutdown = "POST /nodes/*/qemu/*/status/shutdown"
    private static let start = "POST /nodes/*/qemu/*/status/start"
    private static let power = "GET /nodes/*/qemu/*/status/current"
    private static let ofRestarts = [
        FaultCase(.apply, "the answer to the shutdown is lost", on: shutdown, "guest=web-1 effect=loseAnswer times=1"),
        FaultCase(
            .apply, "the shutdown is refused with 500", on: shutdown,
            "guest=web-1 effect=error \"text=unexpected status\" times=1"),
        FaultCase(
            .apply, "the guest does not follow the shutdown", on: shutdown,
            "guest=web-1 effect=failTask \"text=VM quit/powerdown failed - got timeout\" times=1"),
        FaultCase(.apply, "the answer to the start is lost", on: start, "guest=web-1 effect=loseAnswer times=1"),
        FaultCase(
            .apply, "the task of the start ends in an error", on: start,
            "guest=web-1 effect=failTask \"text=start failed\" times=1"),
        FaultCase(
            .apply, "a lock on the start, for a while",
            patience + [busy("on=\(start)", "guest=web-1 times=1", lock: 100)]),
        FaultCase(
            .apply, "whether it runs is refused with 500", on: power,
            "guest=web-1 effect=error \"text=unexpected status\""),
        FaultCase(
            .apply, "595 once it is down",
            [fault(start, "guest=web-1 effect=error status=595 \"text=No route to host\"")]),
    ]

    private static let backup = "POST /nodes/*/vzdump"
    private static let deletion = "DELETE /nodes/*/qemu/*"
    private static let clone = "POST /nodes/*/qemu/*/clone"
    private static let listing = "GET /cluster/resources"
    private static let ofRebuilds = [
        FaultCase(.apply, "the answer to the backup is lost", on: backup, "effect=loseAnswer times=1"),
        FaultCase(
            .apply, "the task of the backup ends in an error", on: backup,
            "effect=failTask \"text=no space left\" times=1"),
        FaultCase(.apply, "the answer to the deletion is lost", on: deletion, "effect=loseAnswer times=1"),
        FaultCase(
            .apply, "the task of the deletion ends in an error", on: deletion,
            "effect=failTask \"text=storage is busy\" times=1"),
        FaultCase(
            .apply, "the listing became empty with the deletion",
            [fault(listing, "\"after=\(deletion)\" effect=emptyList")]),
        FaultCase(.apply, "the answer to the clone is lost", on: clone, "effect=loseAnswer times=1"),
        FaultCase(
            .apply, "the task of the clone ends in an error", on: clone,
            "effect=failTask \"text=no space left\" times=1"),
        FaultCase(.apply, "a foreign guest takes the VMID", on: clone, "effect=rival times=1"),
        FaultCase(.apply, "a clone hangs until it is cut", on: clone, "effect=hang milliseconds=200 times=1"),
        FaultCase(
            .apply, "the task of the new guest's start ends in an error", on: start,
            "guest=web-2 effect=failTask \"text=start failed\" times=1"),
    ]

    private static let change = "PUT /nodes/*/qemu/500/config"
    private static let read = "GET /nodes/*/qemu/500/config"
    private static let ofAdoptions = [
        FaultCase(.plan, "every answer with the guest's configuration is lost", on: read, "effect=loseAnswer"),
        FaultCase(.plan, "the guest's configuration has half a body", on: read, "effect=truncate"),
        FaultCase(.apply, "the answer to the mark is lost", on: change, "effect=loseAnswer times=1"),
        FaultCase(
            .apply, "the mark is refused with 500", on: change, "effect=error \"text=unexpected status\" times=1"),
        FaultCase(.apply, "a lock on the mark", patience + [busy("on=\(change)", "", lock: 500)]),
    ]
}
