import Language
import Model
import Testing

/// The tables of the examples.
final class TestCatalog: TableCatalog {
    var catalogVersion = 1
    var shapes: [String: TableShape]
    var samples: [String: [Item]] = [:]
    private(set) var shapeRequests = 0

    init() {
        func key(_ hash: String, _ range: String? = nil) -> KeySchema {
            KeySchema(hash: [KeyAttribute(hash, .string)], range: range.map { [KeyAttribute($0, .string)] } ?? [])
        }
        shapes = [
            "app": TableShape(
                key: key("pk", "sk"),
                indexes: [
                    .init(name: "gsi1", key: key("gsi1pk", "gsi1sk"), isLocal: false),
                    .init(
                        name: "byPlace",
                        key: KeySchema(
                            hash: [KeyAttribute("country", .string), KeyAttribute("city", .string)],
                            range: [KeyAttribute("day", .string), KeyAttribute("seat", .number)]
                        ),
                        isLocal: false
                    ),
                ]
            ),
            "orders": TableShape(
                key: key("customerId", "orderId"),
                indexes: [
                    .init(name: "byStatus", key: key("status", "createdAt"), isLocal: false),
                    .init(name: "byDate", key: key("customerId", "createdAt"), isLocal: true),
                ]
            ),
            "accounts": TableShape(key: key("id")),
            "transfers": TableShape(key: key("pk")),
            "numbers": TableShape(key: KeySchema(hash: [KeyAttribute("n", .number)])),
            "old-table.v2": TableShape(key: key("id")),
        ]
        samples["app"] = [
            ["pk": .string("USER#alice"), "sk": .string("PROFILE"), "name": .string("Alice"), "total": .number(1)],
            ["pk": .string("USER#alice"), "sk": .string("ORDER#2026-01"), "total": .number(42)],
            ["pk": .string("STATUS#open"), "sk": .string("ORDER#2026-02"), "a-b": .bool(true)],
        ]
    }

    func shape(of table: String) -> TableShape? {
        shapeRequests += 1
        return shapes[table]
    }

    var tableNames: [String] { shapes.keys.sorted() }

    func innerNames(_ kind: InnerName) -> [String] {
        switch kind {
        case .nodes: ["n1", "n2"]
        case .routers: ["r1"]
        case .partitions(_, index: nil): ["p0", "p1"]
        case .partitions: ["p7"]
        }
    }
    var userNames: [String] { ["alice", "bob"] }

    func sampleItems(of table: String, limit: Int) -> [Item] { Array((samples[table] ?? []).prefix(limit)) }
}

extension CommandParser {
    static func forTests() -> CommandParser {
        var parser = CommandParser(catalog: TestCatalog())
        parser.currentTable = Target(table: "app")
        parser.parameters = [":uid": .string("USER#alice"), ":now": .number(5), "#s": .string("status")]
        return parser
    }
}

/// The call behind a statement, EXPLAIN and TRACE taken off.
func call(_ text: String) throws -> Call {
    var parser = CommandParser.forTests()
    return try #require(call(in: parser.parse(text).command), "\(text) is no request")
}

func call(in command: Command) -> Call? {
    switch command {
    case .call(let call): call
    case .explain(let inner), .trace(let inner): call(in: inner)
    default: nil
    }
}

func request(_ text: String) throws -> Request { try call(text).request }

func error(_ text: String) -> SyntaxError? {
    var parser = CommandParser.forTests()
    do throws(SyntaxError) {
        _ = try parser.parse(text)
        return nil
    } catch {
        return error
    }
}

func canonical(_ request: Request) -> String { CanonicalPrinter.print(request, catalog: TestCatalog()) }
