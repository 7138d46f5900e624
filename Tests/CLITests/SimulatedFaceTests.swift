import JSONArena
import Model
import Testing

@testable import CLI

@Suite("Where a simulated cluster answers")
struct SimulatedFaceTests {
    private let face = SimulatedFace(
        cluster: "lab", endpoint: "https://127.0.0.1:4711", certificateFile: "/state/certificate.pem",
        tokens: ["alice@pve!cli=secret"])

    @Test("It is shown with its tokens and a call that can be pasted into a shell")
    func ready() {
        let text = SimulatedFaceView(face: face).text(in: Page(language: .english))
        #expect(text.hasPrefix("Cluster lab answers at https://127.0.0.1:4711;"))
        #expect(text.contains("-H 'Authorization: PVEAPIToken=alice@pve!cli=secret' https://127.0.0.1:4711/api2/json/"))
    }

    @Test("One that is served already is shown in the same way, with the process that serves it")
    func served() {
        var face = face
        face.servedBy = 4242
        let view = SimulatedFaceView(face: face)
        let text = view.text(in: Page(language: .english))
        #expect(text.hasPrefix("Cluster lab is served already, by process 4242; it answers at https://127.0.0.1:4711"))
        #expect(text.contains("  token alice@pve!cli=secret"))
        #expect(view.json(in: .english).text().contains("4242"))
    }
}
