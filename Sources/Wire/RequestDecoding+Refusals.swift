import Model

/// Parameters that are not served are refused by name; nothing is dropped in silence.
extension RequestDecoding {
    private static let expressionParameters = [
        "UpdateExpression", "ConditionExpression", "KeyConditionExpression", "FilterExpression",
        "ProjectionExpression",
    ]

    /// The parameters from before expressions, and the expression that says the same.
    mutating func refuseLegacy(_ names: [String], for replacement: String, in body: Structure) {
        for name in names where body.has(name) {
            let expressions = Self.expressionParameters.filter(body.has)
            if expressions.isEmpty {
                refuse("The legacy parameter \(name) is not supported: use \(replacement)")
            } else {
                refuse(
                    "Can not use both expression and non-expression parameters in the same request: "
                        + "Non-expression parameters: {\(name)} "
                        + "Expression parameters: {\(expressions.joined(separator: ", "))}"
                )
            }
        }
    }

    mutating func refuseUnsupported(_ names: [String], in body: Structure) {
        for name in names where body.has(name) {
            refuse("The parameter \(name) is not supported by this version of Sortkey")
        }
    }
}
