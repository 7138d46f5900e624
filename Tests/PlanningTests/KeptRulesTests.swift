import Model
import Planning
import Testing

/// What an apply keeps of `.plumbignore`, so that kept releases hold back no removal and a new line does.
@Suite struct KeptRulesTests {
    @Test func whileEveryServerIsDeclaredWhatIsLeftOutHidesNone() throws {
        var world = try MainRoadTests.fleet()
        #expect(rulesToKeep(world.input) == nil)
        world.desired.leftOut.rules = "releases/"
        world.desired.leftOut.paths = ["web-01": "releases/web.yaml"]
        #expect(rulesToKeep(world.input) == ["releases/"])
        world.recorded.ignoreRules = ["releases/"]
        #expect(rulesToKeep(world.input) == nil)
        // Its document went, and did not come to stand behind the rules.
        world.undeclare("web-01")
        world.desired.leftOut.paths = [:]
        world.desired.leftOut.rules = "vendor/"
        #expect(rulesToKeep(world.input) == ["vendor/"])
    }

    @Test func aLineThatHidesARecordedServerIsKeptBesideWhatWasThereUntilItIsDeclaredAgain() throws {
        var world = try MainRoadTests.fleet()
        world.recorded.ignoreRules = ["releases/"]
        world.undeclare("web-01")
        for hiding in [LeftOutServers(unread: "old"), LeftOutServers(beyond: "old"), hidingWeb] {
            world.desired.leftOut = hiding
            world.desired.leftOut.rules = "old/"
            #expect(rulesToKeep(world.input) == ["releases/", "old/"])
        }
        world.recorded.ignoreRules = ["releases/", "old/"]
        #expect(rulesToKeep(world.input) == nil)
        world.desired.leftOut.rules = "old/\nvendor/"
        world.recorded.ignoreRules = (1...8).map { "\($0)/" }
        #expect(rulesToKeep(world.input) == [""])
        world.declare("web-01")
        #expect(rulesToKeep(world.input) == ["old/\nvendor/"])
    }

    @Test func whereNothingIsKnownNothingIsAssumed() throws {
        var world = try MainRoadTests.fleet()
        world.undeclare("web-01")
        world.desired.leftOut = hidingWeb
        world.desired.leftOut.rules = "old/"
        #expect(rulesToKeep(world.input) == nil)
    }

    @Test func whatCannotBeReadMayBeWhatTheRulesHide() throws {
        var world = try MainRoadTests.fleet()
        world.recorded.ignoreRules = ["releases/"]
        world.desired.leftOut.rules = "old/"
        world.desired.completeness = .broken(.init(documents: ["web.yaml:1"], claims: []))
        #expect(rulesToKeep(world.input) == ["releases/", "old/"])
    }

    @Test func whatAnotherProcessWroteDownMeanwhileStays() throws {
        var world = try MainRoadTests.fleet()
        world.recorded.ignoreRules = ["releases/", "old/"]
        world.desired.leftOut.rulesBefore = ["releases/"]
        world.desired.leftOut.rules = "releases/"
        #expect(rulesToKeep(world.input) == nil)
        world.desired.leftOut.rulesBefore = ["releases/", "old/"]
        #expect(rulesToKeep(world.input) == ["releases/"])
    }

    private var hidingWeb: LeftOutServers {
        var leftOut = LeftOutServers()
        leftOut.paths = ["web-01": "old/web.yaml"]
        return leftOut
    }
}
