import Model
import Testing

@testable import Engine

/// Policies against accesses, without a region.
struct PolicyEvaluatorTests {
    static let table = "arn:aws:dynamodb:us-east-1:000000000000:table/app"
    static let index = table + "/index/gsi1"

    static func decide(
        _ statements: [PolicyStatement],
        _ action: String = "dynamodb:GetItem",
        on resource: String = table,
        with context: AccessFacts = [:],
        version: Policy.Version = .of2012
    ) -> AccessDecision {
        PolicyEvaluator(policies: [Policy(version: version, statements: statements)], userName: "alice")
            .decide(AccessRequest(action: action, resource: resource, context: context))
    }

    static func statement(
        _ effect: PolicyStatement.Effect = .allow,
        sid: String? = nil,
        _ actions: PolicyStatement.Selection = .only(["*"]),
        on resources: PolicyStatement.Selection = .only(["*"]),
        if conditions: PolicyCondition...
    ) -> PolicyStatement {
        PolicyStatement(sid: sid, effect: effect, actions: actions, resources: resources, conditions: conditions)
    }

    // MARK: Effects

    @Test func whatNothingAllowsIsDenied() {
        #expect(Self.decide([]) == .notAllowed)
        #expect(Self.decide([Self.statement(.allow, .only(["dynamodb:Query"]))]) == .notAllowed)
    }

    @Test func aDenyBeatsEveryAllowWhereverItStands() {
        let allow = Self.statement(.allow, sid: "All")
        let deny = Self.statement(.deny, sid: "Never")
        #expect(Self.decide([allow]) == .allowed(by: "All"))
        #expect(Self.decide([allow, deny]) == .denied(by: "Never"))
        #expect(Self.decide([deny, allow]) == .denied(by: "Never"))
        let evaluator = PolicyEvaluator(
            policies: [Policy(statements: [deny]), Policy(statements: [allow])],
            userName: "alice"
        )
        #expect(evaluator.decide(AccessRequest(action: "dynamodb:Scan", resource: Self.table)) == .denied(by: "Never"))
    }

    @Test func statementsWithoutSidAreCounted() {
        let evaluator = PolicyEvaluator(
            policies: [
                Policy(statements: [Self.statement(.allow, .only(["dynamodb:Query"]))]),
                Policy(statements: [Self.statement()]),
            ],
            userName: "alice"
        )
        let access = AccessRequest(action: "dynamodb:Scan", resource: Self.table)
        #expect(evaluator.decide(access) == .allowed(by: "statement 2"))
    }

    // MARK: Actions and resources

    @Test(arguments: [
        (["*"], true), (["dynamodb:*"], true), (["dynamodb:GetItem"], true), (["DYNAMODB:getitem"], true),
        (["dynamodb:Get*"], true), (["dynamodb:*Item"], true), (["dynamodb:Get?tem"], true),
        (["dynamodb:GetItems"], false), (["dynamodb:Get"], false), (["s3:*"], false),
        (["dynamodb:Query", "dynamodb:GetItem"], true),
    ])
    func actions(patterns: [String], fit: Bool) {
        #expect((Self.decide([Self.statement(.allow, .only(patterns))]) != .notAllowed) == fit)
        #expect((Self.decide([Self.statement(.allow, .allBut(patterns))]) != .notAllowed) == !fit)
    }

    @Test(arguments: [
        ("*", true, true), (table, true, false), (index, false, true), (table + "*", true, true),
        (table + "/index/*", false, true), ("arn:aws:dynamodb:*:*:table/app", true, false),
        ("arn:aws:dynamodb:*:*:table/ap?", true, false), ("arn:aws:dynamodb:us-east-1:*:table/App", false, false),
    ])
    func resources(pattern: String, fitsTable: Bool, fitsIndex: Bool) {
        let only = [Self.statement(on: .only([pattern]))]
        let allBut = [Self.statement(on: .allBut([pattern]))]
        #expect((Self.decide(only, on: Self.table) != .notAllowed) == fitsTable)
        #expect((Self.decide(only, on: Self.index) != .notAllowed) == fitsIndex)
        #expect((Self.decide(allBut, on: Self.table) != .notAllowed) == !fitsTable)
    }

    // MARK: Conditions

    struct Case: CustomTestStringConvertible, Sendable {
        let condition: PolicyCondition
        /// What the request has of the key, and whether the condition is true of it.
        let expected: [([String], Bool)]

        init(
            _ comparison: PolicyCondition.Comparison,
            quantifier: PolicyCondition.Quantifier? = nil,
            ifExists: Bool = false,
            _ values: [String],
            _ expected: [([String], Bool)]
        ) {
            condition = PolicyCondition(comparison, quantifier: quantifier, isIfExists: ifExists, .leadingKeys, values)
            self.expected = expected
        }

        var testDescription: String { "\(condition.operatorName) \(condition.values)" }
    }

    static let cases = [
        Case(.stringEquals, ["a", "b"], [(["a"], true), (["b"], true), (["c"], false), (["A"], false), ([], false)]),
        Case(.stringEquals, ["a"], [(["a", "a"], true), (["a", "b"], false)]),
        Case(.stringEquals, ["a*"], [(["ab"], false), (["a*"], true)]),
        Case(.stringNotEquals, ["a", "b"], [(["a"], false), (["c"], true), ([], true), (["c", "a"], false)]),
        Case(.stringEqualsIgnoreCase, ["Alice"], [(["aLICE"], true), (["bob"], false)]),
        Case(.stringNotEqualsIgnoreCase, ["Alice"], [(["aLICE"], false), (["bob"], true)]),
        Case(.stringLike, ["USER#*", "?"], [(["USER#"], true), (["x"], true), (["xy"], false), ([], false)]),
        Case(.stringNotLike, ["USER#*"], [(["USER#1"], false), (["x"], true), ([], true)]),
        Case(.bool, ["true"], [(["true"], true), (["false"], false), ([], false)]),
        Case(.null, ["true"], [([], true), (["a"], false)]),
        Case(.null, ["false"], [([], false), (["a"], true)]),
        Case(.stringEquals, ifExists: true, ["a"], [([], true), (["a"], true), (["b"], false)]),
        // All of none is true: a Scan passes.
        Case(
            .stringEquals,
            quantifier: .forAllValues,
            ["a", "b"],
            [([], true), (["a", "b"], true), (["a", "c"], false)]
        ),
        Case(.stringLike, quantifier: .forAllValues, ["a*"], [(["a1", "a2"], true), (["a1", "b"], false)]),
        Case(
            .stringNotEquals,
            quantifier: .forAllValues,
            ["a"],
            [([], true), (["b", "c"], true), (["b", "a"], false)]
        ),
        Case(.stringEquals, quantifier: .forAnyValue, ["a"], [([], false), (["b", "a"], true), (["b"], false)]),
        Case(.stringNotEquals, quantifier: .forAnyValue, ["a"], [([], false), (["b", "a"], true), (["a"], false)]),
        Case(.stringEquals, quantifier: .forAnyValue, ifExists: true, ["a"], [([], true), (["b"], false)]),
    ]

    @Test(arguments: cases) func conditions(example: Case) {
        for (found, isTrue) in example.expected {
            #expect(example.condition.isTrue(of: found, userName: nil) == isTrue, "\(found)")
            let decision = Self.decide([Self.statement(if: example.condition)], with: [.leadingKeys: found])
            #expect(decision == (isTrue ? .allowed(by: "statement 1") : .notAllowed))
        }
        let ofAbsent = example.expected.first { $0.0.isEmpty }
        if let ofAbsent { #expect(example.condition.isTrue(of: nil, userName: nil) == ofAbsent.1) }
    }

    @Test func allConditionsMustHold() {
        let own = PolicyCondition(.stringEquals, .leadingKeys, ["alice"])
        let counting = PolicyCondition(.stringEquals, .select, ["COUNT"])
        let statements = [Self.statement(if: own, counting)]
        #expect(Self.decide(statements, with: [.leadingKeys: ["alice"], .select: ["COUNT"]]) != .notAllowed)
        #expect(Self.decide(statements, with: [.leadingKeys: ["alice"], .select: ["ALL_ATTRIBUTES"]]) == .notAllowed)
        #expect(Self.decide(statements, with: [.leadingKeys: ["bob"], .select: ["COUNT"]]) == .notAllowed)
    }

    // MARK: The user's name

    @Test func theUserNameStandsForItself() {
        let own = Self.statement(if: PolicyCondition(.stringEquals, .leadingKeys, ["USER#${aws:username}"]))
        #expect(Self.decide([own], with: [.leadingKeys: ["USER#alice"]]) != .notAllowed)
        #expect(Self.decide([own], with: [.leadingKeys: ["USER#bob"]]) == .notAllowed)
        // In the older language it is text.
        #expect(Self.decide([own], with: [.leadingKeys: ["USER#alice"]], version: .of2008) == .notAllowed)
        #expect(Self.decide([own], with: [.leadingKeys: ["USER#${aws:username}"]], version: .of2008) != .notAllowed)
        let named = Self.statement(if: PolicyCondition(.stringLike, .userName, ["al*"]))
        #expect(Self.decide([named]) != .notAllowed)
        let table = Self.statement(on: .only(["arn:*:table/${aws:username}-?"]))
        #expect(Self.decide([table], on: "arn:x:table/alice-1") != .notAllowed)
    }

    @Test(arguments: [
        ("", "", true), ("", "a", false), ("*", "", true), ("?", "", false), ("a*b*c", "axxbyyc", true),
        ("a*b*c", "axxbyy", false), ("*a", "aaaa", true), ("a?c", "aéc", true), ("**", "x", true), ("a*", "ba", false),
        ("${*}", "*", true), ("${*}", "x", false), ("${?}${$}", "?$", true), ("${unknown}", "${unknown}", true),
        ("${aws:UserName}!", "alice!", true), ("$", "$", true), ("${", "${", true),
    ])
    func wildcards(pattern: String, text: String, fits: Bool) {
        #expect(WildcardPattern(pattern, userName: "alice").matches(text) == fits)
    }

    @Test func aHostilePatternTakesNoTime() {
        let pattern = WildcardPattern(String(repeating: "a*", count: 200) + "b")
        #expect(!pattern.matches(String(repeating: "a", count: 2_000)))
    }
}
