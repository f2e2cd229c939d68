/// A token of a statement and the bytes it was read from.
struct Token: Equatable {
    enum Kind: Equatable {
        /// A word without quotes: keyword, function or name.
        case word(String)
        /// A name in double quotes, without them.
        case quotedName(String)
        /// A text in single quotes, without them.
        case string(String)
        /// A number as it was written, without a sign.
        case number(String)
        /// Punctuation and operators, as they were written.
        case symbol(String)
        case parameter
        case end
    }

    let kind: Kind
    let range: Range<Int>
}
