import Model

/// GetItem, Query and Scan.
extension CommandParser {
    /// "GetItem" [target] key { "CONSISTENT" | "PROJECT" … | names }
    mutating func parseGetItem() throws(SyntaxError) -> GetItemRequest {
        let target = try parseKnownTarget(.getItem)
        try refuseIndex(target, .getItem)
        let table = target.table
        var request = GetItemRequest(
            tableName: table.name,
            key: try parseKey(table.key.attributes, table, .getItem)
        )
        while let clause = try nextClause(.getItem) {
            switch clause {
            case .consistent: request.consistentRead = parseConsistency()
            case .project: request.projectionExpression = try parseProjection()
            case .names: try parseNames()
            case .returnConsumedCapacity:
                request.returnConsumedCapacity = try parseChoice(clause.rawValue, ReturnConsumedCapacity.allCases)
            default: preconditionFailure("\(clause) is a clause of GetItem without a rule")
            }
        }
        request.expressionAttributes = try expressionAttributes()
        return request
    }

    /// "Query" [target] [short] { clause }
    mutating func parseQuery() throws(SyntaxError) -> Call {
        let target = try parseKnownTarget(.query)
        var reading = Reading(target)
        if let key = target.table.key(ofIndex: target.index)?.attributes.first {
            expecting(.keyValue(ofTable: target.table.name, attribute: key.name))
        }
        if beginsLiteral || token.kind == .valuePlaceholder { reading.short = try parseShortKey() }
        while let clause = try nextClause(.query) { try parseReadClause(clause, of: .query, &reading) }
        return try query(reading)
    }

    /// "Scan" [target] { clause }
    mutating func parseScan() throws(SyntaxError) -> Call {
        let target = try parseKnownTarget(.scan)
        var reading = Reading(target)
        while let clause = try nextClause(.scan) { try parseReadClause(clause, of: .scan, &reading) }
        return try scan(reading)
    }

    private mutating func parseReadClause(
        _ clause: Keyword,
        of verb: Verb,
        _ reading: inout Reading
    ) throws(SyntaxError) {
        switch clause {
        case .key:
            if let short = reading.short {
                throw SyntaxError("the key stands before KEY already", at: short.range, remark: "leave one out")
            }
            statement.isInKeyClause = true
            reading.keyCondition = try parseCondition()
            statement.isInKeyClause = false
        case .filter: reading.filter = try parseCondition()
        case .project: reading.projection = try parseProjection()
        case .count:
            try exclude(clause, with: .select)
            reading.select = .count
        case .select:
            try exclude(clause, with: .count)
            reading.select = try parseChoice(clause.rawValue, Select.allCases)
        case .limit: reading.limit = try parseInteger("LIMIT")
        case .take:
            try exclude(clause, with: .all)
            reading.take = try parseInteger("TAKE", minimum: 1)
        case .all:
            try exclude(clause, with: .take)
            reading.wantsAllPages = true
        case .ascending:
            try exclude(clause, with: .descending)
            reading.isForward = true
        case .descending:
            try exclude(clause, with: .ascending)
            reading.isForward = false
        case .scanIndexForward:
            try exclude(clause, with: .descending)
            reading.isForward = try parseFlag(clause)
        case .after: try parseAfter(&reading)
        case .index: try parseIndexClause(&reading)
        case .segment: try parseSegment(&reading)
        case .totalSegments: reading.totalSegments = try parseInteger("TotalSegments")
        case .consistent: reading.isConsistent = parseConsistency()
        case .names: try parseNames()
        case .values: try parseValues()
        case .returnConsumedCapacity:
            reading.returnConsumedCapacity = try parseChoice(clause.rawValue, ReturnConsumedCapacity.allCases)
        default: preconditionFailure("\(clause) is a clause of \(verb) without a rule")
        }
    }

    /// "AFTER" ( "LAST" | key )
    private mutating func parseAfter(_ reading: inout Reading) throws(SyntaxError) {
        if take(.last) {
            reading.startsAfterLast = true
            return
        }
        let index = reading.index ?? indexNamedLater(reading.target.table)
        let attributes = reading.target.table.startKeyAttributes(ofIndex: index)
        reading.startKey = try parseKey(attributes, reading.target.table, index: index, .query)
    }

    /// The index that an INDEX clause further on names, for a key by position before it.
    private func indexNamedLater(_ table: KnownTable) -> String? {
        var ahead = lexer
        ahead.offset = token.start
        while true {
            let next = ahead.next()
            if next.kind == .end || next.kind == .unclosed { return nil }
            guard next.kind == .word, Keyword.named(bytes(of: next)) == .index else { continue }
            let name = ahead.next()
            let text = text(of: name)
            return table.indexNames.first { $0 == text }
        }
    }

    /// "INDEX" NAME
    private mutating func parseIndexClause(_ reading: inout Reading) throws(SyntaxError) {
        let table = reading.target.table
        expecting(.index(ofTable: table.name))
        let range = token.range
        let name = try parseName("the name of an index")
        if table.key(ofIndex: name) == nil { throw unknownIndex(name, of: table, at: range) }
        if let other = reading.index, other != name, !reading.target.range.isEmpty {
            throw SyntaxError("two indexes: \(other) and \(name)", at: range)
        }
        reading.index = name
        statement.index = name
    }

    /// "SEGMENT" INT [ "OF" INT ]
    private mutating func parseSegment(_ reading: inout Reading) throws(SyntaxError) {
        reading.segment = try parseInteger("SEGMENT")
        if take(.of) {
            try exclude(.segment, with: .totalSegments)
            reading.totalSegments = try parseInteger("OF")
        }
    }

    // MARK: Requests

    private mutating func query(_ reading: Reading) throws(SyntaxError) -> Call {
        let table = reading.target.table
        var attributes = ExpressionAttributes()
        var keyCondition = reading.keyCondition
        if let short = reading.short {
            let (text, key) = try shortCondition(short, reading)
            keyCondition = text
            if statement.placeholders.isEmpty {
                attributes = key
            } else {
                statement.placeholders.add(key)
                attributes = try expressionAttributes()
            }
        } else {
            attributes = try expressionAttributes()
            if keyCondition == nil { throw missingKey(reading) }
            try checkKey(reading, attributes)
        }
        let request = QueryRequest(
            tableName: table.name,
            indexName: reading.index,
            keyConditionExpression: keyCondition,
            filterExpression: reading.filter,
            projectionExpression: reading.projection,
            expressionAttributes: attributes,
            limit: reading.limit,
            exclusiveStartKey: reading.startKey,
            scanIndexForward: reading.isForward,
            consistentRead: reading.isConsistent,
            select: reading.select,
            returnConsumedCapacity: reading.returnConsumedCapacity
        )
        return reading.call(.query(request))
    }

    private func scan(_ reading: Reading) throws(SyntaxError) -> Call {
        let request = ScanRequest(
            tableName: reading.target.table.name,
            indexName: reading.index,
            filterExpression: reading.filter,
            projectionExpression: reading.projection,
            expressionAttributes: try expressionAttributes(),
            limit: reading.limit,
            exclusiveStartKey: reading.startKey,
            segment: reading.segment,
            totalSegments: reading.totalSegments,
            consistentRead: reading.isConsistent,
            select: reading.select,
            returnConsumedCapacity: reading.returnConsumedCapacity
        )
        return reading.call(.scan(request))
    }
}

/// What was read so far of a Query or Scan.
struct Reading {
    let target: KnownTarget
    var index: String?
    var short: ShortKey?
    var keyCondition: String?
    var filter: String?
    var projection: String?
    var limit: Int?
    var take: Int?
    var wantsAllPages = false
    var startsAfterLast = false
    var isForward = true
    var isConsistent = false
    var startKey: Item?
    var segment: Int?
    var totalSegments: Int?
    var select: Select?
    var returnConsumedCapacity = ReturnConsumedCapacity.none

    init(_ target: KnownTarget) {
        self.target = target
        index = target.index
    }

    func call(_ request: Request) -> Call {
        Call(request, take: take, wantsAllPages: wantsAllPages, startsAfterLast: startsAfterLast)
    }
}
