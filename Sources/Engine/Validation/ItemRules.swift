import Model

/// Checks of items and keys against a key schema. They run on every write, on stored bytes, and allocate only to
/// complain. Source: reference A4, C5.
enum ItemRules {
    /// What may be wrong with one key attribute.
    enum KeyFault: Equatable {
        case missing
        case wrongType(AttributeType)
        case empty
    }

    /// The primary key inside an item that is put.
    static func checkKeys(of item: Item, schema: KeySchema) throws(ServiceError) {
        try checkEach(in: schema, of: item) { attribute, fault throws(ServiceError) in
            switch fault {
            case .missing: throw .invalid("Missing the key \(attribute.name) in the item")
            case .wrongType(let actual):
                throw .invalid(
                    "Type mismatch for key \(attribute.name) expected: \(attribute.type.rawValue) "
                        + "actual: \(actual.rawValue)"
                )
            case .empty: throw emptyKey(attribute)
            }
        }
    }

    /// A `Key` parameter: exactly the schema's attributes, each of its type.
    static func checkKeyParameter(_ key: Item, schema: KeySchema) throws(ServiceError) {
        if key.count != schema.hash.count + schema.range.count { throw keyDoesNotMatchSchema }
        try checkEach(in: schema, of: key) { attribute, fault throws(ServiceError) in
            switch fault {
            case .missing, .wrongType: throw keyDoesNotMatchSchema
            case .empty: throw emptyKey(attribute)
            }
        }
    }

    /// Whether key attributes are missing, of another type, or (in a `Key` parameter) too many: not merely empty or too
    /// long.
    static func isMisfit(_ item: Item, schema: KeySchema, isKeyParameter: Bool) -> Bool {
        if isKeyParameter, item.count != schema.hash.count + schema.range.count { return true }
        var size = 0
        return schema.attributes.contains { attribute in
            switch fault(of: attribute, in: item, size: &size) {
            case .missing, .wrongType: true
            case .empty, nil: false
            }
        }
    }

    static let keyDoesNotMatchSchema = ServiceError.validationException(
        "The provided key element does not match the schema"
    )

    static func emptyKey(_ attribute: KeyAttribute) -> ServiceError {
        .validationException(ValidationText.notValid + emptyValueText(attribute.type) + " Key: \(attribute.name)")
    }

    static func emptyValueText(_ type: AttributeType) -> String {
        "The AttributeValue for a key attribute cannot contain an empty "
            + (type == .binary ? "binary" : "string") + " value."
    }

    static let hashKeyTooLong = ServiceError.invalid(
        "Size of hashkey has exceeded the maximum size limit of\(Limits.partitionKeySize) bytes"
    )
    static let rangeKeysTooLong = ServiceError.invalid(
        "Aggregated size of all range keys has exceeded the size limit of \(Limits.sortKeySize) bytes"
    )

    /// Goes through the schema's attributes in order; `report` must throw.
    @inline(__always)
    private static func checkEach(
        in schema: KeySchema,
        of item: Item,
        report: (KeyAttribute, KeyFault) throws(ServiceError) -> Void
    ) throws(ServiceError) {
        var size = 0
        for attribute in schema.hash {
            if let fault = fault(of: attribute, in: item, size: &size) { try report(attribute, fault) }
        }
        if size > Limits.partitionKeySize { throw hashKeyTooLong }
        size = 0
        for attribute in schema.range {
            if let fault = fault(of: attribute, in: item, size: &size) { try report(attribute, fault) }
        }
        if size > Limits.sortKeySize { throw rangeKeysTooLong }
    }

    /// What is wrong with one key attribute, if anything. Adds the value's bytes to `size`; numbers are always short.
    static func fault(of attribute: KeyAttribute, in item: Item, size: inout Int) -> KeyFault? {
        item.withValue(of: attribute.attribute) { value -> KeyFault? in
            guard let value else { return .missing }
            if value.type != attribute.type { return .wrongType(value.type) }
            if value.type == .number { return nil }
            if value.payload.isEmpty { return .empty }
            size += value.payload.count
            return nil
        }
    }
}
