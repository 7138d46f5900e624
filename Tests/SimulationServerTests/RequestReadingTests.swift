import Simulation
import Testing

@testable import SimulationServer

@Suite struct RequestReadingTests {
    private func read(
        _ method: String, _ target: String, headers: [String: String] = [:], body: String = ""
    ) -> APIRequest? {
        let received = ReceivedRequest(
            method: method, target: target, headers: headers.map { ($0.key, $0.value) }, body: Array(body.utf8))
        guard case .request(let request) = RequestReading.read(received) else { return nil }
        return request
    }

    @Test func pathQueryAndFormBecomeOneRequest() {
        let request = read(
            "PUT", "/api2/json/nodes/pve1/qemu/100/config/?digest=a%20b", body: "tags=a%3Bb&name=web+01&empty=&flag")
        #expect(request?.path == "/nodes/pve1/qemu/100/config")
        #expect(
            request?.parameters == ["digest": "a b", "tags": "a;b", "name": "web 01", "empty": "", "flag": ""])
        #expect(request?.caller == .anonymous)
    }

    @Test func aPlusIsASpaceInFormsAndAPlusInPaths() {
        #expect(read("GET", "/api2/json/a+b?c=d+e")?.path == "/a+b")
        #expect(read("GET", "/api2/json/a+b?c=d+e")?.parameters == ["c": "d e"])
    }

    @Test func aTokensHeaderIsSplitAtItsFirstEqualsSign() {
        let request = read(
            "GET", "/api2/json/version", headers: ["Authorization": "PVEAPIToken=alice@pve!cli=abc=def"])
        #expect(request?.caller == .token(id: "alice@pve!cli", secret: "abc=def"))
    }

    @Test(
        arguments: [
            "/api2/json/%", "/api2/json/%4", "/api2/json/%zz", "/api2/json/x?a=%ff", "/api2/html/version", "/",
            "/api2/jsonversion",
        ])
    func whatCannotBeReadIsRefused(_ uri: String) { #expect(read("GET", uri) == nil) }

    @Test func aJSONBodyMustBeAnObjectOfPlainValues() {
        let type = ["content-type": "application/json"]
        let request = read(
            "POST", "/api2/json/x", headers: type, body: #"{"a":1,"b":true,"c":"d","e":null,"f":["g","h"]}"#)
        #expect(request?.parameters == ["a": "1", "b": "1", "c": "d", "f": "g,h"])
        for body in ["[1]", "{", #"{"a":{}}"#] {
            #expect(read("POST", "/api2/json/x", headers: type, body: body) == nil)
        }
    }

    /// Whatever the bytes, reading ends and does not crash.
    @Test func anyBytesAreReadOrRefused() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            _ = RequestReading.form(String(decoding: bytes, as: UTF8.self))
            _ = RequestReading.json(bytes)
        }
    }
}
