import Model

extension ItemRules {
    typealias IndexKeys = (name: String, schema: KeySchema)

    /// Who writes the value; the text for an empty index key differs.
    enum Writer { case put, update }

    /// The index keys inside an item to be stored. An absent one is fine: the item is then not in that index.
    static func checkIndexKeys(
        of item: Item,
        indexes: [IndexKeys],
        writer: Writer = .put
    ) throws(ServiceError) {
        for index in indexes {
            if !isAcceptable(item, for: index.schema) {
                try reportFirstFault(of: item, indexes: indexes, writer: writer)
            }
        }
    }

    /// Whether the item may be stored beside this index; that it is sparse is no fault.
    private static func isAcceptable(_ item: Item, for schema: KeySchema) -> Bool {
        var size = 0
        for attribute in schema.hash {
            if let fault = fault(of: attribute, in: item, size: &size), fault != .missing { return false }
        }
        if size > Limits.partitionKeySize { return false }
        size = 0
        for attribute in schema.range {
            if let fault = fault(of: attribute, in: item, size: &size), fault != .missing { return false }
        }
        return size <= Limits.sortKeySize
    }

    /// The service names the index that comes first by name.
    private static func reportFirstFault(
        of item: Item,
        indexes: [IndexKeys],
        writer: Writer
    ) throws(ServiceError) {
        for index in indexes.sorted(by: { $0.name.bytesPrecede($1.name) }) {
            try report(item, index, index.schema.hash, Limits.partitionKeySize, hashKeyTooLong, writer)
            try report(item, index, index.schema.range, Limits.sortKeySize, rangeKeysTooLong, writer)
        }
    }

    private static func report(
        _ item: Item,
        _ index: IndexKeys,
        _ attributes: [KeyAttribute],
        _ maximum: Int,
        _ tooLong: ServiceError,
        _ writer: Writer
    ) throws(ServiceError) {
        var size = 0
        for attribute in attributes {
            switch fault(of: attribute, in: item, size: &size) {
            case nil, .missing: break
            case .wrongType(let actual): throw wrongIndexKeyType(attribute, actual, index: index.name)
            case .empty: throw emptyIndexKey(attribute, index: index.name, writer)
            }
        }
        if size > maximum { throw tooLong }
    }

    /// The type that an attribute is to be given, should it be an index key.
    static func checkIndexKeyType(
        _ type: AttributeType,
        of name: AttributeName,
        indexes: [IndexKeys]
    ) throws(ServiceError) {
        for index in indexes.sorted(by: { $0.name.bytesPrecede($1.name) }) {
            for attribute in index.schema.attributes where attribute.attribute == name && attribute.type != type {
                throw wrongIndexKeyType(attribute, type, index: index.name)
            }
        }
    }

    private static func wrongIndexKeyType(
        _ attribute: KeyAttribute,
        _ actual: AttributeType,
        index: String
    ) -> ServiceError {
        .invalid(
            "Type mismatch for Index Key \(attribute.name) Expected: \(attribute.type.rawValue) "
                + "Actual: \(actual.rawValue) IndexName: \(index)"
        )
    }

    private static func emptyIndexKey(_ attribute: KeyAttribute, index: String, _ writer: Writer) -> ServiceError {
        let text = emptyValueText(attribute.type)
        switch writer {
        case .put:
            return .validationException(
                ValidationText.notValid + "A value specified for a secondary index key is not supported. " + text
                    + " IndexName: \(index), IndexKey: \(attribute.name)"
            )
        case .update:
            return .validationException(
                ValidationText.notValid + "The update expression attempted to update a secondary index key to a value "
                    + "that is not supported. " + text
            )
        }
    }
}
