import Model
import Testing

@testable import Engine

@Suite struct ValidationRequestRulesTests {
    private func message(_ check: () throws(ServiceError) -> Void) -> String? {
        do {
            try check()
            return nil
        } catch {
            return error.message
        }
    }

    @Test func tableNames() throws {
        func check(_ name: String, _ minimum: Int) -> String? {
            message { () throws(ServiceError) in try TableNameRules.check(name, minimum: minimum) }
        }
        #expect(check("a", 1) == nil)
        #expect(check("aZ09_.-", 3) == nil)
        #expect(
            check("ab", 3)
                == "1 validation error detected: Value 'ab' at 'tableName' failed to satisfy constraint: Member "
                + "must have "
                + "length greater than or equal to 3"
        )
        #expect(check(String(repeating: "a", count: 256), 1)?.hasSuffix("less than or equal to 255") == true)
        #expect(check("é", 1)?.contains("regular expression pattern: [a-zA-Z0-9_.-]+") == true)
        #expect(check("", 1)?.hasPrefix("2 validation errors detected: Value '' at 'tableName'") == true)
    }

    @Test func tableNamesMayBeARNs() throws {
        #expect(try TableNameRules.check(nameOrArn: "Music") == nil)
        let arn = "arn:aws:dynamodb:us-east-1:123456789012:table/Music"
        #expect(try TableNameRules.check(nameOrArn: arn)?.tableName == "Music")
        for text in [
            "arn:", "arn:aws:s3:::table/Music", "arn:aws:dynamodb:r:1:table/",
            "arn:aws:dynamodb:r:1:table/a/b",
            "arn:" + String(repeating: "x", count: 2_000), "a/b",
        ] {
            #expect(throws: ServiceError.self) { try TableNameRules.check(nameOrArn: text) }
        }
    }

    @Test func queriesAndScans() {
        func query(_ change: (inout QueryRequest) -> Void) -> String? {
            var request = QueryRequest(tableName: "T", keyConditionExpression: "a = :a")
            change(&request)
            return message { () throws(ServiceError) in
                try ReadRules.check(request)
                try ReadRules.checkSelection(request)
            }
        }
        #expect(query { _ in } == nil)
        #expect(query { $0.limit = 1 } == nil)
        #expect(
            query { $0.limit = 0 }
                == "1 validation error detected: Value at 'Limit' failed to satisfy constraint: Member must have value "
                + "greater than or equal to 1"
        )
        #expect(
            query { $0.keyConditionExpression = nil }
                == "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request."
        )
        #expect(
            query { $0.select = .specificAttributes }
                == "Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES"
        )
        #expect(
            query {
                $0.select = .count
                $0.projectionExpression = "a"
            } == "Cannot specify the ProjectionExpression when choosing to get COUNT"
        )
        #expect(
            query { $0.select = .allProjectedAttributes }
                == "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName"
        )
        #expect(
            query {
                $0.select = .allProjectedAttributes
                $0.indexName = "idx"
            } == nil
        )
        #expect(query { $0.indexName = "i" }?.contains("'indexName'") == true)
    }

    @Test func segments() {
        func scan(_ segment: Int?, _ total: Int?, limit: Int? = nil) -> String? {
            let request = ScanRequest(tableName: "T", limit: limit, segment: segment, totalSegments: total)
            return message { () throws(ServiceError) in
                try ReadRules.check(request)
                try ReadRules.checkSelection(request)
            }
        }
        #expect(scan(0, 1) == nil)
        #expect(scan(nil, nil) == nil)
        #expect(
            scan(0, nil)
                == "The TotalSegments parameter is required but was not present in the request when Segment "
                + "parameter is "
                + "present"
        )
        #expect(
            scan(nil, 1)
                == "The Segment parameter is required but was not present in the request when parameter "
                + "TotalSegments is "
                + "present"
        )
        #expect(
            scan(5, 5)
                == "The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: 5 "
                + "is not "
                + "less than TotalSegments: 5"
        )
        #expect(scan(-1, 0)?.hasPrefix("2 validation errors detected: Value '0' at 'totalSegments'") == true)
        #expect(
            scan(nil, nil, limit: 0)
                == "1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: Member must have "
                + "value greater than or equal to 1"
        )
    }

    @Test func globalIndexReads() {
        func check(_ consistent: Bool, _ select: Select?, _ projection: ProjectionType) -> String? {
            message { () throws(ServiceError) in
                try ReadRules.checkGlobalIndexRead(
                    indexName: "g",
                    projection: projection,
                    consistentRead: consistent,
                    select: select
                )
            }
        }
        #expect(check(false, .allAttributes, .all) == nil)
        #expect(check(true, nil, .all) == "Consistent reads are not supported on global secondary indexes")
        #expect(
            check(false, .allAttributes, .keysOnly)
                == "One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global "
                + "secondary index g because its projection type is not ALL"
        )
    }

    @Test func batches() {
        func get(_ counts: [Int]) -> String? {
            let request = BatchGetItemRequest(
                requestItems: counts.enumerated().map {
                    .init(tableName: "T\($0)", keys: Array(repeating: .empty, count: $1))
                }
            )
            return message { () throws(ServiceError) in try BatchRules.check(request) }
        }
        func write(_ counts: [Int], _ item: Item = .empty) -> String? {
            let request = BatchWriteItemRequest(
                requestItems: counts.enumerated().map {
                    .init(tableName: "T\($0)", writes: Array(repeating: .put(item: item), count: $1))
                }
            )
            return message { () throws(ServiceError) in try BatchRules.check(request) }
        }
        #expect(get([100]) == nil)
        #expect(get([]) == "The requestItems parameter is required for BatchGetItem")
        #expect(
            get([101])
                == "1 validation error detected: Value at 'RequestItems.T0.member.Keys' failed to satisfy constraint: "
                + "Member must have length less than or equal to 100"
        )
        #expect(get([60, 41]) == "Too many items requested for the BatchGetItem call")
        #expect(write([25]) == nil)
        #expect(write([]) == "The requestItems parameter is required for BatchWriteItem")
        #expect(write([26])?.hasPrefix("1 validation error detected: Value '{T0=[...]}' at 'requestItems'") == true)
        #expect(write([13, 13]) == "Too many items requested for the BatchWriteItem call")
    }

    @Test func transactions() {
        func check(_ count: Int, token: String? = nil, size: Int = 1) -> String? {
            let item: Item = ["a": .string(String(repeating: "x", count: size - 1))]
            let request = TransactWriteItemsRequest(
                transactItems: Array(repeating: .put(PutItemRequest(tableName: "T", item: item)), count: count),
                clientRequestToken: token
            )
            return message { () throws(ServiceError) in try TransactionRules.check(request) }
        }
        let prefix = "1 validation error detected: Value "
        #expect(check(100, token: String(repeating: "t", count: 36)) == nil)
        #expect(
            check(0) == prefix + "'[]' at 'transactItems' failed to satisfy constraint: Member must have length "
                + "greater "
                + "than or equal to 1"
        )
        #expect(check(101)?.hasSuffix("Member must have length less than or equal to 100") == true)
        #expect(
            check(1, token: "")
                == prefix + "'' at 'clientRequestToken' failed to satisfy constraint: Member must have length "
                + "greater than "
                + "or equal to 1"
        )
        #expect(check(1, token: String(repeating: "t", count: 37))?.contains("less than or equal to 36") == true)
        #expect(check(16, size: 262_144) == nil)
        #expect(check(17, size: 262_144) == TransactionRules.tooLarge.message)
        let none = message { () throws(ServiceError) in
            try ConstraintViolations.check { $0.check(TransactGetItemsRequest(transactItems: [])) }
        }
        #expect(none?.contains("'transactItems'") == true)
    }

    @Test func statements() {
        let long = String(repeating: "x", count: 8_193)
        let single = message { () throws(ServiceError) in
            try ConstraintViolations.check {
                $0.check(ExecuteStatementRequest(statement: .init(statement: long), limit: 0))
            }
        }
        #expect(single?.hasPrefix("2 validation errors detected: ") == true)
        let batch = message { () throws(ServiceError) in
            let statements = Array(repeating: ParameterizedStatement(statement: "x"), count: 26)
            try ConstraintViolations.check { $0.check(BatchExecuteStatementRequest(statements: statements)) }
        }
        #expect(batch?.contains("'statements' failed to satisfy constraint") == true)
        let transaction = message { () throws(ServiceError) in
            try ConstraintViolations.check {
                $0.check(ExecuteTransactionRequest(transactStatements: [.init(statement: "")]))
            }
        }
        #expect(transaction?.contains("'transactStatements.1.member.statement'") == true)
    }

    @Test func returnValuesAndListTables() {
        let updated = message { () throws(ServiceError) in
            try WriteRules.checkReturnValues(ofPutOrDelete: .updatedNew)
        }
        #expect(updated == "ReturnValues can only be ALL_OLD or NONE")
        let old = message { () throws(ServiceError) in try WriteRules.checkReturnValues(ofPutOrDelete: .allOld) }
        #expect(old == nil)
        let list = message { () throws(ServiceError) in
            try ConstraintViolations.check { $0.check(ListTablesRequest(limit: 0)) }
        }
        #expect(list?.contains("'limit'") == true)
    }
}
