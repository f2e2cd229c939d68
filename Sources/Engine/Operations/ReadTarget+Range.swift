import Expressions
import Model

/// Key conditions as ranges of storage keys.
extension ReadTarget {
    func range(of condition: ResolvedKeyCondition) -> KeyRange {
        var encoder = KeyEncoder()
        encoder.appendPartitionKey(parts: condition.hashValues.map(\.orderedBytes))
        for value in condition.rangeEqualities { encoder.appendEscaped(value.orderedBytes) }
        let prefix = encoder.bytes
        guard let rangeCondition = condition.rangeCondition else { return KeyRange(prefix: prefix) }
        let whole = KeyRange(prefix: prefix)
        switch rangeCondition {
        case .equal(let value):
            return isFinal
                ? KeyRange(lower: prefix + final(value), upper: KeyRange.successor(of: prefix + final(value)))
                : KeyRange(prefix: prefix + closed(value))
        case .beginsWith(let value): return KeyRange(prefix: prefix + open(value))
        case .less(let value): return KeyRange(lower: whole.lower, upper: prefix + closed(value))
        case .lessOrEqual(let value): return KeyRange(lower: whole.lower, upper: after(value, prefix))
        case .greater(let value): return KeyRange(lower: after(value, prefix) ?? [], upper: whole.upper)
        case .greaterOrEqual(let value): return KeyRange(lower: prefix + closed(value), upper: whole.upper)
        case .between(let low, let high): return KeyRange(lower: prefix + closed(low), upper: after(high, prefix))
        }
    }

    /// What is left of a query's range after the place where the last page ended.
    func rest(
        of range: KeyRange,
        after start: Item,
        forward: Bool,
        _ condition: ResolvedKeyCondition
    ) throws(ServiceError) -> KeyRange {
        let place = storageKey(of: start)
        var prefix = KeyEncoder()
        prefix.appendPartitionKey(parts: condition.hashValues.map(\.orderedBytes))
        if !KeyRange(prefix: prefix.bytes).contains(place) {
            throw .validationException(
                "The provided starting key is outside query boundaries based on provided conditions"
            )
        }
        if !range.contains(place) {
            throw .validationException("The provided starting key does not match the range key predicate")
        }
        return forward
            ? KeyRange(lower: KeyRange.successor(of: place), upper: range.upper)
            : KeyRange(lower: range.lower, upper: place)
    }

    /// What sabotage makes of the rest of a range: where the page ended in a child of a split, the child is read again.
    func repeated(_ rest: KeyRange, of whole: KeyRange, after start: Item) -> KeyRange {
        let partition = storageKey(of: start).withUnsafeBytes { PartitionMap.partition(holding: $0, in: partitions) }
        guard partition.lineage != nil, let again = partition.range.intersection(whole) else { return rest }
        return rest.lower == whole.lower
            ? KeyRange(lower: rest.lower, upper: again.upper) : KeyRange(lower: again.lower, upper: rest.upper)
    }

    /// Whether the sort key is the last part of the storage key, so that it stands there as it is.
    private var isFinal: Bool { definition == nil }

    private func final(_ value: AttributeValue) -> [UInt8] { value.orderedBytes }

    /// The first place of a value.
    private func closed(_ value: AttributeValue) -> [UInt8] {
        if isFinal { return value.orderedBytes }
        var encoder = KeyEncoder()
        encoder.appendEscaped(value.orderedBytes)
        return encoder.bytes
    }

    private func open(_ value: AttributeValue) -> [UInt8] {
        if isFinal { return value.orderedBytes }
        var encoder = KeyEncoder()
        encoder.appendEscapedOpen(value.orderedBytes)
        return encoder.bytes
    }

    /// The first place after all entries of a value.
    private func after(_ value: AttributeValue, _ prefix: [UInt8]) -> [UInt8]? {
        isFinal ? KeyRange.successor(of: prefix + final(value)) : KeyRange.successor(ofPrefix: prefix + closed(value))
    }

    /// Whether entries of a local index must be completed from the table for what the caller wants.
    func fetchesItems(select: Select?, projection: ProjectionExpression?, filter: (any ItemPredicate)?) -> Bool {
        guard let definition, definition.isLocal, !definition.projectsEverything else { return false }
        if select == .allAttributes { return true }
        return ((projection?.topLevelNames ?? []) + (filter?.topLevelNames ?? [])).contains { !definition.holds($0) }
    }
}
