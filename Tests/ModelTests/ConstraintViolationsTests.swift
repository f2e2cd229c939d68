import Model
import Testing

@Suite struct ConstraintViolationsTests {
    @Test func oneAndSeveralAreToldInOneMessage() {
        var violations = ConstraintViolations()
        #expect(violations.error == nil)
        violations.add(nil, at: "tableName", .notNull)
        #expect(
            violations.error
                == .validationException(
                    "1 validation error detected: Value null at 'tableName' failed to satisfy constraint: "
                        + "Member must not be null"
                )
        )
        violations.check(value: 0, at: "limit", 1...100)
        #expect(
            violations.error
                == .validationException(
                    "2 validation errors detected: Value null at 'tableName' failed to satisfy constraint: "
                        + "Member must not be null; Value '0' at 'limit' failed to satisfy constraint: "
                        + "Member must have value greater than or equal to 1"
                )
        )
    }

    @Test func noMoreThanTenAreTold() {
        var violations = ConstraintViolations()
        for index in 0..<12 { violations.add(nil, at: "m\(index)", .notNull) }
        let message = violations.error?.message ?? ""
        #expect(message.hasPrefix("10 validation errors detected: "))
        #expect(message.contains("'m9'") && !message.contains("'m10'"))
    }

    @Test func everyRequirementHasItsText() {
        typealias Requirement = ConstraintViolations.Requirement
        #expect(Requirement.notNull.text == "Member must not be null")
        #expect(Requirement.lengthAtLeast(3).text == "Member must have length greater than or equal to 3")
        #expect(Requirement.lengthAtMost(3).text == "Member must have length less than or equal to 3")
        #expect(Requirement.valueAtLeast(3).text == "Member must have value greater than or equal to 3")
        #expect(Requirement.valueAtMost(3).text == "Member must have value less than or equal to 3")
        #expect(Requirement.pattern("x+").text == "Member must satisfy regular expression pattern: x+")
        #expect(Requirement.enumeration(["A", "B"]).text == "Member must satisfy enum value set: [A, B]")
        #expect(
            Requirement.mapValues([.lengthAtMost(25), .lengthAtLeast(1)]).text
                == "Map value must satisfy constraint: [Member must have length less than or equal to 25, "
                + "Member must have length greater than or equal to 1]"
        )
    }
}
