import Model

@testable import Simulation

enum RandomRequests {
    /// Requests of every sort, with their moments, drawn from a seed.
    static func some(_ count: Int = 400, seed: UInt64) -> [(APIRequest, Timestamp)] {
        var random = SeededRandom(seed: seed)
        var now = Timestamp(seconds: 1_790_000_000)
        return (0..<count).map { _ in
            now = now + .milliseconds(Int64(random.next() % 5000))
            let vmid = 100 + Int(random.next() % 12)
            let node = "pve\(random.next() % 3 + 1)"
            let guest = "/nodes/\(node)/qemu/\(vmid)"
            let request: APIRequest =
                switch random.next() % 12 {
                case 0, 1:
                    APIRequest(.post, "/nodes/pve1/qemu/9000/clone", ["newid": "\(vmid)", "name": "web-\(vmid)"])
                case 2:
                    APIRequest(.post, "/nodes/\(node)/qemu", ["vmid": "\(vmid)", "scsi0": "ceph:4", "net0": "virtio"])
                case 3: APIRequest(.put, guest + "/config", ["cores": "\(random.next() % 9)", "net1": "e1000"])
                case 4: APIRequest(.post, guest + "/status/start")
                case 5: APIRequest(.post, guest + "/status/stop")
                case 6: APIRequest(.delete, guest, ["purge": "1"])
                case 7: APIRequest(.post, guest + "/migrate", ["target": "pve\(random.next() % 3 + 1)"])
                case 8: APIRequest(.put, guest + "/resize", ["disk": "scsi0", "size": "+\(random.next() % 4)G"])
                case 9: APIRequest(.put, guest + "/config", ["delete": "net1", "scsi1": "nowhere:2", "net2": "virtio"])
                case 10: APIRequest(.put, "/simulation/nodes/\(node)", ["online": "\(random.next() % 3 == 0 ? 0 : 1)"])
                default: APIRequest(.get, "/cluster/resources")
                }
            return (request, now)
        }
    }
}
