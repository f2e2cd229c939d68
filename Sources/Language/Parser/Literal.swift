import Model
import Wire

/// A value as it was written, before it is known whether it is plain or DynamoDB JSON.
struct Literal {
    indirect enum Form {
        /// Already decided: a scalar, a set, `b64'…'`, a `:parameter`.
        case value(AttributeValue)
        /// An empty set, which has no type.
        case list([Literal])
        case object([Member])
        /// `ddb value`, `json value`.
        case typed(Literal)
        case plain(Literal)
    }

    struct Member {
        var name: String
        var nameRange: Range<Int>
        var value: Literal
    }

    var form: Form
    var range: Range<Int>

    /// As plain JSON: an object is a map whatever its keys are.
    func plainValue() throws(SyntaxError) -> AttributeValue {
        switch form {
        case .value(let value): return value
        case .list(let elements):
            var values: [AttributeValue] = []
            values.reserveCapacity(elements.count)
            for element in elements { values.append(try element.plainValue()) }
            return .list(values)
        case .object(let members):
            var map = AttributeMap()
            for member in members { map[member.name] = try member.value.plainValue() }
            return .map(map)
        case .typed(let literal): return try literal.typedValue()
        case .plain(let literal): return try literal.plainValue()
        }
    }

    /// As DynamoDB JSON: every object is `{TYPE: payload}`. What carries its own type already may stay as it is.
    func typedValue() throws(SyntaxError) -> AttributeValue {
        switch form {
        case .value(let value): return value
        case .typed(let literal): return try literal.typedValue()
        case .plain(let literal): return try literal.plainValue()
        case .list:
            throw SyntaxError("a list in DynamoDB JSON is written {L: […]}", at: range)
        case .object(let members):
            guard members.count == 1, let type = AttributeType(rawValue: members[0].name) else {
                throw notTyped(members)
            }
            return try members[0].value.payload(of: type)
        }
    }

    private func notTyped(_ members: [Member]) -> SyntaxError {
        let tags = AttributeType.allCases.map(\.rawValue)
        guard let member = members.first(where: { !tags.contains($0.name) }) else {
            return SyntaxError("a value in DynamoDB JSON has exactly one type", at: range, expected: ["{S: 'text'}"])
        }
        return SyntaxError(
            "\(member.name) is not a type of DynamoDB JSON, which the key is written in",
            at: member.nameRange,
            expected: tags,
            remark: "write json before the object if it is plain"
        )
    }

    private func payload(of type: AttributeType) throws(SyntaxError) -> AttributeValue {
        switch (type, form) {
        case (.string, .value(.string)), (.bool, .value(.bool)): return try plainValue()
        case (.number, _): return .number(try number())
        case (.binary, _): return .binary(try binary())
        case (.null, .value(.bool(true))), (.null, .value(.null)): return .null
        case (.stringSet, .list(let members)):
            var set: [String] = []
            for member in members {
                guard case .value(.string(let text)) = member.form else { throw member.wrongPayload(type) }
                if set.contains(where: { $0.hasSameBytes(as: text) }) { throw member.duplicate() }
                set.append(text)
            }
            return .stringSet(try nonEmpty(set))
        case (.numberSet, .list(let members)):
            var set: [Number] = []
            for member in members {
                let number = try member.number()
                if set.contains(number) { throw member.duplicate() }
                set.append(number)
            }
            return .numberSet(try nonEmpty(set))
        case (.binarySet, .list(let members)):
            var set: [[UInt8]] = []
            for member in members {
                let bytes = try member.binary()
                if set.contains(bytes) { throw member.duplicate() }
                set.append(bytes)
            }
            return .binarySet(try nonEmpty(set))
        case (.list, .list(let elements)):
            var values: [AttributeValue] = []
            for element in elements { values.append(try element.typedValue()) }
            return .list(values)
        case (.map, .object(let members)):
            var map = AttributeMap()
            for member in members { map[member.name] = try member.value.typedValue() }
            return .map(map)
        default: throw wrongPayload(type)
        }
    }

    private func nonEmpty<Member>(_ members: [Member]) throws(SyntaxError) -> [Member] {
        if members.isEmpty { throw SyntaxError("a set has at least one member", at: range) }
        return members
    }

    private func number() throws(SyntaxError) -> Number {
        switch form {
        case .value(.number(let number)): return number
        case .value(.string(let text)):
            do throws(NumberError) {
                return try Number(text)
            } catch {
                throw CommandParser.numberError(error, at: range)
            }
        default: throw wrongPayload(.number)
        }
    }

    private func binary() throws(SyntaxError) -> [UInt8] {
        switch form {
        case .value(.binary(let bytes)): return bytes
        case .value(.string(let text)):
            guard let bytes = try? Base64.decode(text) else { throw SyntaxError("this is not base64", at: range) }
            return bytes
        default: throw wrongPayload(.binary)
        }
    }

    func duplicate() -> SyntaxError { SyntaxError("a set has no member twice", at: range) }

    private func wrongPayload(_ type: AttributeType) -> SyntaxError {
        let form =
            switch type {
            case .string: "{S: 'text'}"
            case .number: "{N: '1'}"
            case .binary: "{B: 'base64'}"
            case .bool: "{BOOL: true}"
            case .null: "{NULL: true}"
            case .stringSet: "{SS: ['a', 'b']}"
            case .numberSet: "{NS: ['1', '2']}"
            case .binarySet: "{BS: ['base64']}"
            case .list: "{L: […]}"
            case .map: "{M: {…}}"
            }
        return SyntaxError("\(type.rawValue) is written \(form)", at: range)
    }

    /// Whether it is an object with one member that names a type and could be read as one.
    var isTypeWrapper: Bool {
        guard case .object(let members) = form, members.count == 1, AttributeType(rawValue: members[0].name) != nil
        else { return false }
        return (try? typedValue()) != nil
    }
}
