import Model

/// Beginnings of messages that many checks share.
enum ValidationText {
    static let invalid = "One or more parameter values were invalid: "
    static let notValid = "One or more parameter values are not valid. "
    static let subscriberLimit = "Subscriber limit exceeded: "
    static let stillInUse = "Attempt to change a resource which is still in use: "
}

extension ServiceError {
    /// A ValidationException that starts with `One or more parameter values were invalid: `.
    static func invalid(_ text: String) -> ServiceError { .validationException(ValidationText.invalid + text) }

    /// A LimitExceededException that starts with `Subscriber limit exceeded: `.
    static func subscriberLimit(_ text: String) -> ServiceError {
        .limitExceededException(ValidationText.subscriberLimit + text)
    }

    /// A ResourceInUseException that starts with `Attempt to change a resource which is still in use: `.
    static func stillInUse(_ text: String) -> ServiceError {
        .resourceInUseException(ValidationText.stillInUse + text)
    }
}
