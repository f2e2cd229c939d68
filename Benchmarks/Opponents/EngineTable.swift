import Engine
import Model

/// The data set in the embedded engine: a region with one table, three replicas a partition.
final class EngineTable {
    enum GlobalIndex { case none, byCity }

    private let data: DataSet
    private let region: Region
    private var maker: ItemMaker

    /// On demand, or provisioned for so many partitions.
    init(_ data: DataSet, profile: Profile = .serve, index: GlobalIndex = .none, partitions: Int? = nil) {
        self.data = data
        maker = ItemMaker(data)
        region = Region(profile: profile)
        answer(.createTable(EngineTable.definition(index, partitions)))
        // A table is CREATING for a while when latencies are modelled.
        region.advance(byMicroseconds: 60_000_000)
    }

    private static func definition(_ index: GlobalIndex, _ partitions: Int?) -> CreateTableRequest {
        var request = CreateTableRequest(
            tableName: "app",
            attributeDefinitions: [AttributeDefinition("pk", .string), AttributeDefinition("sk", .string)],
            keySchema: [KeySchemaElement("pk", .hash), KeySchemaElement("sk", .range)],
            billingMode: .payPerRequest
        )
        let throughput = partitions.map {
            ProvisionedThroughput(readCapacityUnits: 1, writeCapacityUnits: $0 * 1_000 - 1)
        }
        if throughput != nil { (request.billingMode, request.provisionedThroughput) = (.provisioned, throughput) }
        if index == .byCity {
            request.attributeDefinitions.append(AttributeDefinition("city", .string))
            request.globalSecondaryIndexes = [
                GlobalSecondaryIndexRequest(
                    indexName: "byCity",
                    keySchema: [KeySchemaElement("city", .hash), KeySchemaElement("sk", .range)],
                    projection: Projection(.all),
                    provisionedThroughput: throughput
                )
            ]
        }
        return request
    }

    /// Lets simulated time pass without a request.
    func pass(microseconds: Int64) { region.advance(byMicroseconds: microseconds) }

    /// Makes each item and puts it.
    func load(_ order: [Int]) {
        for number in order { put(maker.item(data.rows[number])) }
    }

    /// Puts items that are made already.
    func put(_ items: [Item]) {
        for item in items { put(item) }
    }

    /// Reads items one by one, strongly consistent; returns what their attributes hold.
    func readEach(_ order: [Int]) -> Int {
        var bytes = 0
        for number in order {
            let key = maker.key(data.rows[number])
            let response = answer(.getItem(GetItemRequest(tableName: "app", key: key, consistentRead: true)))
            guard case .getItem(let read) = response, let item = read.item else {
                preconditionFailure("every item is there")
            }
            bytes += EngineTable.readAll(item)
        }
        return bytes
    }

    /// Queries the items between two sort keys of one partition key, for each of the ranges.
    func readRanges(_ ranges: [RowRange]) -> Int {
        var bytes = 0
        for asked in ranges {
            let (first, last) = (data.rows[asked.first], data.rows[asked.last])
            let request = QueryRequest(
                tableName: "app",
                keyConditionExpression: "pk = :p AND sk BETWEEN :a AND :b",
                expressionAttributes: ExpressionAttributes(values: [
                    ":p": .string(data.string(first.partitionKey)),
                    ":a": .string(data.string(first.sortKey)),
                    ":b": .string(data.string(last.sortKey)),
                ]),
                consistentRead: true
            )
            guard case .query(let page) = answer(.query(request)) else { preconditionFailure("a query answers a page") }
            precondition(page.items.count == asked.count, "every item is there")
            for item in page.items { bytes += EngineTable.readAll(item) }
        }
        return bytes
    }

    private func put(_ item: Item) { answer(.putItem(PutItemRequest(tableName: "app", item: item))) }

    @discardableResult
    private func answer(_ request: Request) -> Response {
        do throws(ServiceError) {
            return try region.perform(request)
        } catch {
            preconditionFailure("the engine refused: \(error)")
        }
    }

    private static func readAll(_ item: Item) -> Int {
        var bytes = 0
        item.forEach { _, value in bytes += value.payload.count + Int(value.payload[0] & 1) }
        return bytes
    }
}
