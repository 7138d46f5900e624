import Terraform
import Testing

@Suite("Secrets in texts and in the environment")
struct RedactionTests {
    @Test func `values go, in each of their forms`() {
        let redact = Redaction(["hunter2-hunter2", "hunter2", "two\nlines of it", #"quo"te"#, "abc"])
        #expect(redact("a hunter2-hunter2 b hunter2 c") == "a (secret) b (secret) c")
        #expect(redact("│ lines of it\n") == "│ (secret)\n")
        #expect(redact(#"{"x":"quo\"te"}"#) == #"{"x":"(secret)"}"#)
        #expect(redact("abc") == "abc")
    }

    @Test func `secrets are one variable, and the caller's own defaults that would change the stack are taken out`() {
        let environment = TerraformEnvironment(
            secrets: ["b": "2", "a": "x\"y"], hidden: ["TF_VAR_api_token": "t"], open: ["TF_VAR_endpoint": "e"],
            reattachedProviders: "{}")
        let changes = environment.changes
        #expect(changes["TF_VAR_secrets"] == #"{"a":"x\"y","b":"2"}"#)
        #expect(changes["TF_IN_AUTOMATION"] == "1")
        #expect(changes["CHECKPOINT_DISABLE"] == "1")
        #expect(changes["TF_VAR_api_token"] == "t")
        #expect(changes["TF_REATTACH_PROVIDERS"] == "{}")
        #expect(changes.keys.contains("TF_DATA_DIR") && changes["TF_DATA_DIR"] == .some(nil))
        // Whichever was selected by hand.
        #expect(changes["TF_WORKSPACE"] == "default")
        #expect(!changes.keys.contains("HOME"))
    }

    @Test func `what looks like a template of Terraform's in a secret is none`() {
        let changes = TerraformEnvironment(secrets: ["a": "x${y}%{z}$"]).changes
        #expect(changes["TF_VAR_secrets"] == #"{"a":"x\u0024{y}\u0025{z}\u0024"}"#)
    }

    @Test func `whom the provider speaks to and trusts is not taken from the caller`() {
        let caller = ["HOME", "PROXMOX_VE_INSECURE", "PROXMOX_VE_ENDPOINT", "TF_CLI_ARGS_plan", "SSL_CERT_DIR"]
        let changes = TerraformEnvironment(open: ["SSL_CERT_FILE": "/x"]).changes(ofCaller: caller)
        for name in ["PROXMOX_VE_INSECURE", "PROXMOX_VE_ENDPOINT", "TF_CLI_ARGS_plan", "TF_VAR_insecure"] {
            #expect(changes[name] == .some(nil))
        }
        #expect(!changes.keys.contains("HOME") && !changes.keys.contains("SSL_CERT_DIR"))
        #expect(changes["SSL_CERT_FILE"] == "/x")
    }
}
