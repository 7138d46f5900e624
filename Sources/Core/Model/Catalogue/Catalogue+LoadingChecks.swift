extension Catalogue {
    /// What does not fit together.
    static let loadingChecks: [SentenceEntry] = [
        SentenceEntry(
            "cluster.faultsOfReal",
            english: .init(
                what: "`faults` belong to a simulated cluster only.",
                why: "A real cluster goes wrong by itself.",
                remedy: "Remove `faults`, or use `simulated` in the place of `proxmox`."),
            korean: .init(
                what: "`faults`는 시뮬레이션 클러스터에만 쓸 수 있습니다.",
                why: "실제 클러스터의 고장은 저절로 일어납니다.",
                remedy: "`faults`를 지우거나 `proxmox` 대신 `simulated`를 쓰십시오.")),
        SentenceEntry(
            "server.notOfContainer",
            english: .init(
                what: "A container has no `{0}`.",
                remedy: "Remove it, or write `type: vm`."),
            korean: .init(
                what: "컨테이너에는 `{0}`이(가) 없습니다.",
                remedy: "지우거나 `type: vm`으로 쓰십시오.")),
        SentenceEntry(
            "server.noNode",
            english: .init(
                what: "Nothing says on which node `{0}` is to be born.",
                why: "Neither the server nor its cluster `{1}` names one.",
                remedy: "Add `node` to the server, or `defaults.node` to the cluster."),
            korean: .init(
                what: "`{0}`을(를) 어느 노드에 만들지 알 수 없습니다.",
                why: "서버에도 클러스터 `{1}`에도 노드가 없습니다.",
                remedy: "서버에 `node`를, 또는 클러스터에 `defaults.node`를 넣으십시오.")),
        SentenceEntry(
            "server.noTemplate",
            english: .init(
                what: "Nothing says what the container `{0}` is made from.",
                why: "A container is always unpacked from a template.",
                remedy: "Add `template` to the server, or `defaults.template` to its cluster."),
            korean: .init(
                what: "컨테이너 `{0}`을(를) 무엇으로 만들지 알 수 없습니다.",
                why: "컨테이너는 언제나 템플릿에서 풀어 만듭니다.",
                remedy: "서버에 `template`을, 또는 클러스터에 `defaults.template`을 넣으십시오.")),
        SentenceEntry(
            "disk.wrongInterface",
            english: .init(
                what: "A {2} has no disk `{1}`.",
                why: "`rootfs` is a container's; the others are a virtual machine's.",
                remedy: "Use an interface of that type, or leave it out."),
            korean: .init(
                what: "{2}에는 `{1}` 디스크가 없습니다.",
                why: "`rootfs`는 컨테이너의 것이고 나머지는 가상 머신의 것입니다.",
                remedy: "그 유형의 인터페이스를 쓰거나 비워 두십시오.")),
        SentenceEntry(
            "disk.ofContainer",
            english: .init(
                what: "A container has one disk, and this would be another.",
                why: "Mount points are neither made nor changed; what a container has of them stays.",
                remedy: "Remove it here, and add the mount point with `pct set`."),
            korean: .init(
                what: "컨테이너의 디스크는 하나인데 디스크가 하나 더 있습니다.",
                why: "마운트 지점은 만들지도 바꾸지도 않으며, 컨테이너에 있는 것은 그대로 둡니다.",
                remedy: "여기서 지우고 `pct set`으로 마운트 지점을 추가하십시오.")),
        SentenceEntry(
            "disk.sameInterface",
            english: .init(
                what: "Two disks of the server have the interface `{1}`.",
                remedy: "Give each disk its own, or leave it out."),
            korean: .init(
                what: "이 서버의 디스크 둘이 같은 인터페이스 `{1}`을(를) 씁니다.",
                remedy: "디스크마다 다르게 쓰거나 비워 두십시오.")),
        SentenceEntry(
            "network.gatewayWithoutAddress",
            english: .init(
                what: "A gateway without a fixed address has no effect.",
                why: "With `dhcp`, or without an address, the gateway comes from elsewhere.",
                remedy: "Add an address such as `10.0.0.11/24`, or remove the gateway."),
            korean: .init(
                what: "고정 주소가 없는 게이트웨이는 소용이 없습니다.",
                why: "`dhcp`이거나 주소가 없으면 게이트웨이는 다른 곳에서 정해집니다.",
                remedy: "`10.0.0.11/24`와 같은 주소를 넣거나 게이트웨이를 지우십시오.")),
        SentenceEntry(
            "network.gatewayOutside",
            english: .init(
                what: "The gateway `{1}` lies outside of the network of `{2}`.",
                why: "The server could not reach it.",
                remedy: "Correct the gateway, or the address and its prefix."),
            korean: .init(
                what: "게이트웨이 `{1}`이(가) `{2}`의 네트워크 밖에 있습니다.",
                why: "서버가 거기에 닿을 수 없습니다.",
                remedy: "게이트웨이나 주소와 접두사를 고치십시오.")),
        SentenceEntry(
            "cluster.insecure",
            english: .init(
                what: "Any certificate is trusted for cluster {0}.",
                why: "Whoever can answer in its place is given the token.",
                remedy: """
                    Write `fingerprint` or `caFile` in the place of `insecure`: `pvenode cert info` on a node shows the \
                    fingerprint.
                    """),
            korean: .init(
                what: "클러스터 {0}에 대해 어떤 인증서든 신뢰합니다.",
                why: "그 자리에서 대신 응답하는 누구에게나 토큰을 보내게 됩니다.",
                remedy: "`insecure` 대신 `fingerprint`나 `caFile`을 쓰십시오. 지문은 노드에서 `pvenode cert info`로 볼 수 있습니다.")),
        SentenceEntry(
            "network.defaultGatewayOutside",
            english: .init(
                what: "{0} gets the gateway {1} of cluster {2}, which lies outside of the network of `{3}`.",
                why: "The server could not reach it.",
                remedy: "Give the network a `gateway` of its own, or correct the address."),
            korean: .init(
                what: "{0}은(는) 클러스터 {2}의 게이트웨이 {1}을(를) 받는데, 이는 `{3}`의 네트워크 밖에 있습니다.",
                why: "서버가 거기에 닿을 수 없습니다.",
                remedy: "그 네트워크에 `gateway`를 따로 주거나 주소를 고치십시오.")),
        SentenceEntry(
            "network.gatewayIsItself",
            english: .init(
                what: "The gateway `{1}` is the server's own address.",
                remedy: "Correct one of the two."),
            korean: .init(
                what: "게이트웨이 `{1}`이(가) 서버 자신의 주소입니다.",
                remedy: "둘 중 하나를 고치십시오.")),
        SentenceEntry(
            "set.countDisagrees",
            english: .init(
                what: "The pattern and `count` disagree: it gives {0}, and `count` says {1}.",
                remedy: "Remove `count`, or make the pattern open, such as `web-{01..}`."),
            korean: .init(
                what: "패턴의 이름은 {0}개인데 `count`는 {1}입니다.",
                remedy: "`count`를 지우거나 `web-{01..}`처럼 끝이 없는 패턴을 쓰십시오.")),
        SentenceEntry(
            "set.noCount",
            english: .init(
                what: "Nothing says how many members the set has.",
                why: "The pattern `{0}` has no end.",
                remedy: "Add `count`, or give the pattern an end, such as `web-{01..20}`."),
            korean: .init(
                what: "집합의 구성원이 몇인지 알 수 없습니다.",
                why: "패턴 `{0}`에 끝이 없습니다.",
                remedy: "`count`를 넣거나 `web-{01..20}`처럼 끝을 정하십시오.")),
        SentenceEntry(
            "set.tooMany",
            english: .init(
                what: "The set would have {0} members, and at most {1} are possible.",
                remedy: "Divide it into several sets."),
            korean: .init(
                what: "집합의 구성원이 {0}개가 되는데 {1}개까지만 됩니다.",
                remedy: "여러 집합으로 나누십시오.")),
        SentenceEntry(
            "server.tooMany",
            english: .init(
                what: "With this the configuration has more than {0} servers.",
                why:
                    "A set is a few lines and can stand for thousands; a limit keeps a slip of the pen from taking all memory.",
                remedy:
                    "Look at the counts of the sets. Divide a fleet that is so large into several directories, each with a state of its own."
            ),
            korean: .init(
                what: "이것까지 더하면 구성의 서버가 {0}개를 넘습니다.",
                why: "집합은 몇 줄로 수천 개를 뜻할 수 있으므로, 오타 하나가 메모리를 모두 쓰지 않도록 한도가 있습니다.",
                remedy: "집합들의 개수를 확인하십시오. 정말 그렇게 큰 함대라면 상태를 따로 두는 여러 디렉터리로 나누십시오.")),
        SentenceEntry(
            "set.noSuchMember",
            english: .init(
                what: "The set has no member of the name in `{0}`.",
                remedy: "Use a name that the pattern gives."),
            korean: .init(
                what: "`{0}`의 이름을 가진 구성원이 집합에 없습니다.",
                remedy: "패턴이 만드는 이름을 쓰십시오.")),
        SentenceEntry(
            "set.memberOnly",
            english: .init(
                what: "`{0}` in the template would belong to every member.",
                why: "Only one server can own it.",
                remedy: "Move it to `overrides`, or use `addresses` for addresses."),
            korean: .init(
                what: "템플릿의 `{0}`은(는) 모든 구성원의 것이 됩니다.",
                why: "한 서버만 가질 수 있습니다.",
                remedy: "`overrides`로 옮기거나, 주소라면 `addresses`를 쓰십시오.")),
        SentenceEntry(
            "set.addresses",
            english: .init(
                what: "Counting from `{0}`, the network ends before `{1}` gets its address.",
                remedy: "Begin lower, use a larger network, or divide the set."),
            korean: .init(
                what: "`{0}`부터 세면 `{1}`이(가) 주소를 받기 전에 네트워크가 끝납니다.",
                remedy: "더 낮은 주소에서 시작하거나 더 큰 네트워크를 쓰거나 집합을 나누십시오.")),
        SentenceEntry(
            "database.oracleService",
            english: .init(
                what: "Oracle needs `defaultDatabase`, the name of the service.",
                why: "Unlike the other engines it has no default.",
                remedy: "Add it; many installations use `ORCL`."),
            korean: .init(
                what: "Oracle에는 서비스 이름인 `defaultDatabase`가 있어야 합니다.",
                why: "다른 엔진과 달리 기본값이 없습니다.",
                remedy: "넣으십시오. 흔히 `ORCL`을 씁니다.")),
        SentenceEntry(
            "conflict.endpoint",
            english: .init(
                what: "The clusters `{1}` and `{2}` are one Proxmox: {0}.",
                why: "Each would give out the same VMIDs, and take the other's guests for strangers.",
                remedy: "Keep one of them and move its servers there, or correct the address."),
            korean: .init(
                what: "클러스터 `{1}`와(과) `{2}`는 같은 Proxmox입니다: {0}.",
                why: "둘이 같은 VMID를 나누어 주고 서로의 게스트를 남의 것으로 봅니다.",
                remedy: "하나만 남겨 서버를 그리로 옮기거나 주소를 고치십시오.")),
        SentenceEntry(
            "fleet.realCluster",
            english: .init(
                what: "The fleet `{0}` would be placed on the real cluster `{1}`.",
                why: "A simulated fleet is made of simulated guests only.",
                remedy: "Name a cluster with `simulated`, or remove `clusterRef`."),
            korean: .init(
                what: "플릿 `{0}`이(가) 실제 클러스터 `{1}`에 놓이게 됩니다.",
                why: "시뮬레이션 플릿은 시뮬레이션 게스트로만 이루어집니다.",
                remedy: "`simulated`가 있는 클러스터를 쓰거나 `clusterRef`를 지우십시오.")),
        SentenceEntry(
            "reference.dangling",
            english: .init(
                what: "There is no {0} `{1}`.",
                remedy: "Correct the name, or add a document for it."),
            korean: .init(
                what: "{0} `{1}`이(가) 없습니다.",
                remedy: "이름을 고치거나 그 문서를 추가하십시오.")),
        SentenceEntry(
            "reference.danglingMany",
            english: .init(
                what: "There is no {0} `{1}`, and {2} places name it.",
                remedy: "Correct the name in each of them, or add a document for it."),
            korean: .init(
                what: "{0} `{1}`이(가) 없는데 {2}곳에서 그 이름을 씁니다.",
                remedy: "곳곳의 이름을 고치거나 그 문서를 추가하십시오.")),
        SentenceEntry(
            "reference.itself",
            english: .init(
                what: "`{0}` names itself.",
                remedy: "Remove the name from its own list."),
            korean: .init(
                what: "`{0}`이(가) 자기 자신을 가리킵니다.",
                remedy: "자신의 목록에서 그 이름을 지우십시오.")),
        SentenceEntry(
            "reference.cycle",
            english: .init(
                what: "These servers wait for one another: {0}.",
                why: "None of them could ever be the first.",
                remedy: "Remove one of the dependencies."),
            korean: .init(
                what: "이 서버들은 서로를 기다립니다: {0}.",
                why: "아무것도 먼저 만들 수 없습니다.",
                remedy: "의존 관계 하나를 지우십시오.")),
        SentenceEntry(
            "reference.node",
            english: .init(
                what: "The cluster `{1}` has no node `{0}`.",
                remedy: "Use one of: {2}."),
            korean: .init(
                what: "클러스터 `{1}`에 노드 `{0}`이(가) 없습니다.",
                remedy: "다음 중 하나를 쓰십시오: {2}.")),
        SentenceEntry(
            "reference.template",
            english: .init(
                what: "The cluster `{1}` has no template `{0}`.",
                remedy: "Use one of these, or add it to the cluster's `templates`: {2}."),
            korean: .init(
                what: "클러스터 `{1}`에 템플릿 `{0}`이(가) 없습니다.",
                remedy: "다음 중 하나를 쓰거나 클러스터의 `templates`에 추가하십시오: {2}.")),
        SentenceEntry(
            "conflict.name",
            english: .init(
                what: "Two documents declare the {0} `{1}`.",
                why: """
                    Names are compared without case; both documents are left aside until it is clear which \
                    one counts.
                    """,
                remedy: "Rename or remove one of them."),
            korean: .init(
                what: "문서 둘이 {0} `{1}`을(를) 선언합니다.",
                why: "이름은 대소문자를 가리지 않으며, 어느 쪽인지 분명해질 때까지 둘 다 제쳐 둡니다.",
                remedy: "하나의 이름을 바꾸거나 지우십시오.")),
        SentenceEntry(
            "conflict.displayName",
            english: .init(
                what: "The displayed name `{1}` belongs to two objects of the kind {0}.",
                why: "Wherever a name is taken, a displayed name is taken too.",
                remedy: "Change one of them."),
            korean: .init(
                what: "표시 이름 `{1}`을(를) 가진 {0}이(가) 둘입니다.",
                why: "이름을 받는 곳에서는 표시 이름도 받습니다.",
                remedy: "하나를 바꾸십시오.")),
        SentenceEntry(
            "conflict.formerName",
            english: .init(
                what: "The former name `{1}` still belongs to another {0}.",
                why: "Both are declared, and a rename would take over what that one owns.",
                remedy:
                    "If they are one {0} under its old and its new name, remove what still declares `{1}`; if they are two, remove `formerName`, or rename the other one first."
            ),
            korean: .init(
                what: "이전 이름 `{1}`은(는) 아직 다른 {0}의 이름입니다.",
                why: "둘 다 선언되어 있어서, 이름을 바꾸면 그것이 가진 것을 넘겨받게 됩니다.",
                remedy:
                    "이전 이름과 새 이름을 가진 하나의 {0}(이)라면 아직 `{1}`을(를) 선언하는 것을 지우십시오. 서로 다른 것이라면 `formerName`을 지우거나 다른 것의 이름을 먼저 바꾸십시오."
            )),
        SentenceEntry(
            "conflict.ownFormerName",
            english: .init(
                what: "The {0} `{1}` cannot be its own former name.",
                why: "A rename leads from another name to this one, and an object that names itself is left aside.",
                remedy: "Delete the line `formerName`; if `{1}` was renamed, write the name that it had before."),
            korean: .init(
                what: "{0} `{1}`의 이전 이름이 자기 이름과 같을 수는 없습니다.",
                why: "이름 변경은 다른 이름에서 이 이름으로 바뀌는 것이며, 자기 이름을 적은 것은 쓰지 않습니다.",
                remedy: "`formerName` 줄을 지우십시오. `{1}`의 이름을 바꾼 것이라면 이전 이름을 쓰십시오.")),
        SentenceEntry(
            "conflict.vmid",
            english: .init(
                what: "The VMID {0} belongs to `{1}` and to `{2}`.",
                why: "A cluster has each VMID once.",
                remedy: "Change one of them, or leave it out: Plumb takes the lowest free one."),
            korean: .init(
                what: "VMID {0}이(가) `{1}`과(와) `{2}` 모두의 것입니다.",
                why: "한 클러스터에 같은 VMID는 하나뿐입니다.",
                remedy: "하나를 바꾸거나 비워 두십시오. Plumb가 비어 있는 가장 작은 번호를 씁니다.")),
        SentenceEntry(
            "conflict.address",
            english: .init(
                what: "The address {0} belongs to `{1}` and to `{2}`.",
                why: "Neither of them could be reached for certain.",
                remedy: "Change one of them."),
            korean: .init(
                what: "주소 {0}이(가) `{1}`과(와) `{2}` 모두의 것입니다.",
                why: "어느 쪽에도 확실히 닿을 수 없습니다.",
                remedy: "하나를 바꾸십시오.")),
        SentenceEntry(
            "conflict.mac",
            english: .init(
                what: "The MAC address {0} belongs to `{1}` and to `{2}`.",
                remedy: "Change one of them, or leave it out."),
            korean: .init(
                what: "MAC 주소 {0}이(가) `{1}`과(와) `{2}` 모두의 것입니다.",
                remedy: "하나를 바꾸거나 비워 두십시오.")),
        SentenceEntry(
            "conflict.roles",
            english: .init(
                what: "`{0}` has the roles `{1}` and `{2}`, which exclude each other.",
                why: "One of them says so in `conflictsWith`.",
                remedy: "Remove one of the two roles."),
            korean: .init(
                what: "`{0}`이(가) 서로 함께 둘 수 없는 역할 `{1}`과(와) `{2}`을(를) 가집니다.",
                why: "둘 중 하나의 `conflictsWith`에 그렇게 적혀 있습니다.",
                remedy: "두 역할 중 하나를 지우십시오.")),
        SentenceEntry(
            "conflict.companyCode",
            english: .init(
                what: "The company code `{0}` belongs to `{1}` and to `{2}`.",
                remedy: "Give each company a code of its own."),
            korean: .init(
                what: "법인 코드 `{0}`이(가) `{1}`과(와) `{2}` 모두의 것입니다.",
                remedy: "법인마다 다른 코드를 쓰십시오.")),
        SentenceEntry(
            "conflict.database",
            english: .init(
                what: "`{1}` and `{2}` are the same database `{0}`.",
                remedy: "Remove one of the documents, or correct `databaseName`."),
            korean: .init(
                what: "`{1}`과(와) `{2}`은(는) 같은 데이터베이스 `{0}`입니다.",
                remedy: "문서 하나를 지우거나 `databaseName`을 고치십시오.")),
    ]
}
