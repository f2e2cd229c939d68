import Model

/// Where a PartiQL page ended: which of the statement's queries, and the place of the last entry it evaluated.
/// Written as hexadecimal digits; it means something only together with the same statement and parameters.
struct NextToken {
    let fingerprint: UInt64
    let query: Int
    let place: [UInt8]

    private static let headerSize = 10

    init(fingerprint: UInt64, query: Int, place: [UInt8]) {
        self.fingerprint = fingerprint
        self.query = query
        self.place = place
    }

    init(_ text: String, for fingerprint: UInt64) throws(ServiceError) {
        guard let bytes = NextToken.bytes(of: text), bytes.count > NextToken.headerSize else {
            throw .validationException("Invalid NextToken")
        }
        self.fingerprint = bytes[..<8].reduce(0) { $0 << 8 | UInt64($1) }
        query = Int(bytes[8]) << 8 | Int(bytes[9])
        place = Array(bytes[NextToken.headerSize...])
        if self.fingerprint != fingerprint { throw .validationException("NextToken does not match request") }
    }

    var text: String {
        var bytes = (0..<8).map { UInt8(truncatingIfNeeded: fingerprint >> (56 - 8 * UInt64($0))) }
        bytes.append(UInt8(query >> 8))
        bytes.append(UInt8(query & 0xFF))
        bytes += place
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    private static func bytes(of text: String) -> [UInt8]? {
        let digits = text.utf8.map { Character(UnicodeScalar($0)).hexDigitValue }
        guard digits.count % 2 == 0, !digits.contains(nil) else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0]! << 4 | digits[$0 + 1]!) }
    }
}
