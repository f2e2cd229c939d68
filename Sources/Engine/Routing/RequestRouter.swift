import Model

/// One of the stateless fleet that every request meets first: it knows where partitions are from a cache of its own.
struct RequestRouter {
    let number: Int
    let zone: Zone
    /// Epoch of each partition map it remembers, by the map's number; 0 is none.
    private var cachedEpochs: [Int] = []
    private(set) var cacheHits = 0
    private(set) var cacheMisses = 0

    init(number: Int, zone: Zone) {
        self.number = number
        self.zone = zone
    }

    var name: String { "r\(number)" }
    var cachedMaps: Int { cachedEpochs.count { $0 > 0 } }

    /// Looks a partition map up. A hit is also refreshed in the background, so that the metadata service's load does not
    /// depend on how well the cache works.
    mutating func lookUp(_ map: Int, epoch: Int) -> Bool {
        while map >= cachedEpochs.count { cachedEpochs.append(0) }
        if cachedEpochs[map] == epoch {
            cacheHits += 1
            return true
        }
        cacheMisses += 1
        cachedEpochs[map] = epoch
        return false
    }
}
