/// The partitions of a table or of a global index: those that serve, in key order, tiling the key space without a gap,
/// and those that were split and keep their data for a while.
struct PartitionList {
    private(set) var live: [Partition]
    /// Oldest first.
    private(set) var retired: [Partition] = []
    /// Under which routers remember the partition map.
    let mapNumber: Int
    /// The map as it is.
    private(set) var map: PartitionMap
    /// The map before, as long as the storage nodes' word of the change is on its way to the metadata service.
    private var formerMap: PartitionMap
    private var changedAt = SimulatedInstant(microseconds: .min)
    private var nextNumber: Int

    init(_ partitions: [Partition], mapNumber: Int) {
        live = partitions
        self.mapNumber = mapNumber
        map = PartitionMap(epoch: 1, partitions)
        formerMap = map
        nextNumber = partitions.count
    }

    /// Grows whenever the partitions, or who leads or hosts them, change. Routers compare it with what they remember.
    @inline(__always)
    var epoch: Int { map.epoch }

    /// Every partition that stands on storage nodes: those that serve, those being filled, and the retired ones.
    var all: [Partition] { live + live.flatMap { $0.split?.children ?? [] } + retired }

    /// The map as the metadata service knows it.
    func publishedMap(on instant: SimulatedInstant, push: Int64) -> PartitionMap {
        isPublished(on: instant, push: push) ? map : formerMap
    }

    private func isPublished(on instant: SimulatedInstant, push: Int64) -> Bool {
        instant >= changedAt.advanced(byMicroseconds: push)
    }

    /// A number that no partition of the list ever had.
    mutating func nextPartitionNumber() -> Int {
        defer { nextNumber += 1 }
        return nextNumber
    }

    /// The children of a partition take its place.
    mutating func replace(_ parent: Partition, with children: [Partition], on instant: SimulatedInstant, push: Int64) {
        let place = live.firstIndex { $0 === parent }!
        live.replaceSubrange(place...place, with: children)
        retired.append(parent)
        mapChanged(on: instant, push: push)
    }

    mutating func forget(_ partition: Partition) { retired.removeAll { $0 === partition } }

    /// To be called when a partition is led or hosted by another node, too.
    mutating func mapChanged(on instant: SimulatedInstant, push: Int64) {
        // What the metadata service has not heard of yet, it hears of together with this.
        if isPublished(on: instant, push: push) { formerMap = map }
        map = PartitionMap(epoch: epoch + 1, live)
        changedAt = instant
    }

    /// Divides the provisioned throughput evenly again.
    func shareEvenly() {
        for partition in live { partition.shareDivisor = live.count }
    }
}
