/// A partition, and the table or index it belongs to.
struct PlacedPartition {
    let partition: Partition
    let table: Table
    /// The table's name, or `table/index`.
    let owner: String

    /// `app/p3`, `app/gsi1/p0`.
    var name: String { "\(table.name)/\(partition.label)" }
}

extension Region {
    /// The partitions that tables and indexes have now, by identity.
    func placedPartitions() -> [ObjectIdentifier: PlacedPartition] {
        var placed: [ObjectIdentifier: PlacedPartition] = [:]
        func add(_ partitions: [Partition], _ table: Table, _ owner: String) {
            for partition in partitions {
                placed[ObjectIdentifier(partition)] = PlacedPartition(partition: partition, table: table, owner: owner)
            }
        }
        for (name, table) in metadata.tables {
            add(table.partitions, table, name)
            for index in table.globalIndexes { add(index.partitions, table, "\(name)/\(index.name)") }
        }
        return placed
    }
}
