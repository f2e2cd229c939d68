import Model
import Wire

/// Users, and the policies that say what they may do.
extension CommandParser {
    /// "CreateUser" [ "IF" "NOT" "EXISTS" ] NAME { uclause }
    mutating func parseCreateUser() throws(SyntaxError) -> UserCommand {
        let tolerates = try parseExistence(negated: true)
        if token.endsStatement { throw unexpected("the name of a new user") }
        let name = try parseName("the name of a new user")
        let clauses = try parseUserClauses(.createUser)
        return .create(
            name: name,
            policies: clauses.policies,
            accessKey: clauses.accessKey,
            toleratesExistence: tolerates
        )
    }

    /// "UpdateUser" NAME { uclause }
    mutating func parseUpdateUser() throws(SyntaxError) -> UserCommand {
        let name = try parseUserName()
        let clauses = try parseUserClauses(.updateUser)
        if clauses.policies.isEmpty, clauses.accessKey == nil { throw unexpected("what to change") }
        return .update(
            name: name,
            policies: clauses.policies.isEmpty ? nil : clauses.policies,
            accessKey: clauses.accessKey
        )
    }

    /// "DropUser" [ "IF" "EXISTS" ] NAME
    mutating func parseDropUser() throws(SyntaxError) -> UserCommand {
        let tolerates = try parseExistence(negated: false)
        return .drop(name: try parseUserName(), toleratesExistence: tolerates)
    }

    private mutating func parseUserName() throws(SyntaxError) -> String {
        expecting(.user)
        return try parseName("the name of a user")
    }

    /// uclause ::= "POLICY" object | "KEY" STRING | "SECRET" STRING
    private mutating func parseUserClauses(
        _ verb: Verb
    ) throws(SyntaxError) -> (policies: [Policy], accessKey: AccessKey?) {
        var policies: [Policy] = []
        var key: String?
        var secret: String?
        while let clause = try nextClause(verb, repeatable: [.policy]) {
            switch clause {
            case .policy: policies.append(try parsePolicy())
            case .key: key = try parseStringToken()
            default: secret = try parseStringToken()
            }
        }
        guard let key else {
            if secret != nil { throw unexpected("KEY 'access key' with its SECRET") }
            return (policies, nil)
        }
        guard let secret else { throw unexpected("SECRET 'text' with its KEY") }
        return (policies, AccessKey(id: key, secret: secret))
    }

    /// A policy's JSON, or the `:name` of one.
    private mutating func parsePolicy() throws(SyntaxError) -> Policy {
        guard token.kind == .leftBrace || token.kind == .valuePlaceholder else {
            throw unexpected("a policy in { and }")
        }
        let literal = try parseLiteral()
        do throws(PolicyError) {
            return try PolicyDecoder.decode(literal.document)
        } catch {
            throw syntaxError(error, in: literal)
        }
    }

    /// Judges by what stands behind the last colon: `dynamodb:` is right in most of what is misspelt.
    private func remark(_ written: String, among candidates: [String]) -> String? {
        func tail(_ name: String) -> String { name.split(separator: ":").last.map(String.init) ?? name }
        let near = Suggestions.near(tail(written), among: candidates.map(tail))
        let names = near.compactMap { name in candidates.first { tail($0) == name } }
        return names.isEmpty ? nil : "did you mean \(Suggestions.list(names))?"
    }

    /// Underlines the part that is to blame. Of an object that lacks something, only its brace.
    private func syntaxError(_ error: PolicyError, in policy: Literal) -> SyntaxError {
        let (part, name) = policy.part(at: error.path[...])
        var range = error.isAboutName ? name ?? part.range : part.range
        if !error.isAboutName, case .object = part.form { range = range.lowerBound..<range.lowerBound + 1 }
        let written = lexer.bytes.text(range).filter { $0 != "'" && $0 != "\"" }
        let remark = error.remark ?? self.remark(written, among: error.candidates)
        // Of a parameter's value only the name stands here.
        var isElsewhere = false
        if case .value = policy.form { isElsewhere = true }
        return SyntaxError(
            isElsewhere && !error.path.isEmpty ? "\(error.message), in \(error.place)" : error.message,
            at: range,
            expected: remark == nil && error.candidates.count <= 8 ? error.candidates : [],
            remark: remark
        )
    }
}

extension Literal {
    /// Plain JSON, as policies are written in.
    fileprivate var document: Document {
        switch form {
        case .value(let value): Document(plain: value)
        case .list(let elements): .array(elements.map(\.document))
        case .object(let members): .object(members.map { Document.Member($0.name, $0.value.document) })
        case .typed(let inner), .plain(let inner): inner.document
        }
    }

    /// What stands at a place of the document, and where its own name stands if it is a member. The last thing found
    /// where the place does not exist.
    fileprivate func part(at path: ArraySlice<PolicyError.Step>) -> (part: Literal, name: Range<Int>?) {
        guard let step = path.first else { return (self, nil) }
        let rest = path.dropFirst()
        switch (step, form) {
        case (.member(let name), .object(let members)):
            guard let member = members.last(where: { $0.name == name }) else { return (self, nil) }
            return rest.isEmpty ? (member.value, member.nameRange) : member.value.part(at: rest)
        case (.element(let index), .list(let elements)) where elements.indices.contains(index):
            return elements[index].part(at: rest)
        default: return (self, nil)
        }
    }
}
