import Model

extension UpdateExpression {
    /// The attributes that the update changes or reads, each once.
    public var mentionedNames: [String] { actions.flatMap(\.mentionedPaths).topLevelNames }
}

extension UpdateExpression {
    /// The top-level attributes whose new type is known whatever the item holds.
    public var assignedTypes: [(name: AttributeName, type: AttributeType)] {
        actions.compactMap { action in
            guard action.target.isTopLevel, let type = action.assignedType else { return nil }
            return (action.target.root, type)
        }
    }
}

extension UpdateAction {
    fileprivate var assignedType: AttributeType? {
        switch self {
        case .set(_, let operand): operand.literalType
        case .add(_, let value): value.type
        case .append: .list
        case .remove, .delete: nil
        }
    }

    fileprivate var mentionedPaths: [Path] {
        switch self {
        case .set(let path, let operand): [path] + operand.paths
        case .remove(let path), .add(let path, _), .delete(let path, _), .append(let path, _): [path]
        }
    }
}

extension UpdateOperand {
    fileprivate var paths: [Path] {
        switch self {
        case .path(let path): [path]
        case .value: []
        case .plus(let left, let right), .minus(let left, let right), .listAppend(let left, let right):
            left.paths + right.paths
        case .ifNotExists(let path, let operand): [path] + operand.paths
        }
    }
}
