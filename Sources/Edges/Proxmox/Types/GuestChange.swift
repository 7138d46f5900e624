/// What Plumb itself changes in a guest's configuration: only what has no effect on how it runs.
package struct GuestChange: Hashable, Sendable {
    /// The whole set; nil leaves it as it is, an empty array removes it.
    package var tags: [String]?
    /// nil leaves it as it is, an empty text removes it.
    package var description: String?
    package var protection: Bool?
    /// The digest of the configuration that the change was made for; Proxmox refuses it when that moved.
    package var digest: String?

    package init(
        tags: [String]? = nil, description: String? = nil, protection: Bool? = nil, digest: String? = nil
    ) {
        self.tags = tags
        self.description = description
        self.protection = protection
        self.digest = digest
    }

    var parameters: Parameters {
        var parameters: Parameters = ["protection": protection, "digest": digest]
        var removed: [String] = []
        // Proxmox takes no empty value: what should go is named in `delete`.
        if let tags {
            if tags.isEmpty { removed.append("tags") } else { parameters["tags"] = tags.joined(separator: ";") }
        }
        if let description {
            if description.isEmpty { removed.append("description") } else { parameters["description"] = description }
        }
        if !removed.isEmpty { parameters["delete"] = removed.joined(separator: ",") }
        return parameters
    }
}
