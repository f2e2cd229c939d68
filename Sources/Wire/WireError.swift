import Model

/// Why a body is no request.
public enum WireError: Error, Equatable, Sendable {
    /// SerializationException. The message is empty when the body is not even JSON.
    case serialization(String)
    case service(ServiceError)
}

/// Where and why bytes are not JSON. Lines and columns count from 1, columns in bytes.
public struct JSONError: Error, Equatable, Sendable {
    public let message: String
    public let offset: Int
    public let line: Int
    public let column: Int
}
