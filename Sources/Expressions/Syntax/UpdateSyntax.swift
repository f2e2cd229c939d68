/// An update expression as it was written.
struct UpdateSyntax: Equatable {
    enum Action: Equatable {
        case set(PathSyntax, UpdateOperandSyntax)
        case remove(PathSyntax)
        /// The value with its `:`.
        case add(PathSyntax, String)
        case delete(PathSyntax, String)

        var target: PathSyntax {
            switch self {
            case .set(let path, _), .remove(let path), .add(let path, _), .delete(let path, _): path
            }
        }
    }

    /// In the order they were written.
    var actions: [Action] = []
    /// The keyword that opened a second section of its kind, in upper case.
    var repeatedSection: String?
}

/// What stands right of a SET's `=`.
indirect enum UpdateOperandSyntax: Equatable {
    case path(PathSyntax)
    /// With its `:`.
    case value(String)
    case function(String, [UpdateOperandSyntax])
    case plus(UpdateOperandSyntax, UpdateOperandSyntax)
    case minus(UpdateOperandSyntax, UpdateOperandSyntax)
    case parenthesised(UpdateOperandSyntax)

    var children: [UpdateOperandSyntax] {
        switch self {
        case .path, .value: []
        case .function(_, let arguments): arguments
        case .plus(let left, let right), .minus(let left, let right): [left, right]
        case .parenthesised(let inner): [inner]
        }
    }
}
