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
        var object = ObjectBytes(bytes)
        bytes = []
        members(&object)
        bytes = object.finish()
    }
}

/// An object that grows member by member; what is nil is left out.
private struct ObjectBytes {
    private var bytes: [UInt8]
    private var isFirst = true

    init(_ bytes: consuming [UInt8]) {
        self.bytes = bytes
        self.bytes.append(UInt8(ascii: "{"))
    }

    consuming func finish() -> [UInt8] {
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }

    mutating func add(_ name: StaticString, _ item: Item?) {
        guard let item else { return }
        begin(name)
        ResponseEncoder.appendJSON(item: item, to: &bytes)
    }

    mutating func add(_ name: StaticString, _ items: [Item]) {
        begin(name)
        bytes.append(UInt8(ascii: "["))
        for (index, item) in items.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            ResponseEncoder.appendJSON(item: item, to: &bytes)
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
        bytes.append(literal: name)
        bytes.append(literal: "\":")
    }
}
