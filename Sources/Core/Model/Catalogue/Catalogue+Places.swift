extension Catalogue {
    /// Directories, and the repository that one is in.
    static let places: [SentenceEntry] = [
        SentenceEntry(
            "cli.stateHoldsConfiguration",
            english: SentenceText(
                what: "The configuration {1} lies in {0}, which was given for Plumb's own files.",
                why: "There Plumb would keep git from the YAML, and the daemon would take no notice of its changes.",
                remedy: "Give a directory of its own with --state, inside of the configuration or beside it."),
            korean: SentenceText(
                what: "Plumb 자신의 파일을 둘 곳으로 지정한 {0} 안에 구성 {1}이(가) 있습니다.",
                why: "그러면 git이 YAML을 무시하게 되고, 데몬은 YAML의 변경을 보지 못합니다.",
                remedy: "구성 디렉터리 안이나 옆에 따로 둔 디렉터리를 --state로 지정하십시오.")),
    ]
}
