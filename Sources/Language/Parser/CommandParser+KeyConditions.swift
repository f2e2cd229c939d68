import Model

/// `'USER#alice', begins_with 'ORDER#'`: values by position, of which the last may carry an operator.
struct ShortKey {
    enum Operator: Int, CaseIterable {
        case equal, less, lessOrEqual, greater, greaterOrEqual, between, beginsWith
    }

    var values: [(value: AttributeValue, range: Range<Int>)] = []
    /// Of the last attribute. With `between` its two values are the last two.
    var lastOperator = Operator.equal
    var range = 0..<0

    /// How many attributes the values belong to.
    var attributeCount: Int { lastOperator == .between ? values.count - 1 : values.count }
}

/// The key conditions of the short form: few texts, made once, so that the engine finds them in its cache.
enum ShortConditions {
    static let attributesMax = Limits.globalIndexHashAttributes + Limits.globalIndexRangeAttributes

    static func text(_ attributeCount: Int, _ last: ShortKey.Operator) -> String {
        texts[attributeCount][last.rawValue]
    }

    static let valueNames = (0...attributesMax).map { ":k\($0)" }

    private static let texts: [[String]] = (0...attributesMax).map { count in
        ShortKey.Operator.allCases.map { last in count == 0 ? "" : make(count, last) }
    }

    private static func make(_ count: Int, _ last: ShortKey.Operator) -> String {
        let number = count - 1
        let terms = (0..<number).map { "#k\($0) = :k\($0)" }
        let final =
            switch last {
            case .equal: "#k\(number) = :k\(number)"
            case .less: "#k\(number) < :k\(number)"
            case .lessOrEqual: "#k\(number) <= :k\(number)"
            case .greater: "#k\(number) > :k\(number)"
            case .greaterOrEqual: "#k\(number) >= :k\(number)"
            case .between: "#k\(number) BETWEEN :k\(number) AND :k\(number + 1)"
            case .beginsWith: "begins_with(#k\(number), :k\(number))"
            }
        return (terms + [final]).joined(separator: " AND ")
    }
}

extension CommandParser {
    /// short ::= value { "," value } [ "," ( CMP value | "BETWEEN" value "AND" value | "begins_with" value ) ]
    mutating func parseShortKey() throws(SyntaxError) -> ShortKey {
        var short = ShortKey()
        let start = token.start
        short.values.reserveCapacity(2)
        try parseShortValue(&short)
        while token.kind == .comma {
            advance()
            expecting(.keyword(.beginsWith))
            expecting(.keyword(.between))
            if let operation = shortOperator {
                short.lastOperator = operation
                advance()
                let hasParenthesis = operation == .beginsWith && take(.leftParenthesis)
                try parseShortValue(&short)
                if hasParenthesis { try expect(.rightParenthesis, ")") }
                if operation == .between {
                    try expect(.and)
                    try parseShortValue(&short)
                }
                break
            }
            try parseShortValue(&short)
        }
        short.range = start..<previousEnd
        return short
    }

    private mutating func parseShortValue(_ short: inout ShortKey) throws(SyntaxError) {
        let start = token.start
        if recorder != nil, let table = statement.table, let key = table.key(ofIndex: statement.index) {
            let attribute = key.attributes[min(short.attributeCount, key.attributes.count - 1)].name
            expecting(.keyValue(ofTable: table.name, attribute: attribute))
        }
        if token.kind == .string {
            let range = token.range
            short.values.append((.string(try parseStringToken()), range))
            return
        }
        guard beginsLiteral || token.kind == .valuePlaceholder else { throw unexpected("a value of the key") }
        let literal = try parseLiteral()
        let value = literal.isTypeWrapper ? try literal.typedValue() : try literal.plainValue()
        short.values.append((value, start..<literal.range.upperBound))
    }

    private var shortOperator: ShortKey.Operator? {
        switch token.kind {
        case .less: .less
        case .lessOrEqual: .lessOrEqual
        case .greater: .greater
        case .greaterOrEqual: .greaterOrEqual
        case .equal: .equal
        case .word:
            switch keyword {
            case .between?: .between
            case .beginsWith?: .beginsWith
            default: nil
            }
        default: nil
        }
    }

    /// The condition that a short key stands for, and what it stands on.
    func shortCondition(
        _ short: ShortKey,
        _ reading: Reading
    ) throws(SyntaxError) -> (text: String, attributes: ExpressionAttributes) {
        let table = reading.target.table
        let place = reading.index.map { "\(table.name)/\($0)" } ?? table.name
        guard let key = table.key(ofIndex: reading.index) else { preconditionFailure("the index was looked up") }
        let count = short.attributeCount
        let hashCount = key.schema.hash.count
        if count < hashCount || (count == hashCount && short.lastOperator != .equal) {
            let last = short.values[short.values.count - 1]
            throw SyntaxError(
                "\(place) needs a value of each of \(key.names.prefix(hashCount).joined(separator: ", "))",
                at: last.range
            )
        }
        if count > key.attributes.count {
            throw SyntaxError(
                "the key of \(place) is \(key.names.joined(separator: ", ")), nothing more",
                at: short.values[key.attributes.count].range
            )
        }
        var values: [String: AttributeValue] = [:]
        values.reserveCapacity(short.values.count)
        for (number, value) in short.values.enumerated() {
            let attribute = key.attributes[min(number, count - 1)]
            if value.value.type != attribute.type {
                throw CommandParser.wrongKeyType(value.value, attribute, table, at: value.range)
            }
            values[ShortConditions.valueNames[number]] = value.value
        }
        return (
            ShortConditions.text(count, short.lastOperator),
            ExpressionAttributes(names: key.placeholders[count], values: values)
        )
    }

    // MARK: Errors of KEY

    func missingKey(_ reading: Reading) -> SyntaxError {
        let table = reading.target.table
        guard let key = table.key(ofIndex: reading.index)?.schema.partitionKey.name else {
            preconditionFailure("the index was looked up")
        }
        var error = unexpected("KEY \(key) = …")
        error.remark = "Scan reads without a key"
        return error
    }

    /// Each partition key attribute must be compared with `=`. The error names an index that would serve instead.
    func checkKey(_ reading: Reading, _ attributes: ExpressionAttributes) throws(SyntaxError) {
        let comparisons = statement.comparisons.map { comparison in
            var comparison = comparison
            if comparison.name.utf8.first == UInt8(ascii: "#"), let name = attributes.names?[comparison.name] {
                comparison.name = name
            }
            return comparison
        }
        let table = reading.target.table
        guard let first = comparisons.first, let key = table.key(ofIndex: reading.index) else { return }
        func isServed(_ schema: KeySchema) -> Bool {
            schema.hash.allSatisfy { hash in comparisons.contains { $0.isEquality && $0.name == hash.name } }
        }
        if isServed(key.schema) { return }
        let place = reading.index.map { "\(table.name)/\($0)" } ?? table.name
        let missing =
            key.schema.hash.first { hash in
                !comparisons.contains { $0.isEquality && $0.name == hash.name }
            }?.name ?? key.names[0]
        var error = SyntaxError(
            "Query needs \(missing) = …, the partition key of \(place)",
            at: first.range,
            serviceMessage: "ValidationException: Query condition missed key schema element: \(missing)"
        )
        if let same = comparisons.first(where: { $0.name == missing }) {
            error.range = same.range
            error.remark = "only = goes with a partition key"
        } else if reading.index != nil, isServed(table.key.schema) {
            error.remark = "is the partition key of \(table.name)"
            error.suggestion = suggestion(for: reading, place: table.name)
        } else if let index = table.shape.indexes.first(where: { isServed($0.key) }) {
            error.remark = "is the partition key of \(table.name)/\(index.name)"
            error.suggestion = suggestion(for: reading, place: "\(table.name)/\(index.name)")
        }
        throw error
    }

    /// The statement's own text with another target.
    private func suggestion(for reading: Reading, place: String) -> String? {
        let target = reading.target.range
        if target.isEmpty { return nil }
        let text =
            lexer.bytes.text(0..<target.lowerBound) + place
            + lexer.bytes.text(target.upperBound..<lexer.bytes.count)
        return statement.used.contains(.index) || text.utf8.count > 200 ? nil : String(text.trimmingBlanks)
    }
}

extension String {
    var trimmingBlanks: Substring {
        var rest = self[...]
        while let last = rest.utf8.last, isBlank(last) { rest.removeLast() }
        while let first = rest.utf8.first, isBlank(first) { rest.removeFirst() }
        return rest
    }
}
