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

    /// The table's name of one member of a transaction.
    mutating func nestedTableName(_ body: Structure) throws(WireError) -> String {
        guard let name = try requiredString(body, "TableName") else { return "" }
        if name.utf8.starts(with: "arn:".utf8) {
            violations.check(length: name.utf8.count, of: name, at: body.path("TableName"), 1...Limits.tableArnLength)
        } else {
            violations.check(name: name, at: body.path("TableName"), minimum: 1)
        }
        return name
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
    static let billingMode = ["PROVISIONED", "PAY_PER_REQUEST"]
    static let attributeType = ["B", "N", "S"]
    static let keyType = ["HASH", "RANGE"]
    static let projectionType = ["ALL", "INCLUDE", "KEYS_ONLY"]
    static let tableClass = ["STANDARD", "STANDARD_INFREQUENT_ACCESS"]
}
