extension Catalogue {
    /// What is not done because no plan said it, and ends that nobody can see or that cannot be written down.
    package static let executionEnds: [SentenceEntry] = [
        SentenceEntry(
            "execution.updateChanges",
            english: SentenceText(
                what: "{0} was not changed: more would change than the plan says: {1}.",
                why:
                    "Somebody changed the guest since the plan was made, or Terraform sees it otherwise than Plumb does.",
                remedy:
                    "Nothing was done to it. Plan again; where this comes back, declare what the guest has. Take nothing off it for this."
            ),
            korean: SentenceText(
                what: "{0}을(를) 변경하지 않았습니다. 계획에 적힌 것보다 많이 바뀝니다: {1}.",
                why: "계획을 세운 뒤 누군가 게스트를 변경했거나, Terraform이 Plumb와 다르게 보고 있습니다.",
                remedy: "게스트는 그대로입니다. 다시 계획하십시오. 계속 나오면 게스트에 있는 것을 선언하십시오. 이 때문에 게스트에서 무엇도 떼어 내지 마십시오.")),
        SentenceEntry(
            "execution.endUnprovable",
            english: SentenceText(
                what: "The end of guest {0} was not begun: nobody could see that it came about.",
                why: "The cluster has no quorum, or not every node can be seen: {1}.",
                remedy:
                    "The guest stays. Bring the nodes back, then apply again; one that was taken out for good goes into `spec.removedNodes` of the Cluster."
            ),
            korean: SentenceText(
                what: "게스트 {0}의 삭제를 시작하지 않았습니다: 없어졌는지 확인할 수 없습니다.",
                why: "클러스터에 쿼럼이 없거나 보이지 않는 노드가 있습니다: {1}.",
                remedy:
                    "게스트는 그대로 둡니다. 노드를 복구한 뒤 다시 적용하십시오. 완전히 제거한 노드라면 Cluster의 `spec.removedNodes`에 적으십시오.")),
        SentenceEntry(
            "execution.removalUnseen",
            english: SentenceText(
                what: "Terraform says that it destroyed {0} (guest {1}), and its end cannot be seen: {2}",
                why: "Only what the cluster shows counts as an end: until then its entry and its row stay.",
                remedy:
                    "Nothing else is begun in its stack meanwhile; `plumb recover`, or the next `plumb apply`, looks again. A `terraform apply` by hand would make it anew."
            ),
            korean: SentenceText(
                what: "Terraform은 {0}(게스트 {1})을(를) 삭제했다고 하지만 없어졌는지 볼 수 없습니다: {2}",
                why: "클러스터에서 확인된 것만 삭제로 인정하며, 그때까지 항목과 기록을 남겨 둡니다.",
                remedy:
                    "그동안 이 스택에서는 다른 작업을 시작하지 않습니다. `plumb recover`나 다음 `plumb apply`가 다시 확인합니다. 직접 `terraform apply`를 실행하면 다시 만들어집니다."
            )),
        SentenceEntry(
            "execution.endUnsettled",
            english: SentenceText(
                what: "{0} (guest {1}) was destroyed, and that could not be written down: {2}",
                why:
                    "Its batch stays open until it is: until then a `terraform apply` by hand could make it anew. The budget of the day counts its end.",
                remedy:
                    "Mend what it names, such as room on the disk or a right to write, then run `plumb recover` or the next `plumb apply`. Nothing else is begun in its stack meanwhile."
            ),
            korean: SentenceText(
                what: "{0}(게스트 {1})이(가) 삭제되었으나 그 사실을 기록하지 못했습니다: {2}",
                why:
                    "기록될 때까지 배치를 열어 둡니다. 그전에 직접 `terraform apply`를 실행하면 다시 만들어질 수 있습니다. 하루 삭제 한도에는 이미 포함됩니다.",
                remedy:
                    "디스크 공간이나 쓰기 권한 등 위에 적힌 원인을 해결한 뒤 `plumb recover`나 다음 `plumb apply`를 실행하십시오. 그동안 이 스택에서는 다른 작업을 시작하지 않습니다."
            )),
    ]
}
