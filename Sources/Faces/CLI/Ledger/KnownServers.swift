import Foundation
import Loading
import Model
import Registry
import Terraform

/// The servers that Plumb's own files know, whatever is declared.
enum KnownServers {
    /// Those of the registry, and those of the stacks' states; a state that cannot be read adds none.
    ///
    /// - Parameter registry: the path of a copy to ask instead.
    /// - Throws: where there is a registry and it cannot be read.
    static func names(in place: Workplace, registry: String? = nil) async throws(RegistryFailure) -> Set<ServerName> {
        let path = registry ?? Composition.registryPath(of: place)
        var names: Set<ServerName> = []
        if FileManager.default.fileExists(atPath: path) {
            names.formUnion(try await LookedAtRegistry.glance(at: path).servers.map(\.name))
        }
        for stack in StackDirectory.all(below: Composition.stacksPath(of: place)) {
            // Whose stack it is makes no difference here.
            let look = try? stack.observe(StackID(cluster: "", name: ""))
            names.formUnion(look?.state.value?.resources.map(\.server) ?? [])
        }
        return names
    }

    /// Those of them that the configuration does not declare, where it can be read.
    static func undeclared(in place: Workplace) async throws -> Set<ServerName> {
        let names: Set<ServerName>
        do throws(RegistryFailure) {
            names = try await self.names(in: place)
        } catch {
            throw CommandFailure(error.sentence)
        }
        // A directory that is not there declares nothing.
        let declared = (try? LoadedPlace(place))?.configuration.desired.servers.map(\.name) ?? []
        return names.subtracting(declared)
    }
}
