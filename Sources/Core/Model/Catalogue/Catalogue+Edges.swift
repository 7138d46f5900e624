extension Catalogue {
    /// What the adapters between the core and the world can say.
    package static let edges: [SentenceEntry] = adapters + doctor

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
            "edge.documentsLeftOut",
            english: SentenceText(
                what: "`.plumbignore` in {0} leaves every *.yaml and *.yml file out, {1} too.",
                why:
                    "Nothing is declared then, while {2} {2|server is|servers are} on record. Nothing is removed for it.",
                remedy: "Take the line that names them out of `.plumbignore`, or take back its last change."),
            korean: SentenceText(
                what: "{0}의 `.plumbignore`가 {1}을(를) 비롯한 모든 *.yaml과 *.yml 파일을 제외합니다.",
                why: "서버 {2}개의 기록이 있는데 선언된 것이 없게 됩니다. 이 때문에 제거하는 것은 없습니다.",
                remedy: "`.plumbignore`에서 그 줄을 지우거나 마지막 변경을 되돌리십시오.")),
        SentenceEntry(
            "edge.documentsLost",
            english: SentenceText(
                what: "There is no *.yaml or *.yml file in {1}, and {0} {0|server is|servers are} on record in {2}.",
                why: "They were lost or not checked out, or another directory is meant. Nothing is removed for it.",
                remedy: """
                    Bring the files back: `git checkout -- .` there restores those of the last commit, and `git log` shows \
                    earlier ones; without git take a backup. Where they are elsewhere, name that directory with --config. \
                    `plumb init` would begin another fleet and is refused.
                    """),
            korean: SentenceText(
                what: "{1}에 *.yaml이나 *.yml 파일이 없는데, {2}에는 서버 {0}개의 기록이 있습니다.",
                why: "파일을 잃었거나, 체크아웃하지 않았거나, 다른 디렉터리입니다. 이 때문에 제거하는 것은 없습니다.",
                remedy: """
                    파일을 되돌리십시오. 그곳에서 `git checkout -- .`을 실행하면 마지막 커밋의 파일로 돌아가고, `git log`로 이전 커밋을 볼 수 \
                    있습니다. git이 없으면 백업을 쓰십시오. 파일이 다른 곳에 있다면 --config로 지정하십시오. `plumb init`은 다른 구성을 새로 \
                    시작하는 것이므로 거부됩니다.
                    """)),
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
                what: "The secret's file {0} cannot be read, or is empty.",
                remedy: "Write the secret into it, readable by Plumb alone (mode 0600)."),
            korean: SentenceText(
                what: "비밀 파일 {0}을(를) 읽을 수 없거나 비어 있습니다.", remedy: "Plumb만 읽을 수 있게(모드 0600) 비밀 값을 써 넣으십시오.")),
        SentenceEntry(
            "edge.secretUnsupported",
            english: SentenceText(
                what: "This version cannot read the secret `{0}`.",
                remedy: "Refer to an environment variable or a file instead."),
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
            "edge.caFile",
            english: SentenceText(
                what: "The CA file of cluster {0} cannot be read, or holds no certificate: {1}.",
                why: "Terraform's provider is given what it holds, and would trust nobody.",
                remedy: "Copy /etc/pve/pve-root-ca.pem of a node there, and check that Plumb may read it."),
            korean: SentenceText(
                what: "클러스터 {0}의 CA 파일을 읽을 수 없거나 인증서가 없습니다: {1}.",
                why: "Terraform 공급자는 이 파일의 인증서를 받으며, 없으면 아무도 신뢰하지 못합니다.",
                remedy: "노드의 /etc/pve/pve-root-ca.pem을 그곳에 복사하고 Plumb이 읽을 수 있는지 확인하십시오.")),
        SentenceEntry(
            "edge.certificateUnseen",
            english: SentenceText(
                what: "The certificate of cluster {0} could not be fetched from {1}: {2}.",
                why: "Terraform's provider has to be given the certificate that bears the fingerprint.",
                remedy: "Check that the cluster answers, then try again."),
            korean: SentenceText(
                what: "클러스터 {0}의 인증서를 {1}에서 가져올 수 없습니다: {2}.",
                why: "Terraform 공급자에게 그 지문의 인증서를 주어야 합니다.",
                remedy: "클러스터가 응답하는지 확인한 뒤 다시 시도하십시오.")),
        SentenceEntry(
            "edge.certificateOther",
            english: SentenceText(
                what:
                    "{1} does not show the certificate that is named for cluster {0}: its fingerprint is {2}, not {3}.",
                why: "It may have been renewed, or somebody else answers; Terraform was given nothing to trust.",
                remedy: "Compare it with `pvenode cert info` on the node before you write it into the YAML."),
            korean: SentenceText(
                what: "{1}이(가) 보여 준 인증서는 클러스터 {0}에 지정된 것이 아닙니다. 지문이 {3}이(가) 아니라 {2}입니다.",
                why: "인증서가 갱신되었거나 다른 누군가가 응답하고 있습니다. Terraform에는 아무 신뢰도 주지 않았습니다.",
                remedy: "YAML에 쓰기 전에 노드의 `pvenode cert info`와 비교하십시오.")),
        SentenceEntry(
            "edge.simulationNotReady",
            english: SentenceText(
                what: "The simulated cluster {0} did not start.", why: "{1}",
                remedy: "Run `plumb simulate` in a second terminal to see its words."),
            korean: SentenceText(
                what: "시뮬레이션 클러스터 {0}이(가) 시작되지 않았습니다.", why: "{1}",
                remedy: "다른 터미널에서 `plumb simulate`를 실행해 출력을 확인하십시오.")),
        SentenceEntry(
            "edge.lookOnly",
            english: SentenceText(
                what: "What is shown comes from a copy of the registry, and nothing of it is written down.",
                why: "A plan that is not kept cannot be approved or applied.",
                remedy: "Make room or give the right to write there, then plan again."),
            korean: SentenceText(
                what: "레지스트리의 사본으로 보여 드리며, 아무것도 기록되지 않습니다.",
                why: "보관되지 않은 계획은 승인하거나 적용할 수 없습니다.",
                remedy: "공간이나 쓰기 권한을 마련한 뒤 다시 계획하십시오.")),
        SentenceEntry(
            "edge.simulationUnchanged",
            english: SentenceText(
                what: "The running simulated cluster {0} did not take up its changed declaration: {1}.",
                remedy: "End process {2}; the next command starts it as it was, with what is declared now."),
            korean: SentenceText(
                what: "실행 중인 시뮬레이션 클러스터 {0}이(가) 바뀐 선언을 받아들이지 않았습니다: {1}.",
                remedy: "프로세스 {2}을(를) 끝내십시오. 다음 명령이 그 상태 그대로, 지금의 선언으로 다시 시작합니다.")),
        SentenceEntry(
            "edge.simulationKeeps",
            english: SentenceText(
                what: "The simulated cluster {0} keeps what is not declared any more: {1}.",
                why: "A cluster loses nothing because its declaration does.",
                remedy: "To begin with a new one, end the process that {2}/ready.json names, and remove that directory."
            ),
            korean: SentenceText(
                what: "시뮬레이션 클러스터 {0}에는 더 이상 선언되지 않은 것이 남아 있습니다: {1}.",
                why: "선언에서 사라졌다고 클러스터에서 사라지지는 않습니다.",
                remedy: "새로 시작하려면 {2}/ready.json에 적힌 프로세스를 끝내고 그 디렉터리를 지우십시오.")),
        SentenceEntry(
            "edge.noSimulation",
            english: SentenceText(
                what: "No cluster of the configuration in {0} is simulated.",
                why: "`plumb simulate` serves the ones that have `spec.simulated`.",
                remedy:
                    "Name the right directory with --config, or begin one with `plumb init`, which has such a cluster."),
            korean: SentenceText(
                what: "{0}의 설정에 시뮬레이션 클러스터가 없습니다.",
                why: "`plumb simulate`는 `spec.simulated`가 있는 클러스터를 제공합니다.",
                remedy: "--config로 올바른 디렉터리를 지정하거나, 그런 클러스터가 들어 있는 `plumb init`으로 시작하십시오.")),
        SentenceEntry(
            "edge.whichSimulation",
            english: SentenceText(
                what: "It is not clear which simulated cluster is meant.", why: "The configuration simulates: {0}.",
                remedy: "Name one of them: plumb simulate NAME."),
            korean: SentenceText(
                what: "어느 시뮬레이션 클러스터인지 분명하지 않습니다.", why: "구성에 있는 시뮬레이션 클러스터: {0}.",
                remedy: "하나를 지정하십시오: plumb simulate NAME.")),
        SentenceEntry(
            "edge.alreadySimulated",
            english: SentenceText(
                what: "The simulated cluster {0} is already served by another process.",
                why: "That process does not say where it answers: there is no {1}/ready.json of it.",
                remedy:
                    "Run the command again in a moment. Where it says the same, that file was taken away: end the process (`fuser {1}/*` names it), and run the command again."
            ),
            korean: SentenceText(
                what: "시뮬레이션 클러스터 {0}은(는) 이미 다른 프로세스가 제공하고 있습니다.",
                why: "그 프로세스가 어디에서 응답하는지 알 수 없습니다. {1}/ready.json이 없습니다.",
                remedy: "잠시 뒤 다시 실행하십시오. 그래도 같으면 그 파일이 지워진 것이니 프로세스를 끝내고(`fuser {1}/*`로 찾습니다) 다시 실행하십시오.")),
        SentenceEntry(
            "edge.simulatedElsewhere",
            english: SentenceText(
                what: "The simulated cluster {0} is served already, and not on port {1}: it answers at {2}.",
                why: "One process serves it at a time.",
                remedy: "Use that address, or end process {3} (`kill {3}`) and run the command again."),
            korean: SentenceText(
                what: "시뮬레이션 클러스터 {0}은(는) 이미 제공되고 있으며, 포트 {1}이 아니라 {2}에서 응답합니다.",
                why: "한 번에 한 프로세스만 제공합니다.",
                remedy: "그 주소를 쓰거나, 프로세스 {3}을(를) 끝내고(`kill {3}`) 다시 실행하십시오.")),
        SentenceEntry(
            "edge.whichStack",
            english: SentenceText(
                what: "There is no one stack `{0}`.", why: "The stacks are: {1}.",
                remedy: "Name it as CLUSTER/STACK; a stack exists from its first apply on."),
            korean: SentenceText(
                what: "스택 `{0}`을(를) 하나로 정할 수 없습니다.", why: "있는 스택: {1}.",
                remedy: "CLUSTER/STACK으로 지정하십시오. 스택은 첫 적용 때 만들어집니다.")),
        SentenceEntry(
            "edge.planUnreadable",
            english: SentenceText(what: "A stored plan cannot be read.", why: "{0}", remedy: "Plan again."),
            korean: SentenceText(what: "저장된 계획을 읽을 수 없습니다.", why: "{0}", remedy: "다시 계획하십시오.")),
        SentenceEntry(
            "edge.planRejected",
            english: SentenceText(
                what: "Plan {0} was rejected by {1}.",
                why: "A no holds for as long as nothing has moved that the plan rests on.",
                remedy: "Change what it would do, run 'plumb plan' again, and approve the new plan."),
            korean: SentenceText(
                what: "계획 {0}은(는) {1}이(가) 거부했습니다.", why: "계획이 근거로 하는 것이 바뀌지 않는 한 거부는 유효합니다.",
                remedy: "할 일을 바꾸고 'plumb plan'을 다시 실행한 뒤 새 계획을 승인하십시오.")),
        SentenceEntry(
            "edge.noProcessIdentity",
            english: SentenceText(
                what: "/proc cannot be read, so Plumb cannot say in its journal which process it is.",
                remedy: "Mount /proc, then try again."),
            korean: SentenceText(what: "/proc을 읽을 수 없어 저널에 프로세스를 남길 수 없습니다.", remedy: "/proc을 마운트한 뒤 다시 시도하십시오.")),
        SentenceEntry(
            "edge.noRun",
            english: SentenceText(
                what: "A step was to be carried out outside of any run.",
                remedy: "This is a mistake in Plumb: report it with the command that you ran."),
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

    private static let doctor: [SentenceEntry] = [
        SentenceEntry(
            "doctor.unreadable",
            english: SentenceText(
                what: "The configuration cannot be read: {0}.", remedy: "Name its directory with --config."),
            korean: SentenceText(what: "구성을 읽을 수 없습니다: {0}.", remedy: "--config로 디렉터리를 지정하십시오.")),
        SentenceEntry(
            "doctor.configuration",
            english: SentenceText(what: "{0} {0|file|files}, {1} {1|server|servers}, no errors.", remedy: ""),
            korean: SentenceText(what: "파일 {0}개, 서버 {1}대, 오류 없음.", remedy: "")),
        SentenceEntry(
            "doctor.configurationBroken",
            english: SentenceText(
                what: "{0} {0|error|errors}.", why: "While a document is broken, nothing is removed.",
                remedy: "Run `plumb validate` to see them."),
            korean: SentenceText(
                what: "오류 {0}개.", why: "잘못된 문서가 있는 동안에는 아무것도 제거하지 않습니다.", remedy: "`plumb validate`로 확인하십시오.")),
        SentenceEntry(
            "doctor.stateNew",
            english: SentenceText(what: "{0} does not exist yet; the first plan makes it.", remedy: ""),
            korean: SentenceText(what: "{0}이(가) 아직 없습니다. 첫 계획 때 만들어집니다.", remedy: "")),
        SentenceEntry(
            "doctor.state",
            english: SentenceText(what: "{0}, mode {1}.", remedy: ""),
            korean: SentenceText(what: "{0}, 모드 {1}.", remedy: "")),
        SentenceEntry(
            "doctor.stateForeign",
            english: SentenceText(
                what: "{0} cannot be written to.", why: "It belongs to another user, or its file system is read-only.",
                remedy: "Run Plumb as the user that owns it (`ls -ld {0}`)."),
            korean: SentenceText(
                what: "{0}에 쓸 수 없습니다.", why: "다른 사용자의 것이거나 읽기 전용 파일 시스템입니다.",
                remedy: "소유자로 Plumb을 실행하십시오(`ls -ld {0}`).")),
        SentenceEntry(
            "doctor.stateOpen",
            english: SentenceText(
                what: "{0} has mode {1}: others can look into it.", why: "Terraform's states in it hold passwords.",
                remedy: "Run `chmod 700 {0}`."),
            korean: SentenceText(
                what: "{0}의 모드가 {1}이라 다른 사용자가 볼 수 있습니다.", why: "그 안의 Terraform 상태에는 비밀번호가 있습니다.",
                remedy: "`chmod 700 {0}`을 실행하십시오.")),
        SentenceEntry(
            "doctor.registry",
            english: SentenceText(what: "The registry answers; {0} {0|server|servers} in it.", remedy: ""),
            korean: SentenceText(what: "레지스트리가 응답합니다. 서버 {0}대.", remedy: "")),
        SentenceEntry(
            "doctor.stack",
            english: SentenceText(what: "{0} {0|server|servers} in its state.", remedy: ""),
            korean: SentenceText(what: "상태에 서버 {0}대.", remedy: "")),
        SentenceEntry(
            "doctor.terraform",
            english: SentenceText(what: "Version {0} at {1}.", remedy: ""),
            korean: SentenceText(what: "버전 {0}, {1}.", remedy: "")),
        SentenceEntry(
            "doctor.cluster",
            english: SentenceText(what: "Proxmox VE {0} answers; {1} {1|guest|guests} listed in {2} ms.", remedy: ""),
            korean: SentenceText(what: "Proxmox VE {0} 응답, 게스트 {1}개를 {2} ms에 나열했습니다.", remedy: "")),
        SentenceEntry(
            "doctor.certificateName",
            english: SentenceText(
                what: "Terraform will refuse the certificate at {0}: its names are {1}.",
                why: "Plumb goes by the fingerprint alone; Terraform's provider looks at the name too.",
                remedy: "Write one of these names into `endpoint`, or renew the certificate with that name in it."),
            korean: SentenceText(
                what: "Terraform이 {0}의 인증서를 거부하게 됩니다. 인증서의 이름은 {1}입니다.",
                why: "Plumb은 지문만 보지만 Terraform 공급자는 이름도 확인합니다.",
                remedy: "`endpoint`에 그 이름 중 하나를 쓰거나 그 이름을 넣어 인증서를 갱신하십시오.")),
        SentenceEntry(
            "doctor.nodeOffline",
            english: SentenceText(
                what: "Node {0} is offline.", why: "Its guests are unknown, and nothing is done to them.",
                remedy: "Bring the node back."),
            korean: SentenceText(
                what: "노드 {0}이(가) 오프라인입니다.", why: "이 노드의 게스트는 상태를 알 수 없어 아무것도 하지 않습니다.", remedy: "노드를 복구하십시오.")),
        SentenceEntry(
            "doctor.nodeLost",
            english: SentenceText(
                what: """
                    Cluster {0} has no node {1} any more, where {2} {2|guest|guests} of Plumb's {2|was|were} last seen that \
                    {2|is|are} not listed: {3}.
                    """,
                why: """
                    Out of the cluster {2|it|they} may run on, with address and number; until it is known, nothing of the \
                    cluster counts as gone, and nothing is created in it.
                    """,
                remedy: """
                    Bring the node back; or, if it was taken out for good with what was on it, write {1} into \
                    `spec.removedNodes` of Cluster {0}.
                    """),
            korean: SentenceText(
                what: "클러스터 {0}에 {1} 노드가 더 이상 없고, 그 노드에 있던 Plumb의 게스트 {2}개가 목록에 없습니다: {3}.",
                why: "클러스터 밖에서 같은 주소와 번호로 계속 실행되고 있을 수 있습니다. 알 수 있을 때까지 이 클러스터에서는 아무것도 없어진 것으로 여기지 않고 만들지도 않습니다.",
                remedy: "노드를 되돌리거나, 그 위의 게스트와 함께 완전히 제거했다면 Cluster {0}의 `spec.removedNodes`에 {1}을(를) 적으십시오.")),
        SentenceEntry(
            "doctor.removedNodeMisspelled",
            english: SentenceText(
                what: "`spec.removedNodes` of Cluster {0} names {1}, which nothing on record knows; did you mean {2}?",
                why: "{2} left the cluster, and what was on it does not count as gone.",
                remedy: "If {2} was taken out for good with what was on it, write its name in the place of {1}."),
            korean: SentenceText(
                what: "Cluster {0}의 `spec.removedNodes`에 있는 {1}은(는) 기록에 없는 노드입니다. {2}을(를) 말씀하셨습니까?",
                why: "{2}은(는) 클러스터에서 빠졌고, 그 위에 있던 것은 없어진 것으로 여기지 않습니다.",
                remedy: "{2}을(를) 그 위의 게스트와 함께 완전히 제거했다면 {1} 대신 그 이름을 적으십시오.")),
        SentenceEntry(
            "doctor.removedNodeUnknown",
            english: SentenceText(
                what: """
                    `spec.removedNodes` of Cluster {0} names {1}, which is not in the cluster, and no server on record was \
                    last seen there.
                    """,
                why: "It is misspelled, or what was on it is dealt with; either way it does nothing.",
                remedy: "Correct the name, or take it out of `spec.removedNodes`."),
            korean: SentenceText(
                what: "Cluster {0}의 `spec.removedNodes`에 있는 {1}은(는) 클러스터에 없고, 그곳에서 마지막으로 보인 서버도 기록에 없습니다.",
                why: "철자가 틀렸거나 그 위의 것이 이미 처리되었습니다. 어느 쪽이든 아무 효과가 없습니다.",
                remedy: "이름을 고치거나 `spec.removedNodes`에서 지우십시오.")),
        SentenceEntry(
            "doctor.rights",
            english: SentenceText(
                what: "Plumb's token lacks {0}.",
                why: "Without VM.Audit guests disappear from listings; without the others steps fail.",
                remedy: "Give the token these privileges on /, and check that its privilege separation allows them."),
            korean: SentenceText(
                what: "Plumb의 토큰에 {0} 권한이 없습니다.", why: "VM.Audit이 없으면 게스트가 목록에서 사라지고, 다른 권한이 없으면 단계가 실패합니다.",
                remedy: "/ 경로에 이 권한을 주고 권한 분리 설정을 확인하십시오.")),
        SentenceEntry(
            "doctor.rightsEnough",
            english: SentenceText(what: "The token has every privilege that Plumb uses.", remedy: ""),
            korean: SentenceText(what: "토큰에 Plumb이 쓰는 모든 권한이 있습니다.", remedy: "")),
        SentenceEntry(
            "doctor.clock",
            english: SentenceText(what: "Node {0}'s clock differs by {1} s.", remedy: ""),
            korean: SentenceText(what: "노드 {0}의 시계 차이는 {1}초입니다.", remedy: "")),
        SentenceEntry(
            "doctor.clockFar",
            english: SentenceText(
                what: "Node {0}'s clock differs by {1} s.",
                why: "Times in drift reports and task logs will not fit together.",
                remedy: "Let chrony or systemd-timesyncd run on both sides."),
            korean: SentenceText(
                what: "노드 {0}의 시계가 {1}초 다릅니다.", why: "변경 보고와 작업 기록의 시각이 맞지 않게 됩니다.",
                remedy: "양쪽에 chrony 또는 systemd-timesyncd를 실행하십시오.")),
    ]
}
