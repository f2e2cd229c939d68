extension UpdateExpression {
    /// The attributes that the update changes or reads, each once.
    public var mentionedNames: [String] { actions.flatMap(\.mentionedPaths).topLevelNames }
}

extension UpdateAction {
    fileprivate var mentionedPaths: [Path] {
        switch self {
        case .set(let path, let operand): [path] + operand.paths
        case .remove(let path), .add(let path, _), .delete(let path, _): [path]
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
