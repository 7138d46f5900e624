import Model
import Planning

/// The servers that a look found out of plumb.
func driftingServers(_ input: PlanningInput) -> Set<ServerName> { Set(seenDrift(input).map(\.server)) }
