import Model

/// A condition or filter with everything looked up, ready to be asked of items.
public struct ConditionExpression: Sendable {
    let root: Condition
    let literals: LiteralPool

    init(_ syntax: ConditionSyntax, _ binder: inout ExpressionBinder) throws(ExpressionError) {
        var binding = ConditionBinding()
        root = try binding.bind(syntax, &binder)
        try binding.finish()
        literals = LiteralPool(binding.literals)
    }

    /// Whether the item satisfies the condition. For an absent item ask with `Item.empty`.
    public func isTrue(for item: Item) -> Bool {
        item.withBytes { itemBytes in
            literals.withBytes { literalBytes in
                ConditionEvaluator(item: itemBytes, literalBytes: literalBytes, literals: literals).isTrue(root)
            }
        }
    }

    /// Every path the condition mentions, in the order they were written; one may stand there twice.
    public var paths: [Path] {
        var paths: [Path] = []
        root.appendPaths(to: &paths)
        return paths
    }

    /// The attributes the condition reads, each once, in the order they were written.
    public var topLevelNames: [String] { paths.topLevelNames }
}

extension Array where Element == Path {
    /// The paths' top-level attributes, each once.
    package var topLevelNames: [String] {
        var seen: Set<AttributeName> = []
        return compactMap { seen.insert($0.root).inserted ? $0.topLevelName : nil }
    }
}

/// The bound tree. `and` and `or` hold two parts or more.
indirect enum Condition: Sendable {
    case or([Condition])
    case and([Condition])
    case not(Condition)
    case comparison(Comparator, Operand, Operand)
    case between(Operand, Operand, Operand)
    case isIn(Operand, [Operand])
    case attributeExists(Path)
    case attributeNotExists(Path)
    case attributeType(Path, AttributeType)
    case beginsWith(Operand, Operand)
    case contains(Operand, Operand)

    func appendPaths(to paths: inout [Path]) {
        switch self {
        case .or(let parts), .and(let parts):
            for part in parts { part.appendPaths(to: &paths) }
        case .not(let inner):
            inner.appendPaths(to: &paths)
        case .comparison(_, let left, let right), .beginsWith(let left, let right), .contains(let left, let right):
            left.appendPath(to: &paths)
            right.appendPath(to: &paths)
        case .between(let operand, let lower, let upper):
            operand.appendPath(to: &paths)
            lower.appendPath(to: &paths)
            upper.appendPath(to: &paths)
        case .isIn(let operand, let candidates):
            operand.appendPath(to: &paths)
            for candidate in candidates { candidate.appendPath(to: &paths) }
        case .attributeExists(let path), .attributeNotExists(let path), .attributeType(let path, _):
            paths.append(path)
        }
    }
}

enum Operand: Sendable {
    case path(Path)
    /// A position in the expression's `LiteralPool`.
    case literal(Int)
    case sizeOfPath(Path)
    case sizeOfLiteral(Int)

    var path: Path? {
        if case .path(let path) = self { path } else { nil }
    }

    func appendPath(to paths: inout [Path]) {
        switch self {
        case .path(let path), .sizeOfPath(let path): paths.append(path)
        case .literal, .sizeOfLiteral: break
        }
    }
}
