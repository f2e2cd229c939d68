import Engine
import Model
import Wire

/// What libFuzzer calls, again and again, with bytes it has bred: an operation's name, a blank, and a body. What is no
/// name stands for some operation, too.
///
/// Nothing may stop the program. What is read as JSON is written and read again, what is read as a request is encoded
/// and decoded again, and both must come back as they were; then an engine has to answer the request.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let input = UnsafeBufferPointer(start: start, count: count)
    guard let blank = input.firstIndex(of: UInt8(ascii: " ")) else { return 0 }
    let name = String(decoding: input[..<blank], as: UTF8.self)
    let operation = Operation(rawValue: name) ?? Operation.allCases[blank % Operation.allCases.count]
    let body = Array(input[(blank + 1)...])
    guard let document = try? JSONReader.read(body) else { return 0 }
    var written: [UInt8] = []
    JSONWriter.append(document, to: &written)
    precondition((try? JSONReader.read(written)) == document, "JSON is not read as it was written")
    guard let request = try? RequestDecoder.decode(operation, json: body) else { return 0 }
    let again = try? RequestDecoder.decode(operation, RequestEncoder.encode(request))
    precondition(again == request, "a request is not decoded as it was encoded")
    FuzzedRegion.perform(request)
    return 0
}

/// The engine that answers: a table with both kinds of index, made anew now and then, so that it stays small.
private enum FuzzedRegion {
    nonisolated(unsafe) private static var region = make()
    nonisolated(unsafe) private static var requests = 0
    private static let requestsPerRegion = 500

    static func perform(_ request: Request) {
        requests += 1
        if requests % requestsPerRegion == 0 { region = make() }
        _ = try? region.perform(request)
    }

    private static func make() -> Region {
        let region = Region(profile: .serve)
        let definition = """
            {"TableName": "app", "BillingMode": "PAY_PER_REQUEST",
             "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
             "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"},
              {"AttributeName": "sk", "AttributeType": "N"}, {"AttributeName": "a", "AttributeType": "B"}],
             "LocalSecondaryIndexes": [{"IndexName": "loc", "Projection": {"ProjectionType": "KEYS_ONLY"},
              "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "a", "KeyType": "RANGE"}]}],
             "GlobalSecondaryIndexes": [{"IndexName": "glo", "Projection": {"ProjectionType": "ALL"},
              "KeySchema": [{"AttributeName": "a", "KeyType": "HASH"}]}]}
            """
        do {
            _ = try region.perform(try RequestDecoder.decode(.createTable, json: Array(definition.utf8)))
        } catch {
            preconditionFailure("the table of the fuzzer is refused: \(error)")
        }
        return region
    }
}
