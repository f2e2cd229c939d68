import Model

/// Puts a request's names and values behind the placeholders of its expressions, and remembers which were used.
///
/// Call `checkAttributes` first, then one function for each expression present in the order update, condition, key
/// condition, filter, projection, then `finish`: the first failure is then the one the service reports.
public struct ExpressionBinder {
    let attributes: ExpressionAttributes
    private let cache: ExpressionCache
    private var usedNames: Set<String> = []
    private var usedValues: Set<String> = []
    /// The paths so far that lead into an attribute. None may lead into a key attribute.
    public private(set) var nestedPaths: [Path] = []

    public init(_ attributes: ExpressionAttributes, cache: ExpressionCache) {
        self.attributes = attributes
        self.cache = cache
    }

    public mutating func update(_ text: String) throws(ServiceError) -> UpdateExpression {
        do throws(ExpressionError) {
            return try UpdateExpression(cache.update(text), &self)
        } catch {
            throw error.serviceError(in: .update)
        }
    }

    public mutating func condition(
        _ text: String,
        in parameter: ConditionParameter
    ) throws(ServiceError) -> ConditionExpression {
        do throws(ExpressionError) {
            return try ConditionExpression(cache.condition(text, as: parameter.kind), &self)
        } catch {
            throw error.serviceError(in: parameter.kind)
        }
    }

    public mutating func keyCondition(_ text: String) throws(ServiceError) -> KeyConditionExpression {
        do throws(ExpressionError) {
            return try KeyConditionExpression(cache.condition(text, as: .keyCondition), &self)
        } catch {
            throw error.serviceError(in: .keyCondition)
        }
    }

    public mutating func projection(_ text: String) throws(ServiceError) -> ProjectionExpression {
        do throws(ExpressionError) {
            var paths: [Path] = []
            for path in try cache.projection(text) { paths.append(try resolve(path)) }
            try Path.checkDistinct(paths)
            return ProjectionExpression(paths: paths)
        } catch {
            throw error.serviceError(in: .projection)
        }
    }

    /// Throws when a name, else when a value was given that no expression mentioned.
    public func finish() throws(ServiceError) {
        try checkUsed(attributes.names?.keys, usedNames, member: "ExpressionAttributeNames")
        try checkUsed(attributes.values?.keys, usedValues, member: "ExpressionAttributeValues")
    }

    private func checkUsed(
        _ given: (some Collection<String>)?,
        _ used: Set<String>,
        member: String
    ) throws(ServiceError) {
        guard let given, given.count > used.count else { return }
        let unused = given.filter { !used.contains($0) }.sortedByBytes
        throw .validationException(
            "Value provided in \(member) unused in expressions: keys: {\(unused.joined(separator: ", "))}"
        )
    }
}

/// Which parameter a condition was given as: its name stands in messages.
public enum ConditionParameter: Sendable {
    case condition, filter

    var kind: ExpressionKind { self == .condition ? .condition : .filter }
}

extension ExpressionBinder {
    mutating func resolve(_ path: PathSyntax) throws(ExpressionError) -> Path {
        let root = try resolve(path.root)
        if path.rest.isEmpty { return Path(root: root) }
        var rest: [Path.Segment] = []
        rest.reserveCapacity(path.rest.count)
        for segment in path.rest {
            switch segment {
            case .name(let name): rest.append(.name(try resolve(name)))
            case .index(let index): rest.append(.index(index))
            }
        }
        let resolved = Path(root: root, rest: rest)
        nestedPaths.append(resolved)
        return resolved
    }

    private mutating func resolve(_ name: NameSyntax) throws(ExpressionError) -> AttributeName {
        switch name {
        case .identifier(let text):
            return AttributeName(text)
        case .placeholder(let placeholder):
            guard let text = attributes.names?[placeholder] else {
                throw ExpressionError(
                    "An expression attribute name used in the document path is not defined; "
                        + "attribute name: \(placeholder)"
                )
            }
            usedNames.insert(placeholder)
            return AttributeName(text)
        }
    }

    mutating func resolve(value placeholder: String) throws(ExpressionError) -> AttributeValue {
        guard let value = attributes.values?[placeholder] else {
            throw ExpressionError(
                "An expression attribute value used in expression is not defined; attribute value: \(placeholder)"
            )
        }
        usedValues.insert(placeholder)
        return value
    }
}
