/// Parsed expressions by their text. The trees hold placeholders, not what a request put behind them, so that every
/// request with the same text shares one.
///
/// Bounded: two generations of half the capacity each; when the young one is full, the old one is dropped. Not
/// thread-safe: one engine owns it.
public final class ExpressionCache {
    private var conditions: Generations<ConditionSyntax>
    private var updates: Generations<UpdateSyntax>
    private var projections: Generations<[PathSyntax]>

    /// At most this many texts of each grammar.
    public init(capacity: Int = 1_000) {
        conditions = Generations(capacity: capacity)
        updates = Generations(capacity: capacity)
        projections = Generations(capacity: capacity)
    }

    func condition(_ text: String, as kind: ExpressionKind) throws(ExpressionError) -> ConditionSyntax {
        if let known = conditions[text] { return known }
        var parser = try Parser(text)
        let condition = try parser.parseCondition()
        try condition.check(as: kind)
        conditions[text] = condition
        return condition
    }

    func update(_ text: String) throws(ExpressionError) -> UpdateSyntax {
        if let known = updates[text] { return known }
        var parser = try Parser(text)
        let update = try parser.parseUpdate()
        try update.check()
        updates[text] = update
        return update
    }

    func projection(_ text: String) throws(ExpressionError) -> [PathSyntax] {
        if let known = projections[text] { return known }
        var parser = try Parser(text)
        let paths = try parser.parseProjection()
        for path in paths {
            if let word = path.reservedWord { throw .reservedWord(word) }
        }
        projections[text] = paths
        return paths
    }
}

private struct Generations<Value> {
    private let capacity: Int
    private var young: [String: Value] = [:]
    private var old: [String: Value] = [:]

    init(capacity: Int) { self.capacity = max(capacity / 2, 1) }

    subscript(text: String) -> Value? {
        mutating get {
            if let value = young[text] { return value }
            guard let value = old.removeValue(forKey: text) else { return nil }
            insert(value, for: text)
            return value
        }
        set {
            if let newValue { insert(newValue, for: text) }
        }
    }

    private mutating func insert(_ value: Value, for text: String) {
        if young.count >= capacity {
            old = young
            young = [:]
        }
        young[text] = value
    }
}
