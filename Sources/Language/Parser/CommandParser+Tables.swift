import Model

/// CreateTable, UpdateTable, the two GSI commands, and the small ones.
extension CommandParser {
    /// "CreateTable" [ "IF" "NOT" "EXISTS" ] NAME attrs { tclause }
    mutating func parseCreateTable() throws(SyntaxError) -> Call {
        let tolerates = try parseExistence(negated: true)
        if token.endsStatement { throw unexpected("the name of a new table") }
        let name = try parseName("the name of a new table")
        let key = try parseKeyAttributes()
        var request = CreateTableRequest(
            tableName: name,
            attributeDefinitions: key.definitions,
            keySchema: key.schema,
            billingMode: .payPerRequest
        )
        var timeToLive: TimeToLiveSpecification?
        while let clause = try nextClause(.createTable, repeatable: [.globalIndex, .localIndex]) {
            switch clause {
            case .provisioned:
                try exclude(clause, with: .on)
                request.billingMode = .provisioned
                request.provisionedThroughput = try parseThroughput()
            case .on:
                try exclude(clause, with: .provisioned)
                try expect(.demand)
                if take(.max) { request.onDemandThroughput = try parseOnDemandBounds() }
            case .warm: request.warmThroughput = try parseWarmThroughput()
            case .globalIndex:
                let index = try parseGlobalIndex(&request.attributeDefinitions)
                request.globalSecondaryIndexes = (request.globalSecondaryIndexes ?? []) + [index]
            case .localIndex:
                let index = try parseLocalIndex(key.schema[0], &request.attributeDefinitions)
                request.localSecondaryIndexes = (request.localSecondaryIndexes ?? []) + [index]
            case .stream: request.streamSpecification = try parseStream()
            case .tableClass: request.tableClass = try parseChoice("CLASS", TableClass.allCases)
            case .protect: request.deletionProtectionEnabled = try parseFlag(clause)
            case .timeToLive: timeToLive = try parseTimeToLive()
            default: request.tags = try parseTags()
            }
        }
        var call = call(.createTable(request))
        call.toleratesExistence = tolerates
        // There is nothing to turn off in a new table.
        call.timeToLive = timeToLive?.enabled == true ? timeToLive : nil
        return call
    }

    /// "IF" [ "NOT" ] "EXISTS"
    mutating func parseExistence(negated: Bool) throws(SyntaxError) -> Bool {
        // A table may be called "if": only two words more make a clause of it.
        guard keyword == .condition, peek().kind == .word else {
            expecting(.keyword(.condition))
            return false
        }
        advance()
        if negated { try expect(.not) }
        try expect(.exists)
        return true
    }

    /// "UpdateTable" [target] { tclause }
    ///
    /// With TTL alone it is UpdateTimeToLive, and with other clauses both, one after the other.
    mutating func parseUpdateTable() throws(SyntaxError) -> Call {
        let target = try parseTarget(.updateTable)
        var request = UpdateTableRequest(tableName: target.table)
        if let index = target.index {
            request.globalSecondaryIndexUpdates = [try parseIndexUpdate(index)]
            return call(.updateTable(request))
        }
        var timeToLive: TimeToLiveSpecification?
        while let clause = try nextClause(.updateTable, repeatable: [.globalIndex]) {
            switch clause {
            case .provisioned:
                try exclude(clause, with: .on)
                request.billingMode = .provisioned
                request.provisionedThroughput = try parseThroughput()
            case .on:
                try exclude(clause, with: .provisioned)
                try expect(.demand)
                request.billingMode = .payPerRequest
                if take(.max) { request.onDemandThroughput = try parseOnDemandBounds() }
            case .warm: request.warmThroughput = try parseWarmThroughput()
            case .globalIndex:
                let name = try parseName("the name of an index")
                try expect(.at)
                let update = UpdateTableRequest.IndexUpdate.update(
                    indexName: name,
                    provisionedThroughput: try parseThroughput(),
                    onDemandThroughput: nil,
                    warmThroughput: nil
                )
                request.globalSecondaryIndexUpdates = (request.globalSecondaryIndexUpdates ?? []) + [update]
            case .stream: request.streamSpecification = try parseStream()
            case .tableClass: request.tableClass = try parseChoice("CLASS", TableClass.allCases)
            case .timeToLive: timeToLive = try parseTimeToLive()
            default: request.deletionProtectionEnabled = try parseFlag(clause)
            }
        }
        if request == UpdateTableRequest(tableName: target.table) {
            guard let timeToLive else { throw unexpected("what to change") }
            return call(.updateTimeToLive(.init(tableName: target.table, specification: timeToLive)))
        }
        var call = call(.updateTable(request))
        call.timeToLive = timeToLive
        return call
    }

    /// "TTL" ( NAME | "OFF" ). The attribute that OFF is about is the one that is on: the shell asks for it.
    private mutating func parseTimeToLive() throws(SyntaxError) -> TimeToLiveSpecification {
        if take(.off) { return TimeToLiveSpecification(enabled: false, attributeName: "") }
        return TimeToLiveSpecification(enabled: true, attributeName: try parseProjectedName())
    }

    /// The clauses that an index takes: PROVISIONED, ON DEMAND MAX, WARM.
    private mutating func parseIndexUpdate(_ index: String) throws(SyntaxError) -> UpdateTableRequest.IndexUpdate {
        var provisioned: ProvisionedThroughput?
        var onDemand: OnDemandThroughput?
        var warm: WarmThroughput?
        while let clause = try nextClause(.updateTable) {
            switch clause {
            case .provisioned: provisioned = try parseThroughput()
            case .on:
                try expect(.demand)
                try expect(.max)
                onDemand = try parseOnDemandBounds()
            case .warm: warm = try parseWarmThroughput()
            default:
                throw SyntaxError(
                    "\(clause.rawValue) is for tables, not for an index",
                    at: statement.clauseStart..<statement.clauseStart + clause.rawValue.utf8.count
                )
            }
        }
        if provisioned == nil, onDemand == nil, warm == nil { throw unexpected("what to change") }
        return .update(
            indexName: index,
            provisionedThroughput: provisioned,
            onDemandThroughput: onDemand,
            warmThroughput: warm
        )
    }

    /// "CreateGSI" target attrs [proj] [ "AT" units ]
    mutating func parseCreateGSI() throws(SyntaxError) -> UpdateTableRequest {
        let target = try parseIndexTarget(.createGSI)
        var request = UpdateTableRequest(tableName: target.table)
        let key = try parseKeyAttributes()
        request.attributeDefinitions = key.definitions
        var index = GlobalSecondaryIndexRequest(
            indexName: target.index ?? "",
            keySchema: key.schema,
            projection: try parseProjectionClause()
        )
        try parseIndexCapacity(&index)
        request.globalSecondaryIndexUpdates = [.create(index)]
        if !token.endsStatement { throw unexpected("AT or the end of the statement") }
        return request
    }

    /// "DropGSI" target
    mutating func parseDropGSI() throws(SyntaxError) -> UpdateTableRequest {
        let target = try parseIndexTarget(.dropGSI)
        return UpdateTableRequest(
            tableName: target.table,
            globalSecondaryIndexUpdates: [.delete(indexName: target.index ?? "")]
        )
    }

    /// table/index, or the index alone when a table is in use.
    private mutating func parseIndexTarget(_ verb: Verb) throws(SyntaxError) -> Target {
        let range = token.range
        let target = try parseTarget(verb)
        if target.index != nil { return target }
        throw SyntaxError(
            "\(verb.name) takes table/index",
            at: range,
            suggestion: "\(verb.name) \(target.table)/index\(verb == .createGSI ? " (attribute S)" : "")"
        )
    }

    /// "DropTable" [ "IF" "EXISTS" ] NAME
    mutating func parseDropTable() throws(SyntaxError) -> Call {
        let tolerates = try parseExistence(negated: false)
        expecting(.table)
        // The table in use is not dropped by leaving its name out.
        let name = try parseName("the name of the table")
        var call = call(.deleteTable(DeleteTableRequest(tableName: name)))
        call.toleratesExistence = tolerates
        return call
    }

    /// "DescribeTable" [target]
    mutating func parseDescribeTable() throws(SyntaxError) -> DescribeTableRequest {
        DescribeTableRequest(tableName: try parseTarget(.describeTable).table)
    }

    /// "ListTables" [ "AFTER" NAME ] [ "LIMIT" INT ]
    mutating func parseListTables() throws(SyntaxError) -> ListTablesRequest {
        var request = ListTablesRequest()
        while let clause = try nextClause(.listTables) {
            switch clause {
            case .after: request.exclusiveStartTableName = try parseName("the name of a table")
            default: request.limit = try parseInteger("LIMIT")
            }
        }
        return request
    }

    // MARK: Keys and indexes

    struct KeyAttributes {
        var schema: [KeySchemaElement] = []
        var definitions: [AttributeDefinition] = []
    }

    /// attrs ::= "(" NAME ("S" | "N" | "B") [ "HASH" | "RANGE" ] { "," … } ")"
    ///
    /// Without HASH and RANGE the first attribute is the partition key and the second the sort key.
    private mutating func parseKeyAttributes() throws(SyntaxError) -> KeyAttributes {
        try expect(.leftParenthesis, "( and the key")
        var key = KeyAttributes()
        while true {
            let range = token.range
            let (definition, type) = try parseKeyAttribute()
            if key.schema.contains(where: { $0.attributeName == definition.attributeName }) {
                throw SyntaxError("\(definition.attributeName) stands twice", at: range)
            }
            guard let type = type ?? impliedType(key.schema) else {
                throw SyntaxError(
                    "with more than two attributes each says HASH or RANGE",
                    at: range,
                    remark: "a table's key has one of each"
                )
            }
            key.definitions.append(definition)
            key.schema.append(KeySchemaElement(definition.attributeName, type))
            if !take(.comma) { break }
            if token.kind == .rightParenthesis { break }
        }
        try expect(.rightParenthesis, "a comma or )")
        return key
    }

    private func impliedType(_ schema: [KeySchemaElement]) -> KeyType? {
        switch schema.count {
        case 0: .hash
        case 1: .range
        default: nil
        }
    }

    /// NAME TYPE [ "HASH" | "RANGE" ]
    private mutating func parseKeyAttribute() throws(SyntaxError) -> (AttributeDefinition, KeyType?) {
        let name: String
        switch token.kind {
        case .word, .quotedName:
            name = try nameText(of: token)
            advance()
        case .string: name = try parseStringToken()
        default: throw unexpected("the name of a key attribute")
        }
        let types: [AttributeType] = [.string, .number, .binary]
        let type = try parseChoice("a key attribute", types)
        if take(.hash) { return (AttributeDefinition(name, type), .hash) }
        if take(.range) { return (AttributeDefinition(name, type), .range) }
        return (AttributeDefinition(name, type), nil)
    }

    /// "GSI" NAME attrs [proj] [ "AT" units ]
    private mutating func parseGlobalIndex(
        _ definitions: inout [AttributeDefinition]
    ) throws(SyntaxError) -> GlobalSecondaryIndexRequest {
        let name = try parseName("the name of an index")
        let start = token.start
        let key = try parseKeyAttributes()
        try add(key.definitions, to: &definitions, at: start..<previousEnd)
        var index = GlobalSecondaryIndexRequest(
            indexName: name,
            keySchema: key.schema,
            projection: try parseProjectionClause()
        )
        try parseIndexCapacity(&index)
        return index
    }

    /// "LSI" NAME attrs [proj]: the sort key alone, or both keys.
    private mutating func parseLocalIndex(
        _ partitionKey: KeySchemaElement,
        _ definitions: inout [AttributeDefinition]
    ) throws(SyntaxError) -> LocalSecondaryIndexRequest {
        let name = try parseName("the name of an index")
        let start = token.start
        var key = try parseKeyAttributes()
        try add(key.definitions, to: &definitions, at: start..<previousEnd)
        if key.schema.count == 1 {
            // One attribute is the sort key: the partition key of a local index is the table's.
            key.schema = [partitionKey, KeySchemaElement(key.schema[0].attributeName, .range)]
        }
        return LocalSecondaryIndexRequest(
            indexName: name,
            keySchema: key.schema,
            projection: try parseProjectionClause()
        )
    }

    private func add(
        _ new: [AttributeDefinition],
        to definitions: inout [AttributeDefinition],
        at range: Range<Int>
    ) throws(SyntaxError) {
        for definition in new {
            guard let known = definitions.first(where: { $0.attributeName == definition.attributeName }) else {
                definitions.append(definition)
                continue
            }
            if known.attributeType != definition.attributeType {
                throw SyntaxError(
                    "\(definition.attributeName) is \(known.attributeType.rawValue) in another key",
                    at: range
                )
            }
        }
    }

    /// proj ::= "ALL" | "KEYS_ONLY" | "INCLUDE" "(" path {"," path} ")". Everything when left out.
    private mutating func parseProjectionClause() throws(SyntaxError) -> Projection {
        if take(.all) { return Projection(.all) }
        if take(.keysOnly) { return Projection(.keysOnly) }
        guard take(.include) else { return Projection(.all) }
        try expect(.leftParenthesis, "( and the attributes")
        var names: [String] = []
        while true {
            names.append(try parseProjectedName())
            if !take(.comma) { break }
            if token.kind == .rightParenthesis { break }
        }
        try expect(.rightParenthesis, "a comma or )")
        return Projection(.include, nonKeyAttributes: names)
    }

    /// A projected attribute is named as a whole, dots included.
    private mutating func parseProjectedName() throws(SyntaxError) -> String {
        if token.kind == .string { return try parseStringToken() }
        var name = ""
        repeat {
            guard token.kind == .word || token.kind == .quotedName else { throw unexpected("an attribute") }
            name += (name.isEmpty ? "" : ".") + (try nameText(of: token))
            advance()
        } while take(.dot)
        return name
    }

    /// { "AT" ( units | "MAX" units | "WARM" units ) }
    private mutating func parseIndexCapacity(_ index: inout GlobalSecondaryIndexRequest) throws(SyntaxError) {
        while take(.at) {
            if take(.max) {
                index.onDemandThroughput = try parseOnDemandBounds()
            } else if take(.warm) {
                index.warmThroughput = try parseWarmThroughput()
            } else {
                index.provisionedThroughput = try parseThroughput()
            }
        }
    }

    // MARK: Capacity

    /// units ::= INT ("RCU" | "WCU") [ INT ("RCU" | "WCU") ]
    private mutating func parseUnits() throws(SyntaxError) -> (read: Int?, write: Int?, range: Range<Int>) {
        let start = token.start
        var read: Int?
        var write: Int?
        repeat {
            let isUnlimited = token.kind == .minus && peek().kind == .number
            let amount: Int
            if isUnlimited {
                advance()
                amount = -(try parseInteger("capacity"))
            } else {
                amount = try parseInteger("capacity")
            }
            let unit = token
            if take(.readUnits), read == nil {
                read = amount
            } else if unit.range != token.range {
                throw SyntaxError("RCU stands twice", at: unit.range)
            } else if take(.writeUnits), write == nil {
                write = amount
            } else if unit.range != token.range {
                throw SyntaxError("WCU stands twice", at: unit.range)
            } else {
                throw unexpected("RCU or WCU")
            }
        } while (token.kind == .number || token.kind == .minus) && (read == nil || write == nil)
        return (read, write, start..<previousEnd)
    }

    private mutating func parseBothUnits() throws(SyntaxError) -> (read: Int, write: Int) {
        let units = try parseUnits()
        guard let read = units.read, let write = units.write else {
            let missing = units.read == nil ? "RCU" : "WCU"
            throw SyntaxError("\(missing) is missing", at: units.range, expected: ["10 RCU 5 WCU"])
        }
        return (read, write)
    }

    private mutating func parseThroughput() throws(SyntaxError) -> ProvisionedThroughput {
        let units = try parseBothUnits()
        return ProvisionedThroughput(readCapacityUnits: units.read, writeCapacityUnits: units.write)
    }

    private mutating func parseWarmThroughput() throws(SyntaxError) -> WarmThroughput {
        let units = try parseBothUnits()
        return WarmThroughput(readUnitsPerSecond: units.read, writeUnitsPerSecond: units.write)
    }

    private mutating func parseOnDemandBounds() throws(SyntaxError) -> OnDemandThroughput {
        let units = try parseUnits()
        return OnDemandThroughput(maxReadRequestUnits: units.read, maxWriteRequestUnits: units.write)
    }

    /// "TAGS" object
    private mutating func parseTags() throws(SyntaxError) -> [Tag] {
        guard case .object(let members) = try parseObject().form else { return [] }
        var tags: [Tag] = []
        for member in members {
            guard case .value(.string(let value)) = member.value.form else {
                throw SyntaxError("a tag's value is a text", at: member.value.range)
            }
            tags.append(Tag(key: member.name, value: value))
        }
        return tags
    }
}
