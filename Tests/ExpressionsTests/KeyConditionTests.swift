import Expressions
import Model
import Testing

struct KeyConditionTests {
    static let simple = KeySchema(hash: [KeyAttribute("pk", .string)])
    static let composite = KeySchema(hash: [KeyAttribute("pk", .string)], range: [KeyAttribute("sk", .number)])
    static let textual = KeySchema(hash: [KeyAttribute("pk", .string)], range: [KeyAttribute("sk", .string)])
    static let wide = KeySchema(
        hash: [KeyAttribute("h1", .string), KeyAttribute("h2", .number)],
        range: [KeyAttribute("r1", .string), KeyAttribute("r2", .number), KeyAttribute("r3", .number)]
    )

    struct Sample: Sendable {
        let text: String
        let schema: KeySchema
        let result: ResolvedKeyCondition

        init(_ text: String, _ schema: KeySchema, _ result: ResolvedKeyCondition) {
            self.text = text
            self.schema = schema
            self.result = result
        }
    }

    @Test(arguments: [
        Sample("pk = :a", simple, .init(hashValues: ["a"])),
        Sample("(:a = pk)", composite, .init(hashValues: ["a"])),
        Sample("pk = :a AND sk = :one", composite, .init(hashValues: ["a"], rangeCondition: .equal(1))),
        Sample("sk < :one AND pk = :a", composite, .init(hashValues: ["a"], rangeCondition: .less(1))),
        Sample("(pk = :a) AND (:one < sk)", composite, .init(hashValues: ["a"], rangeCondition: .greater(1))),
        Sample("pk = :a AND :one >= sk", composite, .init(hashValues: ["a"], rangeCondition: .lessOrEqual(1))),
        Sample("pk = :a AND sk >= :one", composite, .init(hashValues: ["a"], rangeCondition: .greaterOrEqual(1))),
        Sample(
            "pk = :a AND sk BETWEEN :one AND :two",
            composite,
            .init(hashValues: ["a"], rangeCondition: .between(1, 2))
        ),
        Sample("pk = :a AND begins_with(sk, :x)", textual, .init(hashValues: ["a"], rangeCondition: .beginsWith("x"))),
        Sample("h2 = :one AND h1 = :a", wide, .init(hashValues: ["a", 1])),
        Sample(
            "h2 = :one AND h1 = :a AND begins_with(r1, :x)",
            wide,
            .init(hashValues: ["a", 1], rangeCondition: .beginsWith("x"))
        ),
        Sample(
            "h2 = :one AND h1 = :a AND r2 > :two AND r1 = :x",
            wide,
            .init(hashValues: ["a", 1], rangeEqualities: ["x"], rangeCondition: .greater(2))
        ),
        Sample(
            "h1 = :a AND h2 = :one AND r1 = :x AND r2 = :two AND r3 = :three",
            wide,
            .init(hashValues: ["a", 1], rangeEqualities: ["x", 2], rangeCondition: .equal(3))
        ),
    ])
    func resolves(sample: Sample) throws {
        #expect(try Samples.keyCondition(sample.text).resolve(against: sample.schema) == sample.result)
    }

    @Test(
        arguments: [
            ("sk = :one", composite, "Query condition missed key schema element: pk"),
            ("pk = :a AND num = :one", composite, "Query condition missed key schema element: sk"),
            ("pk = :a AND num = :one", simple, "Query key condition not supported"),
            ("pk = :a AND sk = :one AND num = :one", composite, "Conditions can be of length 1 or 2 only"),
            ("pk > :a", composite, "Query key condition not supported"),
            ("begins_with(pk, :a)", composite, "Query key condition not supported"),
            (
                "pk = :a AND sk = :a", composite,
                "One or more parameter values were invalid: Condition parameter type does not match schema type"
            ),
            (
                "pk = :one", composite,
                "One or more parameter values were invalid: Condition parameter type does not match schema type"
            ),
            (
                "pk = :a AND sk BETWEEN :a AND :x", composite,
                "One or more parameter values were invalid: Condition parameter type does not match schema type"
            ),
            ("h1 = :a", wide, "Query condition missed key schema element: h2"),
            ("h1 = :a AND h2 > :one", wide, "Query key condition not supported"),
            ("h1 = :a AND h2 = :one AND r2 = :one", wide, "Query condition missed key schema element: r1"),
            ("h1 = :a AND h2 = :one AND r1 > :a AND r2 = :one", wide, "Query key condition not supported"),
            ("h1 = :a AND h2 = :one AND r1 = :a AND r3 = :one", wide, "Query condition missed key schema element: r2"),
        ] as [(String, KeySchema, String)]
    )
    func refusesOnASchema(text: String, schema: KeySchema, expected: String) throws {
        let condition = try Samples.keyCondition(text)
        #expect(message { () throws(ServiceError) in try condition.resolve(against: schema) } == expected)
    }

    @Test(arguments: [
        ("", "The expression can not be empty;"),
        ("pk = :a AND", "Syntax error; token: \"<EOF>\", near: \"AND\""),
        ("pk = :a OR sk = :one", "Invalid operator used in KeyConditionExpression: OR"),
        ("NOT pk = :a", "Invalid operator used in KeyConditionExpression: NOT"),
        ("pk IN (:a)", "Invalid operator used in KeyConditionExpression: IN"),
        ("pk <> :a", "Invalid operator used in KeyConditionExpression: <>"),
        ("pk = :a AND contains(sk, :a)", "Invalid operator used in KeyConditionExpression: contains"),
        ("attribute_exists(pk)", "Invalid operator used in KeyConditionExpression: attribute_exists"),
        ("attribute_not_exists(pk)", "Invalid operator used in KeyConditionExpression: attribute_not_exists"),
        ("attribute_type(pk, :S)", "Invalid operator used in KeyConditionExpression: attribute_type"),
        ("pk = :a AND pk = :x", "KeyConditionExpressions must only contain one condition per key"),
        ("pk.x = :a", "KeyConditionExpressions cannot have conditions on nested attributes"),
        ("pk[0] = :a", "KeyConditionExpressions cannot have conditions on nested attributes"),
        ("size(pk) = :one", "KeyConditionExpressions cannot contain nested operations"),
        (":a = :x", "Invalid condition in KeyConditionExpression: No key attribute specified"),
        ("pk = sk", "Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition"),
        (
            ":a BETWEEN pk AND :x",
            "Invalid condition in KeyConditionExpression: "
                + "BETWEEN operator must have the key attribute as its first operand"
        ),
        (
            "begins_with(:a, pk)",
            "Invalid condition in KeyConditionExpression: "
                + "begins_with operator must have the key attribute as its first operand"
        ),
        ("((pk = :a))", "The expression has redundant parentheses;"),
        ("count = :a", "Attribute name is a reserved keyword; reserved keyword: count"),
        ("pk = :gone", "An expression attribute value used in expression is not defined; attribute value: :gone"),
        (
            "sk BETWEEN :two AND :one AND pk = :a",
            "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; "
                + "lower bound operand: AttributeValue: {N:2}, upper bound operand: AttributeValue: {N:1}"
        ),
        (
            "pk = :a AND begins_with(sk, :one)",
            "Incorrect operand type for operator or function; operator or function: begins_with, operand type: N"
        ),
    ])
    func refuses(text: String, expected: String) {
        #expect(
            message { () throws(ServiceError) in try Samples.keyCondition(text) }
                == "Invalid KeyConditionExpression: \(expected)"
        )
    }

    @Test(
        arguments: [
            (.equal(2), [2]), (.less(2), [1]), (.lessOrEqual(2), [1, 2]), (.greater(2), [3]),
            (.greaterOrEqual(2), [2, 3]),
            (.between(2, 3), [2, 3]), (.beginsWith("2"), []),
        ] as [(RangeCondition, [Int])]
    )
    func rangeConditionsAdmit(condition: RangeCondition, admitted: [Int]) {
        #expect([1, 2, 3].filter { condition.isTrue(for: .number(Number($0))) } == admitted)
    }
}
