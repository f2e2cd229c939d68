import Model

/// The checks of the names map and the values map by themselves. Source: reference C4, C5.
extension ExpressionBinder {
    public func checkAttributes() throws(ServiceError) {
        if let names = attributes.names { try check(names) }
        if let values = attributes.values { try check(values) }
    }

    private func check(_ names: [String: String]) throws(ServiceError) {
        try checkKeys(names.keys, sigil: "#", member: "ExpressionAttributeNames")
        for placeholder in names.keys.sorted() {
            let size = names[placeholder, default: ""].utf8.count
            if size == 0 || size > Limits.attributeNameSize {
                let limit = "Member must have length between 1 and \(Limits.attributeNameSize)"
                throw .validationException(
                    "ExpressionAttributeNames contains invalid value: \(limit) for key \(placeholder)"
                )
            }
        }
    }

    private func check(_ values: [String: AttributeValue]) throws(ServiceError) {
        try checkKeys(values.keys, sigil: ":", member: "ExpressionAttributeValues")
        let size = values.reduce(0) { $0 + $1.key.utf8.count + $1.value.size }
        if size > Limits.placeholderValuesSize {
            throw .validationException(
                "ExpressionAttributeValues exceeds maximum size; "
                    + "size: \(size), maximum: \(Limits.placeholderValuesSize)"
            )
        }
    }

    private func checkKeys(
        _ keys: some Collection<String>,
        sigil: Unicode.Scalar,
        member: String
    ) throws(ServiceError) {
        if keys.isEmpty { throw .validationException("\(member) must not be empty") }
        let invalid = keys.filter { !isPlaceholder($0, sigil: sigil) }.sortedByBytes
        if let key = invalid.first {
            throw .validationException("\(member) contains invalid key: Syntax error; key: \"\(key)\"")
        }
        let tooLong = keys.filter { $0.utf8.count > Limits.placeholderSize }.sortedByBytes
        if let key = tooLong.first {
            throw .validationException(
                "\(member) contains invalid key: Member must have length less than or equal to "
                    + "\(Limits.placeholderSize); key: \"\(key)\""
            )
        }
    }

    private func isPlaceholder(_ key: String, sigil: Unicode.Scalar) -> Bool {
        key.utf8.count > 1 && key.unicodeScalars.first == sigil && key.utf8.dropFirst().allSatisfy(isWordByte)
    }
}
