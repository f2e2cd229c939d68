import Model
import Wire

/// Turns the object of a raw body into the JSON that the API takes.
///
/// Members that hold attribute values may be plain or DynamoDB JSON. The key attribute decides, as everywhere; without
/// a known key they are DynamoDB JSON if every value is a one-type wrapper.
struct BodyReader {
    let catalog: any TableCatalog

    func document(_ members: [Literal.Member]) throws(SyntaxError) -> Document {
        try structure(members, table: text(members, "TableName"))
    }

    private func text(_ members: [Literal.Member], _ name: String) -> String? {
        guard case .value(.string(let text))? = members.last(where: { $0.name == name })?.value.form else { return nil }
        return text
    }

    private func structure(_ members: [Literal.Member], table: String?) throws(SyntaxError) -> Document {
        var result: [Document.Member] = []
        for member in members {
            result.append(Document.Member(member.name, try self.member(member, table: table)))
        }
        return .object(result)
    }

    private func member(_ member: Literal.Member, table: String?) throws(SyntaxError) -> Document {
        switch member.name {
        case "Item", "Key", "ExclusiveStartKey": return try attributes(member.value, key: key(of: table))
        case "ExpressionAttributeValues": return try attributes(member.value, key: [])
        case "AttributeUpdates", "Expected", "KeyConditions", "QueryFilter", "ScanFilter":
            return try attributeMap(member.value)
        case "Keys":
            return try list(member.value) { literal throws(SyntaxError) in
                try attributes(literal, key: key(of: table))
            }
        case "Parameters": return try parameters(member.value)
        case "RequestItems": return try requestItems(member.value)
        case "TransactItems":
            return try list(member.value) { literal throws(SyntaxError) in
                try action(literal)
            }
        case "PutRequest", "DeleteRequest":
            guard case .object(let members) = member.value.form else { return try raw(member.value) }
            return try structure(members, table: table)
        case "Statements", "TransactStatements":
            return try list(member.value) { literal throws(SyntaxError) in
                guard case .object(let members) = literal.form else { return try raw(literal) }
                return try structure(members, table: nil)
            }
        default: return try raw(member.value)
        }
    }

    /// `{attribute: {Value: …, AttributeValueList: […]}}`: the values are DynamoDB JSON or plain.
    private func attributeMap(_ literal: Literal) throws(SyntaxError) -> Document {
        guard case .object(let attributes) = literal.form else { return try raw(literal) }
        var result: [Document.Member] = []
        for attribute in attributes {
            guard case .object(let members) = attribute.value.form else {
                result.append(Document.Member(attribute.name, try raw(attribute.value)))
                continue
            }
            var described: [Document.Member] = []
            for member in members {
                let document: Document =
                    switch member.name {
                    case "Value": try value(member.value)
                    case "AttributeValueList": try list(member.value, value)
                    default: try raw(member.value)
                    }
                described.append(Document.Member(member.name, document))
            }
            result.append(Document.Member(attribute.name, .object(described)))
        }
        return .object(result)
    }

    /// DynamoDB JSON when it is a one-type wrapper.
    private func value(_ literal: Literal) throws(SyntaxError) -> Document {
        switch literal.form {
        case .typed, .plain: try raw(literal)
        case .value, .list, .object:
            Document(value: literal.isTypeWrapper ? try literal.typedValue() : try literal.plainValue())
        }
    }

    private func key(of table: String?) -> [String] {
        table.flatMap { catalog.shape(of: $0) }?.key.attributes.map(\.name) ?? []
    }

    private func list(
        _ literal: Literal,
        _ element: (Literal) throws(SyntaxError) -> Document
    ) throws(SyntaxError) -> Document {
        guard case .list(let elements) = literal.form else { return try raw(literal) }
        var result: [Document] = []
        for literal in elements { result.append(try element(literal)) }
        return .array(result)
    }

    /// `{Put: {…}}` and its siblings.
    private func action(_ literal: Literal) throws(SyntaxError) -> Document {
        guard case .object(let actions) = literal.form else { return try raw(literal) }
        var result: [Document.Member] = []
        for action in actions {
            guard case .object(let members) = action.value.form else {
                result.append(Document.Member(action.name, try raw(action.value)))
                continue
            }
            result.append(Document.Member(action.name, try document(members)))
        }
        return .object(result)
    }

    /// `{table: {Keys: […]}}` or `{table: [{PutRequest: …}]}`
    private func requestItems(_ literal: Literal) throws(SyntaxError) -> Document {
        guard case .object(let tables) = literal.form else { return try raw(literal) }
        var result: [Document.Member] = []
        for table in tables {
            let document: Document
            switch table.value.form {
            case .object(let members): document = try structure(members, table: table.name)
            case .list(let writes):
                var elements: [Document] = []
                for write in writes {
                    guard case .object(let members) = write.form else {
                        elements.append(try raw(write))
                        continue
                    }
                    elements.append(try structure(members, table: table.name))
                }
                document = .array(elements)
            default: document = try raw(table.value)
            }
            result.append(Document.Member(table.name, document))
        }
        return .object(result)
    }

    // MARK: Attribute values

    private func attributes(_ literal: Literal, key: [String]) throws(SyntaxError) -> Document {
        switch literal.form {
        case .typed(let inner): return try attributes(inner, isTyped: true)
        case .plain(let inner): return try attributes(inner, isTyped: false)
        case .object(let members):
            let keyMember = members.first { key.contains($0.name) }
            let isTyped =
                if let keyMember { isObject(keyMember.value) } else { members.allSatisfy { $0.value.isTypeWrapper } }
            return try attributes(literal, isTyped: isTyped)
        default: return try raw(literal)
        }
    }

    private func isObject(_ literal: Literal) -> Bool {
        if case .object = literal.form { return true }
        return false
    }

    private func attributes(_ literal: Literal, isTyped: Bool) throws(SyntaxError) -> Document {
        guard case .object(let members) = literal.form else { return try raw(literal) }
        var result: [Document.Member] = []
        for member in members {
            // What the service would refuse is passed on as it is, for the service's own words.
            let document =
                isTyped && !member.value.isTypeWrapper
                ? try raw(member.value)
                : Document(value: isTyped ? try member.value.typedValue() : try member.value.plainValue())
            result.append(Document.Member(member.name, document))
        }
        return .object(result)
    }

    private func parameters(_ literal: Literal) throws(SyntaxError) -> Document {
        guard case .list(let values) = literal.form else { return try raw(literal) }
        let isTyped = values.allSatisfy(\.isTypeWrapper)
        var result: [Document] = []
        for value in values {
            result.append(Document(value: isTyped ? try value.typedValue() : try value.plainValue()))
        }
        return .array(result)
    }

    /// Plain JSON, member by member.
    private func raw(_ literal: Literal) throws(SyntaxError) -> Document {
        switch literal.form {
        case .value(let value): return Document(plain: value)
        case .list(let elements):
            var result: [Document] = []
            for element in elements { result.append(try raw(element)) }
            return .array(result)
        case .object(let members):
            var result: [Document.Member] = []
            for member in members { result.append(Document.Member(member.name, try raw(member.value))) }
            return .object(result)
        case .typed(let inner): return Document(value: try inner.typedValue())
        case .plain(let inner): return Document(value: try inner.plainValue())
        }
    }
}

extension Document {
    /// DynamoDB JSON.
    init(value: AttributeValue) {
        func tagged(_ document: Document) -> Document { .object([Member(value.type.rawValue, document)]) }
        self =
            switch value {
            case .string(let text): tagged(.string(text))
            case .number(let number): tagged(.string(number.text))
            case .binary(let bytes): tagged(.bytes(bytes))
            case .bool(let flag): tagged(.bool(flag))
            case .null: tagged(.bool(true))
            case .stringSet(let members): tagged(.array(members.map { .string($0) }))
            case .numberSet(let members): tagged(.array(members.map { .string($0.text) }))
            case .binarySet(let members): tagged(.array(members.map { .bytes($0) }))
            case .list(let elements): tagged(.array(elements.map { Document(value: $0) }))
            case .map(let map): tagged(.object(map.entries.map { Member($0.name, Document(value: $0.value)) }))
            }
    }

    /// Plain JSON; sets, which JSON has not, as DynamoDB JSON.
    init(plain value: AttributeValue) {
        self =
            switch value {
            case .string(let text): .string(text)
            case .number(let number): .number(number.text)
            case .binary(let bytes): .bytes(bytes)
            case .bool(let flag): .bool(flag)
            case .null: .null
            case .list(let elements): .array(elements.map { Document(plain: $0) })
            case .map(let map): .object(map.entries.map { Member($0.name, Document(plain: $0.value)) })
            case .stringSet, .numberSet, .binarySet: Document(value: value)
            }
    }
}
