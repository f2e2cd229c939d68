import Model

/// Types of members. What cannot be converted ends the decoding at once, in the service's words.
extension RequestDecoding {
    private static let namespace = "com.amazonaws.dynamodb.v20120810"

    func structure(_ document: Document, type: String, at prefix: String) throws(WireError) -> Structure {
        switch document {
        case .object(let members): return Structure(members: members, prefix: prefix)
        case .array:
            throw .serialization("Unrecognized collection type class \(Self.namespace).\(type)")
        case .null, .bool, .number, .string, .bytes: throw .serialization("Unexpected value type in payload")
        }
    }

    func structure(_ body: Structure, _ name: String, type: String? = nil) throws(WireError) -> Structure? {
        guard let document = body[name] else { return nil }
        return try structure(document, type: type ?? name, at: body.path(name) + ".")
    }

    /// The entries of a map, nulls left out.
    func map(_ body: Structure, _ name: String, of type: String) throws(WireError) -> [Document.Member]? {
        guard let document = body[name] else { return nil }
        return try map(document, of: type)
    }

    func map(_ document: Document, of type: String) throws(WireError) -> [Document.Member] {
        switch document {
        case .object(let members): return members.filter { $0.value != .null }
        case .array:
            throw .serialization("Unrecognized collection type java.util.Map<java.lang.String, \(type)>")
        case .null, .bool, .number, .string, .bytes: throw .serialization("Unexpected field type")
        }
    }

    func list(_ body: Structure, _ name: String) throws(WireError) -> [Document]? {
        guard let document = body[name] else { return nil }
        return try list(document)
    }

    func list(_ document: Document) throws(WireError) -> [Document] {
        switch document {
        case .array(let elements): return elements
        case .object: throw .serialization("Start of structure or map found where not expected")
        case .null, .bool, .number, .string, .bytes: throw .serialization("Unexpected field type")
        }
    }

    func string(_ body: Structure, _ name: String) throws(WireError) -> String? {
        guard let document = body[name] else { return nil }
        return try string(document)
    }

    func string(_ document: Document) throws(WireError) -> String {
        if case .string(let text) = document { return text }
        throw inconvertible(document, to: "String")
    }

    func bool(_ body: Structure, _ name: String) throws(WireError) -> Bool? {
        guard let document = body[name] else { return nil }
        return try bool(document)
    }

    func bool(_ document: Document) throws(WireError) -> Bool {
        if case .bool(let flag) = document { return flag }
        throw inconvertible(document, to: "Boolean")
    }

    /// `type` is `Integer` or `Long`.
    func integer(_ body: Structure, _ name: String, type: String = "Integer") throws(WireError) -> Int? {
        guard let document = body[name] else { return nil }
        guard case .number(let digits) = document, let value = Int(digits) else {
            throw inconvertible(document, to: type)
        }
        if type == "Integer", Int32(exactly: value) == nil { throw inconvertible(document, to: type) }
        return value
    }

    func binary(_ document: Document) throws(WireError) -> [UInt8] {
        switch document {
        case .bytes(let bytes): return bytes
        case .string(let text):
            do {
                return try Base64.decode(text)
            } catch {
                throw .serialization(error.message)
            }
        case .array: throw .serialization("Unrecognized collection type class java.nio.ByteBuffer")
        case .object: throw .serialization("Start of structure or map found where not expected")
        case .null, .bool, .number:
            throw .serialization("only base-64-encoded strings are convertible to bytes")
        }
    }

    private func inconvertible(_ document: Document, to type: String) -> WireError {
        switch document {
        case .object: return .serialization("Start of structure or map found where not expected")
        case .array: return .serialization("Unrecognized collection type class java.lang.\(type)")
        case .bool(true): return .serialization("TRUE_VALUE cannot be converted to \(type)")
        case .bool(false): return .serialization("FALSE_VALUE cannot be converted to \(type)")
        case .string: return .serialization("STRING_VALUE cannot be converted to \(type)")
        case .bytes: return .serialization("BINARY_VALUE cannot be converted to \(type)")
        case .null: return .serialization("NULL_VALUE cannot be converted to \(type)")
        case .number(let digits):
            let isWhole = digits.utf8.allSatisfy { $0 == UInt8(ascii: "-") || (0x30...0x39).contains($0) }
            return .serialization("\(isWhole ? "NUMBER" : "DECIMAL")_VALUE cannot be converted to \(type)")
        }
    }
}
