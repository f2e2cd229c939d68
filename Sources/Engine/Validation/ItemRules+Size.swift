import Model

/// What an update expression holds, as far as the size check counts it. Source: reference A2.
struct UpdateActionCounts: Equatable, Sendable {
    /// SET and ADD actions.
    var assignments = 0
    /// REMOVE and DELETE actions.
    var removals = 0
    /// Actions whose path ends in a list index.
    var listIndexTargets = 0
    /// Pairs of operands of `+` and `-`.
    var arithmeticPairs = 0
}

extension ItemRules {
    static let putTooLarge = ServiceError.validationException("Item size has exceeded the maximum allowed size")
    static let updateTooLarge = ServiceError.validationException(
        "Item size to update has exceeded the maximum allowed size"
    )

    static func checkSize(ofPut item: Item) throws(ServiceError) {
        if item.size > Limits.itemSize { throw putTooLarge }
    }

    /// The item an UpdateItem leaves behind. It is allowed slightly less than a put item.
    static func checkSize(
        ofUpdated item: Item,
        schema: KeySchema,
        actions: UpdateActionCounts
    ) throws(ServiceError) {
        let withActions =
            item.size - keySize(of: item, schema: schema) + 3
            + 19 * actions.assignments + 2 * actions.removals
            + actions.listIndexTargets + 50 * actions.arithmeticPairs
        if max(item.size, withActions) > Limits.itemSize { throw updateTooLarge }
    }

    /// The item an update inside a transaction or by PartiQL leaves behind.
    static func checkSize(ofUpdatedFlat item: Item) throws(ServiceError) {
        if item.size > Limits.itemSize { throw updateTooLarge }
    }

    /// On a table with local indexes, the item and its entries there share the limit.
    static func checkSize(of item: Item, localIndexEntries size: Int, writer: Writer) throws(ServiceError) {
        if item.size + size > Limits.itemSize { throw writer == .put ? putTooLarge : updateTooLarge }
    }

    /// Names and values of the key attributes, in bytes.
    static func keySize(of item: Item, schema: KeySchema) -> Int {
        var size = 0
        for attribute in schema.hash { size += attributeSize(attribute, in: item) }
        for attribute in schema.range { size += attributeSize(attribute, in: item) }
        return size
    }

    private static func attributeSize(_ attribute: KeyAttribute, in item: Item) -> Int {
        item.withValue(of: attribute.attribute) { value in
            value.map { $0.size + attribute.attribute.bytes.count } ?? 0
        }
    }
}
