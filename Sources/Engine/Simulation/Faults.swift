import Model

/// What is broken now, and what that means for places and replicas.
struct Faults {
    struct Active {
        let number: Int
        let report: FaultReport
        /// The same fault with a leader replaced by the replica that led.
        let resolved: Fault
    }

    /// A replica as faults name it.
    struct ReplicaName: Hashable {
        let table: String
        let label: ReplicaLabel
    }

    /// The sum of all faults.
    struct Effects {
        fileprivate(set) var dead: Set<Place> = []
        fileprivate(set) var deadReplicas: Set<ReplicaName> = []
        fileprivate(set) var hasNoCoordinator = false
        fileprivate var slow: [Place: Int64] = [:]
        fileprivate var slowReplicas: [ReplicaName: Int64] = [:]
        fileprivate var cuts: [(Set<Place>, Set<Place>)] = []

        func isDead(_ place: Place) -> Bool { dead.contains(place) }

        func slowness(of place: Place) -> Int64 { slow.isEmpty ? 0 : slow[place] ?? 0 }

        func slowness(of replica: ReplicaName) -> Int64 { slowReplicas.isEmpty ? 0 : slowReplicas[replica] ?? 0 }

        func reaches(_ start: Place, _ end: Place) -> Bool {
            if isDead(start) || isDead(end) { return false }
            return !cuts.contains { one, other in
                one.contains(start) && other.contains(end) || one.contains(end) && other.contains(start)
            }
        }

        /// Whether anything is wrong with a node, or on its ways to others.
        func touches(_ place: Place) -> Bool {
            isDead(place) || slow[place] != nil || cuts.contains { $0.contains(place) || $1.contains(place) }
        }

        func touches(_ replica: ReplicaName) -> Bool {
            deadReplicas.contains(replica) || slowReplicas[replica] != nil
        }
    }

    private(set) var active: [Active] = []
    private(set) var effects = Effects()
    private var count = 0

    var isEmpty: Bool { active.isEmpty }

    /// Returns the fault's number.
    mutating func add(_ report: FaultReport, meaning resolved: Fault, places: (FaultScope) -> Set<Place>) -> Int {
        count += 1
        active.append(Active(number: count, report: report, resolved: resolved))
        refresh(places)
        return count
    }

    mutating func remove(_ numbers: Set<Int>, places: (FaultScope) -> Set<Place>) -> [FaultReport] {
        let ended = active.filter { numbers.contains($0.number) }
        active.removeAll { numbers.contains($0.number) }
        refresh(places)
        return ended.map(\.report)
    }

    private mutating func refresh(_ places: (FaultScope) -> Set<Place>) {
        effects = Effects()
        for fault in active.map(\.resolved) {
            switch fault {
            case .kill(.coordinator): effects.hasNoCoordinator = true
            case .kill(.replica(let table, let partition, let node)):
                effects.deadReplicas.insert(ReplicaName(table: table, label: .init(partition: partition, node: node)))
            case .kill(let scope): effects.dead.formUnion(places(scope))
            case .slow(.replica(let table, let partition, let node), let delay):
                let name = ReplicaName(table: table, label: .init(partition: partition, node: node))
                effects.slowReplicas[name, default: 0] += delay
            case .slow(let scope, let delay):
                for place in places(scope) { effects.slow[place, default: 0] += delay }
            case .cut(let scope, let other): effects.cuts.append((places(scope), places(other)))
            case .corrupt: break
            }
        }
    }
}
