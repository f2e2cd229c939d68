import Model
import Wire

/// Items as JSON, straight from their stored bytes.
enum ItemJSON {
    /// Plain values: `{"pk":"a","n":1}`.
    static func append(_ item: Item?, to bytes: inout [UInt8]) {
        let start = bytes.count
        guard let item else { return bytes.append("null") }
        item.appendJSON(to: &bytes)
        Escaping.finishJSON(&bytes, from: start)
    }

    /// DynamoDB JSON: `{"pk":{"S":"a"},"n":{"N":"1"}}`.
    static func append(typed item: Item?, to bytes: inout [UInt8]) {
        let start = bytes.count
        guard let item else { return bytes.append("null") }
        item.appendTypedJSON(to: &bytes)
        Escaping.finishJSON(&bytes, from: start)
    }

    static func append(_ value: StoredValue, to bytes: inout [UInt8]) {
        let start = bytes.count
        value.appendJSON(to: &bytes)
        Escaping.finishJSON(&bytes, from: start)
    }
}

extension Array where Element == UInt8 {
    mutating func append(jsonString text: String) {
        let start = count
        JSONText.append(text, to: &self)
        Escaping.finishJSON(&self, from: start)
    }
}
