/// How results are written.
public enum OutputMode: String, Sendable, CaseIterable {
    case table
    /// A JSON object a line, plain values.
    case jsonl
    /// One JSON document.
    case json
    /// A line each in DynamoDB JSON: `{"pk":{"S":"a"}}`. The only one that keeps every type.
    case ddb
    case csv
    case md
    /// `name = value`, one attribute a line.
    case line
    /// Names and values below each other; `\G`.
    case vertical
    /// The request instead of its result: as API JSON and as a line of the AWS CLI. Nothing is sent.
    case api

    public init?(named name: String) {
        switch name {
        case "G", "g", "x": self = .vertical
        case "markdown": self = .md
        case "box", "column": self = .table
        case "ndjson": self = .jsonl
        default:
            guard let mode = OutputMode(rawValue: name.lowercased()) else { return nil }
            self = mode
        }
    }

    static var names: String { allCases.map(\.rawValue).joined(separator: " ") }
}
