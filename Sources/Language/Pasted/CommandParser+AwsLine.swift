import Model
import Wire

/// Lines of the AWS CLI, as pasted.
extension CommandParser {
    /// awsline ::= "aws" { global } ("dynamodb" | "dynamodbstreams") operation { "--option" [ "=" ] value … }
    mutating func parseAwsLine(from word: Token) throws(SyntaxError) -> Call {
        let (words, end) = try ShellWords.split(lexer.bytes, from: lexer.offset)
        lexer.offset = end
        advance()
        var reader = AwsLineReader(words, endOfLine: end)
        let (operation, body) = try reader.read()
        var members: [Literal.Member] = []
        for option in body {
            members.append(
                Literal.Member(name: option.member.name, nameRange: option.range, value: try literal(of: option))
            )
        }
        if let range = reader.wholeBodyRange, let text = reader.wholeBody {
            guard case .object(let more) = try json(text, at: range).form else {
                throw SyntaxError("--cli-input-json takes an object", at: range)
            }
            members = more.filter { member in !members.contains { $0.name == member.name } } + members
        }
        var call = try call(operation, Literal(form: .object(members), range: word.start..<end))
        for option in reader.ignored {
            call.notes.append("\(option) means nothing here and was ignored")
        }
        return call
    }

    private func literal(of option: AwsLineReader.Option) throws(SyntaxError) -> Literal {
        let range = option.values.last.map { option.range.lowerBound..<$0.range.upperBound } ?? option.range
        switch option.member.kind {
        case .flag: return Literal(form: .value(.bool(option.flag ?? true)), range: option.range)
        case .text, .number:
            guard option.values.count == 1, let value = option.values.first else {
                throw SyntaxError("--\(option.name) takes one value", at: range)
            }
            if option.member.kind == .text { return Literal(form: .value(.string(value.text)), range: value.range) }
            guard let number = try? Number(value.text) else {
                throw SyntaxError("--\(option.name) takes a number", at: value.range)
            }
            return Literal(form: .value(.number(number)), range: value.range)
        case .structure:
            guard let first = option.values.first else {
                throw SyntaxError("--\(option.name) takes a value", at: range)
            }
            if let start = first.text.utf8.first, start == UInt8(ascii: "{") || start == UInt8(ascii: "[") {
                if option.values.count == 1 { return try json(first.text, at: first.range) }
                var elements: [Literal] = []
                for value in option.values { elements.append(try json(value.text, at: value.range)) }
                return Literal(form: .list(elements), range: range)
            }
            return try shorthand(option, range)
        }
    }

    private func json(_ text: String, at range: Range<Int>) throws(SyntaxError) -> Literal {
        do throws(JSONError) {
            return Literal(try JSONReader.read(text), at: range)
        } catch {
            throw SyntaxError("this is not JSON: \(error.message)", at: range)
        }
    }

    /// `AttributeName=pk,AttributeType=S …`: one object a word, or a single object.
    private func shorthand(_ option: AwsLineReader.Option, _ range: Range<Int>) throws(SyntaxError) -> Literal {
        let listMembers: Set<String> = [
            "AttributeDefinitions", "KeySchema", "LocalSecondaryIndexes", "GlobalSecondaryIndexes",
            "GlobalSecondaryIndexUpdates", "Tags", "TransactItems", "Statements", "TransactStatements", "Parameters",
            "AttributesToGet",
        ]
        var elements: [Literal] = []
        for value in option.values { elements.append(try AwsShorthand.parse(value.text, at: value.range)) }
        if listMembers.contains(option.member.name) { return Literal(form: .list(elements), range: range) }
        guard elements.count == 1 else { throw SyntaxError("--\(option.name) takes one value", at: range) }
        return elements[0]
    }
}

/// Reads the words of an aws line into options.
struct AwsLineReader {
    struct Option {
        var name: String
        var member: OperationMember
        var flag: Bool?
        var values: [ShellWords.Word]
        var range: Range<Int>
    }

    private let words: [ShellWords.Word]
    private let endOfLine: Int
    private(set) var ignored: [String] = []
    private(set) var wholeBody: String?
    private(set) var wholeBodyRange: Range<Int>?

    /// Options of the CLI itself, and whether a value follows.
    private static let globals: [String: Bool] = [
        "region": true, "profile": true, "endpoint-url": true, "output": true, "query": true, "color": true,
        "cli-read-timeout": true, "cli-connect-timeout": true, "cli-binary-format": true, "ca-bundle": true,
        "page-size": true, "max-items": true, "starting-token": true,
        "no-cli-pager": false, "no-paginate": false, "no-verify-ssl": false, "no-sign-request": false, "debug": false,
    ]

    init(_ words: [ShellWords.Word], endOfLine: Int) {
        self.words = words
        self.endOfLine = endOfLine
    }

    mutating func read() throws(SyntaxError) -> (Operation, [Option]) {
        var index = 0
        try skipGlobals(&index)
        guard index < words.count else { throw missing("dynamodb") }
        let service = words[index]
        guard ["dynamodb", "dynamodbstreams"].contains(service.text) else {
            throw SyntaxError("only aws dynamodb is known here", at: service.range)
        }
        index += 1
        try skipGlobals(&index)
        guard index < words.count else { throw missing("an operation such as get-item") }
        let operation = try operation(words[index])
        if operation.commandLineService != service.text {
            throw SyntaxError(
                "\(words[index].text) belongs to aws \(operation.commandLineService)",
                at: service.range.lowerBound..<words[index].range.upperBound
            )
        }
        index += 1
        var options: [Option] = []
        while index < words.count {
            if let option = try readOption(&index, operation) {
                if options.contains(where: { $0.member.name == option.member.name }) {
                    throw SyntaxError("--\(option.name) stands twice", at: option.range)
                }
                options.append(option)
            }
        }
        return (operation, options)
    }

    private func missing(_ what: String) -> SyntaxError {
        SyntaxError("\(what) is missing at the end", at: endOfLine..<endOfLine)
    }

    private func operation(_ word: ShellWords.Word) throws(SyntaxError) -> Operation {
        let folded = FoldedWord(word.text)
        if let operation = Operation.allCases.first(where: { FoldedWord($0.rawValue) == folded }) { return operation }
        let names = Operation.allCases.map { AwsLineReader.kebabCase($0.rawValue) }
        if CommandParser.laterVerbs.contains(where: { FoldedWord($0) == folded }) {
            throw SyntaxError("this version has no \(word.text) yet", at: word.range)
        }
        throw SyntaxError(
            "\(word.text) is not an operation",
            at: word.range,
            remark: Suggestions.remark(word.text, among: names)
        )
    }

    private mutating func skipGlobals(_ index: inout Int) throws(SyntaxError) {
        while index < words.count, words[index].text.hasPrefix("--") {
            guard skipGlobal(&index) else {
                throw SyntaxError("\(words[index].text) belongs behind the operation", at: words[index].range)
            }
        }
    }

    private mutating func skipGlobal(_ index: inout Int) -> Bool {
        let (name, inline) = AwsLineReader.parts(words[index].text)
        guard let takesValue = AwsLineReader.globals[name] else { return false }
        ignored.append("--\(name)")
        index += takesValue && inline == nil ? 2 : 1
        return true
    }

    private mutating func readOption(_ index: inout Int, _ operation: Operation) throws(SyntaxError) -> Option? {
        let word = words[index]
        guard word.text.hasPrefix("--") else {
            throw SyntaxError("an option such as --table-name belongs here", at: word.range)
        }
        let (name, inline) = AwsLineReader.parts(word.text)
        let members = OperationMember.of(operation)
        let found = members.first { AwsLineReader.kebabCase($0.name) == name }
        let negated = members.first { $0.kind == .flag && "no-" + AwsLineReader.kebabCase($0.name) == name }
        if found == nil, negated == nil, skipGlobal(&index) { return nil }
        index += 1
        if name == "cli-input-json" {
            let value = try values(&index, inline, word).first
            (wholeBody, wholeBodyRange) = (value?.text, value?.range)
            return nil
        }
        if let negated { return Option(name: name, member: negated, flag: false, values: [], range: word.range) }
        guard let member = found else {
            let names = members.map { "--" + AwsLineReader.kebabCase($0.name) }
            throw SyntaxError(
                "\(operation.rawValue) has no option --\(name)",
                at: word.range,
                remark: Suggestions.remark("--" + name, among: names)
            )
        }
        if member.kind == .flag {
            return Option(name: name, member: member, flag: inline != "false", values: [], range: word.range)
        }
        return Option(
            name: name,
            member: member,
            flag: nil,
            values: try values(&index, inline, word),
            range: word.range
        )
    }

    private func values(
        _ index: inout Int,
        _ inline: String?,
        _ word: ShellWords.Word
    ) throws(SyntaxError) -> [ShellWords.Word] {
        var values: [ShellWords.Word] = []
        if let inline { values.append(ShellWords.Word(text: inline, range: word.range)) }
        while index < words.count, !words[index].text.hasPrefix("--") {
            if inline != nil { break }
            values.append(words[index])
            index += 1
        }
        for value in values where value.text.hasPrefix("file://") || value.text.hasPrefix("fileb://") {
            throw SyntaxError(
                "files are not read here: paste the JSON itself",
                at: value.range,
                remark: "or use a shell's own $(cat file)"
            )
        }
        if values.isEmpty { throw SyntaxError("\(word.text) takes a value", at: word.range) }
        return values
    }

    private static func parts(_ option: String) -> (name: String, inline: String?) {
        let body = option.dropFirst(2)
        guard let equal = body.firstIndex(of: "=") else { return (String(body), nil) }
        return (String(body[..<equal]), String(body[body.index(after: equal)...]))
    }

    static func kebabCase(_ name: String) -> String {
        var words = ""
        for character in name {
            if character.isUppercase, !words.isEmpty { words += "-" }
            words += character.lowercased()
        }
        return words
    }
}

extension Literal {
    /// JSON that stands, with its quotes undone, somewhere in `range`.
    init(_ document: Document, at range: Range<Int>) {
        let form: Form =
            switch document {
            case .null: .value(.null)
            case .bool(let flag): .value(.bool(flag))
            case .number(let digits): .value((try? Number(digits)).map { .number($0) } ?? .string(digits))
            case .string(let text): .value(.string(text))
            case .bytes(let bytes): .value(.binary(bytes))
            case .array(let elements): .list(elements.map { Literal($0, at: range) })
            case .object(let members):
                .object(
                    members.map {
                        Member(name: $0.name, nameRange: range, value: Literal($0.value, at: range))
                    }
                )
            }
        self.init(form: form, range: range)
    }
}
