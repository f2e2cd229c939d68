import Model

/// A response as the bytes of its body. Items go there straight from their stored form; the rest is small.
extension ResponseEncoder {
    public static func append(_ response: Response, to bytes: inout [UInt8]) {
        switch response {
        case .putItem(let response), .updateItem(let response), .deleteItem(let response):
            appendObject(to: &bytes) { object in
                object.add("Attributes", response.attributes)
                object.add("ConsumedCapacity", response.consumedCapacity.map(consumedCapacity))
                object.add("ItemCollectionMetrics", response.itemCollectionMetrics.map(itemCollectionMetrics))
            }
        case .getItem(let response):
            appendObject(to: &bytes) { object in
                object.add("Item", response.item)
                object.add("ConsumedCapacity", response.consumedCapacity.map(consumedCapacity))
            }
        case .query(let response), .scan(let response):
            appendObject(to: &bytes) { object in
                if response.hasItems { object.add("Items", response.items) }
                object.add("Count", Document.number(response.count))
                object.add("ScannedCount", Document.number(response.scannedCount))
                object.add("LastEvaluatedKey", response.lastEvaluatedKey)
                object.add("ConsumedCapacity", response.consumedCapacity.map(consumedCapacity))
            }
        default: JSONWriter.append(encode(response), to: &bytes)
        }
    }

    @inline(__always)
    private static func appendObject(to bytes: inout [UInt8], members: (inout ObjectBytes) -> Void) {
        var object = ObjectBytes()
        members(&object)
        object.finish(into: &bytes)
    }
}

/// An object that grows member by member; what is nil is left out.
private struct ObjectBytes: ~Copyable {
    private var bytes = ByteBuilder(capacity: 1_024)
    private var isFirst = true

    init() { bytes.append(UInt8(ascii: "{")) }

    consuming func finish(into output: inout [UInt8]) {
        bytes.append(UInt8(ascii: "}"))
        bytes.withBytes { output.append(contentsOf: $0) }
    }

    mutating func add(_ name: StaticString, _ item: Item?) {
        guard let item else { return }
        begin(name)
        ItemJSON(isTyped: true).append(item, to: &bytes)
    }

    mutating func add(_ name: StaticString, _ items: [Item]) {
        begin(name)
        bytes.append(UInt8(ascii: "["))
        for (index, item) in items.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            ItemJSON(isTyped: true).append(item, to: &bytes)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    mutating func add(_ name: StaticString, _ document: Document?) {
        guard let document else { return }
        begin(name)
        JSONWriter.append(document, to: &bytes)
    }

    private mutating func begin(_ name: StaticString) {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        isFirst = false
        bytes.append(UInt8(ascii: "\""))
        bytes.append(name)
        bytes.append("\":")
    }
}
