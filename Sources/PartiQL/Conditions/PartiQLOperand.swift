import Expressions
import Model

/// What a condition compares or an assignment computes.
public indirect enum PartiQLOperand: Equatable, Sendable {
    case literal(AttributeValue)
    /// A `?`, by its position from 0. Gone once a statement is bound.
    case parameter(Int)
    case path(Path)
    case size(Path)
    case plus(PartiQLOperand, PartiQLOperand)
    case minus(PartiQLOperand, PartiQLOperand)
    /// A list or map literal that still holds parameters.
    case list([PartiQLOperand])
    case map([Entry])

    public struct Entry: Equatable, Sendable {
        public let name: String
        public let value: PartiQLOperand
    }

    /// Lists and maps of nothing but literals become literals themselves.
    var folded: PartiQLOperand {
        switch self {
        case .list(let elements):
            let values = elements.compactMap(\.literal)
            return values.count == elements.count ? .literal(.list(values)) : self
        case .map(let entries):
            var map = AttributeMap()
            for entry in entries {
                guard let value = entry.value.literal else { return self }
                map[entry.name] = value
            }
            return .literal(.map(map))
        case .literal, .parameter, .path, .size, .plus, .minus:
            return self
        }
    }

    var literal: AttributeValue? {
        if case .literal(let value) = self { value } else { nil }
    }

    /// With the parameters' values in place. There must be enough of them.
    func bound(to parameters: [AttributeValue]) -> PartiQLOperand {
        switch self {
        case .literal, .path, .size: self
        case .parameter(let position): .literal(parameters[position])
        case .plus(let left, let right): .plus(left.bound(to: parameters), right.bound(to: parameters))
        case .minus(let left, let right): .minus(left.bound(to: parameters), right.bound(to: parameters))
        case .list(let elements): PartiQLOperand.list(elements.map { $0.bound(to: parameters) }).folded
        case .map(let entries):
            PartiQLOperand.map(
                entries.map { Entry(name: $0.name, value: $0.value.bound(to: parameters)) }
            ).folded
        }
    }

    func appendPaths(to paths: inout [Path]) {
        switch self {
        case .path(let path), .size(let path): paths.append(path)
        case .plus(let left, let right), .minus(let left, let right):
            left.appendPaths(to: &paths)
            right.appendPaths(to: &paths)
        case .literal, .parameter, .list, .map: break
        }
    }
}

extension Path {
    /// The value at this path; nil when any part of it is missing.
    func value(of item: Item) -> AttributeValue? {
        item.withBytes { value(in: $0)?.decoded }
    }
}
