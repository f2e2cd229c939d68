/// One of the stateless fleet that every request meets first: it knows where partitions are from a cache of its own.
struct RequestRouter {
    let number: Int
    let zone: Zone
    var isAlive = true
    /// Users it asked the identity service about.
    var identities = IdentityCache()
    /// By the maps' numbers.
    private var remembered: [RememberedMap] = []
    private(set) var cacheHits = 0
    private(set) var cacheMisses = 0
    /// Requests that an old map sent to the wrong place first.
    private(set) var redirects = 0

    private struct RememberedMap {
        /// 0 while there is none.
        var epoch = 0
        var map: PartitionMap?
        /// What the metadata service answers to the refresh that is under way.
        var coming: (map: PartitionMap, arrivesAt: SimulatedInstant)?
    }

    init(number: Int, zone: Zone) {
        self.number = number
        self.zone = zone
    }

    var name: String { "r\(number)" }
    var cachedMaps: Int { remembered.count { $0.epoch > 0 } }

    /// Looks a partition map up; true when the router has the one of this epoch, the newest. A hit is also refreshed in
    /// the background, so that the metadata service's load does not depend on how well the cache works; with the newest
    /// map in hand the refresh brings nothing.
    @inline(__always)
    mutating func hasNewest(_ number: Int, epoch: Int) -> Bool {
        guard number < remembered.count, remembered[number].epoch == epoch else { return false }
        cacheHits += 1
        return true
    }

    /// An older map, or none: then the metadata service must be asked.
    mutating func olderMap(_ number: Int, on instant: SimulatedInstant) -> PartitionMap? {
        guard number < remembered.count else { return nil }
        if let (map, arrivesAt) = remembered[number].coming, arrivesAt <= instant { remember(map, number) }
        return remembered[number].map
    }

    mutating func remember(_ map: PartitionMap, _ number: Int) {
        while number >= remembered.count { remembered.append(RememberedMap()) }
        remembered[number] = RememberedMap(epoch: map.epoch, map: map)
    }

    /// The answer to a refresh is on its way.
    mutating func expect(_ map: PartitionMap, _ number: Int, at instant: SimulatedInstant) {
        if remembered[number].coming == nil { remembered[number].coming = (map, instant) }
    }

    mutating func countHit() { cacheHits += 1 }
    mutating func countMiss() { cacheMisses += 1 }
    mutating func countRedirect() { redirects += 1 }
}
