import Model

/// One thing that a request wants to do, as policies judge it.
struct AccessRequest: Equatable {
    /// `dynamodb:PutItem`
    let action: String
    /// The ARN of a table or index.
    let resource: String
    /// Absent keys are those that the request has no value of.
    var context: [ConditionKey: [String]] = [:]
}

/// What policies say to an access.
enum AccessDecision: Equatable {
    /// By a statement: its Sid, or its number among the user's statements, counted from 1.
    case allowed(by: String)
    case denied(by: String)
    /// No statement speaks of it.
    case notAllowed
}

/// Judges accesses by policies. An explicit Deny beats every Allow, and what nothing allows is denied.
///
/// ```
/// any Deny that fits? ── yes ─► denied          a statement fits when its action, its resource and
///        │ no                                   all of its conditions do
/// any Allow that fits? ─ yes ─► allowed
///        │ no
///        └────────────────────► not allowed
/// ```
struct PolicyEvaluator {
    let policies: [Policy]
    /// What `${aws:username}` stands for.
    let userName: String
    /// Who asks, as a resource's policy names it; a user's own policies name nobody.
    var userArn: String?

    func decide(_ access: AccessRequest) -> AccessDecision {
        var access = access
        access.context[.userName] = [userName]
        var allowing: String?
        var number = 0
        for policy in policies {
            let variables = policy.version == .of2012 ? userName : nil
            for statement in policy.statements {
                number += 1
                guard statement.isAbout(userArn), statement.fits(access, userName: variables) else { continue }
                let label = statement.sid ?? "statement \(number)"
                switch statement.effect {
                case .deny: return .denied(by: label)
                case .allow: allowing = allowing ?? label
                }
            }
        }
        return allowing.map { .allowed(by: $0) } ?? .notAllowed
    }
}

extension PolicyStatement {
    /// Whether the statement speaks of a user. One that allows something to the whole account leaves it to the users'
    /// own policies whom; one that denies it means everybody in it.
    fileprivate func isAbout(_ userArn: String?) -> Bool {
        guard let principals, let userArn else { return true }
        let account = userArn.split(separator: ":", omittingEmptySubsequences: false).dropFirst(4).first ?? ""
        return principals.fits { principal in
            switch principal {
            case "*", userArn: true
            case String(account), "arn:aws:iam::\(account):root": effect == .deny
            default: false
            }
        }
    }

    /// `userName` is nil where policy variables are plain text.
    fileprivate func fits(_ access: AccessRequest, userName: String?) -> Bool {
        actions.fits { WildcardPattern($0.lowercased()).matches(access.action.lowercased()) }
            && resources.fits { WildcardPattern($0, userName: userName).matches(access.resource) }
            && conditions.allSatisfy { $0.isTrue(of: access.context[$0.key], userName: userName) }
    }
}

extension PolicyStatement.Selection {
    fileprivate func fits(_ matches: (String) -> Bool) -> Bool {
        switch self {
        case .only(let patterns): patterns.contains(where: matches)
        case .allBut(let patterns): !patterns.contains(where: matches)
        }
    }
}

extension PolicyCondition {
    /// Whether the condition holds for what the request has of its key: nil or nothing when it lacks it.
    ///
    /// Without a quantifier each of several values has to fit. Lacking the key makes a comparison false, a negated one
    /// true, ForAllValues true and ForAnyValue false; with IfExists always true.
    func isTrue(of found: [String]?, userName: String?) -> Bool {
        let found = found ?? []
        if comparison == .null { return found.isEmpty == (values.first == "true") }
        if found.isEmpty {
            if isIfExists { return true }
            switch quantifier {
            case .forAllValues: return true
            case .forAnyValue: return false
            case nil: return isNegated
            }
        }
        let fits = { (value: String) in values.contains { compares(value, $0, userName) } != isNegated }
        return quantifier == .forAnyValue ? found.contains(where: fits) : found.allSatisfy(fits)
    }

    private var isNegated: Bool {
        switch comparison {
        case .stringNotEquals, .stringNotEqualsIgnoreCase, .stringNotLike: true
        case .stringEquals, .stringEqualsIgnoreCase, .stringLike, .bool, .null: false
        }
    }

    private func compares(_ value: String, _ wanted: String, _ userName: String?) -> Bool {
        switch comparison {
        case .stringEquals, .stringNotEquals:
            WildcardPattern(wanted, userName: userName, hasWildcards: false).matches(value)
        case .stringEqualsIgnoreCase, .stringNotEqualsIgnoreCase:
            WildcardPattern(wanted, userName: userName, hasWildcards: false).lowercased.matches(value.lowercased())
        case .stringLike, .stringNotLike: WildcardPattern(wanted, userName: userName).matches(value)
        case .bool: value.lowercased() == wanted.lowercased()
        case .null: false
        }
    }
}

// MARK: Requests

extension Region {
    /// The router's second question: may the user do this? Nothing is asked about `BatchExecuteStatement` as a whole:
    /// each of its statements is allowed or refused by itself.
    func authorize(
        _ request: Request,
        by identity: Identity,
        router: Int,
        _ journey: inout Journey
    ) throws(ServiceError) {
        let place = "router \(fleet[router].name)"
        if case .batchExecuteStatement = request {
            journey.trace(place, "authorize: each statement by itself")
            return
        }
        var grants: [String] = []
        for access in accesses(of: request) {
            let (decision, isOfResource) = decide(access, by: identity)
            if let error = decision.refusal(of: access, by: identity, isOfResource: isOfResource) {
                journey.trace(place, "authorize: refused, \(decision.words(for: access.action))")
                throw error
            }
            if journey.isTraced, !grants.contains(decision.words(for: access.action)) {
                grants.append(decision.words(for: access.action))
            }
        }
        journey.trace(
            place,
            "authorize: " + (grants.isEmpty ? "nothing can be read to ask for" : grants.joined(separator: ", "))
        )
    }

    /// One statement of a BatchExecuteStatement.
    func authorize(
        _ statement: ParameterizedStatement,
        in operation: Operation,
        _ journey: Journey
    ) throws(ServiceError) {
        guard let identity = journey.identity else { return }
        for access in accesses(of: statement, in: operation) {
            let (decision, isOfResource) = decide(access, by: identity)
            if let error = decision.refusal(of: access, by: identity, isOfResource: isOfResource) { throw error }
        }
    }

    /// The user's own policies and the resource's together: either may allow, either may deny.
    private func decide(
        _ access: AccessRequest,
        by identity: Identity
    ) -> (decision: AccessDecision, isOfResource: Bool) {
        let own = identity.decide(access)
        guard let policy = resourcePolicy(for: access.resource) else { return (own, false) }
        let evaluator = PolicyEvaluator(policies: [policy], userName: identity.name, userArn: identity.arn)
        switch (own, evaluator.decide(access)) {
        case (.denied, _), (.allowed, .allowed), (_, .notAllowed): return (own, false)
        case (_, let decision): return (decision, true)
        }
    }

    /// An index is under its table's policy, a stream under its own.
    private func resourcePolicy(for resource: String) -> Policy? {
        guard let arn = ResourceArn(resource), arn.region == name, arn.accountID == accountID,
            let table = metadata[arn.tableName]
        else { return nil }
        if case .stream = arn.part { return table.resourcePolicies[resource]?.policy.policy }
        return table.resourcePolicies[table.arn]?.policy.policy
    }
}

extension Identity {
    fileprivate func decide(_ access: AccessRequest) -> AccessDecision {
        PolicyEvaluator(policies: policies, userName: name).decide(access)
    }
}

extension AccessDecision {
    /// For TRACE.
    fileprivate func words(for action: String) -> String {
        switch self {
        case .allowed(let statement): "\(statement) allows \(action)"
        case .denied(let statement): "\(statement) denies \(action)"
        case .notAllowed: "no statement allows \(action)"
        }
    }

    /// The service's answer; nil when the access is allowed.
    fileprivate func refusal(
        of access: AccessRequest,
        by identity: Identity,
        isOfResource: Bool
    ) -> ServiceError? {
        let beginning =
            "User: \(identity.arn) is not authorized to perform: \(access.action) on resource: \(access.resource) "
        switch self {
        case .allowed: return nil
        case .denied:
            return .accessDeniedException(
                beginning + "with an explicit deny in \(isOfResource ? "a resource" : "an identity")-based policy"
            )
        case .notAllowed:
            return .accessDeniedException(
                beginning + "because no identity-based policy allows the \(access.action) action"
            )
        }
    }
}
