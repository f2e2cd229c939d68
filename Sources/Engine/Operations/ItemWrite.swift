import Expressions
import Model
import PartiQL

/// One change of one item, checked as far as that is possible without the item: what to do, and on what condition.
struct ItemWrite {
    enum Effect {
        case put(Item)
        case update(UpdateExpression?)
        case delete
        /// PartiQL INSERT: never replaces an item.
        case insert(Item)
        /// PartiQL UPDATE: never creates one.
        case updateExisting(UpdateStatement)
        /// PartiQL DELETE: what else WHERE says is asked only of an item that is there.
        case deleteExisting
        /// Changes nothing: a condition of a transaction.
        case check
    }

    let table: Table
    /// The item's key attributes; for a put the whole item.
    let key: Item
    let effect: Effect
    let condition: (any ItemPredicate)?
    let returnsItemOnFailure: Bool
    /// A transaction's updates may fill an item to the limit; UpdateItem must stay a little below.
    var isInTransaction = false

    /// Whether the stored item must be looked at before the change: an unconditional put or delete need not.
    var needsOldItem: Bool {
        if condition != nil { return true }
        switch effect {
        case .put, .delete: return false
        case .update, .check, .insert, .updateExisting, .deleteExisting: return true
        }
    }

    /// The item after the change, nil for none. Throws when the condition is false or the result is not allowed.
    func newItem(replacing old: Item?) throws(ServiceError) -> Item? {
        if !isAllowed(on: old) {
            throw .conditionalCheckFailedException(item: returnsItemOnFailure ? old : nil)
        }
        switch effect {
        case .put(let item): return item
        case .delete, .deleteExisting: return nil
        case .check: return old
        case .insert(let item):
            if old != nil { throw .duplicateItemException }
            return item
        case .updateExisting(let statement):
            let new = try statement.apply(to: old!)
            try ItemRules.checkSize(ofUpdatedFlat: new)
            try table.checkUpdatedContents(new)
            return new
        case .update(let expression):
            let base = old ?? key
            guard let expression else { return base }
            if old == nil, !expression.createsItem { return nil }
            let new = try expression.apply(to: base)
            try table.checkUpdatedItem(new, by: expression, isInTransaction: isInTransaction)
            return new
        }
    }

    private func isAllowed(on old: Item?) -> Bool {
        switch effect {
        case .updateExisting where old == nil: return false
        case .deleteExisting where old == nil: return true
        case .put, .update, .delete, .check, .insert, .updateExisting, .deleteExisting:
            return condition?.isTrue(for: old ?? .empty) ?? true
        }
    }

    /// The larger image decides the table's price. A change that was refused is priced by what it wanted to write.
    func tableUnits(old: Item?, new: Item?) -> Double {
        Capacity.writeUnits(max(old?.size ?? 0, new?.size ?? 0))
    }

    /// Units of a write that its condition stopped.
    func refusedUnits(old: Item?) -> Double {
        switch effect {
        case .put(let item), .insert(let item): tableUnits(old: old, new: item)
        case .update, .delete, .check, .updateExisting, .deleteExisting: tableUnits(old: old, new: nil)
        }
    }
}

extension Table {
    /// What the change costs the table and each of its indexes. Source: reference B4, B5.
    func consumedCapacity(tableUnits: Double, old: Item?, new: Item?) -> ConsumedCapacity {
        var capacity = ConsumedCapacity(tableName: name, table: tableUnits)
        for index in localIndexes {
            let change = IndexChange(old: index.entry(for: old), new: index.entry(for: new))
            capacity.charge(localIndex: index.name, change.writeUnits(in: index))
        }
        for index in globalIndexes where index.isFed {
            let definition = index.definition
            let change = IndexChange(old: definition.entry(for: old), new: definition.entry(for: new))
            capacity.charge(globalIndex: definition.name, change.writeUnits(in: definition))
        }
        return capacity
    }
}
