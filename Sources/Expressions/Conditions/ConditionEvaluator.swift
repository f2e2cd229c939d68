import Model

/// Asks a bound condition of one item's bytes. Nothing is decoded and nothing copied, except numbers to compare.
/// Source: reference C2.
struct ConditionEvaluator {
    let item: UnsafeRawBufferPointer
    let literalBytes: UnsafeRawBufferPointer
    let literals: LiteralPool

    private enum Value {
        case missing
        /// What `size` answers for a value that has none: nothing can be said of it, not even `<>`.
        case unsized
        case stored(StoredValue)
        case size(Int)
    }

    func isTrue(_ condition: Condition) -> Bool {
        switch condition {
        case .or(let parts): parts.contains { isTrue($0) }
        case .and(let parts): parts.allSatisfy { isTrue($0) }
        case .not(let inner): !isTrue(inner)
        case .comparison(let comparator, let left, let right): compare(value(left), comparator, value(right))
        case .between(let operand, let lower, let upper): isBetween(value(operand), value(lower), value(upper))
        case .isIn(let operand, let candidates): isIn(value(operand), candidates)
        case .attributeExists(let path): path.value(in: item) != nil
        case .attributeNotExists(let path): path.value(in: item) == nil
        case .attributeType(let path, let type): path.value(in: item)?.type == type
        case .beginsWith(let operand, let prefix): withStored(operand, prefix) { $0.begins(with: $1) }
        case .contains(let container, let member): withStored(container, member) { $0.contains($1) }
        }
    }

    private func value(_ operand: Operand) -> Value {
        switch operand {
        case .path(let path): path.value(in: item).map(Value.stored) ?? .missing
        case .literal(let index): .stored(literals.value(index, in: literalBytes))
        case .sizeOfPath(let path): path.value(in: item).map(size) ?? .missing
        case .sizeOfLiteral(let index): size(literals.value(index, in: literalBytes))
        }
    }

    private func size(_ value: StoredValue) -> Value {
        value.memberCount.map(Value.size) ?? .unsized
    }

    private func compare(_ left: Value, _ comparator: Comparator, _ right: Value) -> Bool {
        switch (left, right) {
        case (.unsized, _), (_, .unsized): return false
        // A missing operand differs from everything and has no order.
        case (.missing, _), (_, .missing): return comparator == .notEqual
        default: break
        }
        switch comparator {
        case .equal: return isEqual(left, right)
        case .notEqual: return !isEqual(left, right)
        case .less: return order(left, right).map { $0 < 0 } ?? false
        case .lessOrEqual: return order(left, right).map { $0 <= 0 } ?? false
        case .greater: return order(left, right).map { $0 > 0 } ?? false
        case .greaterOrEqual: return order(left, right).map { $0 >= 0 } ?? false
        }
    }

    private func isBetween(_ operand: Value, _ lower: Value, _ upper: Value) -> Bool {
        guard let above = order(operand, lower), let below = order(operand, upper) else { return false }
        return above >= 0 && below <= 0
    }

    private func isIn(_ operand: Value, _ candidates: [Operand]) -> Bool {
        candidates.contains { isEqual(operand, value($0)) }
    }

    /// False when either side is missing.
    private func isEqual(_ left: Value, _ right: Value) -> Bool {
        switch (left, right) {
        case (.stored(let left), .stored(let right)): left.isEqual(to: right)
        case (.size(let left), .size(let right)): left == right
        case (.size(let size), .stored(let other)), (.stored(let other), .size(let size)):
            other.type == .number && other.number == Number(size)
        case (.missing, _), (_, .missing), (.unsized, _), (_, .unsized): false
        }
    }

    private func order(_ left: Value, _ right: Value) -> Int? {
        if case (.stored(let left), .stored(let right)) = (left, right) { return left.comparison(with: right) }
        guard let left = number(left), let right = number(right) else { return nil }
        return left == right ? 0 : left < right ? -1 : 1
    }

    private func number(_ value: Value) -> Number? {
        switch value {
        case .stored(let stored): stored.type == .number ? stored.number : nil
        case .size(let size): Number(size)
        case .missing, .unsized: nil
        }
    }

    /// False when either side is missing.
    private func withStored(_ left: Operand, _ right: Operand, _ body: (StoredValue, StoredValue) -> Bool) -> Bool {
        withStored(value(left)) { left in withStored(value(right)) { right in body(left, right) } }
    }

    private func withStored(_ value: Value, _ body: (StoredValue) -> Bool) -> Bool {
        switch value {
        case .stored(let stored): body(stored)
        case .size(let size): AttributeValue.number(Number(size)).withStored(body)
        case .missing, .unsized: false
        }
    }
}
