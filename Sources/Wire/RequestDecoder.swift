import Model

/// Reads a request's body into its typed form and refuses what the service refuses before it looks at a table.
///
/// Order of complaints, as the service's: types of members (SerializationException); the table's name alone; all other
/// modelled constraints together; parameters that do not go together; attribute values.
public enum RequestDecoder {
    public static func decode(_ operation: Operation, _ body: Document) throws(WireError) -> Request {
        var decoding = RequestDecoding(operation)
        let members = try decoding.structure(body, type: operation.rawValue + "Input", at: "")
        let request = try decoding.request(operation, members)
        try decoding.finish()
        return request
    }

    /// From strict JSON. What is no JSON is a SerializationException without a message, as the service has it.
    public static func decode(_ operation: Operation, json: [UInt8]) throws(WireError) -> Request {
        let result: Result<Request, WireError> = json.withUnsafeBytes { bytes in
            do throws(WireError) {
                return .success(try decode(operation, json: bytes))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    public static func decode(_ operation: Operation, json: UnsafeRawBufferPointer) throws(WireError) -> Request {
        if let request = DirectDecoder.decode(operation, json) { return request }
        return try decodeThroughDocument(operation, json: json)
    }

    /// The long way, which every request can take.
    static func decodeThroughDocument(
        _ operation: Operation,
        json: UnsafeRawBufferPointer
    ) throws(WireError) -> Request {
        let body: Document
        do {
            body = try JSONReader.read(json)
        } catch {
            throw .serialization("")
        }
        return try decode(operation, body)
    }
}

/// One request on its way from JSON: what was wrong so far, kept until its turn comes.
///
/// A member that breaks a constraint is replaced by a harmless value, so that decoding can go on.
struct RequestDecoding {
    let operation: Operation
    private var tableName = ConstraintViolations()
    private var violations = ConstraintViolations()
    /// UpdateItem tells of the first member that is no enum value, and of none after it.
    private var isDeaf = false
    /// Set when a required list is missing, whose length must not be reported as well.
    var isListAbsent = false
    /// Parameters that do not go together, or that this product does not serve.
    private var refusal: ServiceError?
    private var valueError: ServiceError?

    init(_ operation: Operation) { self.operation = operation }

    func finish() throws(WireError) {
        if let error = tableName.error ?? violations.error ?? refusal ?? valueError { throw .service(error) }
    }

    mutating func request(_ operation: Operation, _ body: Structure) throws(WireError) -> Request {
        switch operation {
        case .putItem: return .putItem(try putItem(body))
        case .getItem: return .getItem(try getItem(body))
        case .updateItem: return .updateItem(try updateItem(body))
        case .deleteItem: return .deleteItem(try deleteItem(body))
        case .query: return .query(constrained(try query(body)) { $0.check($1) })
        case .scan: return .scan(constrained(try scan(body)) { $0.check($1) })
        case .batchGetItem: return .batchGetItem(constrained(try batchGetItem(body)) { $0.check($1) })
        case .batchWriteItem: return .batchWriteItem(constrained(try batchWriteItem(body)) { $0.check($1) })
        case .transactWriteItems:
            return .transactWriteItems(constrained(try transactWriteItems(body)) { $0.check($1) })
        case .transactGetItems: return .transactGetItems(constrained(try transactGetItems(body)) { $0.check($1) })
        case .executeStatement: return .executeStatement(constrained(try executeStatement(body)) { $0.check($1) })
        case .batchExecuteStatement:
            return .batchExecuteStatement(constrained(try batchExecuteStatement(body)) { $0.check($1) })
        case .executeTransaction:
            return .executeTransaction(constrained(try executeTransaction(body)) { $0.check($1) })
        case .createTable: return .createTable(constrained(try createTable(body)) { $0.check($1) })
        case .updateTable: return .updateTable(constrained(try updateTable(body)) { $0.check($1) })
        case .deleteTable: return .deleteTable(DeleteTableRequest(tableName: try mainTableName(body)))
        case .describeTable: return .describeTable(DescribeTableRequest(tableName: try mainTableName(body)))
        case .listTables: return .listTables(constrained(try listTables(body)) { $0.check($1) })
        case .updateTimeToLive: return .updateTimeToLive(constrained(try updateTimeToLive(body)) { $0.check($1) })
        case .describeTimeToLive: return .describeTimeToLive(try describeTimeToLive(body))
        case .tagResource: return .tagResource(constrained(try tagResource(body)) { $0.check($1) })
        case .untagResource: return .untagResource(constrained(try untagResource(body)) { $0.check($1) })
        case .listTagsOfResource: return .listTagsOfResource(constrained(try listTagsOfResource(body)) { $0.check($1) })
        case .putResourcePolicy: return .putResourcePolicy(constrained(try putResourcePolicy(body)) { $0.check($1) })
        case .getResourcePolicy: return .getResourcePolicy(constrained(try getResourcePolicy(body)) { $0.check($1) })
        case .deleteResourcePolicy:
            return .deleteResourcePolicy(constrained(try deleteResourcePolicy(body)) { $0.check($1) })
        case .describeLimits: return .describeLimits
        case .describeEndpoints: return .describeEndpoints
        case .listStreams: return .listStreams(constrained(try listStreams(body)) { $0.check($1) })
        case .describeStream: return .describeStream(constrained(try describeStream(body)) { $0.check($1) })
        case .getShardIterator: return .getShardIterator(constrained(try getShardIterator(body)) { $0.check($1) })
        case .getRecords: return .getRecords(constrained(try getRecords(body)) { $0.check($1) })
        }
    }

    /// Adds what the typed request breaks of the modelled lengths and ranges.
    private mutating func constrained<R>(_ request: R, check: (inout ConstraintViolations, R) -> Void) -> R {
        if !isListAbsent, !isDeaf { check(&violations, request) }
        return request
    }

    mutating func violate(_ shown: String?, at path: String, _ requirement: ConstraintViolations.Requirement) {
        if isDeaf { return }
        violations.add(shown, at: path, requirement)
    }

    mutating func refuse(_ message: String) {
        if refusal == nil { refusal = .validationException(message) }
    }

    /// Keeps for its turn what is wrong with the parameters that a request puts together.
    mutating func combined<R: CombinedParameters>(_ request: R) -> R {
        do throws(ServiceError) {
            try request.checkParameters()
        } catch {
            if refusal == nil { refusal = error }
        }
        return request
    }

    mutating func reject(value message: String) {
        if valueError == nil { valueError = .validationException(message) }
    }

    /// The table's name of an operation that works on one table.
    mutating func mainTableName(_ body: Structure) throws(WireError) -> String {
        let name = try string(body, "TableName")
        if operation == .createTable {
            if name == nil {
                refuse("The parameter 'TableName' is required but was not present in the request")
                return ""
            }
            tableName = .ofTableName(name, minimum: Limits.tableNameLength.lowerBound, acceptsArn: false)
        } else {
            tableName = .ofTableName(name, minimum: 1, acceptsArn: true)
        }
        return name ?? ""
    }

    /// Stands in for a name that is absent. It breaks no constraint.
    static let anyTableName = "abc"

    /// The table's name of one member of a transaction.
    mutating func nestedTableName(_ body: Structure) throws(WireError) -> String {
        try requiredString(body, "TableName") ?? Self.anyTableName
    }

    mutating func enumeration<Choice: RawRepresentable<String>>(
        _ body: Structure,
        _ name: String,
        in order: [String]
    ) throws(WireError) -> Choice? {
        guard let text = try string(body, name) else { return nil }
        if order.contains(text), let choice = Choice(rawValue: text) { return choice }
        violate(text, at: body.path(name), .enumeration(order))
        if operation == .updateItem { isDeaf = true }
        return nil
    }

    mutating func requiredString(_ body: Structure, _ name: String) throws(WireError) -> String? {
        let text = try string(body, name)
        if text == nil { violate(nil, at: body.path(name), .notNull) }
        return text
    }
}

/// The members of one JSON object that stands for a structure of the API's model.
struct Structure {
    let members: [Document.Member]
    /// Ends with a dot unless empty: `transactItems.1.member.put.`
    let prefix: String

    /// Nil when absent or null. Of several members with one name the last counts.
    subscript(name: String) -> Document? {
        guard let member = members.last(where: { $0.name == name }), member.value != .null else { return nil }
        return member.value
    }

    func has(_ name: String) -> Bool { self[name] != nil }

    /// As constraints write it: `tableName`.
    func path(_ name: String) -> String { prefix + name.prefix(1).lowercased() + name.dropFirst() }
}

/// The order in which the service prints the values an enum may have.
enum EnumOrder {
    static let returnConsumedCapacity = ["INDEXES", "TOTAL", "NONE"]
    static let returnValues = ["ALL_NEW", "UPDATED_OLD", "ALL_OLD", "NONE", "UPDATED_NEW"]
    static let returnItemCollectionMetrics = ["SIZE", "NONE"]
    static let returnValuesOnConditionCheckFailure = ["ALL_OLD", "NONE"]
    static let select = ["SPECIFIC_ATTRIBUTES", "COUNT", "ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES"]
    static let comparisonOperator = [
        "IN", "NULL", "BETWEEN", "LT", "NOT_CONTAINS", "EQ", "GT", "NOT_NULL", "NE", "LE", "BEGINS_WITH", "GE",
        "CONTAINS",
    ]
    static let conditionalOperator = ["OR", "AND"]
    static let attributeAction = ["ADD", "PUT", "DELETE"]
    static let billingMode = ["PROVISIONED", "PAY_PER_REQUEST"]
    static let attributeType = ["B", "N", "S"]
    static let keyType = ["HASH", "RANGE"]
    static let projectionType = ["ALL", "INCLUDE", "KEYS_ONLY"]
    static let sseType = ["AES256", "KMS"]
    static let streamViewType = ["NEW_AND_OLD_IMAGES", "OLD_IMAGE", "NEW_IMAGE", "KEYS_ONLY"]
    static let shardIteratorType = ["TRIM_HORIZON", "LATEST", "AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER"]
    static let shardFilterType = ["CHILD_SHARDS"]
    static let tableClass = ["STANDARD", "STANDARD_INFREQUENT_ACCESS"]
}
