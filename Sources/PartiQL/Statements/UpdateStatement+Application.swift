import Expressions
import Model

/// The same rules as for update expressions: right-hand sides read the item as it was, list positions mean those
/// before the update.
extension UpdateStatement {
    /// The item after the update. The statement must be bound. Throws the run-time errors of update expressions.
    public func apply(to item: Item) throws(ServiceError) -> Item {
        var changes: [UpdateApplication.Change] = []
        for action in actions {
            switch action {
            case .remove(let path):
                changes.append(.remove(path))
            case .set(let path, let value):
                let value = try value.evaluated(for: item)
                changes.append(value.map { .put(path, $0) } ?? .remove(path))
            }
        }
        return try item.withBytes { bytes throws(ServiceError) in
            var application = UpdateApplication(item, bytes)
            return try application.apply(changes)
        }
    }

    /// What RETURNING MODIFIED shows of the item before or after: the leaves of the paths only. Nil when the item
    /// holds nothing there.
    public func updatedAttributes(of image: Item) -> Item? {
        let part = ProjectionExpression(paths: paths).project(image)
        return part.isEmpty ? nil : part
    }
}

extension UpdateStatement.Value {
    /// Nil when nothing is left of a set.
    fileprivate func evaluated(for item: Item) throws(ServiceError) -> AttributeValue? {
        switch self {
        case .operand(let operand):
            return try operand.evaluated(for: item)
        case .listAppend(let first, let second):
            guard let first = try first.evaluated(for: item), let second = try second.evaluated(for: item)
            else { throw .missingUpdateOperand }
            return try first.appending(second)
        case .setAdd(let path, let members):
            let members = try members.evaluatedSet(for: item)
            guard let old = path.value(of: item) else { return members }
            return try old.adding(members)
        case .setDelete(let path, let members):
            let members = try members.evaluatedSet(for: item)
            return try path.value(of: item)?.deleting(members)
        }
    }
}

extension PartiQLOperand {
    /// Unlike in a condition, what is missing or of the wrong type is an error here.
    fileprivate func evaluated(for item: Item) throws(ServiceError) -> AttributeValue {
        switch self {
        case .literal(let value):
            return value
        case .path(let path):
            guard let value = path.value(of: item) else { throw .missingUpdateOperand }
            return value
        case .size(let path):
            guard let value = path.value(of: item) else { throw .missingUpdateOperand }
            guard let count = value.memberCount else { throw .wrongUpdateOperand }
            return .number(Number(count))
        case .plus(let left, let right):
            return try left.evaluated(for: item).plus(right.evaluated(for: item))
        case .minus(let left, let right):
            return try left.evaluated(for: item).minus(right.evaluated(for: item))
        case .parameter, .list, .map:
            preconditionFailure("a statement must be bound before it is applied")
        }
    }

    fileprivate func evaluatedSet(for item: Item) throws(ServiceError) -> AttributeValue {
        let value = try evaluated(for: item)
        switch value {
        case .stringSet, .numberSet, .binarySet: return value
        case .string, .number, .binary, .bool, .null, .list, .map: throw .wrongUpdateOperand
        }
    }
}
