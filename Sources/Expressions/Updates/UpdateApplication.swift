import Model

/// Applies changes to one item. All values are computed from the item as it was; then all are put in place; then all
/// removals happen, from the back, so that every list position means the position before the update.
/// Source: reference B3, C2.
package struct UpdateApplication {
    /// What an action comes to, once its value is known.
    package enum Change {
        case put(Path, AttributeValue)
        case remove(Path)
    }

    private let item: Item
    private let bytes: UnsafeRawBufferPointer
    /// The changed top-level attributes; nil once removed.
    private var working: [AttributeName: AttributeValue?] = [:]

    /// `bytes` are those of `item`.
    package init(_ item: Item, _ bytes: UnsafeRawBufferPointer) {
        self.item = item
        self.bytes = bytes
    }

    mutating func apply(_ actions: [UpdateAction]) throws(ServiceError) -> Item {
        var changes: [Change] = []
        changes.reserveCapacity(actions.count)
        for action in actions {
            if let change = try change(for: action) { changes.append(change) }
        }
        return try apply(changes)
    }

    /// No path of a change may be equal to another or the beginning of one.
    package mutating func apply(_ changes: [Change]) throws(ServiceError) -> Item {
        var puts: [(path: Path, value: AttributeValue)] = []
        var removals: [Path] = []
        for change in changes {
            switch change {
            case .put(let path, let value): puts.append((path, value))
            // What is absent now must not be taken for something that an append puts there.
            case .remove(let path): if path.value(in: bytes) != nil { removals.append(path) }
            }
        }
        // Appends happen in the order of their positions.
        if puts.count > 1 { puts.sort { $0.path.precedes($1.path) } }
        for (path, value) in puts { try put(value, at: path) }
        if removals.count > 1 { removals.sort { $1.precedes($0) } }
        for path in removals { remove(path) }
        return rebuilt()
    }

    private mutating func put(_ value: AttributeValue, at path: Path) throws(ServiceError) {
        if path.isTopLevel {
            working[path.root] = .some(value)
            return
        }
        guard var root = current(path.root) else { throw .invalidUpdatePath }
        try root.put(value, at: path.rest[...])
        working[path.root] = .some(root)
    }

    private mutating func remove(_ path: Path) {
        if path.isTopLevel {
            working[path.root] = .some(nil)
            return
        }
        guard var root = current(path.root) else { return }
        root.remove(path.rest[...])
        working[path.root] = .some(root)
    }

    private func current(_ name: AttributeName) -> AttributeValue? {
        if let changed = working[name] { return changed }
        return item[name]
    }

    /// The item with the changed attributes in place of the old ones; the others are copied as they are.
    private func rebuilt() -> Item {
        var builder = ItemBuilder()
        var replaced: Set<AttributeName> = []
        item.forEach { name, value in
            guard let (key, changed) = working.first(where: { $0.key.matches(name) }) else {
                builder.append(nameBytes: name, stored: value)
                return
            }
            replaced.insert(key)
            if let changed { builder.append(nameBytes: name, changed) }
        }
        for (name, changed) in working where !replaced.contains(name) {
            if let changed { name.bytes.withUnsafeBytes { builder.append(nameBytes: $0, changed) } }
        }
        return builder.finish()
    }
}

extension UpdateApplication {
    /// Nil when the action changes nothing.
    private func change(for action: UpdateAction) throws(ServiceError) -> Change? {
        switch action {
        case .set(let path, let operand):
            return .put(path, try value(of: operand))
        case .remove(let path):
            return .remove(path)
        case .add(let path, let addend):
            guard let old = path.value(in: bytes)?.decoded else { return .put(path, addend) }
            return .put(path, try old.adding(addend))
        case .append(let path, let elements):
            guard let old = path.value(in: bytes)?.decoded else { return .put(path, .list(elements)) }
            return .put(path, try old.appending(.list(elements)))
        case .delete(let path, let members):
            guard let old = path.value(in: bytes)?.decoded else { return nil }
            return try old.deleting(members).map { .put(path, $0) } ?? .remove(path)
        }
    }

    private func value(of operand: UpdateOperand) throws(ServiceError) -> AttributeValue {
        switch operand {
        case .value(let value):
            return value
        case .path(let path):
            guard let value = path.value(in: bytes) else { throw .missingUpdateOperand }
            return value.decoded
        case .plus(let left, let right):
            return try value(of: left).plus(value(of: right))
        case .minus(let left, let right):
            return try value(of: left).minus(value(of: right))
        case .ifNotExists(let path, let operand):
            if let value = path.value(in: bytes) { return value.decoded }
            return try value(of: operand)
        case .listAppend(let left, let right):
            return try value(of: left).appending(value(of: right))
        }
    }
}

extension Path {
    /// By segments, list positions by number; a beginning precedes what it begins.
    fileprivate func precedes(_ other: Path) -> Bool {
        if root != other.root { return root.bytes.lexicographicallyPrecedes(other.root.bytes) }
        for (mine, theirs) in zip(rest, other.rest) where mine != theirs {
            switch (mine, theirs) {
            case (.index(let mine), .index(let theirs)): return mine < theirs
            case (.name(let mine), .name(let theirs)): return mine.bytes.lexicographicallyPrecedes(theirs.bytes)
            case (.index, .name): return true
            case (.name, .index): return false
            }
        }
        return rest.count < other.rest.count
    }
}

extension AttributeValue {
    /// Every container on the way must exist; a position at or beyond a list's end appends.
    fileprivate mutating func put(
        _ new: AttributeValue,
        at rest: ArraySlice<Path.Segment>
    ) throws(ServiceError) {
        guard let segment = rest.first else {
            self = new
            return
        }
        let below = rest.dropFirst()
        switch (segment, self) {
        case (.name(let name), .map(var map)):
            guard var child = map[name.description] ?? (below.isEmpty ? .null : nil) else { throw .invalidUpdatePath }
            try child.put(new, at: below)
            map[name.description] = child
            self = .map(map)
        case (.index(let index), .list(var elements)):
            if index < elements.count {
                try elements[index].put(new, at: below)
            } else if below.isEmpty {
                elements.append(new)
            } else {
                throw .invalidUpdatePath
            }
            self = .list(elements)
        default:
            throw .invalidUpdatePath
        }
    }

    /// A missing path is left alone.
    fileprivate mutating func remove(_ rest: ArraySlice<Path.Segment>) {
        guard let segment = rest.first else { return }
        let below = rest.dropFirst()
        switch (segment, self) {
        case (.name(let name), .map(var map)):
            guard var child = map[name.description] else { return }
            child.remove(below)
            map[name.description] = below.isEmpty ? nil : child
            self = .map(map)
        case (.index(let index), .list(var elements)):
            guard index < elements.count else { return }
            if below.isEmpty { elements.remove(at: index) } else { elements[index].remove(below) }
            self = .list(elements)
        default:
            break
        }
    }
}
