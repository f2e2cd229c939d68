import Model
import Testing

@testable import Engine

/// Reference B7 with the teach profile's delays: 8 s to create, 18 s with indexes, 5 s to delete, 2 s for throughput,
/// 90 s for a billing mode.
struct TableLifecycleTests {
    static let notFound = ServiceError.resourceNotFoundException("Requested resource not found")
    static let key: Item = ["pk": "k"]

    static func missing(_ name: String) -> ServiceError {
        .resourceNotFoundException("Requested resource not found: Table: \(name) not found")
    }

    static func inUse(_ text: String) -> ServiceError {
        .resourceInUseException("Attempt to change a resource which is still in use: " + text)
    }

    static func region(_ request: CreateTableRequest = .table("Music")) throws -> Region {
        let region = Region(profile: .teach)
        try region.createAndWait(request)
        return region
    }

    static func throughput(_ reads: Int, _ writes: Int) -> ProvisionedThroughput {
        ProvisionedThroughput(readCapacityUnits: reads, writeCapacityUnits: writes)
    }

    /// K55.
    @Test func aTableThatIsBeingCreatedIsNotFoundByDataCalls() throws {
        let region = Region(profile: .teach)
        #expect(try region.create(.table("Music")).tableStatus == .creating)
        let calls: [Request] = [
            .getItem(GetItemRequest(tableName: "Music", key: Self.key)),
            .putItem(PutItemRequest(tableName: "Music", item: Self.key)),
            .updateItem(UpdateItemRequest(tableName: "Music", key: Self.key)),
            .deleteItem(DeleteItemRequest(tableName: "Music", key: Self.key)),
            .scan(ScanRequest(tableName: "Music")),
            .query(
                QueryRequest(
                    tableName: "Music",
                    keyConditionExpression: "pk = :p",
                    expressionAttributes: .init(values: [":p": "x"])
                )
            ),
            .batchGetItem(BatchGetItemRequest(requestItems: [.init(tableName: "Music", keys: [Self.key])])),
            .batchWriteItem(
                BatchWriteItemRequest(requestItems: [.init(tableName: "Music", writes: [.put(item: Self.key)])])
            ),
            .transactGetItems(TransactGetItemsRequest(transactItems: [.init(tableName: "Music", key: Self.key)])),
            .transactWriteItems(
                TransactWriteItemsRequest(transactItems: [.put(PutItemRequest(tableName: "Music", item: Self.key))])
            ),
        ]
        for call in calls {
            #expect(
                thrown { () throws(ServiceError) in try region.perform(call) } == Self.notFound,
                "\(call.operation)"
            )
        }
        #expect(try region.describeTable("Music").tableStatus == .creating)
        #expect(try region.listTables().tableNames == ["Music"])
        region.advance(byMicroseconds: 7_900_000)
        #expect(try region.describeTable("Music").tableStatus == .creating)
        region.advance(seconds: 1)
        #expect(try region.describeTable("Music").tableStatus == .active)
        for call in calls {
            #expect(thrown { () throws(ServiceError) in try region.perform(call) } == nil, "\(call.operation)")
        }
    }

    @Test func withIndexesCreationTakesLongerAndAllBecomeActiveTogether() throws {
        let region = Region(profile: .teach)
        try region.create(.table("Music", globals: [.init(name: "byG", hash: [("g", .string)])]))
        region.advance(seconds: 17)
        #expect(try region.describeTable("Music").tableStatus == .creating)
        #expect(try region.describeTable("Music").globalSecondaryIndexes.map(\.indexStatus) == [.creating])
        region.advance(seconds: 2)
        #expect(try region.describeTable("Music").tableStatus == .active)
        let index = try #require(try region.describeTable("Music").globalSecondaryIndexes.first)
        #expect(index.indexStatus == .active)
        #expect(index.backfilling == nil)
    }

    @Test func aNameIsTakenInAnyState() throws {
        let region = Region(profile: .teach)
        let taken = ServiceError.resourceInUseException("Table already exists: Music")
        try region.create(.table("Music"))
        #expect(thrown { () throws(ServiceError) in try region.create(.table("Music")) } == taken)
        region.advance(seconds: 10)
        #expect(thrown { () throws(ServiceError) in try region.create(.table("Music")) } == taken)
        try region.deleteTable("Music")
        #expect(thrown { () throws(ServiceError) in try region.create(.table("Music")) } == taken)
        region.advance(seconds: 6)
        #expect(thrown { () throws(ServiceError) in try region.create(.table("Music")) } == nil)
    }

    @Test func deletionTakesItsTimeAndThenEverythingIsGone() throws {
        let region = try Self.region()
        try region.put("Music", Self.key)
        #expect(try region.deleteTable("Music").tableStatus == .deleting)
        #expect(thrown { () throws(ServiceError) in try region.get("Music", Self.key) } == Self.notFound)
        #expect(
            thrown { () throws(ServiceError) in try region.deleteTable("Music") }
                == Self.inUse("Table is being deleted: Music")
        )
        region.advance(seconds: 6)
        #expect(thrown { () throws(ServiceError) in try region.describeTable("Music") } == Self.missing("Music"))
        #expect(try region.listTables().tableNames == [])
        try region.createAndWait(.table("Music"))
        #expect(try region.get("Music", Self.key) == nil, "the new table is empty")
    }

    /// K25: control calls name the table, data calls do not.
    @Test func aMissingTableIsToldDifferentlyToDataAndControlCalls() throws {
        let region = Region(profile: .serve)
        #expect(thrown { () throws(ServiceError) in try region.get("Nowhere", Self.key) } == Self.notFound)
        #expect(thrown { () throws(ServiceError) in try region.describeTable("Nowhere") } == Self.missing("Nowhere"))
        #expect(thrown { () throws(ServiceError) in try region.deleteTable("Nowhere") } == Self.missing("Nowhere"))
        let update = UpdateTableRequest(tableName: "Nowhere", deletionProtectionEnabled: true)
        #expect(thrown { () throws(ServiceError) in try region.updateTable(update) } == Self.missing("Nowhere"))
    }

    @Test func aTableBeingCreatedCannotBeChanged() throws {
        let region = Region(profile: .teach)
        try region.create(.table("Music"))
        let busy = Self.inUse("Table is being created: Music")
        #expect(thrown { () throws(ServiceError) in try region.deleteTable("Music") } == busy)
        let update = UpdateTableRequest(tableName: "Music", provisionedThroughput: Self.throughput(5, 5))
        #expect(thrown { () throws(ServiceError) in try region.updateTable(update) } == busy)
    }

    @Test func aThroughputChangeTakesItsTimeAndTheAnswerShowsTheOldValues() throws {
        let region = try Self.region()
        let update = UpdateTableRequest(tableName: "Music", provisionedThroughput: Self.throughput(50, 60))
        let answer = try region.updateTable(update)
        #expect(answer.tableStatus == .updating)
        #expect(answer.provisionedThroughput.readCapacityUnits == 1)
        #expect(
            thrown { () throws(ServiceError) in try region.updateTable(update) }
                == Self.inUse("Table: Music is in the process of being updated.")
        )
        #expect(
            thrown { () throws(ServiceError) in try region.deleteTable("Music") }
                == Self.inUse("Table: Music is in the process of being updated.")
        )
        try region.put("Music", Self.key)
        region.advance(seconds: 3)
        let table = try region.describeTable("Music")
        #expect(table.tableStatus == .active)
        #expect(table.provisionedThroughput.readCapacityUnits == 50)
        #expect(table.provisionedThroughput.writeCapacityUnits == 60)
        #expect(table.provisionedThroughput.lastIncreaseDateTime != nil)
        #expect(table.provisionedThroughput.lastDecreaseDateTime == table.provisionedThroughput.lastIncreaseDateTime)
    }

    @Test func theSameThroughputIsNoChangeButOneDimensionIs() throws {
        let region = try Self.region()
        try region.updateTable(UpdateTableRequest(tableName: "Music", provisionedThroughput: Self.throughput(5, 7)))
        region.advance(seconds: 3)
        #expect(
            message { () throws(ServiceError) in
                try region.updateTable(
                    UpdateTableRequest(tableName: "Music", provisionedThroughput: Self.throughput(5, 7))
                )
            }
                == "The provisioned throughput for the table will not change. The requested value equals the current value. "
                + "Current ReadCapacityUnits provisioned for the table: 5. Requested ReadCapacityUnits: 5. "
                + "Current WriteCapacityUnits provisioned for the table: 7. Requested WriteCapacityUnits: 7. "
                + "Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits."
        )
        try region.updateTable(UpdateTableRequest(tableName: "Music", provisionedThroughput: Self.throughput(5, 8)))
    }

    /// E11: four decreases a UTC day, then one an hour after the last; the counter starts anew at midnight.
    @Test func decreasesAreCountedAndLimited() throws {
        let region = try Self.region(.table("Music", partitions: 1))
        func decrease(to writes: Int) -> ServiceError? {
            let error = thrown { () throws(ServiceError) in
                try region.updateTable(
                    UpdateTableRequest(tableName: "Music", provisionedThroughput: Self.throughput(1, writes))
                )
            }
            region.advance(seconds: 3)
            return error
        }
        for count in 1...4 {
            #expect(decrease(to: 900 - count) == nil)
            #expect(try region.describeTable("Music").provisionedThroughput.numberOfDecreasesToday == count)
        }
        guard case .limitExceededException(let text)? = decrease(to: 800) else {
            Issue.record("the fifth decrease must be refused")
            return
        }
        #expect(
            text.hasPrefix(
                "Subscriber limit exceeded: Provisioned throughput decreases are limited within a given UTC day. After the "
                    + "first 4 decreases, each subsequent decrease in the same UTC day can be performed at most once "
                    + "every 3600 seconds. Number of decreases today: 4. Last decrease at "
            )
        )
        #expect(decrease(to: 990) == nil, "an increase is no decrease")
        region.advance(seconds: 3_600)
        #expect(decrease(to: 700) == nil)
        #expect(decrease(to: 699) != nil)
        region.advance(seconds: 86_400)
        #expect(try region.describeTable("Music").provisionedThroughput.numberOfDecreasesToday == 0)
        #expect(decrease(to: 600) == nil)
        #expect(try region.describeTable("Music").provisionedThroughput.numberOfDecreasesToday == 1)
    }

    @Test func oneCallThatLowersBothIsOneDecrease() throws {
        let region = try Self.region()
        try region.updateTable(UpdateTableRequest(tableName: "Music", provisionedThroughput: Self.throughput(100, 100)))
        region.advance(seconds: 3)
        let before = try region.describeTable("Music").provisionedThroughput.numberOfDecreasesToday
        try region.updateTable(UpdateTableRequest(tableName: "Music", provisionedThroughput: Self.throughput(50, 50)))
        region.advance(seconds: 3)
        #expect(try region.describeTable("Music").provisionedThroughput.numberOfDecreasesToday == before + 1)
    }

    @Test func aBillingModeSwitchTakesItsTime() throws {
        let region = try Self.region(.table("Music", globals: [.init(name: "byG", hash: [("g", .string)])]))
        try region.updateTable(UpdateTableRequest(tableName: "Music", billingMode: .payPerRequest))
        region.advance(seconds: 60)
        #expect(try region.describeTable("Music").tableStatus == .updating)
        #expect(try region.describeTable("Music").billingModeSummary == nil)
        try region.put("Music", ["pk": "k", "g": "x"])
        region.advance(seconds: 60)
        let table = try region.describeTable("Music")
        #expect(table.tableStatus == .active)
        #expect(table.billingModeSummary?.billingMode == .payPerRequest)
        #expect(table.provisionedThroughput.readCapacityUnits == 0)
        #expect(table.provisionedThroughput.writeCapacityUnits == 0)
        #expect(table.globalSecondaryIndexes.first?.provisionedThroughput.writeCapacityUnits == 0)
        #expect(table.warmThroughput == WarmThroughput(readUnitsPerSecond: 12_000, writeUnitsPerSecond: 4_000))
    }

    @Test func switchingBackNeedsThroughputForTheTableAndEveryIndex() throws {
        let region = try Self.region(
            .table("Music", globals: [.init(name: "byG", hash: [("g", .string)])], onDemand: true)
        )
        var update = UpdateTableRequest(tableName: "Music", billingMode: .provisioned)
        #expect(
            region.refusal(of: update)
                == "One or more parameter values were invalid: ProvisionedThroughput must be specified when BillingMode is "
                + "PROVISIONED"
        )
        update.provisionedThroughput = Self.throughput(5, 5)
        #expect(region.refusal(of: update) != nil, "the index has none")
        update.globalSecondaryIndexUpdates = [
            .update(
                indexName: "byG",
                provisionedThroughput: Self.throughput(3, 4),
                onDemandThroughput: nil,
                warmThroughput: nil
            )
        ]
        try region.updateTable(update)
        region.advance(seconds: 100)
        let table = try region.describeTable("Music")
        #expect(table.billingModeSummary?.billingMode == .provisioned)
        #expect(table.provisionedThroughput.writeCapacityUnits == 5)
        #expect(table.globalSecondaryIndexes.first?.provisionedThroughput.writeCapacityUnits == 4)
    }

    @Test func onDemandToOnDemandIsAcceptedAndChangesNothing() throws {
        let region = try Self.region(.table("Music", onDemand: true))
        let before = try region.describeTable("Music").billingModeSummary
        region.advance(seconds: 1_000)
        try region.updateTable(UpdateTableRequest(tableName: "Music", billingMode: .payPerRequest))
        region.advance(seconds: 100)
        #expect(try region.describeTable("Music").billingModeSummary == before)
        #expect(try region.describeTable("Music").tableStatus == .active)
    }

    @Test func throughputAndOnDemandExcludeEachOther() throws {
        let region = try Self.region(.table("Music", onDemand: true))
        let text =
            "One or more parameter values were invalid: Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST"
        #expect(
            message { () throws(ServiceError) in
                try region.updateTable(
                    UpdateTableRequest(tableName: "Music", provisionedThroughput: Self.throughput(1, 1))
                )
            } == text
        )
        var create = CreateTableRequest.table("Other", onDemand: true)
        create.provisionedThroughput = Self.throughput(1, 1)
        #expect(region.refusal(of: create) == text)
    }

    /// E11, account quota: 80,000 over all provisioned tables and indexes of a region.
    @Test func allTablesTogetherHaveTheAccountsThroughput() throws {
        let region = Region(profile: .serve)
        func create(_ name: String) -> String? {
            var request = CreateTableRequest.table(name)
            request.provisionedThroughput = Self.throughput(40_000, 10)
            return region.refusal(of: request)
        }
        #expect(create("One") == nil)
        #expect(create("Two") == nil)
        #expect(
            create("Three")?.hasPrefix(
                "This request would have caused the ReadCapacityUnits limit to be exceeded for the account in us-east-1. "
                    + "Current ReadCapacityUnits reserved by the account: 80000. Limit: 80000. Requested: 40000"
            ) == true
        )
    }

    /// E8: at most four switches from provisioned to on-demand in 24 hours.
    @Test func aTableGoesOnDemandFourTimesADay() throws {
        let region = try Self.region()
        func toOnDemand() -> ServiceError? {
            // The first time, one partition becomes four.
            defer { region.advance(seconds: 130) }
            return thrown { () throws(ServiceError) in
                try region.updateTable(UpdateTableRequest(tableName: "Music", billingMode: .payPerRequest))
            }
        }
        for _ in 1...4 {
            #expect(toOnDemand() == nil)
            try region.updateTable(
                UpdateTableRequest(
                    tableName: "Music",
                    billingMode: .provisioned,
                    provisionedThroughput: Self.throughput(5, 5)
                )
            )
            region.advance(seconds: 100)
        }
        #expect(toOnDemand()?.name == "LimitExceededException")
        region.advance(seconds: 86_400)
        #expect(toOnDemand() == nil)
    }

    @Test func aProtectedTableCannotBeDeleted() throws {
        let region = try Self.region()
        let protected = try region.updateTable(UpdateTableRequest(tableName: "Music", deletionProtectionEnabled: true))
        #expect(protected.deletionProtectionEnabled)
        region.advance(seconds: 10)
        #expect(
            message { () throws(ServiceError) in try region.deleteTable("Music") }
                == "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first."
        )
        try region.updateTable(UpdateTableRequest(tableName: "Music", deletionProtectionEnabled: false))
        region.advance(seconds: 10)
        try region.deleteTable("Music")
    }

    @Test func severalKindsOfChangeAreRefusedAndSoIsNone() throws {
        let region = try Self.region()
        let both = UpdateTableRequest(
            tableName: "Music",
            provisionedThroughput: Self.throughput(5, 5),
            deletionProtectionEnabled: true
        )
        #expect(thrown { () throws(ServiceError) in try region.updateTable(both) }?.name == "ValidationException")
        #expect(
            message { () throws(ServiceError) in try region.updateTable(UpdateTableRequest(tableName: "Music")) }?
                .hasPrefix("At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled") == true
        )
    }

    /// B7: counts are refreshed about every six hours; the laboratory shows them live.
    @Test func countsAreAsOldAsTheRefresh() throws {
        let region = try Self.region(
            .table(
                "Music",
                sort: ("sk", .number),
                partitions: 3,
                locals: [("byA", ("a", .number), Projection(.keysOnly))],
                globals: [.init(name: "byG", hash: [("g", .string)], projection: Projection(.keysOnly))]
            )
        )
        #expect(try region.describeTable("Music").itemCount == 0)
        var bytes = 0
        for number in 0..<20 {
            var item: AttributeMap = ["pk": .string("k\(number)"), "sk": 1, "x": "0123456789"]
            if number < 12 { item["a"] = 7 }
            if number < 5 { item["g"] = "group" }
            bytes += Arithmetic.size(item)
            try region.put("Music", Item(item))
        }
        region.advance(seconds: 60)
        #expect(try region.describeTable("Music").itemCount == 0)
        func check(_ table: TableDescription) {
            #expect(table.itemCount == 20)
            #expect(table.tableSizeBytes == bytes)
            #expect(table.localSecondaryIndexes.first?.itemCount == 12)
            #expect(table.globalSecondaryIndexes.first?.itemCount == 5)
            let entries = (0..<5).map {
                Arithmetic.size(["pk": .string("k\($0)"), "sk": 1, "g": "group"] as AttributeMap)
            }
            #expect(table.globalSecondaryIndexes.first?.indexSizeBytes == entries.reduce(0, +))
            let local = (0..<12).map { Arithmetic.size(["pk": .string("k\($0)"), "sk": 1, "a": 7] as AttributeMap) }
            #expect(table.localSecondaryIndexes.first?.indexSizeBytes == local.reduce(0, +))
        }
        check(try region.describe(table: "Music"))
        region.advance(seconds: 6 * 3_600)
        check(try region.describeTable("Music"))
        try region.delete("Music", ["pk": "k1", "sk": 1])
        #expect(try region.describeTable("Music").itemCount == 20)
        #expect(try region.describe(table: "Music").itemCount == 19)
    }

    @Test func aDescriptionHasWhatTheTableWasMadeOf() throws {
        let region = Region(profile: .serve, seed: 4, name: "eu-west-1", accountID: "123456789012")
        try region.create(.table("Music", sort: ("sk", .number), onDemand: true))
        let table = try region.describeTable("Music")
        #expect(table.tableArn == "arn:aws:dynamodb:eu-west-1:123456789012:table/Music")
        #expect(table.keySchema == [KeySchemaElement("pk", .hash), KeySchemaElement("sk", .range)])
        #expect(table.attributeDefinitions == [AttributeDefinition("pk", .string), AttributeDefinition("sk", .number)])
        #expect(table.creationDateTime == 1_767_225_600)
        #expect(table.tableId.count == 36)
        #expect(table.tableStatus == .active)
        // Data calls and DescribeTable take the ARN in the name's place.
        #expect(try region.describeTable(table.tableArn) == table)
        try region.put(table.tableArn, ["pk": "k", "sk": 1])
        #expect(try region.get("Music", ["pk": "k", "sk": 1]) != nil)
    }

    /// E1: the first number of partitions.
    @Test(arguments: [
        (1, 1, 1), (3_000, 1, 2), (2_997, 1, 1), (2_998, 1, 2), (1, 1_000, 2), (6_000, 2_000, 4), (40_000, 40_000, 54),
    ])
    func provisionedTablesStartWithWhatTheirThroughputNeeds(reads: Int, writes: Int, partitions: Int) throws {
        let region = Region(profile: .serve)
        var request = CreateTableRequest.table("Music")
        request.provisionedThroughput = Self.throughput(reads, writes)
        try region.create(request)
        #expect(try region.partitions(of: "Music", index: nil).count == partitions)
    }

    @Test func onDemandTablesStartWithFourPartitions() throws {
        let region = Region(profile: .serve)
        try region.create(.table("Music", onDemand: true))
        #expect(try region.partitions(of: "Music", index: nil).count == 4)
        var warm = CreateTableRequest.table("Warm", onDemand: true)
        warm.warmThroughput = WarmThroughput(readUnitsPerSecond: 30_000, writeUnitsPerSecond: 7_500)
        try region.create(warm)
        #expect(try region.partitions(of: "Warm", index: nil).count == 10)
    }

    @Test func theThreeReplicasOfAPartitionAreInThreeZones() throws {
        let region = Region(profile: .serve)
        try region.create(.table("Music", partitions: 9))
        let replicas = try region.replicas(of: "Music", index: nil)
        for number in 0..<9 {
            let group = replicas.filter { $0.partition.number == number }
            #expect(Set(group.map(\.zone)) == ["a", "b", "c"])
            #expect(Set(group.map(\.node)).count == 3)
            #expect(group.filter { $0.role == "leader" }.count == 1)
        }
    }

    // MARK: ListTables

    @Test func namesAreListedInByteOrderPageByPage() throws {
        let region = Region(profile: .serve)
        for name in ["banana", "Apple", "apple", "zebra", "b.nana", "b_nana"] { try region.create(.table(name)) }
        let sorted = ["Apple", "apple", "b.nana", "b_nana", "banana", "zebra"]
        #expect(try region.listTables() == ListTablesResponse(tableNames: sorted))
        let first = try region.listTables(limit: 4)
        #expect(first == ListTablesResponse(tableNames: Array(sorted[..<4]), lastEvaluatedTableName: "b_nana"))
        #expect(try region.listTables(after: "b_nana", limit: 4) == ListTablesResponse(tableNames: Array(sorted[4...])))
        #expect(try region.listTables(after: "b_nana", limit: 2).lastEvaluatedTableName == nil)
        // The start need not exist.
        #expect(try region.listTables(after: "bbb").tableNames == ["zebra"])
        #expect(try region.listTables(after: "zzz").tableNames == [])
        for limit in [0, 101] {
            #expect(
                thrown { () throws(ServiceError) in try region.listTables(limit: limit) }?.name == "ValidationException"
            )
        }
    }

    @Test func aHundredNamesAreAPage() throws {
        let region = Region(profile: .serve)
        let names = (0..<105).map { "table\(1_000 + $0)" }
        for name in names { try region.create(.table(name, onDemand: true)) }
        let page = try region.listTables()
        #expect(page.tableNames == Array(names[..<100]))
        #expect(page.lastEvaluatedTableName == names[99])
        #expect(try region.listTables(after: page.lastEvaluatedTableName).tableNames == Array(names[100...]))
    }
}
