import Model

/// Key schemas of tables and indexes against the attribute definitions. Source: reference C5, H-last.
enum KeySchemaRules {
    static func checkTable(
        _ keySchema: [KeySchemaElement],
        definitions: [AttributeDefinition]
    ) throws(ServiceError) {
        try checkPair(keySchema)
        let undefined = keySchema.contains { !isDefined($0, in: definitions) }
        if undefined, keySchema.count > 1 {
            throw .validationException("Invalid KeySchema: Some index key attribute have no definition")
        }
        if undefined { throw undefinedKeys(keySchema, definitions) }
    }

    /// A local index has the table's partition key and a sort key of its own.
    static func checkLocalIndex(
        _ index: String,
        _ keySchema: [KeySchemaElement],
        tableSchema: [KeySchemaElement],
        definitions: [AttributeDefinition]
    ) throws(ServiceError) {
        try checkPair(keySchema)
        try checkDefined(keySchema, definitions)
        if keySchema.count < 2 { throw .invalid("Index KeySchema does not have a range key for index: \(index)") }
        let indexHash = keySchema[0].attributeName
        let tableHash = tableSchema[0].attributeName
        if !indexHash.hasSameBytes(as: tableHash) {
            throw .invalid(
                "Index KeySchema does not have the same leading hash key as table KeySchema for index: \(index). "
                    + "index hash key: \(indexHash), table hash key: \(tableHash)"
            )
        }
    }

    /// Up to four HASH attributes, then up to four RANGE ones.
    static func checkGlobalIndex(
        _ keySchema: [KeySchemaElement],
        definitions: [AttributeDefinition]
    ) throws(ServiceError) {
        if keySchema.count == 2, keySchema[1].keyType == .range {
            try checkPair(keySchema)
        } else {
            try checkMultiAttribute(keySchema)
        }
        try checkDefined(keySchema, definitions)
    }

    /// One HASH element and at most one RANGE element, of different names.
    private static func checkPair(_ keySchema: [KeySchemaElement]) throws(ServiceError) {
        if keySchema[0].keyType != .hash {
            throw .validationException("Invalid KeySchema: The first KeySchemaElement is not a HASH key type")
        }
        guard keySchema.count > 1 else { return }
        if keySchema[1].keyType != .range {
            throw .validationException("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type")
        }
        if keySchema[0].attributeName.hasSameBytes(as: keySchema[1].attributeName) {
            throw .validationException(
                "Both the Hash Key and the Range Key element in the KeySchema have the same name"
            )
        }
    }

    private static func checkMultiAttribute(_ keySchema: [KeySchemaElement]) throws(ServiceError) {
        if keySchema[0].keyType != .hash {
            throw .validationException("Invalid KeySchema: The first KeySchemaElement is not a HASH key type")
        }
        let hashCount = keySchema.count { $0.keyType == .hash }
        let maximumHash = Limits.globalIndexHashAttributes
        let maximumRange = Limits.globalIndexRangeAttributes
        if hashCount > maximumHash { throw .validationException(tooMany(.hash)) }
        if keySchema.count - hashCount > maximumRange { throw .validationException(tooMany(.range)) }
        if keySchema.prefix(hashCount).contains(where: { $0.keyType == .range }) {
            throw .validationException("All HASH key attributes must precede RANGE key attributes in the KeySchema")
        }
        let names = keySchema.map(\.attributeName).sortedByBytes
        if zip(names, names.dropFirst()).contains(where: { $0.hasSameBytes(as: $1) }) {
            throw .validationException("The KeySchema contains multiple key attributes with the same name")
        }
    }

    private static func tooMany(_ type: KeyType) -> String {
        "The KeySchema exceeds the maximum allowed number of \(type.rawValue) key attributes"
    }

    private static func checkDefined(
        _ keySchema: [KeySchemaElement],
        _ definitions: [AttributeDefinition]
    ) throws(ServiceError) {
        if keySchema.contains(where: { !isDefined($0, in: definitions) }) {
            throw undefinedKeys(keySchema, definitions)
        }
    }

    private static func isDefined(_ element: KeySchemaElement, in definitions: [AttributeDefinition]) -> Bool {
        definitions.contains { $0.attributeName.hasSameBytes(as: element.attributeName) }
    }

    private static func undefinedKeys(
        _ keySchema: [KeySchemaElement],
        _ definitions: [AttributeDefinition]
    ) -> ServiceError {
        let keys = keySchema.map(\.attributeName).joined(separator: ", ")
        let defined = definitions.map(\.attributeName).joined(separator: ", ")
        return .invalid(
            "Some index key attributes are not defined in AttributeDefinitions. Keys: [\(keys)], "
                + "AttributeDefinitions: [\(defined)]"
        )
    }
}
