import Model

/// Writes a policy as the JSON that it is read from. What is one thing is written without a list.
public enum PolicyEncoder {
    public static func encode(_ policy: Policy) -> Document {
        var members = [Document.Member("Version", .string(policy.version.rawValue))]
        if let id = policy.id { members.append(.init("Id", .string(id))) }
        members.append(.init("Statement", .array(policy.statements.map(encode))))
        return .object(members)
    }

    private static func encode(_ statement: PolicyStatement) -> Document {
        var members: [Document.Member] = []
        if let sid = statement.sid { members.append(.init("Sid", .string(sid))) }
        members.append(.init("Effect", .string(statement.effect.rawValue)))
        if let principals = statement.principals { members.append(encode(principals)) }
        members.append(encode(statement.actions, "Action"))
        members.append(encode(statement.resources, "Resource"))
        if !statement.conditions.isEmpty { members.append(.init("Condition", encode(statement.conditions))) }
        return .object(members)
    }

    /// Principals stand by kind; everybody stands alone.
    private static func encode(_ principals: PolicyStatement.Selection) -> Document.Member {
        let member = encode(principals, "Principal")
        return member.value == .string("*") ? member : .init(member.name, .object([.init("AWS", member.value)]))
    }

    private static func encode(_ selection: PolicyStatement.Selection, _ name: String) -> Document.Member {
        switch selection {
        case .only(let patterns): .init(name, encode(patterns))
        case .allBut(let patterns): .init("Not\(name)", encode(patterns))
        }
    }

    /// One member an operator, in the order in which they first stand.
    private static func encode(_ conditions: [PolicyCondition]) -> Document {
        var operators: [(name: String, lines: [Document.Member])] = []
        for condition in conditions {
            let line = Document.Member(condition.key.rawValue, encode(condition.values))
            if let known = operators.firstIndex(where: { $0.name == condition.operatorName }) {
                operators[known].lines.append(line)
            } else {
                operators.append((condition.operatorName, [line]))
            }
        }
        return .object(operators.map { .init($0.name, .object($0.lines)) })
    }

    private static func encode(_ texts: [String]) -> Document {
        texts.count == 1 ? .string(texts[0]) : .array(texts.map { .string($0) })
    }
}
