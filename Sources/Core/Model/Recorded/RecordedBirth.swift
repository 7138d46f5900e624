/// What a guest was born with that nothing changes in its life: where its entry is lost, or was never written, this says
/// from what it was made and which account it got. Its settings it says itself.
package struct RecordedBirth: Hashable, Sendable, Codable {
    package var template: ServerConfiguration.Template?
    package var templateFile: String?
    package var user: String?
    /// Key into `TF_VAR_secrets`.
    package var passwordSecret: String?
    package var sshKeys: [String]

    package init(_ birth: ServerConfiguration.Birth) {
        template = birth.template
        templateFile = birth.templateFile
        user = birth.user
        passwordSecret = birth.passwordSecret
        sshKeys = birth.sshKeys
    }
}

/// A server that was born just now, as the registry takes it in.
package struct BornServer: Sendable {
    package var record: RecordedServer
    package var birth: RecordedBirth

    package init(_ record: RecordedServer, _ birth: RecordedBirth) {
        self.record = record
        self.birth = birth
    }
}

extension ServerConfiguration.Birth {
    /// Becomes what is on record of the guest's birth; where it lives is left as it is.
    package mutating func take(_ recorded: RecordedBirth) {
        template = recorded.template
        templateFile = recorded.templateFile
        user = recorded.user
        passwordSecret = recorded.passwordSecret
        sshKeys = recorded.sshKeys
    }
}
