import Model

/// What stands behind `#…` and `:…` in one request: those the parser makes for names and literals, and the user's own.
struct Placeholders {
    /// Asked for by the user's text, in order of appearance, with their first place.
    private(set) var wantedNames: [(placeholder: String, range: Range<Int>)] = []
    private(set) var wantedValues: [(placeholder: String, range: Range<Int>)] = []
    /// Given by NAMES and VALUES; nil when there was no such clause.
    var givenNames: [String: String]?
    var givenValues: [String: AttributeValue]?

    private var names: [String: String] = [:]
    private var values: [String: AttributeValue] = [:]
    private var aliases: [String: String] = [:]
    /// Longer when the user has placeholders of the same form.
    private let prefix: String

    init(prefix: String = "") { self.prefix = prefix }

    var isEmpty: Bool {
        names.isEmpty && values.isEmpty && givenNames == nil && givenValues == nil && wantedNames.isEmpty
            && wantedValues.isEmpty
    }

    /// A placeholder for an attribute's name, the same one each time.
    mutating func alias(of name: String) -> String {
        if let known = aliases[name] { return known }
        let placeholder = "#\(prefix)n\(names.count)"
        names[placeholder] = name
        aliases[name] = placeholder
        return placeholder
    }

    /// A new placeholder for a value.
    mutating func bind(_ value: AttributeValue) -> String {
        let placeholder = Placeholders.valueName(values.count, prefix)
        values[placeholder] = value
        return placeholder
    }

    private static let commonValueNames = (0..<16).map { ":v\($0)" }

    private static func valueName(_ number: Int, _ prefix: String) -> String {
        prefix.isEmpty && number < commonValueNames.count ? commonValueNames[number] : ":\(prefix)v\(number)"
    }

    mutating func want(name placeholder: String, at range: Range<Int>) {
        if !wantedNames.contains(where: { $0.placeholder == placeholder }) { wantedNames.append((placeholder, range)) }
    }

    mutating func want(value placeholder: String, at range: Range<Int>) {
        if !wantedValues.contains(where: { $0.placeholder == placeholder }) {
            wantedValues.append((placeholder, range))
        }
    }

    /// Takes over what the parser made elsewhere.
    mutating func add(_ attributes: ExpressionAttributes) {
        for (placeholder, name) in attributes.names ?? [:] { names[placeholder] = name }
        for (placeholder, value) in attributes.values ?? [:] { values[placeholder] = value }
    }

    /// Whether the user wrote a placeholder that the parser had made itself.
    var collide: Bool {
        wantedNames.contains { names[$0.placeholder] != nil } || wantedValues.contains { values[$0.placeholder] != nil }
            || (givenNames ?? [:]).keys.contains { names[$0] != nil }
            || (givenValues ?? [:]).keys.contains { values[$0] != nil }
    }

    /// Everything together; what neither clause gives comes from `parameters`.
    func resolved(_ parameters: [String: AttributeValue]) throws(SyntaxError) -> ExpressionAttributes {
        var allNames = names
        var allValues = values
        for (placeholder, name) in givenNames ?? [:] { allNames[placeholder] = name }
        for (placeholder, value) in givenValues ?? [:] { allValues[placeholder] = value }
        for (placeholder, range) in wantedNames where allNames[placeholder] == nil {
            guard case .string(let name)? = parameters[placeholder] else {
                throw SyntaxError(
                    "\(placeholder) stands for no attribute",
                    at: range,
                    remark: "add NAMES {\(placeholder): 'attribute'}",
                    suggestion: ".param \(placeholder) 'attribute'"
                )
            }
            allNames[placeholder] = name
        }
        for (placeholder, range) in wantedValues where allValues[placeholder] == nil {
            guard let value = parameters[placeholder] else { throw Placeholders.missing(placeholder, at: range) }
            allValues[placeholder] = value
        }
        return ExpressionAttributes(
            names: allNames.isEmpty && givenNames == nil ? nil : allNames,
            values: allValues.isEmpty && givenValues == nil ? nil : allValues
        )
    }

    static func missing(_ placeholder: String, at range: Range<Int>) -> SyntaxError {
        SyntaxError(
            "\(placeholder) has no value",
            at: range,
            remark: "add VALUES {\(placeholder): …}",
            suggestion: ".param \(placeholder) 'value'"
        )
    }
}
