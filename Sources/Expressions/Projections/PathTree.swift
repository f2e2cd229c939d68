import Model

/// Distinct paths merged by their common beginnings, to cut their values out of an item in one walk.
struct PathTree: Sendable {
    private struct Node: Sendable {
        /// Nothing below: the whole value is wanted.
        var isLeaf: Bool { names.isEmpty && elements.isEmpty }
        var names: [AttributeName: Node] = [:]
        var elements: [Int: Node] = [:]

        mutating func insert(_ rest: ArraySlice<Path.Segment>) {
            switch rest.first {
            case .name(let name)?: names[name, default: Node()].insert(rest.dropFirst())
            case .index(let index)?: elements[index, default: Node()].insert(rest.dropFirst())
            case nil: break
            }
        }
    }

    private var roots: [AttributeName: Node] = [:]
    /// Set when every path is one top-level attribute.
    private let topLevelNames: [AttributeName]?

    /// No path may be equal to another or the beginning of one.
    init(_ paths: [Path]) {
        topLevelNames = paths.allSatisfy(\.isTopLevel) ? paths.map(\.root) : nil
        if topLevelNames == nil {
            for path in paths { roots[path.root, default: Node()].insert(path.rest[...]) }
        }
    }

    /// What the item holds at the paths. Missing paths are skipped; of a list only the wanted elements remain, in
    /// ascending order and without gaps.
    func cut(from item: Item) -> Item {
        if let topLevelNames { return item.projected(to: topLevelNames) }
        var builder = ItemBuilder()
        item.forEach { name, value in
            guard let (_, node) = roots.first(where: { $0.key.matches(name) }) else { return }
            if node.isLeaf {
                builder.append(nameBytes: name, stored: value)
            } else if let part = cut(node, from: value) {
                builder.append(nameBytes: name, part)
            }
        }
        return builder.finish()
    }

    /// Nil when the value holds nothing at the paths below the node.
    private func cut(_ node: Node, from value: StoredValue) -> AttributeValue? {
        if node.isLeaf { return value.decoded }
        switch value.type {
        case .map: return cutMap(node, value.contents)
        case .list: return cutList(node, value.contents)
        default: return nil
        }
    }

    private func cutMap(_ node: Node, _ contents: StoredReader) -> AttributeValue? {
        var contents = contents
        var part = AttributeMap()
        while let (name, value) = contents.nextAttribute() {
            guard let (key, child) = node.names.first(where: { $0.key.matches(name) }) else { continue }
            part[key.description] = cut(child, from: value)
        }
        return part.isEmpty ? nil : .map(part)
    }

    private func cutList(_ node: Node, _ contents: StoredReader) -> AttributeValue? {
        var contents = contents
        var part: [AttributeValue] = []
        var index = 0
        while let value = contents.nextElement() {
            if let child = node.elements[index], let element = cut(child, from: value) { part.append(element) }
            index += 1
        }
        return part.isEmpty ? nil : .list(part)
    }
}
