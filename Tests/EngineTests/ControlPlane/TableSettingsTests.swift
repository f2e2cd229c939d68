import Model
import Testing

@testable import Engine

/// What a table is told to be besides its keys: encryption, class, protection, warm throughput; and what the account may.
struct TableSettingsTests {
    static let invalid = "One or more parameter values were invalid: "

    static func region(
        onDemand: Bool = true,
        _ change: (inout CreateTableRequest) -> Void = { _ in }
    ) throws -> Region {
        let region = Region(profile: .serve)
        var request = CreateTableRequest.table("Music", partitions: 2, onDemand: onDemand)
        change(&request)
        try region.create(request)
        return region
    }

    static func warm(_ reads: Int, _ writes: Int) -> WarmThroughput {
        WarmThroughput(readUnitsPerSecond: reads, writeUnitsPerSecond: writes)
    }

    @Test func theAccountsLimitsAreThoseThatAreChecked() throws {
        let region = Region(profile: .serve)
        guard case .describeLimits(let limits) = try region.perform(.describeLimits) else {
            Issue.record("no limits")
            return
        }
        #expect(limits.accountMaxReadCapacityUnits == 80_000)
        #expect(limits.accountMaxWriteCapacityUnits == 80_000)
        #expect(limits.tableMaxReadCapacityUnits == 40_000)
        #expect(limits.tableMaxWriteCapacityUnits == 40_000)
        func create(_ name: String, _ units: Int) -> String? {
            var request = CreateTableRequest.table(name)
            request.provisionedThroughput = .init(readCapacityUnits: units, writeCapacityUnits: 1)
            return region.refusal(of: request)
        }
        #expect(
            create("tooMany", limits.tableMaxReadCapacityUnits + 1)?.hasPrefix(
                "The requested ReadCapacityUnits, 40001, is above the per table maximum for the account in us-east-1. "
                    + "Per table maximum: 40000."
            ) == true
        )
        #expect(create("one", limits.tableMaxReadCapacityUnits) == nil)
        #expect(create("two", limits.tableMaxReadCapacityUnits) == nil)
        #expect(
            create("three", 1)?.hasPrefix(
                "This request would have caused the ReadCapacityUnits limit to be exceeded for the account in "
                    + "us-east-1. Current ReadCapacityUnits reserved by the account: 80000. Limit: 80000. Requested: 1"
            ) == true
        )
    }

    /// Reference E11: 500 tables that change at a time, 250 of those with indexes that are created; 2,500 in all.
    @Test func soManyTablesAtOnce() throws {
        let region = try Self.region(onDemand: false)
        let first = try #require(region.metadata["Music"])
        let index = IndexDefinition(
            name: "byA",
            isLocal: true,
            key: first.key,
            tableKey: first.key,
            projection: Projection(.all)
        )
        /// Tables that are there for the counting only.
        func add(_ numbers: Range<Int>, _ status: TableStatus, indexed: Bool = false) {
            for number in numbers {
                let table = Table(
                    name: "tab\(number)",
                    id: "",
                    arn: "",
                    createdAt: region.now,
                    key: first.key,
                    localIndexes: indexed ? [index] : [],
                    attributeDefinitions: first.attributeDefinitions,
                    billing: Billing(mode: .payPerRequest, throughput: .none, onDemandMaximum: nil, warm: nil),
                    encryption: nil,
                    tableClass: nil,
                    isProtected: false,
                    tags: [],
                    partitions: first.partitions,
                    mapNumber: 0
                )
                table.status = status
                region.metadata.add(table)
            }
        }
        var plain = CreateTableRequest.table("plain", onDemand: true)
        let indexed = CreateTableRequest.table(
            "indexed",
            globals: [.init(name: "byG", hash: [("g", .string)])],
            onDemand: true
        )
        add(1..<250, .creating, indexed: true)
        #expect(region.refusal(of: indexed) == nil)
        add(250..<251, .creating, indexed: true)
        #expect(
            region.refusal(of: CreateTableRequest.table("other", globals: [.init(name: "byG", hash: [("g", .string)])]))
                == "Subscriber limit exceeded: Only 250 tables with secondary indexes can be created simultaneously"
        )
        #expect(region.refusal(of: plain) == nil)
        add(251..<501, .updating)
        plain.tableName = "another"
        let tooBusy = "Subscriber limit exceeded: Only 500 tables can be created, updated, or deleted simultaneously"
        #expect(region.refusal(of: plain) == tooBusy)
        #expect(
            region.refusal(of: UpdateTableRequest(tableName: "Music", deletionProtectionEnabled: true)) == tooBusy
        )
        #expect(message { () throws(ServiceError) in try region.deleteTable("Music") } == tooBusy)
        add(1..<501, .active)
        #expect(region.refusal(of: plain) == nil)
        add(501..<2_500, .active)
        plain.tableName = "more"
        #expect(region.refusal(of: plain)?.hasPrefix("Subscriber limit exceeded: Number of tables") == true)
    }

    @Test func theEndpointIsTheRegions() throws {
        let region = Region(profile: .serve, name: "eu-west-1")
        guard case .describeEndpoints(let endpoints) = try region.perform(.describeEndpoints) else {
            Issue.record("no endpoints")
            return
        }
        #expect(
            endpoints == [ServiceEndpoint(address: "dynamodb.eu-west-1.amazonaws.com", cachePeriodInMinutes: 1_440)]
        )
    }

    // MARK: Encryption

    @Test func encryptionIsToldWhenTheKeyIsTheAccounts() throws {
        #expect(try Self.region().describeTable("Music").sseDescription == nil)
        let off = try Self.region { $0.sseSpecification = SSESpecification(enabled: false) }
        #expect(try off.describeTable("Music").sseDescription == nil)
        let keys = "arn:aws:kms:us-east-1:000000000000:key/"
        let region = try Self.region { $0.sseSpecification = SSESpecification(enabled: true) }
        let standard = try #require(try region.describeTable("Music").sseDescription)
        #expect(standard.sseType == .kms)
        #expect(standard.kmsMasterKeyArn.hasPrefix(keys) && standard.kmsMasterKeyArn.count == keys.count + 36)
        func change(to key: String?, enabled: Bool = true) throws -> String? {
            let specification = SSESpecification(enabled: enabled, sseType: enabled ? .kms : nil, kmsMasterKeyId: key)
            try region.updateTable(UpdateTableRequest(tableName: "Music", sseSpecification: specification))
            return try region.describeTable("Music").sseDescription?.kmsMasterKeyArn
        }
        #expect(try change(to: "1234") == keys + "1234")
        #expect(try change(to: keys + "5678") == keys + "5678")
        #expect(try change(to: "alias/aws/dynamodb") == standard.kmsMasterKeyArn)
        #expect(try change(to: nil, enabled: false) == nil)
    }

    @Test func encryptionThatMakesNoSense() throws {
        let region = try Self.region()
        func refusal(_ specification: SSESpecification) -> String? {
            region.refusal(of: UpdateTableRequest(tableName: "Music", sseSpecification: specification))
        }
        #expect(refusal(SSESpecification(enabled: true, sseType: .aes256)) != nil)
        #expect(refusal(SSESpecification(kmsMasterKeyId: "1234")) != nil)
        #expect(refusal(SSESpecification(enabled: false, sseType: .kms)) != nil)
        #expect(refusal(SSESpecification(enabled: true)) == nil)
    }

    @Test func theClassTellsWhenItWasChanged() throws {
        let region = Region(profile: .teach)
        var request = CreateTableRequest.table("Music")
        request.tableClass = .standardInfrequentAccess
        try region.createAndWait(request)
        #expect(try region.describeTable("Music").tableClassUpdateDateTime == nil)
        try region.updateTable(UpdateTableRequest(tableName: "Music", tableClass: .standard))
        let table = try region.describeTable("Music")
        #expect(table.tableClass == .standard)
        #expect(try abs(#require(table.tableClassUpdateDateTime) - region.now.epochSeconds) < 1)
    }

    // MARK: Warm throughput

    @Test func warmThroughputIsTheHighestThereEverWas() throws {
        let region = try Self.region(onDemand: false)
        func warm() throws -> WarmThroughput { try region.describeTable("Music").warmThroughput }
        func provision(_ reads: Int, _ writes: Int, _ mode: BillingMode? = nil) throws {
            try region.updateTable(
                UpdateTableRequest(
                    tableName: "Music",
                    billingMode: mode,
                    provisionedThroughput: .init(readCapacityUnits: reads, writeCapacityUnits: writes)
                )
            )
        }
        try provision(300, 50)
        #expect(try warm() == Self.warm(300, 1_999))
        try provision(10, 10)
        #expect(try warm() == Self.warm(300, 1_999))
        try provision(20_000, 10)
        try region.updateTable(UpdateTableRequest(tableName: "Music", billingMode: .payPerRequest))
        #expect(try warm() == Self.warm(20_000, 4_000))
        try provision(5, 5, .provisioned)
        #expect(try warm() == Self.warm(20_000, 4_000))
    }

    @Test func itIsRaisedAndNeverLowered() throws {
        let region = try Self.region()
        func refusal(_ reads: Int, _ writes: Int) -> String? {
            region.refusal(of: UpdateTableRequest(tableName: "Music", warmThroughput: Self.warm(reads, writes)))
        }
        #expect(refusal(15_000, 0) == nil)
        #expect(try region.describeTable("Music").warmThroughput == Self.warm(15_000, 4_000))
        #expect(region.metadata["Music"]?.partitions.count == 5)
        #expect(
            refusal(14_999, 0)
                == Self.invalid + "Requested ReadUnitsPerSecond for WarmThroughput for table is lower than current "
                + "WarmThroughput, decreasing WarmThroughput is not supported"
        )
        #expect(
            refusal(0, 3_999)
                == Self.invalid + "Requested WriteUnitsPerSecond for WarmThroughput for table is lower than current "
                + "WarmThroughput, decreasing WarmThroughput is not supported"
        )
        #expect(
            refusal(-1, 0)
                == Self.invalid + "Requested ReadUnitsPerSecond for WarmThroughput for table is outside of valid range"
        )
        var request = CreateTableRequest.table("Other", onDemand: true)
        request.warmThroughput = Self.warm(100, 100)
        #expect(region.refusal(of: request)?.contains("lower than current WarmThroughput") == true)
        request.warmThroughput = Self.warm(12_000, 9_000)
        #expect(region.refusal(of: request) == nil)
        #expect(try region.describeTable("Other").warmThroughput == Self.warm(12_000, 9_000))
    }

    @Test func onDemandBoundsAreSetAndCleared() throws {
        let region = try Self.region()
        func update(_ reads: Int?, _ writes: Int?) -> String? {
            let bounds = OnDemandThroughput(maxReadRequestUnits: reads, maxWriteRequestUnits: writes)
            return region.refusal(of: UpdateTableRequest(tableName: "Music", onDemandThroughput: bounds))
        }
        #expect(update(100, 50) == nil)
        #expect(
            try region.describeTable("Music").onDemandThroughput
                == OnDemandThroughput(maxReadRequestUnits: 100, maxWriteRequestUnits: 50)
        )
        let range = "Requested MaxReadRequestUnits for OnDemandThroughput for table is outside of valid range"
        for bad in [0, -2] { #expect(update(bad, nil) == Self.invalid + range) }
        #expect(update(-1, -1) == nil)
        #expect(try region.describeTable("Music").onDemandThroughput == nil)
        let provisioned = try Self.region(onDemand: false)
        #expect(
            provisioned.refusal(
                of: UpdateTableRequest(tableName: "Music", onDemandThroughput: .init(maxReadRequestUnits: 5))
            )
                == Self.invalid + "MaxReadRequestUnits for OnDemandThroughput cannot be specified when table "
                + "BillingMode is PROVISIONED."
        )
    }

    /// Every control call but CreateTable takes an ARN in the name's place.
    @Test func controlCallsTakeArns() throws {
        let region = try Self.region()
        try region.updateTable(UpdateTableRequest(tableName: Region.music, deletionProtectionEnabled: true))
        #expect(try region.describeTable(Region.music).deletionProtectionEnabled)
        #expect(
            thrown { () throws(ServiceError) in try region.deleteTable(Region.music) }
                == .validationException(
                    "Resource cannot be deleted as it is currently protected against deletion. Disable deletion "
                        + "protection first."
                )
        )
        #expect(
            region.refusal(
                of: UpdateTableRequest(
                    tableName: Region.music,
                    globalSecondaryIndexUpdates: [.delete(indexName: "none")]
                )
            ) == "Requested resource not found: Index none for table Music"
        )
    }
}
