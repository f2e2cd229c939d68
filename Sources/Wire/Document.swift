/// A JSON value. `bytes` is no JSON: the shell's own notation `b64'…'` gives it, and JSON writes it as base64.
public enum Document: Equatable, Sendable {
    case null
    case bool(Bool)
    /// The digits as they were written.
    case number(String)
    case string(String)
    case bytes([UInt8])
    case array([Document])
    /// In the order written; of members with one name the last counts.
    case object([Member])

    public struct Member: Equatable, Sendable {
        public var name: String
        public var value: Document

        public init(_ name: String, _ value: Document) {
            self.name = name
            self.value = value
        }
    }
}

extension Document {
    public static func number(_ value: Int) -> Document { .number(String(value)) }

    /// With a point even when whole, as the service writes capacity units and times.
    public static func number(_ value: Double) -> Document { .number(value.description) }

    /// The member of an object; nil when this is none, or has no such member, or the member is null.
    public subscript(name: String) -> Document? {
        guard case .object(let members) = self, let member = members.last(where: { $0.name == name }) else {
            return nil
        }
        return member.value == .null ? nil : member.value
    }
}
