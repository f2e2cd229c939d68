import Expressions
import Model

/// The tree of a WHERE clause.
public indirect enum PartiQLCondition: Equatable, Sendable {
    case or([PartiQLCondition])
    case and([PartiQLCondition])
    case not(PartiQLCondition)
    case comparison(Comparator, PartiQLOperand, PartiQLOperand)
    case between(PartiQLOperand, PartiQLOperand, PartiQLOperand)
    case isIn(PartiQLOperand, [PartiQLOperand])
    case isMissing(Path)
    case isNull(Path)
    case beginsWith(Path, PartiQLOperand)
    case contains(Path, PartiQLOperand)
    case attributeType(Path, PartiQLOperand)

    /// Every path the condition mentions, in the order they were written.
    public var paths: [Path] {
        var paths: [Path] = []
        appendPaths(to: &paths)
        return paths
    }

    /// The attributes the condition reads, each once.
    public var topLevelNames: [String] { paths.topLevelNames }

    private func appendPaths(to paths: inout [Path]) {
        switch self {
        case .or(let parts), .and(let parts):
            for part in parts { part.appendPaths(to: &paths) }
        case .not(let inner):
            inner.appendPaths(to: &paths)
        case .isMissing(let path), .isNull(let path):
            paths.append(path)
        case .beginsWith(let path, let operand), .contains(let path, let operand),
            .attributeType(let path, let operand):
            paths.append(path)
            operand.appendPaths(to: &paths)
        case .comparison, .between, .isIn:
            for operand in operands { operand.appendPaths(to: &paths) }
        }
    }

    /// The operands of this node itself.
    private var operands: [PartiQLOperand] {
        switch self {
        case .or, .and, .not, .isMissing, .isNull: []
        case .comparison(_, let left, let right): [left, right]
        case .between(let operand, let lower, let upper): [operand, lower, upper]
        case .isIn(let operand, let candidates): [operand] + candidates
        case .beginsWith(_, let operand), .contains(_, let operand), .attributeType(_, let operand): [operand]
        }
    }
}

extension PartiQLCondition {
    func bound(to parameters: [AttributeValue]) -> PartiQLCondition {
        func bind(_ operand: PartiQLOperand) -> PartiQLOperand { operand.bound(to: parameters) }
        return switch self {
        case .or(let parts): .or(parts.map { $0.bound(to: parameters) })
        case .and(let parts): .and(parts.map { $0.bound(to: parameters) })
        case .not(let inner): .not(inner.bound(to: parameters))
        case .comparison(let comparator, let left, let right): .comparison(comparator, bind(left), bind(right))
        case .between(let operand, let lower, let upper): .between(bind(operand), bind(lower), bind(upper))
        case .isIn(let operand, let candidates): .isIn(bind(operand), candidates.map(bind))
        case .isMissing, .isNull: self
        case .beginsWith(let path, let prefix): .beginsWith(path, bind(prefix))
        case .contains(let path, let member): .contains(path, bind(member))
        case .attributeType(let path, let type): .attributeType(path, bind(type))
        }
    }

    /// Refuses literals that an operator cannot take. The condition must be bound.
    func check() throws(ServiceError) {
        switch self {
        case .or(let parts), .and(let parts):
            for part in parts { try part.check() }
        case .not(let inner):
            try inner.check()
        case .comparison(let comparator, _, _):
            if comparator.isOrdering { try checkOrdered("operator: \(comparator.rawValue)") }
        case .between:
            try checkOrdered("operator: BETWEEN")
        case .isIn(_, let candidates):
            if candidates.count > Limits.inOperands {
                throw .validationException(
                    "The IN operator is provided with too many operands; number of operands: \(candidates.count)"
                )
            }
        case .beginsWith(_, let prefix):
            if let type = prefix.literal?.type, type != .string, type != .binary {
                throw .wrongOperandType("operator or function: begins_with", type)
            }
        case .attributeType(_, let name):
            try checkTypeName(name)
        case .isMissing, .isNull, .contains:
            break
        }
    }

    private func checkOrdered(_ operation: String) throws(ServiceError) {
        for operand in operands {
            if let type = operand.literal?.type, !type.isScalarKey { throw .wrongOperandType(operation, type) }
        }
    }

    private func checkTypeName(_ operand: PartiQLOperand) throws(ServiceError) {
        guard let literal = operand.literal else { return }
        guard case .string(let name) = literal else {
            throw .wrongOperandType("operator or function: attribute_type", literal.type)
        }
        if AttributeType(rawValue: name) == nil {
            throw .validationException(
                "Invalid attribute type name found; type: \(name), valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}"
            )
        }
    }
}

extension ServiceError {
    fileprivate static func wrongOperandType(_ operation: String, _ type: AttributeType) -> ServiceError {
        .validationException(
            "Incorrect operand type for operator or function; \(operation), operand type: \(type.rawValue)"
        )
    }
}
