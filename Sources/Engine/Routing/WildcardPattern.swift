/// A text of a policy, in which `*` stands for any text, `?` for any character, and `${aws:username}` for the user.
struct WildcardPattern: Equatable {
    private enum Part: Equatable {
        case character(Unicode.Scalar)
        case anyCharacter
        case anyText
    }

    private var parts: [Part] = []

    /// `userName` is nil where `${…}` is plain text. `${*}`, `${?}` and `${$}` are these characters themselves.
    init(_ text: String, userName: String? = nil, hasWildcards: Bool = true) {
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            if scalar == "$", let userName, let (value, end) = WildcardPattern.variable(rest, userName) {
                parts += value.unicodeScalars.map { .character($0) }
                rest = rest[end...]
            } else if hasWildcards, scalar == "*" {
                parts.append(.anyText)
            } else if hasWildcards, scalar == "?" {
                parts.append(.anyCharacter)
            } else {
                parts.append(.character(scalar))
            }
        }
    }

    /// What `{name}` behind a dollar sign stands for, and where it ends; nil when it is no variable.
    private static func variable(
        _ text: Substring.UnicodeScalarView,
        _ userName: String
    ) -> (value: String, end: String.Index)? {
        guard text.first == "{", let closing = text.firstIndex(of: "}") else { return nil }
        let name = String(text[..<closing].dropFirst())
        let end = text.index(after: closing)
        if ["*", "?", "$"].contains(name) { return (name, end) }
        return name.lowercased() == "aws:username" ? (userName, end) : nil
    }

    var lowercased: WildcardPattern {
        var copy = WildcardPattern("")
        copy.parts = parts.flatMap { part -> [Part] in
            guard case .character(let scalar) = part else { return [part] }
            return scalar.properties.lowercaseMapping.unicodeScalars.map { .character($0) }
        }
        return copy
    }

    /// Whether the whole text fits. On a mismatch the last `*` takes one character more, so that the time is at most
    /// the product of both lengths.
    func matches(_ text: String) -> Bool {
        let text = Array(text.unicodeScalars)
        var position = 0
        var part = 0
        var retry: (part: Int, position: Int)?
        while position < text.count {
            if part < parts.count, parts[part] == .anyText {
                retry = (part + 1, position)
                part += 1
            } else if part < parts.count, parts[part] == .anyCharacter || parts[part] == .character(text[position]) {
                part += 1
                position += 1
            } else if let last = retry {
                retry = (last.part, last.position + 1)
                (part, position) = (last.part, last.position + 1)
            } else {
                return false
            }
        }
        return parts[part...].allSatisfy { $0 == .anyText }
    }
}
