/// A word that opens a clause, or means something inside one. Keywords are not reserved: see `CommandParser`.
///
/// The raw value is the canonical spelling. API names of clauses are keywords of their own, equal in meaning.
enum Keyword: String, CaseIterable {
    // Clauses of items
    case key = "KEY"
    case filter = "FILTER"
    case project = "PROJECT"
    case consistent = "CONSISTENT"
    case count = "COUNT"
    case limit = "LIMIT"
    case take = "TAKE"
    case all = "ALL"
    case ascending = "ASC"
    case descending = "DESC"
    case after = "AFTER"
    case index = "INDEX"
    case segment = "SEGMENT"
    case names = "NAMES"
    case values = "VALUES"
    case condition = "IF"
    case otherwise = "ELSE"
    case returning = "RETURN"
    case set = "SET"
    case remove = "REMOVE"
    case add = "ADD"
    case delete = "DELETE"
    case token = "TOKEN"
    // The API's names
    case select = "Select"
    case scanIndexForward = "ScanIndexForward"
    case totalSegments = "TotalSegments"
    case updateExpression = "UpdateExpression"
    case returnConsumedCapacity = "ReturnConsumedCapacity"
    case returnItemCollectionMetrics = "ReturnItemCollectionMetrics"
    // Clauses of tables
    case provisioned = "PROVISIONED"
    case on = "ON"
    case warm = "WARM"
    case globalIndex = "GSI"
    case localIndex = "LSI"
    case tableClass = "CLASS"
    case tags = "TAGS"
    case protect = "PROTECT"
    case timeToLive = "TTL"
    case stream = "STREAM"
    case at = "AT"
    case keysOnly = "KEYS_ONLY"
    case include = "INCLUDE"
    // Clauses of users
    case policy = "POLICY"
    case secret = "SECRET"
    // Clauses of Tail
    case shard = "SHARD"
    case follow = "FOLLOW"
    // Inside clauses
    case and = "AND"
    case or = "OR"
    case not = "NOT"
    case between = "BETWEEN"
    case `in` = "IN"
    case beginsWith = "begins_with"
    case of = "OF"
    case last = "LAST"
    case demand = "DEMAND"
    case max = "MAX"
    case readUnits = "RCU"
    case writeUnits = "WCU"
    case off = "OFF"
    case hash = "HASH"
    case range = "RANGE"
    case exists = "EXISTS"
    case advance = "ADVANCE"
    case port = "PORT"
    case parameters = "PARAMS"
    case from = "FROM"
    case by = "BY"
    case forDuration = "FOR"
    case into = "INTO"
    case yes = "true"
    case no = "false"
    case null = "null"
    case binary = "b64"
    case dynamoDBJSON = "ddb"
    case plainJSON = "json"
    // Clauses that later versions will have
    case recovery = "PITR"
    case autoScale = "AUTOSCALE"

    @inline(__always)
    static func named(_ bytes: UnsafeRawBufferPointer) -> Keyword? { byName[FoldedWord(bytes)] }

    static func named(_ text: String) -> Keyword? { byName[FoldedWord(text)] }

    private static let byName = WordTable(Keyword.allCases.map { ($0.rawValue, $0) } + apiNames)

    /// The members of the API that a clause stands for.
    static let apiNames: [(String, Keyword)] = [
        ("KeyConditionExpression", .key),
        ("FilterExpression", .filter),
        ("ProjectionExpression", .project),
        ("ConsistentRead", .consistent),
        ("Limit", .limit),
        ("ExclusiveStartKey", .after),
        ("ExclusiveStartTableName", .after),
        ("IndexName", .index),
        ("ExpressionAttributeNames", .names),
        ("ExpressionAttributeValues", .values),
        ("ConditionExpression", .condition),
        ("ReturnValuesOnConditionCheckFailure", .otherwise),
        ("ReturnValues", .returning),
        ("ClientRequestToken", .token),
        ("ProvisionedThroughput", .provisioned),
        ("WarmThroughput", .warm),
        ("TableClass", .tableClass),
        ("StreamSpecification", .stream),
        ("DeletionProtectionEnabled", .protect),
    ]
}

/// Several keywords, in no order.
struct KeywordSet: ExpressibleByArrayLiteral {
    private var bits: UInt128 = 0

    init(arrayLiteral keywords: Keyword...) {
        for keyword in keywords { insert(keyword) }
    }

    @inline(__always)
    func contains(_ keyword: Keyword) -> Bool { bits >> UInt128(keyword.position) & 1 != 0 }

    @inline(__always)
    mutating func insert(_ keyword: Keyword) { bits |= 1 << UInt128(keyword.position) }

    func union(_ other: KeywordSet) -> KeywordSet {
        var result = self
        result.bits |= other.bits
        return result
    }

    func subtracting(_ other: KeywordSet) -> KeywordSet {
        var result = self
        result.bits &= ~other.bits
        return result
    }

    /// In the order of `Keyword.allCases`.
    var keywords: [Keyword] { Keyword.allCases.filter(contains) }
}

extension Keyword {
    /// The case's number: an enum without payload is stored as one.
    @inline(__always)
    fileprivate var position: UInt8 { unsafeBitCast(self, to: UInt8.self) }
}
