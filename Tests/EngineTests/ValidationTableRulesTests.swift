import Model
import Testing

@testable import Engine

@Suite struct ValidationCreateTableRulesTests {
    private let invalid = "One or more parameter values were invalid: "

    /// A good request with one thing changed.
    private func message(_ change: (inout CreateTableRequest) -> Void) -> String? {
        var request = CreateTableRequest(
            tableName: "Music",
            attributeDefinitions: [.init("a", .string), .init("b", .number)],
            keySchema: [.init("a", .hash), .init("b", .range)],
            billingMode: .payPerRequest
        )
        change(&request)
        do {
            try CreateTableRules.check(request)
            return nil
        } catch {
            return error.message
        }
    }

    private func global(
        _ name: String = "gsi",
        _ keySchema: [KeySchemaElement] = [.init("b", .hash)],
        _ projection: Projection = Projection(.all)
    ) -> GlobalSecondaryIndexRequest {
        GlobalSecondaryIndexRequest(indexName: name, keySchema: keySchema, projection: projection)
    }

    private func local(
        _ name: String = "lsi",
        _ keySchema: [KeySchemaElement] = [.init("a", .hash), .init("b", .range)],
        _ projection: Projection = Projection(.all)
    ) -> LocalSecondaryIndexRequest {
        LocalSecondaryIndexRequest(indexName: name, keySchema: keySchema, projection: projection)
    }

    @Test func billing() {
        let units = ProvisionedThroughput(readCapacityUnits: 1, writeCapacityUnits: 1)
        #expect(message { _ in } == nil)
        #expect(
            message { $0.provisionedThroughput = units }
                == invalid + "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is "
                + "PAY_PER_REQUEST"
        )
        #expect(
            message { $0.billingMode = .provisioned }
                == invalid + "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is "
                + "PROVISIONED"
        )
        #expect(
            message {
                $0.billingMode = .provisioned
                $0.provisionedThroughput = units
                $0.onDemandThroughput = .init(maxReadRequestUnits: 5)
            } == invalid + "MaxReadRequestUnits for OnDemandThroughput cannot be specified when table BillingMode is "
                + "PROVISIONED."
        )
        #expect(
            message { $0.onDemandThroughput = .init(maxReadRequestUnits: 0) }
                == invalid + "Requested MaxReadRequestUnits for OnDemandThroughput for table is outside of valid range"
        )
        #expect(message { $0.onDemandThroughput = .init(maxWriteRequestUnits: -1) } == nil)
        #expect(
            message {
                $0.billingMode = .provisioned
                $0.provisionedThroughput = .init(readCapacityUnits: 40_001, writeCapacityUnits: 1)
            }?.hasPrefix(
                "The requested ReadCapacityUnits, 40001, is above the per table maximum for the account in us-east-1. "
                    + "Per table maximum: 40000."
            ) == true
        )
        #expect(
            message {
                $0.billingMode = .provisioned
                $0.provisionedThroughput = .init(readCapacityUnits: 0, writeCapacityUnits: 1)
            }?.contains("'provisionedThroughput.readCapacityUnits'") == true
        )
    }

    @Test func keys() {
        #expect(
            message { $0.keySchema = [.init("a", .range), .init("b", .hash)] }
                == "Invalid KeySchema: The first KeySchemaElement is not a HASH key type"
        )
        #expect(
            message { $0.keySchema = [.init("a", .hash), .init("b", .hash)] }
                == "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type"
        )
        #expect(
            message { $0.keySchema = [.init("a", .hash), .init("a", .range)] }
                == "Both the Hash Key and the Range Key element in the KeySchema have the same name"
        )
        #expect(
            message { $0.keySchema = [.init("a", .hash), .init("c", .range)] }
                == "Invalid KeySchema: Some index key attribute have no definition"
        )
        #expect(
            message {
                $0.keySchema = [.init("a", .hash)]
                $0.attributeDefinitions = [.init("b", .string)]
            } == invalid + "Some index key attributes are not defined in AttributeDefinitions. Keys: [a], "
                + "AttributeDefinitions: [b]"
        )
        #expect(
            message { $0.keySchema = [.init("a", .hash)] }
                == invalid + "Number of attributes in KeySchema does not exactly match number of attributes defined in "
                + "AttributeDefinitions"
        )
        #expect(
            message { $0.attributeDefinitions.append(.init("a", .string)) } == "Attribute Name is duplicated: a"
        )
        #expect(message { $0.keySchema = [] }?.contains("'keySchema' failed") == true)
        #expect(
            message { $0.keySchema.append(.init("c", .range)) }?.contains("length less than or equal to 2") == true
        )
        #expect(
            message { $0.attributeDefinitions[0].attributeType = .map }
                == "1 validation error detected: Value 'M' at 'attributeDefinitions.1.member.attributeType' failed to "
                + "satisfy constraint: Member must satisfy enum value set: [B, N, S]"
        )
        #expect(
            message { $0.attributeDefinitions[0].attributeName = String(repeating: "a", count: 256) }?
                .contains("'attributeDefinitions.1.member.attributeName'") == true
        )
    }

    @Test func localIndexes() {
        #expect(message { $0.localSecondaryIndexes = [local()] } == nil)
        #expect(message { $0.localSecondaryIndexes = [] } == invalid + "List of LocalSecondaryIndexes is empty")
        #expect(
            message {
                $0.keySchema = [.init("a", .hash)]
                $0.localSecondaryIndexes = [local()]
            } == invalid + "Table KeySchema does not have a range key, which is required when specifying a "
                + "LocalSecondaryIndex"
        )
        #expect(
            message { $0.localSecondaryIndexes = [local("lsi", [.init("a", .hash)])] }
                == invalid + "Index KeySchema does not have a range key for index: lsi"
        )
        #expect(
            message { $0.localSecondaryIndexes = [local("lsi", [.init("b", .hash), .init("a", .range)])] }
                == invalid + "Index KeySchema does not have the same leading hash key as table KeySchema for "
                + "index: lsi. "
                + "index hash key: b, table hash key: a"
        )
        #expect(
            message { $0.localSecondaryIndexes = (1...6).map { local("lsi\($0)") } }
                == invalid + "Number of LocalSecondaryIndexes exceeds per-table limit of 5"
        )
        #expect(
            message { $0.localSecondaryIndexes = [local(), local()] } == invalid + "Duplicate index name: lsi"
        )
    }

    @Test func globalIndexes() {
        #expect(message { $0.globalSecondaryIndexes = [global()] } == nil)
        #expect(message { $0.globalSecondaryIndexes = [] } == invalid + "List of GlobalSecondaryIndexes is empty")
        #expect(
            message { $0.globalSecondaryIndexes = (1...21).map { global("gsi\($0)") } }
                == invalid + "GlobalSecondaryIndex count exceeds the per-table limit of 20"
        )
        #expect(
            message {
                $0.globalSecondaryIndexes = [global("same")]
                $0.localSecondaryIndexes = [local("same")]
            } == invalid + "Duplicate index name: same"
        )
        #expect(
            message { $0.globalSecondaryIndexes = [global("gsi", [.init("c", .hash)])] }
                == invalid + "Some index key attributes are not defined in AttributeDefinitions. Keys: [c], "
                + "AttributeDefinitions: [a, b]"
        )
        #expect(
            message {
                $0.globalSecondaryIndexes = [global()]
                $0.attributeDefinitions.append(.init("c", .string))
            } == invalid + "Some AttributeDefinitions are not used. AttributeDefinitions: [a, b, c], keys used: [a, b]"
        )
        #expect(
            message {
                var index = global()
                index.provisionedThroughput = .init(readCapacityUnits: 1, writeCapacityUnits: 1)
                $0.globalSecondaryIndexes = [index]
            } == invalid + "ProvisionedThroughput should not be specified for index: gsi when BillingMode is "
                + "PAY_PER_REQUEST"
        )
        #expect(
            message {
                $0.billingMode = .provisioned
                $0.provisionedThroughput = .init(readCapacityUnits: 1, writeCapacityUnits: 1)
                $0.globalSecondaryIndexes = [global()]
            } == invalid + "ProvisionedThroughput must be specified for index: gsi"
        )
    }

    @Test func projections() {
        func projected(_ projection: Projection) -> String? {
            message { $0.globalSecondaryIndexes = [global("gsi", [.init("b", .hash)], projection)] }
        }
        #expect(projected(Projection(nil)) == invalid + "Unknown ProjectionType: null")
        #expect(
            projected(Projection(.all, nonKeyAttributes: ["x"]))
                == invalid + "ProjectionType is ALL, but NonKeyAttributes is specified"
        )
        #expect(
            projected(Projection(.keysOnly, nonKeyAttributes: ["x"]))
                == invalid + "ProjectionType is KEYS_ONLY, but NonKeyAttributes is specified"
        )
        #expect(
            projected(Projection(.include))
                == invalid + "ProjectionType is INCLUDE, but NonKeyAttributes is not specified"
        )
        #expect(projected(Projection(.include, nonKeyAttributes: ["x"])) == nil)
        #expect(
            projected(Projection(.include, nonKeyAttributes: []))?
                .contains("'globalSecondaryIndexes.1.member.projection.nonKeyAttributes'") == true
        )
        #expect(
            projected(Projection(.include, nonKeyAttributes: (1...21).map { "x\($0)" }))?
                .contains("length less than or equal to 20") == true
        )
        func indexes(_ count: Int, _ names: Int) -> String? {
            message {
                $0.globalSecondaryIndexes = (1...count).map {
                    let projection = Projection(.include, nonKeyAttributes: (1...names).map { "x\($0)" })
                    return global("gsi\($0)", [.init("b", .hash)], projection)
                }
            }
        }
        #expect(indexes(5, 20) == nil)
        #expect(indexes(6, 17) != nil)
    }

    @Test func multiAttributeKeys() {
        let names = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"]
        func keyed(_ keySchema: [KeySchemaElement]) -> String? {
            message {
                let used = Set(keySchema.map(\.attributeName) + ["a", "b"])
                $0.attributeDefinitions = names.filter(used.contains).map { .init($0, .string) }
                $0.globalSecondaryIndexes = [global("gsi", keySchema)]
            }
        }
        func schema(_ hash: ArraySlice<String>, _ range: ArraySlice<String>) -> [KeySchemaElement] {
            hash.map { .init($0, .hash) } + range.map { .init($0, .range) }
        }
        #expect(keyed(schema(names[0..<4], names[4..<8])) == nil)
        #expect(
            keyed(schema(names[0..<5], []))
                == "The KeySchema exceeds the maximum allowed number of HASH key attributes"
        )
        #expect(
            keyed(schema(names[0..<1], names[1..<6]))
                == "The KeySchema exceeds the maximum allowed number of RANGE key attributes"
        )
        #expect(
            keyed([.init("a", .hash), .init("b", .range), .init("c", .hash)])
                == "All HASH key attributes must precede RANGE key attributes in the KeySchema"
        )
        #expect(
            keyed([.init("a", .hash), .init("b", .hash), .init("a", .range)])
                == "The KeySchema contains multiple key attributes with the same name"
        )
    }

    @Test func tags() {
        #expect(message { $0.tags = (1...50).map { Tag(key: "k\($0)", value: "") } } == nil)
        #expect(message { $0.tags = (1...51).map { Tag(key: "k\($0)", value: "") } } != nil)
        #expect(message { $0.tags = [Tag(key: "k", value: ""), Tag(key: "k", value: "")] } != nil)
        #expect(message { $0.tags = [Tag(key: "", value: "")] }?.contains("'tags.1.member.key'") == true)
    }
}

@Suite struct ValidationUpdateTableRulesTests {
    private let invalid = "One or more parameter values were invalid: "

    private func index(
        _ name: String,
        _ status: TableStatus,
        backfilling: Bool? = nil
    ) -> GlobalSecondaryIndexDescription {
        GlobalSecondaryIndexDescription(
            indexName: name,
            keySchema: [.init("b", .hash)],
            projection: Projection(.all),
            indexStatus: status,
            backfilling: backfilling,
            provisionedThroughput: .init(readCapacityUnits: 3, writeCapacityUnits: 4),
            onDemandThroughput: nil,
            warmThroughput: .init(readUnitsPerSecond: 1, writeUnitsPerSecond: 1),
            indexSizeBytes: 0,
            itemCount: 0,
            indexArn: ""
        )
    }

    private func table(_ billingMode: BillingMode = .provisioned) -> TableDescription {
        TableDescription(
            tableName: "Music",
            tableStatus: .active,
            attributeDefinitions: [.init("a", .string), .init("b", .number)],
            keySchema: [.init("a", .hash)],
            creationDateTime: 0,
            provisionedThroughput: .init(readCapacityUnits: 5, writeCapacityUnits: 6),
            tableSizeBytes: 0,
            itemCount: 0,
            tableArn: "",
            tableId: "",
            billingModeSummary: .init(billingMode: billingMode, lastUpdateToPayPerRequestDateTime: nil),
            localSecondaryIndexes: [],
            globalSecondaryIndexes: [index("gsi", .active)],
            tableClass: nil,
            deletionProtectionEnabled: false,
            onDemandThroughput: nil,
            warmThroughput: .init(readUnitsPerSecond: 1, writeUnitsPerSecond: 1)
        )
    }

    private func units(_ read: Int, _ write: Int) -> ProvisionedThroughput {
        ProvisionedThroughput(readCapacityUnits: read, writeCapacityUnits: write)
    }

    private func error(
        _ table: TableDescription,
        now: Double = 0,
        _ change: (inout UpdateTableRequest) -> Void
    ) -> ServiceError? {
        var request = UpdateTableRequest(tableName: "Music")
        change(&request)
        do {
            try UpdateTableRules.check(request)
            try UpdateTableRules.check(request, against: table, now: now)
            return nil
        } catch {
            return error
        }
    }

    private func newIndex(_ name: String = "new") -> UpdateTableRequest.IndexUpdate {
        .create(
            GlobalSecondaryIndexRequest(
                indexName: name,
                keySchema: [.init("b", .hash)],
                projection: Projection(.all),
                provisionedThroughput: units(1, 1)
            )
        )
    }

    private func update(_ name: String, _ throughput: ProvisionedThroughput) -> UpdateTableRequest.IndexUpdate {
        .update(
            indexName: name,
            provisionedThroughput: throughput,
            onDemandThroughput: nil,
            warmThroughput: nil
        )
    }

    @Test func somethingMustChange() {
        let nothing = error(table()) { _ in }?.message
        #expect(nothing?.hasPrefix("At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, ") == true)
        #expect(error(table()) { $0.globalSecondaryIndexUpdates = [] }?.message == nothing)
        #expect(error(table()) { $0.deletionProtectionEnabled = true } == nil)
    }

    @Test func throughputMustChange() {
        #expect(
            error(table()) { $0.provisionedThroughput = units(5, 6) }
                == .validationException(
                    "The provisioned throughput for the table will not change. The requested value equals the current "
                        + "value. Current ReadCapacityUnits provisioned for the table: 5. Requested "
                        + "ReadCapacityUnits: 5. "
                        + "Current WriteCapacityUnits provisioned for the table: 6. Requested WriteCapacityUnits: 6. "
                        + "Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher "
                        + "limits."
                )
        )
        #expect(error(table()) { $0.provisionedThroughput = units(5, 7) } == nil)
        #expect(
            error(table()) { $0.globalSecondaryIndexUpdates = [update("gsi", units(3, 4))] }?.message
                .hasPrefix("The provisioned throughput for the index gsi will not change.") == true
        )
        #expect(
            error(table()) {
                $0.provisionedThroughput = units(5, 6)
                $0.globalSecondaryIndexUpdates = [update("gsi", units(3, 5))]
            } == nil
        )
    }

    @Test func switchingModes() {
        #expect(error(table(.payPerRequest)) { $0.billingMode = .payPerRequest } == nil)
        #expect(error(table()) { $0.billingMode = .payPerRequest } == nil)
        #expect(
            error(table()) {
                $0.billingMode = .payPerRequest
                $0.provisionedThroughput = units(1, 1)
            }?.message.hasPrefix(invalid + "Neither ReadCapacityUnits nor WriteCapacityUnits") == true
        )
        #expect(
            error(table(.payPerRequest)) { $0.provisionedThroughput = units(1, 1) }?.message
                .hasPrefix(invalid + "Neither ReadCapacityUnits nor WriteCapacityUnits") == true
        )
        #expect(
            error(table(.payPerRequest)) { $0.billingMode = .provisioned }
                == .validationException(
                    invalid + "ProvisionedThroughput must be specified when BillingMode is PROVISIONED"
                )
        )
        #expect(
            error(table(.payPerRequest)) {
                $0.billingMode = .provisioned
                $0.provisionedThroughput = units(1, 1)
            } == .validationException(invalid + "ProvisionedThroughput must be specified for index: gsi")
        )
        #expect(
            error(table(.payPerRequest)) {
                $0.billingMode = .provisioned
                $0.provisionedThroughput = units(5, 6)
                $0.globalSecondaryIndexUpdates = [update("gsi", units(3, 4))]
            } == nil
        )
        #expect(
            error(table()) { $0.onDemandThroughput = .init(maxReadRequestUnits: 5) }?.message
                .contains("cannot be specified when table BillingMode is PROVISIONED.") == true
        )
        #expect(
            error(table()) {
                $0.billingMode = .payPerRequest
                $0.onDemandThroughput = .init(maxReadRequestUnits: 5)
            } == nil
        )
    }

    @Test func oneKindOfChangeAtATime() {
        let both = error(table()) {
            $0.tableClass = .standard
            $0.deletionProtectionEnabled = true
        }
        #expect(both?.message.hasPrefix("Only one kind of change is allowed") == true)
        let mixed = error(table()) {
            $0.provisionedThroughput = units(7, 7)
            $0.attributeDefinitions = [.init("b", .number)]
            $0.globalSecondaryIndexUpdates = [newIndex()]
        }
        #expect(mixed?.message.hasPrefix("Only one kind of change is allowed") == true)
    }

    @Test func newIndexes() {
        func create(
            _ table: TableDescription,
            _ updates: [UpdateTableRequest.IndexUpdate],
            definitions: [AttributeDefinition] = [.init("b", .number)]
        ) -> ServiceError? {
            error(table) {
                $0.attributeDefinitions = definitions
                $0.globalSecondaryIndexUpdates = updates
            }
        }
        #expect(create(table(), [newIndex()]) == nil)
        #expect(
            create(table(), [newIndex()], definitions: [])?.message
                .hasPrefix(invalid + "Some index key attributes are not defined in AttributeDefinitions.") == true
        )
        #expect(create(table(), [newIndex()], definitions: [.init("b", .string)]) != nil)
        #expect(
            create(table(), [newIndex("gsi")])
                == .validationException("Attempting to create an index which already exists")
        )
        let online = ServiceError.limitExceededException(
            "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table"
        )
        #expect(create(table(), [newIndex(), newIndex("new2")]) == online)
        #expect(create(table(), [newIndex(), .delete(indexName: "gsi")]) == online)
        var filling = table()
        filling.globalSecondaryIndexes.append(index("filling", .creating, backfilling: true))
        #expect(create(filling, [newIndex()]) == online)
        var full = table()
        full.globalSecondaryIndexes = (1...20).map { index("gsi\($0)", .active) }
        #expect(
            create(full, [newIndex()])
                == .limitExceededException(
                    "Subscriber limit exceeded: Number of global secondary indexes exceeds per-table limit of 20"
                )
        )
        #expect(
            create(table(), [.delete(indexName: "gsi"), update("gsi", units(9, 9))])
                == .validationException(
                    invalid + "Only one global secondary index update per index is allowed simultaneously. Index: gsi"
                )
        )
    }

    @Test func unknownAndBusyIndexes() {
        let unknown = ServiceError.resourceNotFoundException("Requested resource not found: Index x01 for table Music")
        #expect(error(table()) { $0.globalSecondaryIndexUpdates = [.delete(indexName: "x01")] } == unknown)
        #expect(error(table()) { $0.globalSecondaryIndexUpdates = [update("x01", units(1, 1))] } == unknown)
        var allocating = table()
        allocating.tableStatus = .updating
        allocating.globalSecondaryIndexes = [index("gsi", .creating, backfilling: false)]
        #expect(
            error(allocating) { $0.globalSecondaryIndexUpdates = [.delete(indexName: "gsi")] }
                == .resourceInUseException(
                    "Attempt to change a resource which is still in use: Index creation is in resource allocation "
                        + "phase. "
                        + "Retry deletion during backfilling phase or when the index is active. Table: Music Index: gsi"
                )
        )
        var filling = table()
        filling.globalSecondaryIndexes = [index("gsi", .creating, backfilling: true)]
        #expect(error(filling) { $0.globalSecondaryIndexUpdates = [.delete(indexName: "gsi")] } == nil)
        #expect(error(filling) { $0.globalSecondaryIndexUpdates = [update("gsi", units(1, 1))] } != nil)
    }

    @Test func busyTables() {
        let prefix = "Attempt to change a resource which is still in use: "
        let texts: [(TableStatus, String)] = [
            (.creating, "Table is being created: Music"),
            (.updating, "Table: Music is in the process of being updated."),
            (.deleting, "Table is being deleted: Music"),
        ]
        for (status, text) in texts {
            var busy = table()
            busy.tableStatus = status
            #expect(error(busy) { $0.deletionProtectionEnabled = true } == .resourceInUseException(prefix + text))
            #expect(throws: ServiceError.resourceInUseException(prefix + text)) {
                try UpdateTableRules.checkDeletion(of: busy)
            }
        }
        var filling = table()
        filling.globalSecondaryIndexes = [index("gsi", .creating, backfilling: true)]
        let indexes = "Cannot delete table while indexes are being created, updated, or deleted."
        #expect(throws: ServiceError.resourceInUseException(prefix + indexes)) {
            try UpdateTableRules.checkDeletion(of: filling)
        }
        var protected = table()
        protected.deletionProtectionEnabled = true
        #expect(throws: ServiceError.self) { try UpdateTableRules.checkDeletion(of: protected) }
    }

    @Test func decreases() {
        var lowered = table()
        lowered.provisionedThroughput.numberOfDecreasesToday = 4
        // 2018-07-25 15:46:47 UTC.
        lowered.provisionedThroughput.lastDecreaseDateTime = 1_532_533_607
        #expect(
            error(lowered, now: 1_532_533_608) { $0.provisionedThroughput = units(1, 6) }
                == .limitExceededException(
                    "Subscriber limit exceeded: Provisioned throughput decreases are limited within a given UTC day. "
                        + "After the first 4 decreases, each subsequent decrease in the same UTC day can be "
                        + "performed at "
                        + "most once every 3600 seconds. Number of decreases today: 4. Last decrease at Wednesday, "
                        + "July 25, 2018 3:46:47 PM UTC. Next decrease can be made at Wednesday, July 25, 2018 "
                        + "4:46:47 PM "
                        + "UTC"
                )
        )
        #expect(error(lowered, now: 1_532_533_607 + 3_600) { $0.provisionedThroughput = units(1, 6) } == nil)
        #expect(error(lowered, now: 1_532_533_607 + 86_400) { $0.provisionedThroughput = units(1, 6) } == nil)
        #expect(error(lowered, now: 1_532_533_608) { $0.provisionedThroughput = units(9, 6) } == nil)
        lowered.provisionedThroughput.numberOfDecreasesToday = 3
        #expect(error(lowered, now: 1_532_533_608) { $0.provisionedThroughput = units(1, 6) } == nil)
    }

    @Test func accountQuota() {
        let error = #expect(throws: ServiceError.self) {
            try ThroughputRules.checkAccountQuota(
                requested: units(1, 40_000),
                reserved: units(1, 40_001),
                region: "eu-west-1"
            )
        }
        #expect(
            error?.message.hasPrefix(
                "This request would have caused the WriteCapacityUnits limit to be exceeded for the account in "
                    + "eu-west-1. "
                    + "Current WriteCapacityUnits reserved by the account: 40001. Limit: 80000. Requested: 40000."
            ) == true
        )
    }
}
