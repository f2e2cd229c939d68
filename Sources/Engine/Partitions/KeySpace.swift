/// What has partitions of its own: a table, or one of its global indexes.
struct KeySpace {
    let table: Table
    let index: GlobalIndex?

    init(_ table: Table, _ index: GlobalIndex? = nil) {
        self.table = table
        self.index = index
    }

    /// `app`, or `app/gsi1`.
    var name: String { index.map { "\(table.name)/\($0.name)" } ?? table.name }
    var list: PartitionList { index?.partitionList ?? table.partitionList }
    var partitions: [Partition] { index?.partitions ?? table.partitions }
    var mapNumber: Int { index.map { $0.partitionList.mapNumber } ?? table.partitionList.mapNumber }
    var mapEpoch: Int { index.map { $0.partitionList.epoch } ?? table.partitionList.epoch }
    var billing: Billing { index?.billing ?? table.billing }
    var localIndexes: [IndexDefinition] { index == nil ? table.localIndexes : [] }

    func changeList(_ body: (inout PartitionList) -> Void) {
        if let index { body(&index.partitionList) } else { body(&table.partitionList) }
    }
}
