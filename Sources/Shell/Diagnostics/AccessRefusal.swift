/// AccessDeniedException taken apart: its message is one long sentence of ARNs.
struct AccessRefusal {
    let user: Substring
    /// Without its service.
    let action: Substring
    /// A table, or `table/index/name`.
    let resource: Substring
    let isExplicit: Bool

    /// Nil when the message is another one.
    init?(_ message: String) {
        guard let subject = message.firstRange(of: ":user/"),
            let verb = message.firstRange(of: " is not authorized to perform: "),
            let object = message.firstRange(of: " on resource: "),
            subject.upperBound < verb.lowerBound, verb.upperBound < object.lowerBound
        else { return nil }
        user = message[subject.upperBound..<verb.lowerBound]
        action = message[verb.upperBound..<object.lowerBound].drop { $0 != ":" }.dropFirst()
        let arn = message[object.upperBound...].prefix { $0 != " " }
        resource = arn.drop { $0 != "/" }.dropFirst()
        isExplicit = message.hasSuffix("with an explicit deny in an identity-based policy")
    }

    var sentence: String {
        let place = resource == "*" ? "" : " on \(resource)"
        return isExplicit
            ? "a policy denies \(user) \(action)\(place)" : "no policy allows \(user) \(action)\(place)"
    }
}
