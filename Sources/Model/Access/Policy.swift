/// A policy: statements that allow or deny actions on resources. A user has some, and so may a table. Source: reference
/// I6.
public struct Policy: Equatable, Sendable {
    /// The version of the policy language, not of the policy.
    public enum Version: String, Sendable, CaseIterable {
        /// Without policy variables: `${aws:username}` is text like any other. What a policy that names none has.
        case of2008 = "2008-10-17"
        case of2012 = "2012-10-17"
    }

    public var version: Version
    public var id: String?
    public var statements: [PolicyStatement]

    public init(version: Version = .of2012, id: String? = nil, statements: [PolicyStatement]) {
        self.version = version
        self.id = id
        self.statements = statements
    }
}

public struct PolicyStatement: Equatable, Sendable {
    public enum Effect: String, Sendable, CaseIterable {
        case allow = "Allow"
        case deny = "Deny"
    }

    /// Patterns with `*` for any text and `?` for any character.
    public enum Selection: Equatable, Sendable {
        /// What one of the patterns fits: `Action`, `Resource`.
        case only([String])
        /// What none of the patterns fits: `NotAction`, `NotResource`.
        case allBut([String])
    }

    public var sid: String?
    public var effect: Effect
    /// Who it is about: ARNs, account numbers, or `*` for everybody. Nil in a user's policy, which is about its user.
    public var principals: Selection?
    /// `dynamodb:PutItem`; case does not matter.
    public var actions: Selection
    /// ARNs.
    public var resources: Selection
    /// All of them must be true.
    public var conditions: [PolicyCondition]

    public init(
        sid: String? = nil,
        effect: Effect,
        principals: Selection? = nil,
        actions: Selection,
        resources: Selection,
        conditions: [PolicyCondition] = []
    ) {
        self.sid = sid
        self.effect = effect
        self.principals = principals
        self.actions = actions
        self.resources = resources
        self.conditions = conditions
    }
}

/// One line of a `Condition` block: `"ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["USER#*"]}`.
public struct PolicyCondition: Equatable, Sendable {
    public enum Comparison: String, Sendable, CaseIterable {
        case stringEquals = "StringEquals"
        case stringNotEquals = "StringNotEquals"
        case stringEqualsIgnoreCase = "StringEqualsIgnoreCase"
        case stringNotEqualsIgnoreCase = "StringNotEqualsIgnoreCase"
        case stringLike = "StringLike"
        case stringNotLike = "StringNotLike"
        case bool = "Bool"
        /// Whether the request lacks the key: `"true"` when it must.
        case null = "Null"
    }

    /// How the values of the request are asked when there are several.
    public enum Quantifier: String, Sendable, CaseIterable {
        /// All of them: true of none at all.
        case forAllValues = "ForAllValues"
        /// One at least.
        case forAnyValue = "ForAnyValue"
    }

    public var comparison: Comparison
    public var quantifier: Quantifier?
    /// `…IfExists`: true when the request lacks the key.
    public var isIfExists: Bool
    public var key: ConditionKey
    /// Any of them may fit; with a negated comparison none of them.
    public var values: [String]

    public init(
        _ comparison: Comparison,
        quantifier: Quantifier? = nil,
        isIfExists: Bool = false,
        _ key: ConditionKey,
        _ values: [String]
    ) {
        self.comparison = comparison
        self.quantifier = quantifier
        self.isIfExists = isIfExists
        self.key = key
        self.values = values
    }

    /// As it stands in a policy: `ForAllValues:StringLikeIfExists`.
    public var operatorName: String {
        let prefix = quantifier.map { "\($0.rawValue):" } ?? ""
        return prefix + comparison.rawValue + (isIfExists ? "IfExists" : "")
    }
}

/// What a request tells of itself, for conditions to judge.
public enum ConditionKey: String, Sendable, CaseIterable {
    /// The partition-key values it touches. A Scan touches none by name.
    case leadingKeys = "dynamodb:LeadingKeys"
    /// The top-level attributes it names.
    case attributes = "dynamodb:Attributes"
    /// Which attributes a read returns.
    case select = "dynamodb:Select"
    case returnValues = "dynamodb:ReturnValues"
    case returnConsumedCapacity = "dynamodb:ReturnConsumedCapacity"
    /// Whether a PartiQL SELECT reads everything.
    case fullTableScan = "dynamodb:FullTableScan"
    /// The operation that an action is a part of, such as `TransactWriteItems`.
    case enclosingOperation = "dynamodb:EnclosingOperation"
    case userName = "aws:username"
}
