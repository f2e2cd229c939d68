import Model

/// `AttributeUpdates` as what an update expression compiles to.
///
/// It differs in three things: ADD takes a list too and appends it; a stored value of the wrong type has an error text
/// of its own; and DELETE alone creates no item.
extension UpdateExpression {
    /// Nil without updates; an empty map is an update that changes nothing.
    public init?(attributeUpdates: [AttributeName: AttributeValueUpdate]?) throws(ServiceError) {
        guard let attributeUpdates else { return nil }
        var actions: [UpdateAction] = []
        for (name, update) in attributeUpdates.sortedByName {
            actions.append(try UpdateAction(Path(root: name), update))
        }
        self.actions = actions
        isLegacy = true
    }
}

extension UpdateAction {
    fileprivate init(_ path: Path, _ update: AttributeValueUpdate) throws(ServiceError) {
        guard let value = update.value else {
            if update.action == .delete {
                self = .remove(path)
                return
            }
            throw .invalidLegacy("Only DELETE action is allowed when no attribute value is specified")
        }
        switch (update.action, value) {
        case (.put, _): self = .set(path, .value(value))
        case (.add, .list(let elements)): self = .append(path, elements)
        case (.add, _) where value.type == .number || value.type.isSet: self = .add(path, value)
        case (.add, _): throw .invalidLegacy("ADD action is not supported for the type \(value.type.rawValue)")
        case (.delete, _) where value.type.isSet: self = .delete(path, value)
        case (.delete, _):
            throw .invalidLegacy("DELETE action with value is not supported for the type \(value.type.rawValue)")
        }
    }
}
