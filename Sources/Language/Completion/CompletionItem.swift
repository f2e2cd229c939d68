/// Something that may stand at the cursor.
public struct CompletionItem: Equatable, Sendable {
    public enum Kind: String, Sendable {
        case keyPrefix = "key prefix"
        case keyValue = "key"
        case table = "table"
        case index = "index"
        case user = "user"
        case keyAttribute = "key attribute"
        case attribute = "attribute"
        case value = "value"
        case function = "function"
        case comparison = "comparison"
        case keyword = "keyword"
        case clause = "clause"
        case verb = "verb"
    }

    public var text: String
    public var kind: Kind
    /// The bytes of the text that it stands for: what was typed of it so far.
    public var replaces: Range<Int>

    public init(_ text: String, _ kind: Kind, replaces: Range<Int>) {
        self.text = text
        self.kind = kind
        self.replaces = replaces
    }
}
