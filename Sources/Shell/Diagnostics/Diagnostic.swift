/// What went wrong with a statement, in the order it is printed.
///
/// ```
/// error: FILTRE is not a clause of Query
///   Query app KEY pk = 'USER#alice' FILTRE total > 50;
///                                   ^~~~~~ did you mean FILTER?
/// try:   Query orders/byStatus KEY status = 'PENDING';
/// aws:   ValidationException: Query condition missed key schema element: customerId
/// ```
struct Diagnostic: Equatable {
    /// The statement's own text, and the bytes of it to underline. Nil shows no source.
    struct Excerpt: Equatable {
        var text: [UInt8]
        var range: Range<Int>
        /// Stands beside the caret.
        var remark: String?
    }

    /// `setup.sk:12:9`, only in a script.
    var location: String?
    var message: String
    var excerpt: Excerpt?
    /// Lines below the source, such as what else may stand there.
    var details: [String] = []
    var suggestion: String?
    /// `Type: message`, as the service words it.
    var serviceText: String?
    /// Lines at the end, such as the item that a condition was false for.
    var evidence: [String] = []

    func append(to bytes: inout [UInt8], style: RenderingStyle) {
        if let location { bytes.append(text: Escaping.escaped(location) + ": ") }
        bytes.append(text: style.palette.paint("error:", \.error) + " ")
        Escaping.append(style.spelled(message), to: &bytes)
        bytes.append(UInt8(ascii: "\n"))
        if let excerpt {
            SourceExcerpt(excerpt, width: style.width, ellipsis: style.glyphs.ellipsis)
                .append(to: &bytes, palette: style.palette)
        }
        for detail in details { appendLine("  ", style.spelled(detail), to: &bytes) }
        if let suggestion { appendLine("try:   ", suggestion, to: &bytes) }
        if let serviceText { appendLine("aws:   ", serviceText, to: &bytes) }
        for line in evidence { appendLine("  ", line, to: &bytes) }
    }

    private func appendLine(_ label: String, _ text: String, to bytes: inout [UInt8]) {
        bytes.append(text: label)
        Escaping.append(text, to: &bytes)
        bytes.append(UInt8(ascii: "\n"))
    }
}
