extension Catalogue {
    /// What the adapters between the core and the world can say.
    package static let edges: [SentenceEntry] = adapters

    private static let adapters: [SentenceEntry] = [
        SentenceEntry(
            "edge.clusterUndeclared",
            english: SentenceText(
                what: "Cluster {0} is not declared.", why: "A server or a record still belongs to it.",
                remedy: "Declare the cluster again, so that Plumb can reach it."),
            korean: SentenceText(
                what: "클러스터 {0}이(가) 선언되어 있지 않습니다.", why: "아직 이 클러스터에 속한 서버나 기록이 있습니다.",
                remedy: "Plumb이 접속할 수 있도록 클러스터를 다시 선언하십시오.")),
        SentenceEntry(
            "edge.secretEnvironment",
            english: SentenceText(
                what: "The environment variable {0} is not set.", why: "A secret is to come from it.",
                remedy: "Set it where Plumb is started, or refer to another source."),
            korean: SentenceText(
                what: "환경 변수 {0}이(가) 설정되어 있지 않습니다.", why: "비밀 값을 여기서 읽어야 합니다.",
                remedy: "Plumb을 시작하는 곳에서 설정하거나 다른 출처를 지정하십시오.")),
        SentenceEntry(
            "edge.secretFile",
            english: SentenceText(
                what: "The secret's file {0} cannot be read, or is empty.", remedy: "Write the secret into it, readable by Plumb alone (mode 0600)."),
            korean: SentenceText(
                what: "비밀 파일 {0}을(를) 읽을 수 없거나 비어 있습니다.", remedy: "Plumb만 읽을 수 있게(모드 0600) 비밀 값을 써 넣으십시오.")),
        SentenceEntry(
            "edge.secretUnsupported",
            english: SentenceText(
                what: "This version cannot read the secret `{0}`.", remedy: "Refer to an environment variable or a file instead."),
            korean: SentenceText(what: "이 버전은 비밀 `{0}`을(를) 읽을 수 없습니다.", remedy: "환경 변수나 파일을 지정하십시오.")),
        SentenceEntry(
            "edge.endpoint",
            english: SentenceText(
                what: "The endpoint of cluster {0} is no address: `{1}`.", remedy: "Write it as https://HOST:8006."),
            korean: SentenceText(what: "클러스터 {0}의 엔드포인트가 주소가 아닙니다: `{1}`.", remedy: "https://HOST:8006 형식으로 쓰십시오.")),
        SentenceEntry(
            "edge.token",
            english: SentenceText(
                what: "The API token of cluster {0} does not have the form of one.",
                remedy: "It must be USER@REALM!ID=SECRET, on one line, as Proxmox shows it when the token is made."),
            korean: SentenceText(
                what: "클러스터 {0}의 API 토큰 형식이 올바르지 않습니다.",
                remedy: "Proxmox가 토큰을 만들 때 보여 주는 대로 USER@REALM!ID=SECRET 한 줄이어야 합니다.")),
        SentenceEntry(
            "edge.fingerprint",
            english: SentenceText(
                what: "The certificate fingerprint of cluster {0} is no SHA-256.",
                remedy: "Copy it from the node's certificate page: 32 pairs of hexadecimal digits with colons."),
            korean: SentenceText(
                what: "클러스터 {0}의 인증서 지문이 SHA-256이 아닙니다.", remedy: "노드의 인증서 화면에서 콜론으로 나뉜 16진수 32쌍을 복사하십시오.")),
        SentenceEntry(
            "edge.simulationNotReady",
            english: SentenceText(
                what: "The simulated cluster {0} did not start.", why: "{1}",
                remedy: "Run `plumb simulate` in a second terminal to see its words."),
            korean: SentenceText(
                what: "시뮬레이션 클러스터 {0}이(가) 시작되지 않았습니다.", why: "{1}",
                remedy: "다른 터미널에서 `plumb simulate`를 실행해 출력을 확인하십시오.")),
        SentenceEntry(
            "edge.planUnreadable",
            english: SentenceText(what: "A stored plan cannot be read.", why: "{0}", remedy: "Plan again."),
            korean: SentenceText(what: "저장된 계획을 읽을 수 없습니다.", why: "{0}", remedy: "다시 계획하십시오.")),
        SentenceEntry(
            "edge.planRejected",
            english: SentenceText(
                what: "Plan {0} was rejected by {1}.", remedy: "Plan again, and have the new plan approved."),
            korean: SentenceText(what: "계획 {0}은(는) {1}이(가) 거절했습니다.", remedy: "다시 계획하고 새 계획을 승인받으십시오.")),
        SentenceEntry(
            "edge.noProcessIdentity",
            english: SentenceText(
                what: "/proc cannot be read, so Plumb cannot say in its journal which process it is.",
                remedy: "Mount /proc, then try again."),
            korean: SentenceText(what: "/proc을 읽을 수 없어 저널에 프로세스를 남길 수 없습니다.", remedy: "/proc을 마운트한 뒤 다시 시도하십시오.")),
        SentenceEntry(
            "edge.noRun",
            english: SentenceText(
                what: "A step was to be carried out outside of any run.", remedy: "This is a mistake in Plumb: report it with the command that you ran."),
            korean: SentenceText(what: "실행 밖에서 단계를 수행하려 했습니다.", remedy: "Plumb의 오류입니다. 실행한 명령과 함께 알려 주십시오.")),
        SentenceEntry(
            "pass.planRefused",
            english: SentenceText(
                what: "The plan does not hold its own rules and was refused: {0}.",
                why: "Plumb checks each plan before it shows it; this is a mistake in Plumb.",
                remedy: "Nothing was done. Report it with the configuration that led to it."),
            korean: SentenceText(
                what: "계획이 규칙을 어겨 거부되었습니다: {0}.", why: "Plumb은 모든 계획을 보여 주기 전에 검사합니다. Plumb의 오류입니다.",
                remedy: "아무것도 하지 않았습니다. 이 결과를 낳은 구성과 함께 알려 주십시오.")),
    ]
}
