import Model

/// The parameters from before expressions.
extension RequestEncoder {
    static func encode(_ condition: LegacyCondition) -> Document {
        var body = ObjectBuilder()
        body.add("ComparisonOperator", condition.comparisonOperator.rawValue)
        if !condition.attributeValueList.isEmpty { body.add(list: condition.attributeValueList) }
        return body.object
    }

    static func encode(_ update: AttributeValueUpdate) -> Document {
        var body = ObjectBuilder()
        body.add("Value", update.value.map(AttributeValueEncoder.encode))
        body.add("Action", update.action, unless: .put)
        return body.object
    }

    fileprivate static func encode(_ expected: ExpectedAttributeValue) -> Document {
        var body = ObjectBuilder()
        body.add("Value", expected.value.map(AttributeValueEncoder.encode))
        body.add("Exists", expected.exists.map(Document.bool))
        body.add("ComparisonOperator", expected.comparisonOperator?.rawValue)
        if let values = expected.attributeValueList { body.add(list: values) }
        return body.object
    }
}

extension ObjectBuilder {
    /// By name, since a dictionary's own order differs each run.
    mutating func add<Value>(_ name: String, _ map: [AttributeName: Value]?, _ encode: (Value) -> Document) {
        guard let map else { return }
        let members = map.sortedByName.map { Document.Member($0.name.description, encode($0.value)) }
        add(name, Document.object(members))
    }

    mutating func add(
        expected: [AttributeName: ExpectedAttributeValue]?,
        _ conditionalOperator: ConditionalOperator?
    ) {
        add("Expected", expected) { RequestEncoder.encode($0) }
        add("ConditionalOperator", conditionalOperator?.rawValue)
    }

    mutating func add(attributesToGet names: [String]?) {
        add("AttributesToGet", names.map { Document.array($0.map(Document.string)) })
    }

    fileprivate mutating func add(list values: [AttributeValue]) {
        add("AttributeValueList", Document.array(values.map(AttributeValueEncoder.encode)))
    }
}
