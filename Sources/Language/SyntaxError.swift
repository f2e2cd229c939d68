/// A statement that cannot be read, and where in the user's own text.
public struct SyntaxError: Error, Equatable, Sendable {
    /// What is wrong, one line, no final period.
    public var message: String
    /// Byte offsets into the statement's text: the token to underline. Empty at the end of the text.
    public var range: Range<Int>
    /// What may stand there instead: written under the caret. At most a handful.
    public var expected: [String]
    /// `did you mean FILTER?`, or another short remark beside the caret.
    public var remark: String?
    /// A statement to try instead.
    public var suggestion: String?
    /// The text the service itself would answer, when there is one.
    public var serviceMessage: String?

    public init(
        _ message: String,
        at range: Range<Int>,
        expected: [String] = [],
        remark: String? = nil,
        suggestion: String? = nil,
        serviceMessage: String? = nil
    ) {
        self.message = message
        self.range = range
        self.expected = expected
        self.remark = remark
        self.suggestion = suggestion
        self.serviceMessage = serviceMessage
    }
}
