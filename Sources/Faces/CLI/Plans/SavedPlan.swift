import Foundation
import JSONArena
import Model

/// The file of `plan --out`: it names a plan that the registry keeps. The steps are read from there, so that nobody
/// can change what was shown by changing the file.
struct SavedPlan: Sendable, Hashable {
    var id: PlanID

    init(_ id: PlanID) { self.id = id }

    /// Reads such a file.
    ///
    /// - Returns: nil where there is no file of that name: then the text may be a plan's id.
    init?(readingFile path: String) throws(CommandFailure) {
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        guard data.count < 65_536, let document = try? JSONDocument(parsing: Array(data)),
            let plan = document.root["plan"]?.string, plan.count == 64
        else { throw CommandFailure(Sentence("cli.noPlanFile", path)) }
        id = PlanID(rawValue: plan)
    }

    /// A plan below the configuration that is named like a document would be read as one, a broken one, and would stop
    /// every removal.
    static func refuseDocument(at path: String, in configuration: String) throws(CommandFailure) {
        let file = URL(filePath: path).standardizedFileURL
        guard ["yaml", "yml"].contains(file.pathExtension), file.path.hasPrefix(configuration + "/") else { return }
        throw CommandFailure(Sentence("cli.planAsDocument", path))
    }

    /// - Throws: where there is something at that path that is no saved plan.
    static func refuseOther(at path: String) throws(CommandFailure) {
        let type = (try? FileManager.default.attributesOfItem(atPath: path))?[.type] as? FileAttributeType
        guard let type else { return }
        if type == .typeRegular || type == .typeSymbolicLink {
            guard FileManager.default.fileExists(atPath: path) else { return }
            if (try? SavedPlan(readingFile: path)) != nil { return }
        }
        throw CommandFailure(Sentence("cli.notAPlanFile", path))
    }

    /// Writes it for its owner alone, in the place of an earlier one of its kind: a slip of the hand must not cost a
    /// file of the configuration.
    func write(to path: String) throws(CommandFailure) {
        try Self.refuseOther(at: path)
        let value: JSONValue = ["formatVersion": 1, "plan": .string(id.rawValue)]
        try OwnersFile.put(value.bytes(indent: 2) + [UInt8(ascii: "\n")], at: path)
    }
}
