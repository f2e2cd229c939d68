import Model

/// The parameters from before expressions. Source: reference C3.
extension RequestDecoding {
    private static let namespace = "com.amazonaws.dynamodb.v20120810."

    mutating func expected(_ body: Structure) throws(WireError) -> [AttributeName: ExpectedAttributeValue]? {
        let name = "ExpectedAttributeValue"
        return try attributeMap(body, "Expected", of: name) { decoding, member throws(WireError) in
            var expected = ExpectedAttributeValue()
            if let value = member["Value"] { expected.value = try decoding.attributeValue(value) }
            expected.exists = try decoding.bool(member, "Exists")
            expected.comparisonOperator = try decoding.enumeration(
                member,
                "ComparisonOperator",
                in: EnumOrder.comparisonOperator
            )
            expected.attributeValueList = try decoding.attributeValueList(member)
            return expected
        }
    }

    mutating func conditions(
        _ body: Structure,
        _ name: String
    ) throws(WireError) -> [AttributeName: LegacyCondition]? {
        try attributeMap(body, name, of: "Condition") { decoding, member throws(WireError) in
            if !member.has("ComparisonOperator") {
                decoding.violate(nil, at: member.path("ComparisonOperator"), .notNull)
            }
            let comparison: ComparisonOperator? = try decoding.enumeration(
                member,
                "ComparisonOperator",
                in: EnumOrder.comparisonOperator
            )
            return LegacyCondition(comparison ?? .notNull, try decoding.attributeValueList(member) ?? [])
        }
    }

    mutating func attributeUpdates(_ body: Structure) throws(WireError) -> [AttributeName: AttributeValueUpdate]? {
        let name = "AttributeValueUpdate"
        return try attributeMap(body, "AttributeUpdates", of: name) { decoding, member throws(WireError) in
            var update = AttributeValueUpdate()
            if let value = member["Value"] { update.value = try decoding.attributeValue(value) }
            let action: AttributeAction? = try decoding.enumeration(member, "Action", in: EnumOrder.attributeAction)
            update.action = action ?? .put
            return update
        }
    }

    mutating func conditionalOperator(_ body: Structure) throws(WireError) -> ConditionalOperator? {
        try enumeration(body, "ConditionalOperator", in: EnumOrder.conditionalOperator)
    }

    mutating func attributesToGet(_ body: Structure) throws(WireError) -> [String]? {
        guard let documents = try list(body, "AttributesToGet") else { return nil }
        if documents.isEmpty { violate("[]", at: body.path("AttributesToGet"), .lengthAtLeast(1)) }
        var names: [String] = []
        for document in documents { names.append(try string(document)) }
        return names
    }

    private mutating func attributeValueList(_ body: Structure) throws(WireError) -> [AttributeValue]? {
        guard let documents = try list(body, "AttributeValueList") else { return nil }
        var values: [AttributeValue] = []
        for document in documents { values.append(try attributeValue(document)) }
        return values
    }

    /// A map from attributes to structures. Of two members with one name the last counts.
    private mutating func attributeMap<Value>(
        _ body: Structure,
        _ name: String,
        of type: String,
        _ read: (inout RequestDecoding, Structure) throws(WireError) -> Value
    ) throws(WireError) -> [AttributeName: Value]? {
        guard let members = try map(body, name, of: Self.namespace + type) else { return nil }
        var values: [AttributeName: Value] = [:]
        for member in members {
            let path = "\(body.path(name)).\(member.name).member."
            values[AttributeName(member.name)] = try read(&self, try structure(member.value, type: type, at: path))
        }
        return values
    }
}
