import Model

/// An update with everything looked up, ready to be applied to items.
public struct UpdateExpression: Sendable {
    let actions: [UpdateAction]
    /// Written as `AttributeUpdates`.
    let isLegacy: Bool

    /// The paths to change, in the order they were written; none overlaps another.
    public var paths: [Path] { actions.map(\.target) }

    /// The attributes the paths begin with, each once: none of them may be part of a key.
    public var topLevelNames: [String] { paths.topLevelNames }

    /// The item after the update. For an absent item pass its key alone, so that the result has it.
    ///
    /// Whether it makes an item where none is. DELETEs of `AttributeUpdates` alone do not.
    public var createsItem: Bool {
        if !isLegacy || actions.isEmpty { return true }
        return removeAndDeleteCount < actions.count
    }

    /// Right-hand sides read `item` as it is before the update. The result's size, nesting and index keys are for the
    /// caller to check. Throws the run-time errors of reference C2.
    public func apply(to item: Item) throws(ServiceError) -> Item {
        do throws(ServiceError) {
            return try item.withBytes { bytes throws(ServiceError) in
                var application = UpdateApplication(item, bytes)
                return try application.apply(actions)
            }
        } catch {
            if isLegacy, error == .wrongUpdateOperand {
                throw .validationException("Type mismatch for attribute to update")
            }
            throw error
        }
    }

    /// What UPDATED_OLD or UPDATED_NEW show of the item before or after: the leaves of the paths only. Nil when the
    /// item holds nothing there. Source: reference B3.
    public func updatedAttributes(of image: Item) -> Item? {
        let part = PathTree(paths).cut(from: image)
        return part.isEmpty ? nil : part
    }
}

/// What the 400 KB limit of an update is measured with. Source: reference A2.
extension UpdateExpression {
    public var setAndAddCount: Int { actions.count - removeAndDeleteCount }

    public var removeAndDeleteCount: Int {
        actions.count { action in
            switch action {
            case .remove, .delete: true
            case .set, .add, .append: false
            }
        }
    }

    /// How many actions change an element of a list.
    public var listIndexTargetCount: Int { actions.count { $0.target.endsInIndex } }

    /// How many sums and differences the right-hand sides hold.
    public var arithmeticCount: Int {
        actions.reduce(0) { count, action in
            if case .set(_, let operand) = action { count + operand.arithmeticCount } else { count }
        }
    }
}

enum UpdateAction: Sendable {
    case set(Path, UpdateOperand)
    case remove(Path)
    case add(Path, AttributeValue)
    case delete(Path, AttributeValue)
    /// ADD of `AttributeUpdates`, with a list.
    case append(Path, [AttributeValue])

    var target: Path {
        switch self {
        case .set(let path, _), .remove(let path), .add(let path, _), .delete(let path, _), .append(let path, _): path
        }
    }
}

/// The right-hand side of a SET.
indirect enum UpdateOperand: Sendable {
    case path(Path)
    case value(AttributeValue)
    case plus(UpdateOperand, UpdateOperand)
    case minus(UpdateOperand, UpdateOperand)
    case ifNotExists(Path, UpdateOperand)
    case listAppend(UpdateOperand, UpdateOperand)

    var arithmeticCount: Int {
        switch self {
        case .path, .value: 0
        case .plus(let left, let right), .minus(let left, let right):
            1 + left.arithmeticCount + right.arithmeticCount
        case .ifNotExists(_, let operand): operand.arithmeticCount
        case .listAppend(let left, let right): left.arithmeticCount + right.arithmeticCount
        }
    }
}
