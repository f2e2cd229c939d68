import Model

/// How many tags a table may have, and that no key stands twice. Source: reference A4.
enum TagRules {
    static func check(_ tags: [Tag]) throws(ServiceError) {
        try checkCount(tags)
        for (offset, tag) in tags.enumerated()
        where tags[..<offset].contains(where: { $0.key.hasSameBytes(as: tag.key) }) {
            throw .validationException("Duplicate tag key: \(tag.key)")
        }
    }

    static func checkCount(_ tags: [Tag]) throws(ServiceError) {
        if tags.count > Limits.tags {
            throw .validationException("The number of tags exceeds the limit of \(Limits.tags)")
        }
    }

    /// Where a page that ends with this tag is continued.
    static func token(of tag: Tag) -> String { Base64.encode(Array(tag.key.utf8)) }
}
