import Model

extension ItemRules {
    static let nestedTooDeep = ServiceError.validationException(
        "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported "
            + "limit"
    )
    static let emptyAttributeName = ServiceError.validationException("Attribute name must not be empty")
    static let attributeNameTooLong = ServiceError.invalid(
        "Attribute name is too large, must be less than \(Limits.attributeNameSize + 1) bytes"
    )

    /// Attribute names and nesting of an item or a key, whatever its table.
    static func checkValues(of item: Item) throws(ServiceError) {
        try item.forEach { name, value throws(ServiceError) in
            try checkName(name)
            try checkNesting(of: value, level: 1)
        }
    }

    private static func checkName(_ name: UnsafeRawBufferPointer) throws(ServiceError) {
        if name.isEmpty { throw emptyAttributeName }
        if name.count > Limits.attributeNameSize { throw attributeNameTooLong }
    }

    /// `level` counts the maps and lists around the value; the item itself is the first.
    private static func checkNesting(of value: StoredValue, level: Int) throws(ServiceError) {
        guard value.type == .map || value.type == .list else { return }
        if level >= Limits.nestingDepth { throw nestedTooDeep }
        var reader = value.contents
        if value.type == .list {
            while let element = reader.nextElement() { try checkNesting(of: element, level: level + 1) }
        } else {
            while let (name, value) = reader.nextAttribute() {
                try checkName(name)
                try checkNesting(of: value, level: level + 1)
            }
        }
    }
}
