import Model

/// `AttributesToGet` as a projection of top-level attributes.
extension ProjectionExpression {
    /// Nil when all attributes are wanted.
    public init?(attributesToGet: [String]?) throws(ServiceError) {
        guard let attributesToGet else { return nil }
        let names = attributesToGet.map { AttributeName($0) }
        for (position, name) in names.enumerated() where names[..<position].contains(name) {
            throw .invalidLegacy("Duplicate value in attribute name: \(name)")
        }
        self.init(paths: names.map { Path(root: $0) })
    }
}
