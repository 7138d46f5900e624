import JSONArena
import Processes

/// What Terraform gets beside the caller's own environment, which is passed on: `HOME`, proxies,
/// `TF_CLI_CONFIG_FILE`, `TF_PLUGIN_CACHE_DIR`. Whom the provider speaks to and whom it trusts is never the caller's:
/// a `PROXMOX_VE_INSECURE` of some shell would undo what the cluster says. It is never written to disk.
package struct TerraformEnvironment: Sendable {
    /// The variable `secrets` of the root module: passwords by the keys that tfvars name.
    package var secrets: [String: String]
    /// Variables whose values are secret too, such as `TF_VAR_api_token`.
    package var hidden: [String: String]
    /// Other variables, such as `TF_VAR_endpoint`.
    package var open: [String: String]
    /// `TF_REATTACH_PROVIDERS`: providers that already run; `init` then does not install them.
    package var reattachedProviders: String?

    package init(
        secrets: [String: String] = [:], hidden: [String: String] = [:], open: [String: String] = [:],
        reattachedProviders: String? = nil
    ) {
        self.secrets = secrets
        self.hidden = hidden
        self.open = open
        self.reattachedProviders = reattachedProviders
    }

    /// The changes to the caller's environment. An operator's private defaults are taken out where they would change
    /// which state is worked on, or with which arguments.
    package var changes: [String: String?] { changes(ofCaller: Program.environmentNames) }

    /// - Parameter names: the variables that the caller has.
    package func changes(ofCaller names: some Sequence<String>) -> [String: String?] {
        var changes: [String: String?] = [:]
        for name in names where ["TF_CLI_ARGS", "PROXMOX_VE_"].contains(where: { name.hasPrefix($0) }) {
            changes.updateValue(nil, forKey: name)
        }
        for name in [
            "TF_DATA_DIR", "TF_INPUT", "TF_VAR_servers", "TF_VAR_secrets", "TF_VAR_endpoint",
            "TF_VAR_api_token", "TF_VAR_insecure", "TF_REATTACH_PROVIDERS",
        ] {
            changes.updateValue(nil, forKey: name)
        }
        // One that was selected by hand is another state.
        changes["TF_WORKSPACE"] = "default"
        changes["TF_IN_AUTOMATION"] = "1"
        changes["CHECKPOINT_DISABLE"] = "1"
        if !secrets.isEmpty {
            let members = secrets.map { JSONValue.Member($0.key, .string($0.value)) }
            // Terraform reads it as an expression, in whose quotes `${` and `%{` would begin another.
            changes["TF_VAR_secrets"] = JSONValue.object(members).sorted.text()
                .replacing("$", with: #"\u0024"#).replacing("%", with: #"\u0025"#)
        }
        if let reattachedProviders { changes["TF_REATTACH_PROVIDERS"] = reattachedProviders }
        for (name, value) in open { changes[name] = value }
        for (name, value) in hidden { changes[name] = value }
        return changes
    }

    /// What must appear in no text.
    package var redaction: Redaction { Redaction(Array(secrets.values) + Array(hidden.values)) }
}

/// Takes the values of secrets out of a text.
package struct Redaction: Sendable {
    /// What stands in their place.
    package static let mask = "(secret)"

    private let values: [String]

    /// Values below four characters are left alone: taking out every "a" would only show where they are.
    package init(_ values: [String]) {
        var forms: Set<String> = []
        for value in values {
            // A secret of several lines is printed line by line inside a frame, and quoted inside JSON.
            for form in [value, String(JSONValue.string(value).text().dropFirst().dropLast())]
                + value.split(separator: "\n").map(String.init)
            where form.count >= 4 {
                forms.insert(form)
            }
        }
        // A value that holds another one goes first.
        self.values = forms.sorted { ($1.count, $0) < ($0.count, $1) }
    }

    package func callAsFunction(_ text: String) -> String {
        values.reduce(text) { $0.replacing($1, with: Self.mask) }
    }

    package func callAsFunction(_ diagnostic: TerraformDiagnostic) -> TerraformDiagnostic {
        var diagnostic = diagnostic
        diagnostic.summary = self(diagnostic.summary)
        diagnostic.detail = self(diagnostic.detail)
        return diagnostic
    }
}
