extension Catalogue {
    /// What ``ProxmoxFailure/sentence(about:)`` and an inventory that cannot be trusted say.
    package static let proxmox: [SentenceEntry] = refusals + doubts

    private static let refusals: [SentenceEntry] = [
        SentenceEntry(
            "proxmox.unauthorized",
            english: SentenceText(
                what: "Proxmox does not accept the credentials used for {0}.",
                why: "It said: {1}",
                remedy: "Check the token (USER@REALM!ID=SECRET), that it has not expired, and that its user is enabled."
            ),
            korean: SentenceText(
                what: "{0}에 쓴 인증 정보를 Proxmox가 받아들이지 않습니다.",
                why: "Proxmox의 응답: {1}",
                remedy: "토큰(USER@REALM!ID=SECRET)이 맞는지, 만료되지 않았는지, 사용자가 활성 상태인지 확인하십시오.")),
        SentenceEntry(
            "proxmox.permission",
            english: SentenceText(
                what: "Proxmox refused a call about {0}: the privilege {1} is missing on {2}.",
                remedy: "Give the token's user and the token itself a role with {1} on {2}."),
            korean: SentenceText(
                what: "Proxmox가 {0}에 대한 호출을 거부했습니다. {2}에 대한 {1} 권한이 없습니다.",
                remedy: "토큰의 사용자와 토큰에 {2}에서 {1} 권한이 있는 역할을 부여하십시오.")),
        SentenceEntry(
            "proxmox.forbidden",
            english: SentenceText(
                what: "Proxmox forbids a call about {0}.",
                why: "It said: {1}",
                remedy: "Use an account that may do it, or leave it out of the configuration."),
            korean: SentenceText(
                what: "Proxmox가 {0}에 대한 호출을 금지합니다.",
                why: "Proxmox의 응답: {1}",
                remedy: "권한이 있는 계정을 쓰거나 설정에서 빼십시오.")),
        SentenceEntry(
            "proxmox.parameters",
            english: SentenceText(
                what: "Proxmox does not accept the values for {0}.",
                why: "It said: {1}",
                remedy: "Correct the values in the configuration."),
            korean: SentenceText(
                what: "Proxmox가 {0}의 값을 받아들이지 않습니다.",
                why: "Proxmox의 응답: {1}",
                remedy: "설정의 값을 고치십시오.")),
        SentenceEntry(
            "proxmox.gone",
            english: SentenceText(
                what: "What was asked of {0} is not there any more.",
                why: "Proxmox said: {1}",
                remedy: "Plan again; the next listing shows what became of it."),
            korean: SentenceText(
                what: "{0}에 요청한 대상이 더 이상 없습니다.",
                why: "Proxmox의 응답: {1}",
                remedy: "다시 계획하십시오. 다음 목록에서 어떻게 되었는지 알 수 있습니다.")),
        SentenceEntry(
            "proxmox.collision",
            english: SentenceText(
                what: "{0} cannot be made, because something with its number exists.",
                why: "Proxmox said: {1}",
                remedy: "Plan again, or choose another VMID."),
            korean: SentenceText(
                what: "같은 번호를 쓰는 것이 있어 {0}을(를) 만들 수 없습니다.",
                why: "Proxmox의 응답: {1}",
                remedy: "다시 계획하거나 다른 VMID를 고르십시오.")),
        SentenceEntry(
            "proxmox.locked",
            english: SentenceText(
                what: "{0} is locked: somebody is working on it.",
                why: "Proxmox said: {1}",
                remedy: "Wait until that task has ended; the next pass tries again."),
            korean: SentenceText(
                what: "{0}이(가) 잠겨 있습니다. 다른 작업이 진행 중입니다.",
                why: "Proxmox의 응답: {1}",
                remedy: "그 작업이 끝날 때까지 기다리십시오. 다음 차례에 다시 시도합니다.")),
        SentenceEntry(
            "proxmox.notRunning",
            english: SentenceText(
                what: "{0} is not running.",
                why: "Proxmox said: {1}",
                remedy: "Start it, if it should run."),
            korean: SentenceText(
                what: "{0}이(가) 실행 중이 아닙니다.",
                why: "Proxmox의 응답: {1}",
                remedy: "실행되어야 한다면 시작하십시오.")),
        SentenceEntry(
            "proxmox.alreadyRunning",
            english: SentenceText(
                what: "{0} is running already.",
                why: "Proxmox said: {1}",
                remedy: "Nothing needs to be done."),
            korean: SentenceText(
                what: "{0}이(가) 이미 실행 중입니다.",
                why: "Proxmox의 응답: {1}",
                remedy: "할 일이 없습니다.")),
        SentenceEntry(
            "proxmox.protected",
            english: SentenceText(
                what: "{0} is protected in Proxmox.",
                why: "Proxmox said: {1}",
                remedy: "Take its protection away first, if it is really to go."),
            korean: SentenceText(
                what: "{0}은(는) Proxmox에서 보호되어 있습니다.",
                why: "Proxmox의 응답: {1}",
                remedy: "정말 없애려면 먼저 보호를 해제하십시오.")),
        SentenceEntry(
            "proxmox.changed",
            english: SentenceText(
                what: "The configuration of {0} changed while it was to be changed.",
                why: "Proxmox said: {1}",
                remedy: "Plan again."),
            korean: SentenceText(
                what: "{0}의 설정을 바꾸려는 동안 설정이 달라졌습니다.",
                why: "Proxmox의 응답: {1}",
                remedy: "다시 계획하십시오.")),
        SentenceEntry(
            "proxmox.refused",
            english: SentenceText(
                what: "Proxmox refused a call about {0}.",
                why: "It said: {1}",
                remedy: "Look at the task log of the node for the reason."),
            korean: SentenceText(
                what: "Proxmox가 {0}에 대한 호출을 거부했습니다.",
                why: "Proxmox의 응답: {1}",
                remedy: "노드의 작업 기록에서 까닭을 확인하십시오.")),
    ]

    private static let doubts: [SentenceEntry] = [
        SentenceEntry(
            "proxmox.noQuorum",
            english: SentenceText(
                what: "The cluster of {0} has no quorum.",
                why:
                    "Without it Proxmox accepts no changes, and what it lists may be old; nothing is concluded from it.",
                remedy: "Bring back the nodes that are missing (`pvecm status` names them)."),
            korean: SentenceText(
                what: "{0}의 클러스터에 쿼럼이 없습니다.",
                why: "쿼럼이 없으면 Proxmox는 변경을 받지 않고, 보이는 목록도 오래된 것일 수 있어 아무것도 판단하지 않습니다.",
                remedy: "빠진 노드를 되살리십시오(`pvecm status`로 확인).")),
        SentenceEntry(
            "proxmox.otherCluster",
            english: SentenceText(
                what: "Another cluster answers for {0}: it calls itself {2}, and until now it was {1}.",
                why: "The address may be another host's by now; what that one does not list says nothing.",
                remedy: """
                    Check `endpoint` of Cluster {0}. If it is the same cluster, `plumb recover --accept-cluster {0}`; nothing is \
                    concluded or done until then.
                    """),
            korean: SentenceText(
                what: "{0}(으)로 다른 클러스터가 응답합니다: 이름이 {2}이고, 지금까지는 {1}이었습니다.",
                why: "주소가 다른 호스트의 것이 되었을 수 있습니다. 그 호스트의 목록에 없다는 것은 아무것도 뜻하지 않습니다.",
                remedy: """
                    Cluster {0}의 `endpoint`를 확인하십시오. 같은 클러스터라면 `plumb recover --accept-cluster {0}`를 실행하십시오. 그때까지 \
                    아무것도 판단하거나 바꾸지 않습니다.
                    """)),
        SentenceEntry(
            "proxmox.leftCluster",
            english: SentenceText(
                what: "A node that is in no cluster answers for {0}; until now it was cluster {1}.",
                why:
                    "A node that was taken out of its cluster still takes the token of before, and lists its own guests only.",
                remedy: """
                    Point `endpoint` of Cluster {0} at a node of the cluster (`pvecm status` shows whether it is one). If the node \
                    on its own is meant, `plumb recover --accept-cluster {0}`.
                    """),
            korean: SentenceText(
                what: "{0}(으)로 클러스터에 속하지 않은 노드가 응답합니다. 지금까지는 {1} 클러스터였습니다.",
                why: "클러스터에서 빠진 노드도 이전 토큰을 받아들이며, 자기 게스트만 보여 줍니다.",
                remedy: """
                    Cluster {0}의 `endpoint`를 클러스터의 노드로 바꾸십시오(`pvecm status`로 확인). 그 노드 하나만을 뜻한다면 `plumb recover \
                    --accept-cluster {0}`를 실행하십시오.
                    """)),
        SentenceEntry(
            "proxmox.joinedCluster",
            english: SentenceText(
                what: "Cluster {1} answers for {0}; until now it was a node in no cluster.",
                why: "The node may have joined it, or the address may be another host's by now.",
                remedy:
                    "If it is the same node, `plumb recover --accept-cluster {0}`; if not, mend `endpoint` of Cluster {0}."
            ),
            korean: SentenceText(
                what: "{0}(으)로 {1} 클러스터가 응답합니다. 지금까지는 클러스터에 속하지 않은 노드였습니다.",
                why: "그 노드가 클러스터에 들어갔거나, 주소가 다른 호스트의 것이 되었을 수 있습니다.",
                remedy: "같은 노드라면 `plumb recover --accept-cluster {0}`를 실행하고, 아니면 Cluster {0}의 `endpoint`를 고치십시오.")),
        SentenceEntry(
            "proxmox.nodeUnreachable",
            english: SentenceText(
                what: "The node of {0} cannot be reached through the cluster's endpoint.",
                why: "Proxmox said: {1}",
                remedy: "Check that the node is up and that its port 8006 is open to the others."),
            korean: SentenceText(
                what: "클러스터 엔드포인트에서 {0}의 노드에 접속할 수 없습니다.",
                why: "Proxmox의 응답: {1}",
                remedy: "노드가 켜져 있고 다른 노드에 8006 포트가 열려 있는지 확인하십시오.")),
        SentenceEntry(
            "proxmox.nodeOffline",
            english: SentenceText(
                what: "{0} cannot be looked at, because its node {1} is offline.",
                remedy: "Bring the node back; until then nothing is done to its guests."),
            korean: SentenceText(
                what: "노드 {1}이(가) 오프라인이라 {0}을(를) 확인할 수 없습니다.",
                remedy: "노드를 되살리십시오. 그때까지 그 노드의 게스트에는 아무 일도 하지 않습니다.")),
        SentenceEntry(
            "proxmox.goneSinceListing",
            english: SentenceText(
                what: "{0} is not on the node any more on which it was listed.",
                why: "It was deleted or moved in between, and one reading cannot tell which.",
                remedy: "Plan again."),
            korean: SentenceText(
                what: "{0}이(가) 목록에 있던 노드에 더 이상 없습니다.",
                why: "그 사이에 삭제되었거나 옮겨졌고, 한 번 읽어서는 구별할 수 없습니다.",
                remedy: "다시 계획하십시오.")),
        SentenceEntry(
            "proxmox.noAudit",
            english: SentenceText(
                what: "The token may not see the guests of {0}.",
                why:
                    "Proxmox leaves out of its listing what a token may not see, so that an empty list proves nothing.",
                remedy: "Give the token's user and the token a role with VM.Audit on /vms, with propagation."),
            korean: SentenceText(
                what: "토큰에 {0}의 게스트를 볼 권한이 없습니다.",
                why: "Proxmox는 볼 수 없는 것을 목록에서 빼므로 빈 목록은 아무것도 증명하지 않습니다.",
                remedy: "토큰의 사용자와 토큰에 /vms에 대한 VM.Audit 권한을 하위까지 적용되게 부여하십시오.")),
        SentenceEntry(
            "proxmox.partialAudit",
            english: SentenceText(
                what: "The token may see only some of the guests of {0}.",
                why: "A guest that it may not see would look as if it had been deleted.",
                remedy: "Give the token's user and the token a role with VM.Audit on /vms, with propagation."),
            korean: SentenceText(
                what: "토큰으로는 {0}의 게스트 일부만 볼 수 있습니다.",
                why: "볼 수 없는 게스트는 삭제된 것처럼 보입니다.",
                remedy: "토큰의 사용자와 토큰에 /vms에 대한 VM.Audit 권한을 하위까지 적용되게 부여하십시오.")),
        SentenceEntry(
            "proxmox.narrowedGuest",
            english: SentenceText(
                what: "The token lacks VM.Audit on {1}, so that {0} does not list every guest.",
                why: "A guest that it may not see would look as if it had been deleted.",
                remedy: "Give the token a role with VM.Audit on {1}, or take the entry of that path away."),
            korean: SentenceText(
                what: "토큰에 {1}에 대한 VM.Audit 권한이 없어서 {0}이(가) 모든 게스트를 나열하지 않습니다.",
                why: "볼 수 없는 게스트는 삭제된 것처럼 보입니다.",
                remedy: "토큰에 {1}에 대한 VM.Audit 권한을 부여하거나 그 경로의 항목을 없애십시오.")),
        SentenceEntry(
            "proxmox.hiddenGuest",
            english: SentenceText(
                what: "Guest {0} of {1} exists, and the listing leaves it out.",
                why:
                    "So Proxmox does with what a token may not see: NoAccess on /vms/{0} or on the pool of the guest does it.",
                remedy: "Give the token VM.Audit on /vms/{0}; if it was made this very moment, plan again."),
            korean: SentenceText(
                what: "{1}의 게스트 {0}은(는) 존재하지만 목록에 없습니다.",
                why: "Proxmox는 토큰이 볼 수 없는 것을 목록에서 뺍니다. /vms/{0}이나 게스트의 풀에 대한 NoAccess가 그렇게 합니다.",
                remedy: "토큰에 /vms/{0}에 대한 VM.Audit 권한을 부여하십시오. 방금 만들어졌다면 다시 계획하십시오.")),
        SentenceEntry(
            "proxmox.unreadable",
            english: SentenceText(
                what: "Proxmox's answer about {0} cannot be read.",
                why: "{1}; nothing is concluded from it.",
                remedy:
                    "Try again; if it stays so, look at what stands between Plumb and Proxmox (a proxy, another service on that port)."
            ),
            korean: SentenceText(
                what: "{0}에 대한 Proxmox의 응답을 읽을 수 없습니다.",
                why: "{1}. 이것으로는 아무것도 판단하지 않습니다.",
                remedy: "다시 시도하고, 계속되면 Plumb과 Proxmox 사이(프록시, 그 포트의 다른 서비스)를 살펴보십시오.")),
        SentenceEntry(
            "proxmox.unreachable",
            english: SentenceText(
                what: "Proxmox cannot be reached for {0}: {1}.",
                remedy: "Check the endpoint, the network and that pveproxy runs."),
            korean: SentenceText(
                what: "{0}에 대해 Proxmox에 접속할 수 없습니다: {1}.",
                remedy: "엔드포인트와 네트워크, pveproxy가 실행 중인지 확인하십시오.")),
        SentenceEntry(
            "proxmox.untrusted",
            english: SentenceText(
                what: "No secure connection to {1} for {0}, and nothing was sent: {2}.",
                remedy:
                    "If this is the right server, set `tls` of the cluster to its CA file or its fingerprint (`pvenode cert info`)."
            ),
            korean: SentenceText(
                what: "{0}에 대해 {1}에 안전하게 접속할 수 없어 아무것도 보내지 않았습니다: {2}.",
                remedy: "맞는 서버라면 클러스터의 `tls`에 CA 파일이나 지문(`pvenode cert info`)을 지정하십시오.")),
        SentenceEntry(
            "proxmox.answerLost",
            english: SentenceText(
                what: "A call about {0} was sent, and its answer never came.",
                why: "{1}; it may have been carried out all the same.",
                remedy: "Plan again: the next pass looks at what is there before it does anything."),
            korean: SentenceText(
                what: "{0}에 대한 호출을 보냈지만 응답이 오지 않았습니다.",
                why: "{1}. 그래도 실행되었을 수 있습니다.",
                remedy: "다시 계획하십시오. 다음 차례에는 먼저 현재 상태를 확인합니다.")),
        SentenceEntry(
            "proxmox.deadline",
            english: SentenceText(
                what: "A task about {0} has not ended in time.",
                why: "Its id is {1}, and it goes on.",
                remedy: "Look at it in Proxmox's task log; plan again when it has ended."),
            korean: SentenceText(
                what: "{0}에 대한 작업이 제시간에 끝나지 않았습니다.",
                why: "작업 번호는 {1}이고 아직 진행 중입니다.",
                remedy: "Proxmox의 작업 기록을 확인하고 끝나면 다시 계획하십시오.")),
        SentenceEntry(
            "proxmox.cancelled",
            english: SentenceText(
                what: "The call about {0} was cancelled.",
                remedy: "Run the command again."),
            korean: SentenceText(
                what: "{0}에 대한 호출이 취소되었습니다.",
                remedy: "명령을 다시 실행하십시오.")),
    ]
}
