import Model

/// Parameters that are not served are refused by name; nothing is dropped in silence.
extension RequestDecoding {
    mutating func refuseUnsupported(_ names: [String], in body: Structure) {
        for name in names where body.has(name) {
            refuse("The parameter \(name) is not supported by this version of Sortkey")
        }
    }
}
