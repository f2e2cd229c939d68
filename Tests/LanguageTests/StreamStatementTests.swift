import Language
import Model
import Testing

/// Tail, and the STREAM clause.
@Suite struct StreamStatementTests {
    private func command(_ text: String, using table: String? = nil) throws -> Command {
        var parser = CommandParser(catalog: TestCatalog())
        parser.currentTable = table.map { Target(table: $0) }
        return try parser.parse(text).command
    }

    @Test func tailBeginsWhereItIsTold() throws {
        #expect(try command("Tail app") == .tail(TailCommand(table: "app", start: .trimHorizon)))
        #expect(try command("Tail app FOLLOW") == .tail(TailCommand(table: "app", start: .latest, follows: true)))
        #expect(
            try command("tail app from trim_horizon follow;")
                == .tail(TailCommand(table: "app", start: .trimHorizon, follows: true))
        )
        #expect(
            try command("Tail app FROM -1h30m TAKE 20")
                == .tail(TailCommand(table: "app", start: .ago(5_400_000_000), take: 20))
        )
        #expect(
            try command("Tail TAKE 2 SHARD 'abc' FROM LATEST", using: "orders")
                == .tail(TailCommand(table: "orders", start: .latest, shard: "abc", take: 2))
        )
        // A table that is gone may have a stream still.
        #expect(try command("Tail gone") == .tail(TailCommand(table: "gone")))
        #expect(try command("Show streams app") == .show(.streams, Target(table: "app")))
        #expect(try command("Show streams") == .show(.streams, nil))
    }

    @Test(arguments: StreamViewType.allCases)
    func streamsAreEnabledAndDisabled(viewType: StreamViewType) throws {
        for text in [
            "CreateTable logs (pk S) STREAM \(viewType.rawValue)", "UpdateTable app STREAM \(viewType.rawValue)",
        ] {
            guard case .call(let call) = try command(text) else { throw Unexpected() }
            let specification = StreamSpecification(streamEnabled: true, streamViewType: viewType)
            switch call.request {
            case .createTable(let request): #expect(request.streamSpecification == specification)
            case .updateTable(let request): #expect(request.streamSpecification == specification)
            default: throw Unexpected()
            }
            let written = CanonicalPrinter.print(call.request, catalog: TestCatalog())
            #expect(written.contains(" STREAM \(viewType.rawValue)"))
            guard case .call(let again) = try command(written) else { throw Unexpected() }
            #expect(again.request == call.request)
        }
        let off = UpdateTableRequest(tableName: "app", streamSpecification: .init(streamEnabled: false))
        #expect(try command("UpdateTable app STREAM OFF") == .call(Call(.updateTable(off))))
        #expect(CanonicalPrinter.print(.updateTable(off), catalog: TestCatalog()) == "UpdateTable app STREAM OFF")
        // What the service refuses has no clause, and is written as it was.
        let odd = UpdateTableRequest(
            tableName: "app",
            streamSpecification: .init(streamEnabled: false, streamViewType: viewType)
        )
        #expect(CanonicalPrinter.print(.updateTable(odd), catalog: TestCatalog()).hasPrefix("UpdateTable {"))
    }

    @Test func linesOfTheCommandLineToolAreReadAndWritten() throws {
        let line =
            "aws dynamodbstreams get-shard-iterator --shard-id shardId-00000001767225608000-5f2a91c3"
            + " --stream-arn arn:aws:dynamodb:us-east-1:000000000000:table/app/stream/x --shard-iterator-type LATEST"
        guard case .call(let call) = try command(line), case .getShardIterator(let request) = call.request else {
            throw Unexpected()
        }
        #expect(request.shardIteratorType == .latest)
        #expect(throws: SyntaxError.self) { try command("aws dynamodb list-streams") }
        #expect(throws: SyntaxError.self) { try command("aws dynamodbstreams list-tables") }
        let create =
            "aws dynamodb update-table --table-name app "
            + "--stream-specification StreamEnabled=true,StreamViewType=NEW_IMAGE"
        guard case .call(let update) = try command(create), case .updateTable(let table) = update.request else {
            throw Unexpected()
        }
        #expect(table.streamSpecification == .init(streamEnabled: true, streamViewType: .newImage))
    }
}
