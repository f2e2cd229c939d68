import Expressions

extension PartiQLStatement {
    /// The attributes that the statement names, to read or to write them, each once. `*` names none. The statement
    /// must be bound.
    public var mentionedNames: [String] {
        switch self {
        case .select(let statement), .exists(let statement):
            ((statement.paths ?? []) + (statement.condition?.paths ?? [])).topLevelNames
        case .insert(let statement): statement.item.attributes.names
        case .update(let statement):
            (statement.actions.flatMap(\.mentionedPaths) + (statement.condition?.paths ?? [])).topLevelNames
        case .delete(let statement): statement.condition?.topLevelNames ?? []
        }
    }
}

extension UpdateStatement.Action {
    fileprivate var mentionedPaths: [Path] {
        switch self {
        case .set(let path, let value): [path] + value.paths
        case .remove(let path): [path]
        }
    }
}

extension UpdateStatement.Value {
    fileprivate var paths: [Path] {
        switch self {
        case .operand(let operand): operand.paths
        case .listAppend(let first, let second): first.paths + second.paths
        case .setAdd(let path, let members), .setDelete(let path, let members): [path] + members.paths
        }
    }
}

extension PartiQLOperand {
    fileprivate var paths: [Path] {
        var paths: [Path] = []
        appendPaths(to: &paths)
        return paths
    }
}
