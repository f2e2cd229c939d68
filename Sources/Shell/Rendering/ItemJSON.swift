import Model
import Wire

/// Items as JSON, straight from their stored bytes. The writer escapes control characters.
enum ItemJSON {
    /// Plain values, keys first: `{"pk":"a","n":1}`.
    @inline(__always)
    static func append(_ item: Item?, keys: [AttributeName] = [], to bytes: inout [UInt8]) {
        guard let item else { return bytes.append("null") }
        ResponseEncoder.appendPlainJSON(item: item, first: keys, to: &bytes)
    }

    /// DynamoDB JSON: `{"pk":{"S":"a"},"n":{"N":"1"}}`.
    static func append(typed item: Item?, keys: [AttributeName] = [], to bytes: inout [UInt8]) {
        guard let item else { return bytes.append("null") }
        ResponseEncoder.appendJSON(item: item, first: keys, to: &bytes)
    }

    static func append(_ value: StoredValue, to bytes: inout [UInt8]) {
        ResponseEncoder.appendPlain(value, to: &bytes)
    }
}

extension Array where Element == UInt8 {
    mutating func append(jsonString text: String) {
        JSONWriter.append(string: text, to: &self)
    }
}
