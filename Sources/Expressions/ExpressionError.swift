import Model

/// What is wrong with an expression's text, before the parameter's name is put in front of it.
struct ExpressionError: Error, Equatable {
    let message: String

    init(_ message: String) { self.message = message }

    func serviceError(in kind: ExpressionKind) -> ServiceError {
        .validationException("Invalid \(kind.parameter): \(message)")
    }
}

/// Which request parameter a text was given as.
enum ExpressionKind {
    case update, condition, filter, keyCondition, projection

    var parameter: String {
        switch self {
        case .update: "UpdateExpression"
        case .condition: "ConditionExpression"
        case .filter: "FilterExpression"
        case .keyCondition: "KeyConditionExpression"
        case .projection: "ProjectionExpression"
        }
    }

    /// With its article, as in "The function is not allowed in an update expression".
    var phrase: String {
        switch self {
        case .update: "an update expression"
        case .condition: "a condition expression"
        case .filter: "a filter expression"
        case .keyCondition: "a key condition expression"
        case .projection: "a projection expression"
        }
    }
}
