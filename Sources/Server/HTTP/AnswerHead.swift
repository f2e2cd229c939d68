import CZlib

/// Writes the first part of an answer: status line and headers, which tell about the body that follows.
struct AnswerHead {
    enum ContentType {
        case amazonJSON, json, html

        var line: StaticString {
            switch self {
            case .amazonJSON: "Content-Type: application/x-amz-json-1.0\r\n"
            case .json: "Content-Type: application/json\r\n"
            case .html: "Content-Type: text/html; charset=utf-8\r\n"
            }
        }
    }

    var status: Status
    var contentType: ContentType?
    var isGzip = false
    var keepsAlive: Bool

    /// `body` as it is sent: the checksum is of these bytes.
    func append(
        for body: [UInt8],
        date: [UInt8],
        _ identifiers: inout RequestIdentifiers,
        to output: inout [UInt8]
    ) {
        output.append(literal: status.line)
        output.append(literal: "Server: Server\r\nDate: ")
        output += date
        output.append(literal: "\r\n")
        if let contentType { output.append(literal: contentType.line) }
        if isGzip { output.append(literal: "Content-Encoding: gzip\r\n") }
        output.append(literal: "Content-Length: ")
        output.append(decimal: UInt(body.count))
        output.append(literal: keepsAlive ? "\r\nConnection: keep-alive\r\n" : "\r\nConnection: close\r\n")
        output.append(literal: "x-amzn-RequestId: ")
        identifiers.appendNext(to: &output)
        output.append(literal: "\r\nx-amz-crc32: ")
        output.append(decimal: UInt(Checksum.crc32(body)))
        output.append(literal: "\r\n\r\n")
    }
}

enum Checksum {
    static func crc32(_ bytes: [UInt8]) -> UInt32 {
        bytes.withUnsafeBufferPointer { UInt32(truncatingIfNeeded: CZlib.crc32_z(0, $0.baseAddress, $0.count)) }
    }
}

extension [UInt8] {
    /// Appends a literal without making a string of it.
    @inline(__always)
    mutating func append(literal: StaticString) {
        append(contentsOf: UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
    }

    mutating func append(decimal value: UInt) {
        if value >= 10 { append(decimal: value / 10) }
        append(UInt8(ascii: "0") + UInt8(value % 10))
    }
}
