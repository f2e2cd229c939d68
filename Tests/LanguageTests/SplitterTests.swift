import Language
import Testing

@Suite struct SplitterTests {
    private func split(_ text: String, chunk: Int = .max) -> [String] {
        var splitter = StatementSplitter()
        var statements: [String] = []
        func drain() {
            while let statement = splitter.next() {
                statements.append(
                    "\(statement.line):\(statement.column) \(statement.terminator) \(splitter.text(of: statement))"
                )
            }
        }
        let bytes = Array(text.utf8)
        var offset = 0
        while offset < bytes.count {
            let end = min(offset + min(chunk, bytes.count), bytes.count)
            bytes[offset..<end].withUnsafeBytes { splitter.append($0) }
            drain()
            offset = end
        }
        splitter.finish()
        drain()
        return statements
    }

    @Test func statementsEndAtSemicolonModeOrLine() {
        let text = """
            -- a comment; with a semicolon
            put app {pk: 'a;b'}; ; use app
            Scan app \\json
            .mode json; really
            \\dt
            Query app 'it\\'s' /* ; */ DESC \\G ;
            aws dynamodb scan \\
              --table-name 'a
            b'
            Scan
            """
        #expect(
            split(text) == [
                "2:1 semicolon put app {pk: 'a;b'};",
                "2:24 newline use app",
                "3:1 mode Scan app \\json",
                "4:1 newline .mode json; really",
                "5:1 newline \\dt",
                "6:1 mode Query app 'it\\'s' /* ; */ DESC \\G ;",
                "7:1 newline aws dynamodb scan \\\n  --table-name 'a\nb'",
                "10:1 end Scan",
            ]
        )
    }

    @Test func partiQLQuotesHaveNoEscapes() {
        #expect(
            split("SELECT '\\' FROM a; EXPLAIN UPDATE a SET b='it''s;' ; Scan a") == [
                "1:1 semicolon SELECT '\\' FROM a;", "1:20 semicolon EXPLAIN UPDATE a SET b='it''s;' ;",
                "1:54 end Scan a",
            ]
        )
        #expect(
            split("ExecuteTransaction ( INSERT INTO a VALUE {'k':'\\'}; DELETE FROM a ); Scan a;") == [
                "1:1 semicolon ExecuteTransaction ( INSERT INTO a VALUE {'k':'\\'}; DELETE FROM a );",
                "1:70 semicolon Scan a;",
            ]
        )
    }

    @Test func blocksHoldSemicolons() {
        #expect(split("tx ( put a {x: 1}; del a 'b'; ) TOKEN 't'; ls;").count == 2)
        // Only blocks do: an expression's parenthesis left open must not swallow the next statement.
        #expect(split("Scan a FILTER (b = 1; ls;").count == 2)
        // An object left open inside a block ends with its statement, not with the block.
        #expect(split("tx ( put a {x: 1; del a 'b' ); ls;").count == 2)
    }

    @Test(arguments: [1, 2, 3, 5, 7, 11, 64]) func chunksDoNotMatter(size: Int) {
        let text =
            Examples.specification.joined(separator: "\n") + "\n" + """
                \u{FEFF} -- - -/ ** /* */
                /* * / **/ put app {pk: '\\\\', sk: "\\""} \\json   ;
                SELECT * FROM "a" -- it's
                WHERE x = 'a''b' AND y = '\\';
                upd a 'b' SET n = n - -1, m = 3 / 4; `a;b` ; 'open
                """
        let whole = split(text)
        for (number, statement) in split(text, chunk: size).enumerated() where statement != whole[number] {
            Issue.record("\(statement) instead of \(whole[number])")
            break
        }
        #expect(split(text, chunk: size).count == whole.count)
        #expect(whole.last == "114:46 end 'open")
    }

    @Test func unfinishedInputTellsWhatIsOpen() throws {
        var splitter = StatementSplitter()
        splitter.append("ls;\ntx ( put app {pk: 'a', sk: [")
        splitter.finish()
        _ = splitter.next()
        let found = splitter.next()
        let statement = try #require(found)
        #expect(statement.unfinished == SyntaxError("this [ is never closed", at: 27..<28))
        #expect(splitter.position(of: 27, in: statement) == (line: 2, column: 28))
    }

    @Test(arguments: [
        ("", "empty"), ("  -- x\n", "empty"), ("ls;", "complete"), ("ls; put {", "{.. 8"), ("ls", "... 0"),
        ("ls\n\n", "complete"), ("put {\n\n", "{.. 4"), ("put {pk: 'a", "''. 9"), ("put {pk: \"a\n", "\"\". 9"),
        ("Query `a", "``. 6"), ("tx ( ls;", "(.. 3"), ("a [1,", "[.. 2"), ("a /* b", "/*. 2"), ("/* b", "/*. 0"),
        ("use app", "complete"), (".mode x", "complete"), ("\\dt", "complete"), ("aws x \\", "... 0"),
        ("aws x", "complete"), ("aws x 'y", "''. 6"), ("EXPLAIN", "... 0"), ("Scan a \\json", "complete"),
        ("SELECT '\\'", "... 0"), ("SELECT 'a", "''. 7"), ("use a\nput {", "{.. 10"),
    ])
    func completenessNamesWhatIsOpen(text: String, expected: String) {
        let found =
            switch completeness(of: text) {
            case .empty: "empty"
            case .complete: "complete"
            case .incomplete(let open): "\(open.promptMark) \(open.offset)"
            }
        #expect(found == expected, "\(text)")
    }

    @Test func longLinesAreNotScannedTwice() {
        var splitter = StatementSplitter()
        let chunk = [UInt8](repeating: UInt8(ascii: "x"), count: 65_536)
        splitter.append("put {pk: '")
        for _ in 0..<400 {
            chunk.withUnsafeBytes { splitter.append($0) }
            let early = splitter.next()
            #expect(early == nil)
        }
        splitter.append("'};")
        let statement = splitter.next()
        #expect(statement?.range.count == 400 * 65_536 + 13)
    }
}
