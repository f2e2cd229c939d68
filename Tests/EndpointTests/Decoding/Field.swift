import Model
import Wire

/// What is wrong with an answer, and where: `Table.KeySchema[0].KeyType: …`.
struct BodyFault: Error, CustomStringConvertible {
    let path: String
    let problem: String

    var description: String { "\(path.isEmpty ? "the body" : path): \(problem)" }
}

/// A value somewhere in an answer.
struct Field {
    let document: Document
    let path: String

    func fault(_ problem: String) -> BodyFault { BodyFault(path: path, problem: problem) }

    // MARK: Scalars

    func string() throws(BodyFault) -> String {
        guard case .string(let text) = document else { throw fault("no string") }
        return text
    }

    func bool() throws(BodyFault) -> Bool {
        guard case .bool(let flag) = document else { throw fault("no boolean") }
        return flag
    }

    /// A whole number, written without a point.
    func int() throws(BodyFault) -> Int {
        guard case .number(let digits) = document, let value = Int(digits) else { throw fault("no whole number") }
        return value
    }

    func double() throws(BodyFault) -> Double {
        guard case .number(let digits) = document, let value = Double(digits) else { throw fault("no number") }
        return value
    }

    func choice<Choice: RawRepresentable<String>>() throws(BodyFault) -> Choice {
        let text = try string()
        guard let choice = Choice(rawValue: text) else { throw fault("no \(Choice.self): \(text)") }
        return choice
    }

    func expect(_ text: String) throws(BodyFault) {
        let found = try string()
        if found != text { throw fault("\(found) instead of \(text)") }
    }

    // MARK: Collections

    func elements() throws(BodyFault) -> [Field] {
        guard case .array(let elements) = document else { throw fault("no array") }
        return elements.enumerated().map { Field(document: $1, path: "\(path)[\($0)]") }
    }

    func list<Element>(
        _ read: (Field) throws(BodyFault) -> Element
    ) throws(BodyFault) -> [Element] {
        try elements().map(read)
    }

    /// The entries of a map, whose names are the caller's own.
    func entries() throws(BodyFault) -> [(name: String, field: Field)] {
        guard case .object(let members) = document else { throw fault("no object") }
        if Set(members.map(\.name)).count < members.count { throw fault("a name comes twice") }
        return members.map { ($0.name, Field(document: $0.value, path: "\(path).\($0.name)")) }
    }

    /// A structure of the API: `read` must take every member there is.
    func structure<Value>(
        _ read: (inout Members) throws(BodyFault) -> Value
    ) throws(BodyFault) -> Value {
        var members = Members(path: path, try entries())
        let value = try read(&members)
        try members.finish()
        return value
    }

    // MARK: Attribute values

    func item() throws(BodyFault) -> Item {
        var builder = ItemBuilder()
        for (name, field) in try entries() { builder.append(name, try field.value()) }
        return builder.finish()
    }

    /// `{"S": "x"}`: exactly one member, numbers in canonical form.
    func value() throws(BodyFault) -> AttributeValue {
        let entries = try entries()
        guard entries.count == 1, let (name, field) = entries.first, let type = AttributeType(rawValue: name) else {
            throw fault("no attribute value")
        }
        switch type {
        case .string: return .string(try field.string())
        case .number: return .number(try field.number())
        case .binary: return .binary(try field.binary())
        case .bool: return .bool(try field.bool())
        case .null:
            if try !field.bool() { throw field.fault("NULL is always true") }
            return .null
        case .stringSet: return .stringSet(try field.members { field throws(BodyFault) in try field.string() })
        case .numberSet: return .numberSet(try field.members { field throws(BodyFault) in try field.number() })
        case .binarySet: return .binarySet(try field.members { field throws(BodyFault) in try field.binary() })
        case .list: return .list(try field.list { field throws(BodyFault) in try field.value() })
        case .map:
            var map = AttributeMap()
            for (name, field) in try field.entries() { map[name] = try field.value() }
            return .map(map)
        }
    }

    private func number() throws(BodyFault) -> Number {
        let text = try string()
        guard let number = try? Number(text), number.text == text else { throw fault("not canonical: \(text)") }
        return number
    }

    private func binary() throws(BodyFault) -> [UInt8] {
        guard let bytes = try? Base64.decode(string()) else { throw fault("no base64") }
        return bytes
    }

    private func members<Member: Hashable>(
        _ read: (Field) throws(BodyFault) -> Member
    ) throws(BodyFault) -> [Member] {
        let members = try list(read)
        if members.isEmpty { throw fault("an empty set") }
        if Set(members).count < members.count { throw fault("a set with a member twice") }
        return members
    }
}

/// The members of a structure, each to be taken once. What nobody takes is a fault: nothing the service says may go
/// unread.
struct Members {
    let path: String
    private var rest: [(name: String, field: Field)]

    init(path: String, _ entries: [(name: String, field: Field)]) {
        self.path = path
        rest = entries
    }

    mutating func optional(_ name: String) -> Field? {
        guard let index = rest.firstIndex(where: { $0.name == name }) else { return nil }
        return rest.remove(at: index).field
    }

    mutating func required(_ name: String) throws(BodyFault) -> Field {
        guard let field = optional(name) else { throw BodyFault(path: path, problem: "\(name) is missing") }
        return field
    }

    func finish() throws(BodyFault) {
        if let (name, _) = rest.first { throw BodyFault(path: path, problem: "unknown member \(name)") }
    }
}
