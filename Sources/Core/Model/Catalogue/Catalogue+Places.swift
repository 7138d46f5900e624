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
        SentenceEntry(
            "edge.gitFailed",
            english: SentenceText(
                what: "Git could not say who asked for what is declared in {0}: {1}",
                why: "A Policy has `preventSelf`, so that whatever waits for a yes takes one more until it can.",
                remedy:
                    "Install git where Plumb runs, and let Plumb's account read the repository: where that is another account's, `git config --global --add safe.directory PATH`."
            ),
            korean: SentenceText(
                what: "{0}에 선언된 내용을 누가 요청했는지 git에 물을 수 없습니다: {1}",
                why: "`preventSelf`인 Policy가 있으므로, 물을 수 있을 때까지 승인을 기다리는 단계마다 승인이 한 건 더 필요합니다.",
                remedy:
                    "Plumb이 실행되는 곳에 git을 설치하고 Plumb의 계정이 저장소를 읽을 수 있게 하십시오. 저장소가 다른 계정의 것이라면 `git config --global --add safe.directory PATH`를 실행하십시오."
            )),
        SentenceEntry(
            "edge.gitShallow",
            english: SentenceText(
                what: "The git repository of {0} has only the latest commits, and cannot say who asked for what.",
                why:
                    "A Policy has `preventSelf`, and who says yes may have written one of the commits that `--depth` left out: whatever waits for a yes takes one more.",
                remedy:
                    "Fetch the others with `git fetch --unshallow`; in CI have the whole history checked out, as by `fetch-depth: 0` or `GIT_DEPTH: 0`."
            ),
            korean: SentenceText(
                what: "{0}의 git 저장소에는 최근 커밋만 있어, 선언된 내용을 누가 요청했는지 알 수 없습니다.",
                why:
                    "`preventSelf`인 Policy가 있는데 `--depth`로 빠진 커밋의 작성자가 승인할 수도 있으므로, 승인을 기다리는 단계마다 승인이 한 건 더 필요합니다.",
                remedy:
                    "`git fetch --unshallow`로 나머지를 가져오십시오. CI에서는 `fetch-depth: 0`이나 `GIT_DEPTH: 0`처럼 전체 기록을 받게 하십시오."
            )),
    ]
}
