import Model

/// Attribute values. Conversions throw at once; what the service checks later is kept for later.
extension RequestDecoding {
    private static let valueType = "com.amazonaws.dynamodb.v20120810.AttributeValue"
    private static let invalid = "One or more parameter values were invalid: "
    /// The item itself is the first level.
    private static let maximumDepth = Limits.nestingDepth - 1

    /// An item or a key. Absent: a violation and an empty item.
    mutating func requiredItem(_ body: Structure, _ name: String) throws(WireError) -> Item {
        if let item = try item(body, name) { return item }
        violate(nil, at: body.path(name), .notNull)
        return .empty
    }

    mutating func item(_ body: Structure, _ name: String) throws(WireError) -> Item? {
        guard let document = body[name] else { return nil }
        return try item(document)
    }

    /// Where a page starts; what is wrong with its values is told as wrong with the key.
    mutating func startKey(_ body: Structure) throws(WireError) -> Item? {
        guard let document = body["ExclusiveStartKey"] else { return nil }
        return try item(document, complaint: "The provided starting key is invalid: ")
    }

    mutating func item(_ document: Document, complaint: String = "") throws(WireError) -> Item {
        var builder = ItemBuilder()
        for member in try map(document, of: Self.valueType) {
            var error: String?
            builder.append(member.name, try value(member.value, &error))
            if let error { reject(value: complaint + error) }
        }
        return builder.finish()
    }

    mutating func expressionAttributes(_ body: Structure) throws(WireError) -> ExpressionAttributes {
        ExpressionAttributes(names: try names(body), values: try values(body))
    }

    func names(_ body: Structure) throws(WireError) -> [String: String]? {
        guard let members = try map(body, "ExpressionAttributeNames", of: "java.lang.String") else { return nil }
        var names: [String: String] = [:]
        for member in members { names[member.name] = try string(member.value) }
        return names
    }

    private mutating func values(_ body: Structure) throws(WireError) -> [String: AttributeValue]? {
        guard let members = try map(body, "ExpressionAttributeValues", of: Self.valueType) else { return nil }
        var values: [String: AttributeValue] = [:]
        for member in members {
            var error: String?
            values[member.name] = try value(member.value, &error)
            if let error {
                reject(value: "ExpressionAttributeValues contains invalid value: \(error) for key \(member.name)")
            }
        }
        return values
    }

    /// A PartiQL parameter or the like.
    mutating func attributeValue(_ document: Document) throws(WireError) -> AttributeValue {
        var error: String?
        let value = try value(document, &error)
        if let error { reject(value: error) }
        return value
    }

    /// `error` is set at the first thing the service would complain about later; the value is then harmless.
    private func value(
        _ document: Document,
        depth: Int = 0,
        _ error: inout String?
    ) throws(WireError) -> AttributeValue {
        let tagged = try structure(document, type: "AttributeValue", at: "")
        var value: AttributeValue?
        for member in tagged.members {
            guard member.value != .null, let type = AttributeType(rawValue: member.name) else { continue }
            let next = try payload(type, member.value, depth: depth, &error)
            if value != nil {
                note(
                    "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the "
                        + "supported datatypes",
                    &error
                )
            }
            value = next
        }
        if let value { return value }
        note(
            "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes",
            &error
        )
        return .null
    }

    private func payload(
        _ type: AttributeType,
        _ document: Document,
        depth: Int,
        _ error: inout String?
    ) throws(WireError) -> AttributeValue {
        switch type {
        case .string: return .string(try string(document))
        case .number: return .number(number(try string(document), &error))
        case .binary: return .binary(try binary(document))
        case .bool: return .bool(try bool(document))
        case .null:
            if try !bool(document) {
                note(Self.invalid + "Null attribute value types must have the value of true", &error)
            }
            return .null
        case .stringSet: return .stringSet(try stringSet(document, &error))
        case .numberSet: return .numberSet(try numberSet(document, &error))
        case .binarySet: return .binarySet(try binarySet(document, &error))
        case .list:
            noteDepth(depth + 1, &error)
            var elements: [AttributeValue] = []
            for element in try list(document) {
                elements.append(try value(element, depth: depth + 1, &error))
            }
            return .list(elements)
        case .map:
            noteDepth(depth + 1, &error)
            var entries = AttributeMap()
            for member in try map(document, of: Self.valueType) {
                entries[member.name] = try value(member.value, depth: depth + 1, &error)
            }
            return .map(entries)
        }
    }

    private func number(_ text: String, _ error: inout String?) -> Number {
        do {
            return try Number(text)
        } catch let failure {
            note(failure.message, &error)
            return .zero
        }
    }

    private func stringSet(_ document: Document, _ error: inout String?) throws(WireError) -> [String] {
        var members: [String] = []
        for element in try list(document) { members.append(try string(element)) }
        if members.isEmpty { note(Self.invalid + "An string set  may not be empty", &error) }
        let sorted = members.sortedByBytes
        if zip(sorted, sorted.dropFirst()).contains(where: { $0.hasSameBytes(as: $1) }) {
            let shown = members.joined(separator: ", ")
            note(Self.invalid + "Input collection [\(shown)] contains duplicates.", &error)
        }
        return members
    }

    private func numberSet(_ document: Document, _ error: inout String?) throws(WireError) -> [Number] {
        var members: [Number] = []
        for element in try list(document) { members.append(number(try string(element), &error)) }
        if members.isEmpty { note(Self.invalid + "An number set  may not be empty", &error) }
        if Set(members).count < members.count { note("Input collection contains duplicates", &error) }
        return members
    }

    private func binarySet(_ document: Document, _ error: inout String?) throws(WireError) -> [[UInt8]] {
        var members: [[UInt8]] = []
        for element in try list(document) { members.append(try binary(element)) }
        if members.isEmpty { note(Self.invalid + "Binary sets should not be empty", &error) }
        if Set(members).count < members.count {
            let shown = members.map(Base64.encode).joined(separator: ", ")
            note(Self.invalid + "Input collection [\(shown)]of type BS contains duplicates.", &error)
        }
        return members
    }

    private func noteDepth(_ depth: Int, _ error: inout String?) {
        if depth > Self.maximumDepth {
            note(
                "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond "
                    + "supported limit",
                &error
            )
        }
    }

    private func note(_ message: String, _ error: inout String?) {
        if error == nil { error = message }
    }
}
