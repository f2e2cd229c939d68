import Language
import Model

/// The few places where the session speaks to the parser.
extension Session {
    func parse(_ bytes: UnsafeRawBufferPointer) throws(SyntaxError) -> ParsedStatement {
        try parser.parse(bytes)
    }

    func setParserTarget(_ target: Target?) {
        parser.currentTable = target
    }
}
