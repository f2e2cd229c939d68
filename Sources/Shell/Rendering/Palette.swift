/// Colours, as parameters of "select graphic rendition". Blue, yellow and bold only, which red-green blindness leaves
/// apart; and no colour carries meaning that a word beside it does not.
struct Palette: Sendable {
    var heading = ""
    var dim = ""
    var error = ""
    var caret = ""
    var number = ""
    var prompt = ""
    /// What is abnormal, such as a fault.
    var warning = ""

    static let none = Palette()
    static let standard = Palette(
        heading: "1",
        dim: "2",
        error: "1;33",
        caret: "33",
        number: "36",
        prompt: "1;34",
        warning: "1;33"
    )

    func paint(_ text: String, _ style: KeyPath<Palette, String>) -> String {
        let parameters = self[keyPath: style]
        return parameters.isEmpty ? text : "\u{1B}[\(parameters)m\(text)\u{1B}[0m"
    }
}
