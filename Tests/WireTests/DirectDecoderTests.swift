import Model
import Testing

@testable import Wire

/// The short way reads a request exactly as the long way does, or not at all.
@Suite struct DirectDecoderTests {
    private static let operations: [Operation] = [.putItem, .getItem, .updateItem, .deleteItem, .query]

    private func direct(_ operation: Operation, _ text: [UInt8]) -> Request? {
        text.withUnsafeBytes { DirectDecoder.decode(operation, $0) }
    }

    private func long(_ operation: Operation, _ text: [UInt8]) -> Result<Request, WireError> {
        text.withUnsafeBytes { bytes in
            do throws(WireError) {
                return .success(try RequestDecoder.decodeThroughDocument(operation, json: bytes))
            } catch {
                return .failure(error)
            }
        }
    }

    /// Bodies as SDKs write them: with and without blanks.
    private static let bodies: [(Operation, String)] = [
        (
            .putItem,
            #"{"TableName":"app","Item":{"pk":{"S":"x"},"n":{"N":"-1.50e3"},"t":{"BOOL":true},"z":{"NULL":true}}}"#
        ),
        (
            .putItem,
            #"{ "Item" : {"pk": {"S": "é"}, "l": {"L": [{"M": {"b": {"B": "AP8="}, "a": {"L": []}}}]}, "m": {"M": {}}}, "#
                + #""TableName": "app", "ReturnValues": "ALL_OLD", "ReturnConsumedCapacity": "TOTAL"}"# + "\n"
        ),
        (
            .putItem,
            ##"{"TableName":"app","Item":{"pk":{"S":""},"a":{"S":"1"},"a":{"S":"2"}},"ConditionExpression":"#p <> :v","##
                + ##""ExpressionAttributeNames":{"#p":"pk"},"ExpressionAttributeValues":{":v":{"S":"x"}},"##
                + #""ReturnValuesOnConditionCheckFailure":"ALL_OLD","ReturnItemCollectionMetrics":"SIZE"}"#
        ),
        (.getItem, #"{"TableName":"app","Key":{"pk":{"S":"x"}},"ConsistentRead":true,"ProjectionExpression":"a, b"}"#),
        (
            .getItem,
            ##"{"Key":{},"TableName":"a-b_c.D","ProjectionExpression":"#n","ExpressionAttributeNames":{"#n":"n"}}"##
        ),
        (
            .updateItem,
            #"{"TableName":"app","Key":{"pk":{"N":"1"}},"UpdateExpression":"SET a = :a","ConditionExpression":"b = :b","#
                + #""ExpressionAttributeValues":{":a":{"M":{"x":{"N":"1"}}},":b":{"BOOL":false}},"ReturnValues":"ALL_NEW"}"#
        ),
        (.deleteItem, #"{"TableName":"app","Key":{"pk":{"B":"AA=="}},"ReturnValues":"NONE"}"#),
        (
            .query,
            #"{"TableName":"app","IndexName":"gsi1","KeyConditionExpression":"pk = :p","Limit":20,"#
                + #""ScanIndexForward":false,"ConsistentRead":false,"FilterExpression":"a > :p","#
                + #""ExpressionAttributeValues":{":p":{"S":"x"}},"ReturnConsumedCapacity":"INDEXES"}"#
        ),
    ]

    @Test(arguments: bodies) func commonBodiesTakeTheShortWay(operation: Operation, body: String) throws {
        let request = try #require(direct(operation, Array(body.utf8)))
        #expect(try long(operation, Array(body.utf8)).get() == request)
    }

    @Test(arguments: [
        #"{"TableName":"app","Key":{"pk":{"S":"\n"}}}"#, #"{"TableName":"app","Key":{"pk":{"SS":["a"]}}}"#,
        #"{"TableName":"app","Key":{"pk":{"S":"x"}},"TableName":"b"}"#, #"{"TableName":"app"}"#, "{}", "", "null",
        #"{"TableName":"app","Key":{"pk":null}}"#, #"{"TableName":"app","Key":{"pk":{"S":"x","N":"1"}}}"#,
        #"{"TableName":"app","Key":{"pk":{}}}"#, #"{"TableName":"","Key":{}}"#, #"{"TableName":"a/b","Key":{}}"#,
        #"{"TableName":"app","Key":{"pk":{"N":"x"}}}"#, #"{"TableName":"app","Key":{"pk":{"NULL":false}}}"#,
        #"{"TableName":"app","Key":{},"AttributesToGet":["a"]}"#, #"{"TableName":"app","Key":{}} x"#,
        #"{"TableName":"app","Key":{},"ReturnConsumedCapacity":"ALL"}"#, #"{"TableName":"app","Key":{"pk":{"B":"A"}}}"#,
        #"{"TableName":"app","Key":{},}"#, #"{"TableName":"app","Key":{},"ConsistentRead":"true"}"#,
    ])
    func whatIsUnusualTakesTheLongWay(body: String) {
        #expect(direct(.getItem, Array(body.utf8)) == nil)
    }

    @Test(arguments: ["0", "-1", "01", "1.0", "1e2", "\"5\"", "null", "2147483648", "99999999999999999999"])
    func limitsThatAreUnusualTakeTheLongWay(limit: String) {
        #expect(direct(.query, Array(#"{"TableName":"app","Limit":\#(limit)}"#.utf8)) == nil)
    }

    @Test func samplesAreReadAlike() {
        for request in RequestSamples.all where Self.operations.contains(request.operation) {
            let bytes = JSONWriter.compact(RequestEncoder.encode(request))
            if let found = direct(request.operation, bytes) { #expect(found == request) }
        }
    }

    /// Mutated bodies: whenever the short way reads one, the long way reads the same.
    @Test(arguments: 0..<8) func mutatedBodiesAreReadAlike(seed: Int) {
        var randomness = SeededGenerator(seed: UInt64(seed))
        let fragments = [
            "{", "}", "\"", ":", ",", "[", "]", "null", "true", " ", "\n", "0", "1", "\\", "\\u0041", "S", "é",
            "\u{7F}",
            #""pk""#, #"{"S":"y"}"#, #"{"N":"1"}"#, #""Key":{}"#, "-", "e", ".",
        ]
        var accepted = 0
        for _ in 0..<4_000 {
            let (operation, body) = Self.bodies.randomElement(using: &randomness)!
            var bytes = Array(body.utf8)
            for _ in 0...Int.random(in: 0..<3, using: &randomness) {
                let place = Int.random(in: 0...bytes.count, using: &randomness)
                switch Int.random(in: 0..<4, using: &randomness) {
                case 0 where place < bytes.count: bytes.remove(at: place)
                case 1 where place < bytes.count: bytes[place] = UInt8.random(in: 0...255, using: &randomness)
                case 2:
                    let length = Int.random(in: 0..<20, using: &randomness)
                    bytes.removeSubrange(place..<min(bytes.count, place + length))
                default: bytes.insert(contentsOf: fragments.randomElement(using: &randomness)!.utf8, at: place)
                }
            }
            guard let request = direct(operation, bytes) else { continue }
            accepted += 1
            let expected = try? long(operation, bytes).get()
            #expect(request == expected, "\(String(decoding: bytes, as: UTF8.self))")
        }
        #expect(accepted > 50)
    }
}

/// The short way of answers says the same as the long one.
@Suite struct ResponseBytesTests {
    private static let item: Item = [
        "pk": .string("a\"\u{1}é"), "n": .number(1), "l": .list([.null, .map(["x": .bool(false)])]),
        "ss": .stringSet(["b", "a"]), "b": .binary([1, 2]),
    ]
    private static let capacity = ConsumedCapacity(tableName: "app", table: 1.5)

    @Test(arguments: [
        Response.putItem(WriteResponse()), .updateItem(WriteResponse(attributes: item, consumedCapacity: capacity)),
        .deleteItem(WriteResponse(consumedCapacity: capacity)), .getItem(GetItemResponse()),
        .getItem(GetItemResponse(item: item)), .getItem(GetItemResponse(item: .empty, consumedCapacity: capacity)),
        .query(PageResponse(items: [], count: 0, scannedCount: 0)),
        .query(PageResponse(items: [item, item], count: 2, scannedCount: 3, lastEvaluatedKey: item)),
        .scan(PageResponse(items: [item], count: 1, scannedCount: 1, consumedCapacity: capacity)),
        .listTables(ListTablesResponse(tableNames: ["app"])),
    ])
    func bothWaysSayTheSame(response: Response) {
        var bytes = Array("before".utf8)
        ResponseEncoder.append(response, to: &bytes)
        let long = JSONWriter.compactText(ResponseEncoder.encode(response))
        #expect(String(decoding: bytes, as: UTF8.self) == "before" + long)
    }
}
