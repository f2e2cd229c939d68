import Model

/// Sizes and units worked out from the reference's tables A1–A3 and B4–B5 alone.
enum Arithmetic {
    static func size(_ item: AttributeMap?) -> Int {
        (item?.entries ?? []).reduce(0) { $0 + $1.name.utf8.count + size($1.value) }
    }

    static func size(_ value: AttributeValue) -> Int {
        switch value {
        case .string(let text): text.utf8.count
        case .binary(let bytes): bytes.count
        case .number(let number): size(ofNumber: number.text)
        case .bool, .null: 1
        case .stringSet(let members): members.map(\.utf8.count).reduce(0, +)
        case .numberSet(let members): members.map { size(ofNumber: $0.text) }.reduce(0, +)
        case .binarySet(let members): members.map(\.count).reduce(0, +)
        case .list(let elements): 3 + elements.map { 1 + size($0) }.reduce(0, +)
        case .map(let map): 3 + map.entries.map { 1 + $0.name.utf8.count + size($0.value) }.reduce(0, +)
        }
    }

    /// A3: significant digits left and right of the point, in pairs, one more, and one for a sign.
    static func size(ofNumber text: String) -> Int {
        let digits = text.filter { $0 != "-" }
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        var left = Array(parts[0])
        var right = parts.count > 1 ? Array(parts[1]) : []
        while left.first == "0" { left.removeFirst() }
        while right.last == "0" { right.removeLast() }
        if right.isEmpty { while left.last == "0" { left.removeLast() } }
        if left.isEmpty { while right.first == "0" { right.removeFirst() } }
        if left.isEmpty, right.isEmpty { return 1 }
        return 1 + (left.count + 1) / 2 + (right.count + 1) / 2 + (text.hasPrefix("-") ? 1 : 0)
    }

    static func writeUnits(_ bytes: Int) -> Double { max(1, (Double(bytes) / 1_024).rounded(.up)) }
    static func readUnits(_ bytes: Int) -> Double { max(1, (Double(bytes) / 4_096).rounded(.up)) }

    /// B4: the larger image decides.
    static func tableUnits(_ old: AttributeMap?, _ new: AttributeMap?) -> Double {
        max(writeUnits(size(old)), writeUnits(size(new)))
    }

    /// B5, row by row.
    static func indexUnits(_ old: AttributeMap?, _ new: AttributeMap?, key: [String]) -> Double {
        guard let old else { return new.map { writeUnits(size($0)) } ?? 0 }
        guard let new else { return writeUnits(size(old)) }
        if old == new { return 0 }
        let isMoved = key.contains { old[$0] != new[$0] }
        return isMoved
            ? writeUnits(size(old)) + writeUnits(size(new))
            : max(writeUnits(size(old)), writeUnits(size(new)))
    }
}
