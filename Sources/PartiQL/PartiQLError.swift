import Model

/// Why a text is no statement of the dialect. The message is what the service would answer. Source: reference D4.
public struct PartiQLError: Error, Equatable, Sendable {
    public let message: String
    /// The bytes of the text that are to blame; empty at the end of the text.
    public let range: Range<Int>

    public init(message: String, range: Range<Int>) {
        self.message = message
        self.range = range
    }

    public var serviceError: ServiceError { .validationException(message) }
}
