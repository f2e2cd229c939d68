/// How text looks: the parameters of one "select graphic rendition" sequence, such as `1;34` for bold blue.
public struct Style: Equatable, Sendable {
    public let parameters: String

    public init(_ parameters: String) {
        self.parameters = parameters
    }

    public static let dim = Style("2")

    func applied(to text: String) -> String {
        "\u{1B}[\(parameters)m\(text)\u{1B}[0m"
    }
}

/// A stretch of the buffer, in UTF-8 bytes, and its look.
public struct StyledRange: Equatable, Sendable {
    public let bytes: Range<Int>
    public let style: Style

    public init(_ bytes: Range<Int>, _ style: Style) {
        self.bytes = bytes
        self.style = style
    }
}

/// The prompt of one statement. `styled` is the same text with escape sequences in it, used when colours are on.
public struct Prompt: Equatable, Sendable {
    public let plain: String
    public let styled: String?

    public init(_ plain: String, styled: String? = nil) {
        self.plain = plain
        self.styled = styled
    }
}
