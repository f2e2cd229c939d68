/// Something the parser would accept at one place: the raw material of completion.
enum Expectation: Hashable {
    case keyword(Keyword)
    case word(String, kind: String)
    case verb
    case requestVerb
    case table
    case user
    case index(ofTable: String)
    case innerName(InnerName)
    case keyAttribute(ofTable: String, index: String?)
    case attribute(ofTable: String, index: String?)
    /// A value of this key attribute.
    case keyValue(ofTable: String, attribute: String)
    case conditionFunction
    case updateFunction
}

/// Collects expectations at the end of a text. Absent while statements are parsed to be run.
struct ExpectationRecorder {
    var expectations: [Expectation] = []
    /// The statement's verb and the clause last begun, for the syntax hint.
    var verb: Verb?
    var clause: Keyword?

    mutating func add(_ expectation: Expectation) {
        if !expectations.contains(expectation) { expectations.append(expectation) }
    }
}
