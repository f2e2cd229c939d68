/// A machine of one zone that hosts replicas of partitions of many tables.
///
/// What it hosts is written in one place only, the partitions' lists of replicas; `StorageNodes.loads()` adds it up.
struct StorageNode {
    let name: StorageNodeName
    let zone: Zone
    /// False while it is down: nothing is placed here. Set by whoever breaks and heals it.
    var isAlive = true
}
