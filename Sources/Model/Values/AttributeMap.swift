/// Attribute values by name, sorted by the names' UTF-8 bytes, no name twice.
public struct AttributeMap: Equatable, Sendable, ExpressibleByDictionaryLiteral {
    public struct Entry: Equatable, Sendable {
        public let name: String
        public var value: AttributeValue

        public init(name: String, value: AttributeValue) {
            self.name = name
            self.value = value
        }

        public static func == (left: Entry, right: Entry) -> Bool {
            left.name.hasSameBytes(as: right.name) && left.value == right.value
        }
    }

    public private(set) var entries: [Entry]

    public init() { entries = [] }

    public init(dictionaryLiteral elements: (String, AttributeValue)...) {
        self.init()
        for (name, value) in elements { self[name] = value }
    }

    /// The entries must be sorted and distinct.
    init(sorted entries: [Entry]) { self.entries = entries }

    public var count: Int { entries.count }
    public var isEmpty: Bool { entries.isEmpty }
    public var names: [String] { entries.map(\.name) }

    public subscript(name: String) -> AttributeValue? {
        get {
            let (index, found) = position(of: name)
            return found ? entries[index].value : nil
        }
        set {
            let (index, found) = position(of: name)
            switch (newValue, found) {
            case (let value?, true): entries[index].value = value
            case (let value?, false): entries.insert(Entry(name: name, value: value), at: index)
            case (nil, true): entries.remove(at: index)
            case (nil, false): break
            }
        }
    }

    private func position(of name: String) -> (index: Int, found: Bool) {
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].name.bytesPrecede(name) { low = middle + 1 } else { high = middle }
        }
        return (low, low < entries.count && entries[low].name.hasSameBytes(as: name))
    }
}
