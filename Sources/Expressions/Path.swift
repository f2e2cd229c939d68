import Model

/// Where a value stands in an item: a top-level attribute, then names of map entries and positions in lists.
public struct Path: Hashable, Sendable {
    public enum Segment: Hashable, Sendable {
        case name(AttributeName)
        case index(Int)
    }

    /// The top-level attribute.
    public let root: AttributeName
    /// What follows it, if anything.
    public let rest: [Segment]

    public init(root: AttributeName, rest: [Segment] = []) {
        self.root = root
        self.rest = rest
    }

    public var segments: [Segment] { [.name(root)] + rest }
    public var isTopLevel: Bool { rest.isEmpty }
    public var topLevelName: String { root.description }
    public var endsInIndex: Bool {
        if case .index? = rest.last { true } else { false }
    }
}

extension Path: CustomStringConvertible {
    /// As one writes it: `a.b[0]`.
    public var description: String {
        rest.reduce(into: root.description) { text, segment in
            switch segment {
            case .name(let name): text += ".\(name)"
            case .index(let index): text += "[\(index)]"
            }
        }
    }

    /// As the service's messages show it: `[a, b, [0]]`.
    public var messageDescription: String {
        let parts = segments.map { segment in
            switch segment {
            case .name(let name): name.description
            case .index(let index): "[\(index)]"
            }
        }
        return "[\(parts.joined(separator: ", "))]"
    }
}

extension Path {
    /// How two paths of one expression disturb each other.
    enum Clash {
        /// Equal, or one is the beginning of the other.
        case overlap
        /// Below one parent, one asks for a list and the other for a map.
        case conflict
    }

    /// Whether this path leads to, or through, what the other one names.
    package func isBelowOrEqual(_ other: Path) -> Bool {
        root == other.root && rest.starts(with: other.rest)
    }

    func clash(with other: Path) -> Clash? {
        if root != other.root { return nil }
        for (mine, theirs) in zip(rest, other.rest) where mine != theirs {
            switch (mine, theirs) {
            case (.name, .index), (.index, .name): return .conflict
            default: return nil
            }
        }
        return .overlap
    }

    /// Throws when two of the paths overlap, else when two conflict.
    static func checkDistinct(_ paths: [Path]) throws(ExpressionError) {
        var conflict: (Path, Path)?
        var earlier: [AttributeName: [Path]] = [:]
        for path in paths {
            for other in earlier[path.root, default: []] {
                switch other.clash(with: path) {
                case .overlap?: throw .clash("overlap", other, path)
                case .conflict?: conflict = conflict ?? (other, path)
                case nil: break
                }
            }
            earlier[path.root, default: []].append(path)
        }
        if let (one, two) = conflict { throw .clash("conflict", one, two) }
    }
}

extension Path {
    /// As the check of an update expression, but for a statement: no parameter is named in front of the message.
    package static func checkDistinctInStatement(_ paths: [Path]) throws(ServiceError) {
        do throws(ExpressionError) {
            try checkDistinct(paths)
        } catch {
            throw .validationException(error.message)
        }
    }
}

extension ExpressionError {
    fileprivate static func clash(_ verb: String, _ one: Path, _ two: Path) -> ExpressionError {
        ExpressionError(
            "Two document paths \(verb) with each other; must remove or rewrite one of these paths; "
                + "path one: \(one.messageDescription), path two: \(two.messageDescription)"
        )
    }
}
