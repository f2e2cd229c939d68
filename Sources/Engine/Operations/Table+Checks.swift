import Expressions
import Model

/// Checks of items against a table's own definition.
extension Table {
    /// Keys, index keys and size of an item that is put.
    func checkPutItem(_ item: Item) throws(ServiceError) {
        try ItemRules.checkKeys(of: item, schema: key)
        if !indexKeys.isEmpty { try ItemRules.checkIndexKeys(of: item, indexes: indexKeys) }
        try checkLocalEntries(of: item, writer: .put)
    }

    func checkKey(_ key: Item) throws(ServiceError) {
        try ItemRules.checkKeyParameter(key, schema: self.key)
    }

    /// An update may not touch the primary key, however little it would change.
    func checkUpdateTargets(_ paths: [Path]) throws(ServiceError) {
        for path in paths {
            let name = path.topLevelName
            if key.contains(name) {
                throw .invalid("Cannot update attribute \(name). This attribute is part of the key")
            }
        }
        try checkNestedPaths(paths)
    }

    /// No path of any expression may lead into a key attribute of the table or of an index.
    func checkNestedPaths(_ paths: [Path]) throws(ServiceError) {
        for path in paths where !path.isTopLevel {
            let name = path.topLevelName
            let isOwn = key.contains(name)
            if isOwn || indexKeys.contains(where: { $0.schema.contains(name) }) {
                throw .validationException(
                    "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: "
                        + "\(isOwn ? "Key" : "IndexKey"): \(name)"
                )
            }
        }
    }

    func checkNestedPaths(of projection: ProjectionExpression?) throws(ServiceError) {
        if let projection { try checkNestedPaths(projection.paths) }
    }

    /// What can be told of index keys before the item is read.
    func checkIndexKeyTypes(of update: UpdateExpression) throws(ServiceError) {
        if indexKeys.isEmpty { return }
        for (name, type) in update.assignedTypes {
            try ItemRules.checkIndexKeyType(type, of: name, indexes: indexKeys)
        }
    }

    /// Size, nesting and index keys of the item that an update leaves behind.
    func checkUpdatedItem(
        _ item: Item,
        by expression: UpdateExpression,
        isInTransaction: Bool
    ) throws(ServiceError) {
        if isInTransaction {
            try ItemRules.checkSize(ofUpdatedFlat: item)
        } else {
            try ItemRules.checkSize(ofUpdated: item, schema: key, actions: UpdateActionCounts(expression))
        }
        try checkUpdatedContents(item)
    }

    /// Nesting and index keys of the item that an update leaves behind.
    func checkUpdatedContents(_ item: Item) throws(ServiceError) {
        try ItemRules.checkValues(of: item)
        if !indexKeys.isEmpty { try ItemRules.checkIndexKeys(of: item, indexes: indexKeys, writer: .update) }
        try checkLocalEntries(of: item, writer: .update)
    }

    private func checkLocalEntries(of item: Item, writer: ItemRules.Writer) throws(ServiceError) {
        if localIndexes.isEmpty { return }
        let entries = localIndexes.reduce(0) { $0 + ($1.entry(for: item)?.size ?? 0) }
        try ItemRules.checkSize(of: item, localIndexEntries: entries, writer: writer)
    }
}

extension UpdateActionCounts {
    fileprivate init(_ expression: UpdateExpression) {
        self.init(
            assignments: expression.setAndAddCount,
            removals: expression.removeAndDeleteCount,
            listIndexTargets: expression.listIndexTargetCount,
            arithmeticPairs: expression.arithmeticCount
        )
    }
}
