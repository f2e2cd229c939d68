import Model
import Wire

/// Bodies of the API, accepted for every operation.
extension CommandParser {
    /// Whether the object here is a raw body: it names the table and holds the operation's own member. Otherwise it is
    /// an item or a key. Operations that take no object have raw bodies only.
    mutating func isRawBody(of verb: Verb) -> Bool {
        let own: String
        switch verb {
        case .putItem: own = "Item"
        case .getItem, .updateItem, .deleteItem: own = "Key"
        default: return true
        }
        let names = topLevelNames()
        return names.contains("TableName") && names.contains(own)
    }

    /// The names of the members of the object here, without taking it.
    private func topLevelNames() -> Set<String> {
        var ahead = lexer
        ahead.offset = token.end
        var names: Set<String> = []
        var depth = 0
        var mayBeName = true
        while true {
            let next = ahead.next()
            switch next.kind {
            case .end, .unclosed: return names
            case .leftBrace, .leftBracket, .leftParenthesis: depth += 1
            case .rightBrace, .rightBracket, .rightParenthesis:
                if depth == 0 { return names }
                depth -= 1
            case .comma: mayBeName = depth == 0
            case .word where mayBeName:
                names.insert(text(of: next))
                mayBeName = false
                ahead.offset = next.end
                _ = ahead.skipTrivia()
                if ahead.byte(at: ahead.offset) == UInt8(ascii: ":") { ahead.offset += 1 }
            case .string where mayBeName:
                names.insert(lexer.bytes.text(next.start + 1..<next.end - 1))
                mayBeName = false
            default: break
            }
        }
    }

    /// APINAME object
    mutating func parseRawBody(_ operation: Operation) throws(SyntaxError) -> Call {
        let literal = try parseObject()
        return try call(operation, literal)
    }

    mutating func call(_ operation: Operation, _ body: Literal) throws(SyntaxError) -> Call {
        guard case .object(let members) = body.form else {
            throw SyntaxError("the body of a request is an object", at: body.range)
        }
        let known = OperationMember.of(operation).map(\.name)
        for member in members where !known.contains(member.name) {
            throw SyntaxError(
                "\(member.name) is not a member of \(operation.rawValue)",
                at: member.nameRange,
                remark: Suggestions.remark(member.name, among: known)
            )
        }
        let document = try BodyReader(catalog: catalog).document(members)
        return call(try CommandParser.decode(operation, document, at: body.range))
    }

    static func decode(
        _ operation: Operation,
        _ document: Document,
        at range: Range<Int>
    ) throws(SyntaxError) -> Request {
        do throws(WireError) {
            return try RequestDecoder.decode(operation, document)
        } catch {
            let message =
                switch error {
                case .serialization(let message): "SerializationException: \(message)"
                case .service(let error): "\(error.name): \(error.message)"
                }
            throw SyntaxError("this is no body of \(operation.rawValue)", at: range, serviceMessage: message)
        }
    }
}
