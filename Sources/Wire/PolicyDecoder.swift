import Model

/// Why a document is no policy, and which part of it is to blame.
public struct PolicyError: Error, Equatable, Sendable {
    public enum Step: Equatable, Sendable {
        case member(String)
        case element(Int)
    }

    public var message: String
    /// From the document to the part; empty for the document itself.
    public var path: [Step]
    /// The name of the last member is wrong, not its value.
    public var isAboutName: Bool
    /// What could stand there instead, for a reader who misspelt it.
    public var candidates: [String]
    /// What to do about it, in a few words.
    public var remark: String?

    init(
        _ message: String,
        at path: [Step],
        isAboutName: Bool = false,
        candidates: [String] = [],
        remark: String? = nil
    ) {
        self.message = message
        self.path = path
        self.isAboutName = isAboutName
        self.candidates = candidates
        self.remark = remark
    }

    /// `Statement[0].Condition.StringEquals`
    public var place: String {
        path.reduce(into: "") { text, step in
            switch step {
            case .member(let name): text += (text.isEmpty ? "" : ".") + name
            case .element(let index): text += "[\(index)]"
            }
        }
    }
}

/// Reads a policy from its JSON. It is stricter than the service, which keeps a policy whose words mean nothing and
/// then never finds them true.
public enum PolicyDecoder {
    typealias Path = [PolicyError.Step]

    /// What a policy is attached to: a user, or a table or stream, whose policy says who it is about.
    public enum Owner: Sendable {
        case user, resource
    }

    public static func decode(_ document: Document, of owner: Owner = .user) throws(PolicyError) -> Policy {
        let members = try object(document, "a policy", at: [])
        try check(members, ["Version", "Id", "Statement"], of: "a policy", at: [])
        var version = Policy.Version.of2008
        if let text = document["Version"] {
            version = try choice(text, Policy.Version.self, "Version", at: [.member("Version")])
        }
        guard let listed = document["Statement"] else {
            throw PolicyError("a policy has a Statement", at: [], remark: "add Statement: [{…}]")
        }
        var statements: [PolicyStatement] = []
        if case .array(let elements) = listed {
            for (index, element) in elements.enumerated() {
                let place: Path = [.member("Statement"), .element(index)]
                statements.append(try StatementDecoder(owner: owner, version: version, place: place).decode(element))
            }
        } else {
            statements = [
                try StatementDecoder(owner: owner, version: version, place: [.member("Statement")]).decode(listed)
            ]
        }
        if statements.isEmpty { throw PolicyError("a policy has one statement at least", at: [.member("Statement")]) }
        return Policy(
            version: version,
            id: try document["Id"].map { id throws(PolicyError) in try string(id, "Id", at: [.member("Id")]) },
            statements: statements
        )
    }

    // MARK: Parts

    static func object(_ document: Document, _ what: String, at path: Path) throws(PolicyError) -> [Document.Member] {
        guard case .object(let members) = document else { throw PolicyError("\(what) is an object", at: path) }
        return members
    }

    /// Refuses members that mean nothing here, and any that stands twice.
    static func check(
        _ members: [Document.Member],
        _ known: [String],
        of what: String,
        at path: Path
    ) throws(PolicyError) {
        for (index, member) in members.enumerated() {
            if !known.contains(member.name) {
                throw PolicyError(
                    "\(member.name) is no member of \(what)",
                    at: path + [.member(member.name)],
                    isAboutName: true,
                    candidates: known
                )
            }
            if members[..<index].contains(where: { $0.name == member.name }) {
                throw PolicyError(
                    "\(member.name) stands twice",
                    at: path + [.member(member.name)],
                    isAboutName: true
                )
            }
        }
    }

    static func string(_ document: Document, _ what: String, at path: Path) throws(PolicyError) -> String {
        guard case .string(let text) = document else { throw PolicyError("\(what) is a text", at: path) }
        return text
    }

    static func choice<Choice: CaseIterable & RawRepresentable<String>>(
        _ document: Document,
        _ choices: Choice.Type,
        _ what: String,
        at path: Path
    ) throws(PolicyError) -> Choice {
        let text = try string(document, what, at: path)
        if let choice = Choice(rawValue: text) { return choice }
        let names = choices.allCases.map(\.rawValue)
        throw PolicyError(
            "\(what) is \(names.joined(separator: " or ")), not \(text)",
            at: path,
            candidates: names
        )
    }

    /// One text or a list of them, with the place of each.
    static func strings(
        _ document: Document,
        _ what: String,
        at path: Path
    ) throws(PolicyError) -> [(text: String, path: Path)] {
        guard case .array(let elements) = document else { return [(try string(document, what, at: path), path)] }
        var texts: [(text: String, path: Path)] = []
        for (index, element) in elements.enumerated() {
            let place = path + [.element(index)]
            texts.append((try string(element, what, at: place), place))
        }
        if texts.isEmpty { throw PolicyError("\(what) names one thing at least", at: path) }
        return texts
    }
}

/// Reads one statement of a policy.
private struct StatementDecoder {
    let owner: PolicyDecoder.Owner
    let version: Policy.Version
    let place: PolicyDecoder.Path

    func decode(_ document: Document) throws(PolicyError) -> PolicyStatement {
        let members = try PolicyDecoder.object(document, "a statement", at: place)
        if owner == .user, let principal = members.first(where: { principalNames.contains($0.name) }) {
            throw PolicyError(
                "a user's policy has no \(principal.name)",
                at: place + [.member(principal.name)],
                isAboutName: true,
                remark: "it is about the user who has it"
            )
        }
        let known = ["Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition"]
        try PolicyDecoder.check(
            members,
            known + (owner == .resource ? principalNames : []),
            of: "a statement",
            at: place
        )
        guard let effect = document["Effect"] else {
            throw PolicyError("a statement has an Effect", at: place, remark: "add Effect: 'Allow' or 'Deny'")
        }
        return PolicyStatement(
            sid: try document["Sid"].map { sid throws(PolicyError) in
                try PolicyDecoder.string(sid, "Sid", at: place + [.member("Sid")])
            },
            effect: try PolicyDecoder.choice(
                effect,
                PolicyStatement.Effect.self,
                "Effect",
                at: place + [.member("Effect")]
            ),
            principals: try owner == .resource ? principals(document) : nil,
            actions: try selection(document, "Action", check: checkAction),
            resources: try selection(document, "Resource", check: checkResource),
            conditions: try conditions(document["Condition"])
        )
    }

    private let principalNames = ["Principal", "NotPrincipal"]

    /// `Principal` or `NotPrincipal`: `*`, or an object of ARNs and account numbers by kind.
    private func principals(_ document: Document) throws(PolicyError) -> PolicyStatement.Selection {
        switch (document["Principal"], document["NotPrincipal"]) {
        case (let chosen?, nil): return .only(try principals(chosen, at: place + [.member("Principal")]))
        case (nil, let others?): return .allBut(try principals(others, at: place + [.member("NotPrincipal")]))
        case (nil, nil):
            throw PolicyError("a resource's policy says who it is about", at: place, remark: "add Principal: '*'")
        case (_?, _?):
            throw PolicyError(
                "Principal and NotPrincipal exclude each other",
                at: place + [.member("NotPrincipal")],
                isAboutName: true
            )
        }
    }

    private func principals(_ document: Document, at path: PolicyDecoder.Path) throws(PolicyError) -> [String] {
        if case .string(let text) = document {
            if text == "*" { return [text] }
            throw PolicyError("a principal is * or an object", at: path, remark: "write {AWS: '\(text)'}")
        }
        let kinds = ["AWS", "Service", "Federated", "CanonicalUser"]
        let members = try PolicyDecoder.object(document, "a principal", at: path)
        try PolicyDecoder.check(members, kinds, of: "a principal", at: path)
        if members.isEmpty { throw PolicyError("a principal names somebody", at: path) }
        var texts: [String] = []
        for member in members {
            texts += try PolicyDecoder.strings(member.value, member.name, at: path + [.member(member.name)]).map(\.text)
        }
        return texts
    }

    /// `Action` or `NotAction`, one of the two.
    private func selection(
        _ document: Document,
        _ name: String,
        check: (String, PolicyDecoder.Path) throws(PolicyError) -> Void
    ) throws(PolicyError) -> PolicyStatement.Selection {
        switch (document[name], document["Not\(name)"]) {
        case (let chosen?, nil): return .only(try patterns(chosen, name, check: check))
        case (nil, let others?): return .allBut(try patterns(others, "Not\(name)", check: check))
        case (nil, nil):
            throw PolicyError("a statement has \(name) or Not\(name)", at: place, remark: "add \(name): '…'")
        case (_?, _?):
            throw PolicyError(
                "\(name) and Not\(name) exclude each other",
                at: place + [.member("Not\(name)")],
                isAboutName: true
            )
        }
    }

    private func patterns(
        _ document: Document,
        _ name: String,
        check: (String, PolicyDecoder.Path) throws(PolicyError) -> Void
    ) throws(PolicyError) -> [String] {
        let found = try PolicyDecoder.strings(document, name, at: place + [.member(name)])
        for (text, path) in found { try check(text, path) }
        return found.map(\.text)
    }

    private func checkAction(_ text: String, _ path: PolicyDecoder.Path) throws(PolicyError) {
        if text == "*" { return }
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
            throw PolicyError("an action is written service:action", at: path, remark: "write dynamodb:\(text)")
        }
        let name = parts[1].lowercased()
        if parts[0].lowercased() != "dynamodb" || name.contains("*") || name.contains("?") { return }
        if AccessAction.names.contains(where: { $0.lowercased() == name }) { return }
        if let (operation, actions) = AccessAction.ofOperations.first(where: { $0.operation.lowercased() == name }) {
            throw PolicyError("\(operation) is no action of its own", at: path, remark: "it needs \(actions)")
        }
        throw PolicyError(
            "dynamodb has no action \(parts[1])",
            at: path,
            candidates: AccessAction.names.map { "dynamodb:\($0)" }
        )
    }

    private func checkResource(_ text: String, _ path: PolicyDecoder.Path) throws(PolicyError) {
        guard text.hasPrefix("*") || text.hasPrefix("arn:") else {
            throw PolicyError(
                "a resource is an ARN, or *",
                at: path,
                remark: "such as arn:aws:dynamodb:*:*:table/\(text)"
            )
        }
        try checkVariables(text, path)
    }

    private func checkVariables(_ text: String, _ path: PolicyDecoder.Path) throws(PolicyError) {
        if version == .of2008 { return }
        var rest = text[...]
        while let start = rest.firstRange(of: "${") {
            let variable = rest[start.upperBound...].prefix { $0 != "}" }
            if !["*", "?", "$", ConditionKey.userName.rawValue].contains(variable.lowercased()) {
                throw PolicyError(
                    "there is no policy variable ${\(variable)}",
                    at: path,
                    remark: "write ${aws:username}"
                )
            }
            rest = rest[variable.endIndex...]
        }
    }

    // MARK: Conditions

    private func conditions(_ document: Document?) throws(PolicyError) -> [PolicyCondition] {
        guard let document else { return [] }
        let path = place + [.member("Condition")]
        var conditions: [PolicyCondition] = []
        for member in try PolicyDecoder.object(document, "Condition", at: path) {
            conditions += try self.conditions(member, at: path + [.member(member.name)])
        }
        return conditions
    }

    /// The keys and values of one operator.
    private func conditions(
        _ member: Document.Member,
        at path: PolicyDecoder.Path
    ) throws(PolicyError) -> [PolicyCondition] {
        let shape = try comparison(member.name, at: path)
        var conditions: [PolicyCondition] = []
        for line in try PolicyDecoder.object(member.value, "what \(member.name) compares", at: path) {
            let place = path + [.member(line.name)]
            var condition = shape
            condition.key = try key(line.name, at: place)
            condition.values = try values(line.value, of: condition, at: place)
            conditions.append(condition)
        }
        return conditions
    }

    /// The operator's name taken apart: `ForAllValues:StringLikeIfExists`. Key and values are filled in later.
    private func comparison(_ name: String, at path: PolicyDecoder.Path) throws(PolicyError) -> PolicyCondition {
        var rest = name[...]
        let quantifier = PolicyCondition.Quantifier.allCases.first { rest.hasPrefix("\($0.rawValue):") }
        if let quantifier { rest = rest.dropFirst(quantifier.rawValue.count + 1) }
        let isIfExists = rest.hasSuffix("IfExists")
        if isIfExists { rest = rest.dropLast("IfExists".count) }
        guard let comparison = PolicyCondition.Comparison(rawValue: String(rest)) else {
            let isPlain = quantifier == nil && !isIfExists
            let names = PolicyCondition.Comparison.allCases.filter { isPlain || $0 != .null }.map(\.rawValue)
            let prefix = quantifier.map { "\($0.rawValue):" } ?? ""
            throw PolicyError(
                "\(name) is no operator of conditions",
                at: path,
                isAboutName: true,
                candidates: names.map { prefix + $0 + (isIfExists ? "IfExists" : "") }
            )
        }
        if comparison == .null, quantifier != nil || isIfExists {
            throw PolicyError(
                "Null stands alone: it asks whether there is a value",
                at: path,
                isAboutName: true,
                remark: "write Null"
            )
        }
        return PolicyCondition(comparison, quantifier: quantifier, isIfExists: isIfExists, .leadingKeys, [])
    }

    private func key(_ name: String, at path: PolicyDecoder.Path) throws(PolicyError) -> ConditionKey {
        if let key = ConditionKey.allCases.first(where: { $0.rawValue.lowercased() == name.lowercased() }) {
            return key
        }
        throw PolicyError(
            "\(name) is no key of conditions here",
            at: path,
            isAboutName: true,
            candidates: ConditionKey.allCases.map(\.rawValue)
        )
    }

    private func values(
        _ document: Document,
        of condition: PolicyCondition,
        at path: PolicyDecoder.Path
    ) throws(PolicyError) -> [String] {
        switch condition.comparison {
        case .bool, .null:
            let text: String
            switch document {
            case .bool(let flag): text = flag ? "true" : "false"
            case .string(let written): text = written.lowercased()
            default: text = ""
            }
            guard text == "true" || text == "false" else {
                throw PolicyError("\(condition.comparison.rawValue) compares with true or false", at: path)
            }
            return [text]
        default:
            let found = try PolicyDecoder.strings(document, "a value to compare with", at: path)
            for (text, path) in found { try checkVariables(text, path) }
            return found.map(\.text)
        }
    }
}
