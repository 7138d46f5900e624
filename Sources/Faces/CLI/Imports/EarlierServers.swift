import EarlierSystems
import Foundation
import Loading
import Model
import Terraform

/// Servers of an earlier system beside the guests that they are now. The guest says what it is; the earlier file says
/// what for, and where the two disagree the document says so in a comment.
struct EarlierServers: Sendable {
    /// Documents, roles first.
    private(set) var roles: [WrittenDocument] = []
    private(set) var servers: [WrittenDocument] = []
    private(set) var leftOut: [FoundGuests.LeftOut] = []
    /// Those whose documents an earlier import wrote, and that nobody has taken over yet.
    private(set) var standing: [ServerName] = []
    private(set) var secrets: EarlierSecrets

    /// - Parameters:
    ///   - places: where the earlier state has each server, by the earlier name; empty without a state.
    ///   - file: the one that is to be written; nil: none is.
    init(
        _ earlier: [EarlierServer], places: [String: StateResource], in session: Session, cluster: ClusterName,
        into file: String?, secrets: EarlierSecrets
    ) async throws {
        self.secrets = secrets
        let names = Set(earlier.map { ServerName($0.name) })
        let numbers = Set(earlier.compactMap { places[$0.key]?.vmid ?? $0.vmid.map { VMID($0) } })
        let found = try await FoundGuests.look(in: session, clusters: [cluster], into: file) { guest in
            names.contains(ServerName(guest.name)) || numbers.contains(guest.vmid)
        }
        leftOut = found.leftOut
        standing = found.standing.map(\.server)
        let refused = Set(found.leftOut.map(\.subject))
        let namesakes = Dictionary(grouping: earlier.map(\.name), by: { ServerName($0) })
        for server in earlier {
            if let same = namesakes[ServerName(server.name)], same.count > 1 {
                let other = same.first { $0 != server.name } ?? server.name
                leave(server, Sentence("import.serverTwice", server.name, other))
                continue
            }
            let vmid = places[server.key]?.vmid ?? server.vmid.map { VMID($0) }
            let guest =
                found.guests.first { $0.listed.vmid == vmid }
                ?? (vmid == nil ? found.guests.first { ServerName($0.listed.name) == ServerName(server.name) } : nil)
            guard let guest else {
                let isStanding = found.standing.contains { one in
                    one.server == ServerName(server.name) && vmid.map { $0 == one.vmid } ?? true
                }
                if isStanding { continue }
                if let vmid, let name = found.names[cluster]?[vmid] {
                    // The guest has a line of its own; a server of another name has none yet.
                    if ServerName(name) != ServerName(server.name) {
                        leave(server, Sentence("import.otherGuest", server.name, vmid.description, name))
                        continue
                    }
                    let isDeclared = found.standing.contains { $0.vmid == vmid }
                    if isDeclared || refused.contains("Guest/\(cluster)/\(vmid)") { continue }
                }
                if vmid == nil, found.leftOutNames.contains(ServerName(server.name)) { continue }
                leave(server, Sentence("import.notRunning", server.name, cluster.text))
                continue
            }
            guard ServerName(guest.listed.name) == ServerName(server.name) else {
                leave(
                    server,
                    Sentence("import.otherGuest", server.name, guest.listed.vmid.description, guest.listed.name))
                continue
            }
            take(server, guest, declared: session.desired)
        }
    }

    private mutating func leave(_ server: EarlierServer, _ sentence: Sentence) {
        leftOut.append(.init(subject: "Server/\(server.name)", sentence: sentence))
    }

    private mutating func take(_ earlier: EarlierServer, _ guest: FoundGuests.Guest, declared: Desired) {
        var role: RoleName?
        if let name = earlier.role, ObjectNaming.isName(name) { role = RoleName(name) }
        if let role, !declared.roles.contains(where: { $0.name == role }),
            !roles.contains(where: { RoleName($0.name) == role })
        {
            var written = Role(name: role)
            written.description = "from the earlier system"
            roles.append(WrittenDocument(written))
        }
        let takesAccount = guest.takesAccount
        let password = takesAccount ? secrets.keep(earlier.password, of: ObjectName(.server, earlier.name)) : nil
        let user = takesAccount ? guest.detail.account?.user ?? earlier.user : nil
        servers.append(
            guest.document { server, comments in
                if let role { server.roles = [role] }
                if user != nil || password != nil {
                    var account = Server.CloudInit()
                    account.user = user
                    account.password = password
                    server.cloudInit = account
                }
                if let named = earlier.user, named != user {
                    let left = earlier.password == nil || takesAccount ? "" : ", with a password that stays there"
                    comments.append("The earlier file said the account \(named)\(left).")
                }
                comments += earlier.remarks(beside: server, role)
            })
    }
}

extension FoundGuests {
    /// Names of guests that were left out, which the sentences on them hold in the second place.
    fileprivate var leftOutNames: Set<ServerName> {
        Set(leftOut.compactMap { $0.sentence.arguments.count > 1 ? ServerName($0.sentence.arguments[1]) : nil })
    }
}

extension FoundGuests.Guest {
    /// Whether an account can be said of it: a VM without a cloud-init drive, which shows in addresses and name servers,
    /// is given none, and a document that says one would ask for a rebuild for ever.
    fileprivate var takesAccount: Bool {
        let settings = detail.settings
        return listed.type == .container || settings.dns != nil || settings.networks.contains { $0.address != nil }
    }
}

extension EarlierServer {
    /// Where the earlier file says something else than what is, and what has no word here.
    fileprivate func remarks(beside server: Server, _ role: RoleName?) -> [String] {
        var remarks: [String] = []
        func compare(_ what: String, _ earlier: Int?, _ now: Int) {
            if let earlier, earlier != now { remarks.append("The earlier file said \(what) \(earlier).") }
        }
        compare("cores", cores, server.cores * server.sockets)
        compare("memory (MiB)", memory, server.memory.mebibytes)
        for (index, size) in diskSizes.enumerated() where index < server.disks.count {
            compare("disk \(index) (GiB)", size, server.disks[index].size.gibibytes)
        }
        let known = server.networks.compactMap(\.address).map { $0.prefix { $0 != "/" } }
        let lost = addresses.filter { address in !known.contains(address.prefix { $0 != "/" }) && address != "dhcp" }
        if !lost.isEmpty { remarks.append("The earlier file gave it the address \(lost.joined(separator: ", ")).") }
        if let template { remarks.append("It was made from template \(template).") }
        if let osType { remarks.append("Its system was called \(osType).") }
        if let earlier = self.role, role == nil { remarks.append("Its role was called \(earlier).") }
        if isProtected {
            remarks.append("The earlier system protected it while it ran; `protect: true` sets Proxmox's protection.")
        }
        return remarks
    }
}
