import Model

/// Reads the common forms of the common requests straight from their bytes, without a tree of documents between.
///
/// It knows no complaints: whatever is unusual (an escape in a string, a set, a null, an unknown member, anything wrong)
/// makes it answer nil, and `RequestDecoder` takes the long way, which has all of the service's checks. What it does read
/// it reads as the long way does; tests hold one against the other.
struct DirectDecoder {
    /// Deeper values take the long way, which counts the levels.
    private static let depthMax = 16

    private let bytes: UnsafeRawBufferPointer
    private var offset = 0
    private var builder = ItemBuilder()
    /// Top-level members that were read: bits by their place in `Member`.
    private var seen: UInt32 = 0

    static func decode(_ operation: Operation, _ bytes: UnsafeRawBufferPointer) -> Request? {
        var decoder = DirectDecoder(bytes)
        switch operation {
        case .putItem: return combined(decoder.putItem()).map(Request.putItem)
        case .getItem: return combined(decoder.getItem()).map(Request.getItem)
        case .updateItem: return combined(decoder.updateItem()).map(Request.updateItem)
        case .deleteItem: return combined(decoder.deleteItem()).map(Request.deleteItem)
        case .query: return combined(decoder.query()).map(Request.query)
        default: return nil
        }
    }

    /// Nil when its parameters may not stand together.
    private static func combined<R: CombinedParameters>(_ request: R?) -> R? {
        guard let request, (try? request.checkParameters()) != nil else { return nil }
        return request
    }

    private init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    // MARK: Requests

    private mutating func putItem() -> PutItemRequest? {
        var request = PutItemRequest(tableName: "", item: .empty)
        let isRead = readMembers { decoder, member in
            switch member {
            case .tableName: decoder.readTableName(into: &request.tableName)
            case .item: decoder.readItem(into: &request.item)
            default: decoder.readOption(member, into: &request.options)
            }
        }
        return isRead && has(.tableName) && has(.item) ? request : nil
    }

    private mutating func updateItem() -> UpdateItemRequest? {
        var request = UpdateItemRequest(tableName: "", key: .empty)
        let isRead = readMembers { decoder, member in
            switch member {
            case .tableName: decoder.readTableName(into: &request.tableName)
            case .key: decoder.readItem(into: &request.key)
            case .updateExpression: decoder.readText(into: &request.updateExpression)
            default: decoder.readOption(member, into: &request.options)
            }
        }
        return isRead && has(.tableName) && has(.key) ? request : nil
    }

    private mutating func deleteItem() -> DeleteItemRequest? {
        var request = DeleteItemRequest(tableName: "", key: .empty)
        let isRead = readMembers { decoder, member in
            switch member {
            case .tableName: decoder.readTableName(into: &request.tableName)
            case .key: decoder.readItem(into: &request.key)
            default: decoder.readOption(member, into: &request.options)
            }
        }
        return isRead && has(.tableName) && has(.key) ? request : nil
    }

    private mutating func readOption(_ member: Member, into options: inout WriteOptions) -> Bool {
        switch member {
        case .conditionExpression: readText(into: &options.conditionExpression)
        case .expressionAttributeNames: readNames(into: &options.expressionAttributes.names)
        case .expressionAttributeValues: readValues(into: &options.expressionAttributes.values)
        case .returnValues: readChoice(into: &options.returnValues)
        case .returnConsumedCapacity: readChoice(into: &options.returnConsumedCapacity)
        case .returnItemCollectionMetrics: readChoice(into: &options.returnItemCollectionMetrics)
        case .returnValuesOnConditionCheckFailure: readChoice(into: &options.returnValuesOnConditionCheckFailure)
        default: false
        }
    }

    private mutating func getItem() -> GetItemRequest? {
        var request = GetItemRequest(tableName: "", key: .empty)
        let isRead = readMembers { decoder, member in
            switch member {
            case .tableName: decoder.readTableName(into: &request.tableName)
            case .key: decoder.readItem(into: &request.key)
            case .consistentRead: decoder.readFlag(into: &request.consistentRead)
            case .projectionExpression: decoder.readText(into: &request.projectionExpression)
            case .expressionAttributeNames: decoder.readNames(into: &request.expressionAttributes.names)
            case .returnConsumedCapacity: decoder.readChoice(into: &request.returnConsumedCapacity)
            default: false
            }
        }
        return isRead && has(.tableName) && has(.key) ? request : nil
    }

    private mutating func query() -> QueryRequest? {
        var request = QueryRequest(tableName: "")
        let isRead = readMembers { decoder, member in
            switch member {
            case .tableName: decoder.readTableName(into: &request.tableName)
            case .indexName: decoder.readText(into: &request.indexName)
            case .keyConditionExpression: decoder.readText(into: &request.keyConditionExpression)
            case .filterExpression: decoder.readText(into: &request.filterExpression)
            case .projectionExpression: decoder.readText(into: &request.projectionExpression)
            case .expressionAttributeNames: decoder.readNames(into: &request.expressionAttributes.names)
            case .expressionAttributeValues: decoder.readValues(into: &request.expressionAttributes.values)
            case .limit: decoder.readCount(into: &request.limit)
            case .scanIndexForward: decoder.readFlag(into: &request.scanIndexForward)
            case .consistentRead: decoder.readFlag(into: &request.consistentRead)
            case .returnConsumedCapacity: decoder.readChoice(into: &request.returnConsumedCapacity)
            default: false
            }
        }
        guard isRead, has(.tableName) else { return nil }
        var violations = ConstraintViolations()
        violations.check(request)
        return violations.isEmpty ? request : nil
    }

    // MARK: Members

    private enum Member: UInt32, CaseIterable {
        case tableName, item, key, conditionExpression, updateExpression, keyConditionExpression, filterExpression
        case projectionExpression, expressionAttributeNames, expressionAttributeValues, returnValues
        case returnConsumedCapacity, returnItemCollectionMetrics, returnValuesOnConditionCheckFailure
        case indexName, limit, scanIndexForward, consistentRead

        var name: StaticString {
            switch self {
            case .tableName: "TableName"
            case .item: "Item"
            case .key: "Key"
            case .conditionExpression: "ConditionExpression"
            case .updateExpression: "UpdateExpression"
            case .keyConditionExpression: "KeyConditionExpression"
            case .filterExpression: "FilterExpression"
            case .projectionExpression: "ProjectionExpression"
            case .expressionAttributeNames: "ExpressionAttributeNames"
            case .expressionAttributeValues: "ExpressionAttributeValues"
            case .returnValues: "ReturnValues"
            case .returnConsumedCapacity: "ReturnConsumedCapacity"
            case .returnItemCollectionMetrics: "ReturnItemCollectionMetrics"
            case .returnValuesOnConditionCheckFailure: "ReturnValuesOnConditionCheckFailure"
            case .indexName: "IndexName"
            case .limit: "Limit"
            case .scanIndexForward: "ScanIndexForward"
            case .consistentRead: "ConsistentRead"
            }
        }

        init?(_ name: UnsafeRawBufferPointer) {
            for member in Member.allCases where name.equals(member.name) {
                self = member
                return
            }
            return nil
        }
    }

    private func has(_ member: Member) -> Bool { seen & 1 << member.rawValue != 0 }

    /// The whole body: each member once, and nothing behind it.
    private mutating func readMembers(_ read: (inout DirectDecoder, Member) -> Bool) -> Bool {
        let isRead = readObject { decoder, name in
            guard let member = Member(name), !decoder.has(member) else { return false }
            decoder.seen |= 1 << member.rawValue
            return read(&decoder, member)
        }
        skipBlanks()
        return isRead && offset == bytes.count
    }

    private mutating func readTableName(into name: inout String) -> Bool {
        guard let text = readString(), (1...Limits.tableNameLength.upperBound).contains(text.count),
            text.allSatisfy(ConstraintViolations.isNameByte)
        else { return false }
        name = String(decoding: text, as: UTF8.self)
        return true
    }

    private mutating func readText(into text: inout String?) -> Bool {
        guard let bytes = readString() else { return false }
        text = String(decoding: bytes, as: UTF8.self)
        return true
    }

    private mutating func readFlag(into flag: inout Bool) -> Bool {
        guard let value = readBool() else { return false }
        flag = value
        return true
    }

    private mutating func readCount(into count: inout Int?) -> Bool {
        var value = 0
        let start = offset
        while let digit = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit), offset < start + 9 {
            value = value * 10 + Int(digit - UInt8(ascii: "0"))
            offset += 1
        }
        // What follows a digit here is a longer or another number, unless the member has ended.
        guard offset > start, bytes[start] != UInt8(ascii: "0"), let next = peek, !isOfNumber(next) else {
            return false
        }
        count = value
        return true
    }

    private func isOfNumber(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"): true
        default: false
        }
    }

    private mutating func readChoice<Choice: RawRepresentable<String>>(into choice: inout Choice) -> Bool {
        guard let text = readString(), let value = Choice(rawValue: String(decoding: text, as: UTF8.self)) else {
            return false
        }
        choice = value
        return true
    }

    private mutating func readNames(into names: inout [String: String]?) -> Bool {
        var found: [String: String] = [:]
        let isRead = readObject { decoder, name in
            guard let value = decoder.readString() else { return false }
            found[String(decoding: name, as: UTF8.self)] = String(decoding: value, as: UTF8.self)
            return true
        }
        names = found
        return isRead
    }

    private mutating func readValues(into values: inout [String: AttributeValue]?) -> Bool {
        var found: [String: AttributeValue] = [:]
        let isRead = readObject { decoder, name in
            guard let value = decoder.readValue(depth: 0) else { return false }
            found[String(decoding: name, as: UTF8.self)] = value
            return true
        }
        values = found
        return isRead
    }

    // MARK: Attribute values

    private mutating func readItem(into item: inout Item) -> Bool {
        let isRead = readObject { decoder, name in
            guard let type = decoder.readTag() else { return false }
            switch type {
            case .string:
                guard let text = decoder.readString() else { return false }
                decoder.builder.append(nameBytes: name, string: text)
            case .number:
                guard let number = decoder.readNumber() else { return false }
                decoder.builder.append(nameBytes: name, number: number)
            default:
                guard let value = decoder.readPayload(type, depth: 0) else { return false }
                decoder.builder.append(nameBytes: name, value)
            }
            return decoder.take(UInt8(ascii: "}"))
        }
        item = builder.finish()
        return isRead
    }

    /// `{"S": "x"}`
    private mutating func readValue(depth: Int) -> AttributeValue? {
        guard let type = readTag(), let value = readPayload(type, depth: depth), take(UInt8(ascii: "}")) else {
            return nil
        }
        return value
    }

    /// `{"S":`
    private mutating func readTag() -> AttributeType? {
        guard take(UInt8(ascii: "{")) else { return nil }
        skipBlanks()
        guard let tag = readString() else { return nil }
        let type: AttributeType
        switch (tag.count, tag.first) {
        case (1, UInt8(ascii: "S")?): type = .string
        case (1, UInt8(ascii: "N")?): type = .number
        case (1, UInt8(ascii: "B")?): type = .binary
        case (1, UInt8(ascii: "L")?): type = .list
        case (1, UInt8(ascii: "M")?): type = .map
        case (4, _) where tag.equals("BOOL"): type = .bool
        case (4, _) where tag.equals("NULL"): type = .null
        default: return nil
        }
        skipBlanks()
        guard take(UInt8(ascii: ":")) else { return nil }
        skipBlanks()
        return type
    }

    /// What stands behind the tag, and the blanks behind that.
    private mutating func readPayload(_ type: AttributeType, depth: Int) -> AttributeValue? {
        defer { skipBlanks() }
        switch type {
        case .string: return readString().map { .string(String(decoding: $0, as: UTF8.self)) }
        case .number: return readNumber().map(AttributeValue.number)
        case .binary:
            guard let text = readString() else { return nil }
            return (try? Base64.decode(String(decoding: text, as: UTF8.self))).map(AttributeValue.binary)
        case .bool: return readBool().map(AttributeValue.bool)
        case .null: return readBool() == true ? .null : nil
        case .list: return depth < Self.depthMax ? readList(depth: depth + 1) : nil
        case .map: return depth < Self.depthMax ? readMap(depth: depth + 1) : nil
        case .stringSet, .numberSet, .binarySet: return nil
        }
    }

    private mutating func readNumber() -> Number? {
        guard let digits = readString() else { return nil }
        return try? Number(utf8: digits)
    }

    private mutating func readList(depth: Int) -> AttributeValue? {
        guard take(UInt8(ascii: "[")) else { return nil }
        var elements: [AttributeValue] = []
        skipBlanks()
        if take(UInt8(ascii: "]")) { return .list(elements) }
        while true {
            guard let element = readValue(depth: depth) else { return nil }
            elements.append(element)
            skipBlanks()
            if take(UInt8(ascii: "]")) { return .list(elements) }
            guard take(UInt8(ascii: ",")) else { return nil }
            skipBlanks()
        }
    }

    private mutating func readMap(depth: Int) -> AttributeValue? {
        var map = AttributeMap()
        let isRead = readObject { decoder, name in
            guard let value = decoder.readValue(depth: depth) else { return false }
            map[String(decoding: name, as: UTF8.self)] = value
            return true
        }
        return isRead ? .map(map) : nil
    }

    // MARK: JSON

    /// `read` is called at each member's value, and leaves the offset behind it.
    @inline(__always)
    private mutating func readObject(
        _ read: (inout DirectDecoder, _ name: UnsafeRawBufferPointer) -> Bool
    ) -> Bool {
        skipBlanks()
        guard take(UInt8(ascii: "{")) else { return false }
        skipBlanks()
        if take(UInt8(ascii: "}")) { return true }
        while true {
            guard let name = readString() else { return false }
            skipBlanks()
            guard take(UInt8(ascii: ":")) else { return false }
            skipBlanks()
            guard read(&self, name) else { return false }
            skipBlanks()
            if take(UInt8(ascii: "}")) { return true }
            guard take(UInt8(ascii: ",")) else { return false }
            skipBlanks()
        }
    }

    /// What stands between the quotes, if that needs no unescaping and is UTF-8.
    private mutating func readString() -> UnsafeRawBufferPointer? {
        guard take(UInt8(ascii: "\"")) else { return nil }
        let start = offset
        var allBits: UInt8 = 0
        while offset < bytes.count {
            let byte = bytes[offset]
            if byte == UInt8(ascii: "\"") {
                let text = UnsafeRawBufferPointer(rebasing: bytes[start..<offset])
                offset += 1
                return allBits < 0x80 || String(validating: text, as: UTF8.self) != nil ? text : nil
            }
            if byte == UInt8(ascii: "\\") || byte < 0x20 { return nil }
            allBits |= byte
            offset += 1
        }
        return nil
    }

    private mutating func readBool() -> Bool? {
        if takeWord("true") { return true }
        return takeWord("false") ? false : nil
    }

    private mutating func takeWord(_ word: StaticString) -> Bool {
        let end = offset + word.utf8CodeUnitCount
        guard end <= bytes.count, UnsafeRawBufferPointer(rebasing: bytes[offset..<end]).equals(word) else {
            return false
        }
        offset = end
        return true
    }

    private var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    @inline(__always)
    private mutating func take(_ byte: UInt8) -> Bool {
        guard offset < bytes.count, bytes[offset] == byte else { return false }
        offset += 1
        return true
    }

    @inline(__always)
    private mutating func skipBlanks() {
        while offset < bytes.count {
            switch bytes[offset] {
            case 0x20, 0x0A, 0x0D, 0x09: offset += 1
            default: return
            }
        }
    }
}

extension UnsafeRawBufferPointer {
    fileprivate func equals(_ text: StaticString) -> Bool {
        count == text.utf8CodeUnitCount
            && elementsEqual(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
}
