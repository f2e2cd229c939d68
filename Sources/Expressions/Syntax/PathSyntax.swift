/// A path as it was written: placeholders are not looked up yet.
struct PathSyntax: Equatable {
    enum Segment: Equatable {
        case name(NameSyntax)
        case index(Int)
    }

    let root: NameSyntax
    var rest: [Segment] = []

    /// The first bare name that is a reserved word.
    var reservedWord: String? {
        if let word = root.reservedWord { return word }
        for case .name(let name) in rest {
            if let word = name.reservedWord { return word }
        }
        return nil
    }
}

enum NameSyntax: Equatable {
    case identifier(String)
    /// With its `#`.
    case placeholder(String)

    fileprivate var reservedWord: String? {
        if case .identifier(let word) = self, ReservedWords.contains(word) { word } else { nil }
    }
}
