import Engine
import Model

/// What a browser sees at `/`: that this is Sortkey, its tables, and how to point an SDK at it. One file, no script.
enum StatusPage {
    static func html(_ region: Region, host: String?) -> String {
        let address = "http://\(host ?? "127.0.0.1:8000")"
        return """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Sortkey</title>
            <style>
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
            table { border-collapse: collapse; width: 100%; }
            th, td { text-align: left; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid #8884; vertical-align: top; }
            td.number, th.number { text-align: right; }
            pre { background: #8881; padding: .8rem; overflow-x: auto; border-radius: .3rem; }
            :root { color-scheme: light dark; }
            </style>
            </head>
            <body>
            <h1>Sortkey</h1>
            <p>This is a DynamoDB endpoint for region <b>\(escaped(region.name))</b>, in memory. It speaks the API of
            DynamoDB, so an application that uses an AWS SDK works on it unchanged.</p>
            <h2>Tables</h2>
            \(tables(of: region))
            <h2>Pointing an SDK here</h2>
            \(clients(escaped(address), escaped(region.name)))
            </body>
            </html>

            """
    }

    private static func tables(of region: Region) -> String {
        let names = region.tableNames()
        if names.isEmpty { return "<p>There are none yet.</p>" }
        let rows = names.compactMap { name in (try? region.describe(table: name)).map(row) }
        return """
            <table>
            <tr><th>table</th><th>key</th><th>indexes</th><th>status</th><th class="number">items</th>\
            <th class="number">bytes</th></tr>
            \(rows.joined(separator: "\n"))
            </table>
            """
    }

    private static func row(_ table: TableDescription) -> String {
        let indexes =
            table.globalSecondaryIndexes.map { "\($0.indexName) (\(shown($0.keySchema)))" }
            + table.localSecondaryIndexes.map { "\($0.indexName) (\(shown($0.keySchema)), local)" }
        let cells = [
            table.tableName, shown(table.keySchema), indexes.joined(separator: "\n"), table.tableStatus.rawValue,
        ]
        let texts = cells.map { "<td>\(escaped($0).split(separator: "\n").joined(separator: "<br>"))</td>" }
        let figures = [table.itemCount, table.tableSizeBytes].map { "<td class=\"number\">\($0)</td>" }
        return "<tr>\((texts + figures).joined())</tr>"
    }

    /// `pk, sk`
    private static func shown(_ keySchema: [KeySchemaElement]) -> String {
        keySchema.map(\.attributeName).joined(separator: ", ")
    }

    private static func clients(_ address: String, _ region: String) -> String {
        """
        <p>Any credentials will do, unless the endpoint was started with <code>--access-key</code> or the key belongs to a
        user. AWS CLI, and every SDK that reads the environment:</p>
        <pre>export AWS_ENDPOINT_URL_DYNAMODB=\(address) AWS_REGION=\(region) AWS_DEFAULT_REGION=\(region)
        export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local
        aws dynamodb list-tables</pre>
        <p>Python</p>
        <pre>boto3.resource("dynamodb", endpoint_url="\(address)", region_name="\(region)",
                       aws_access_key_id="local", aws_secret_access_key="local")</pre>
        <p>JavaScript</p>
        <pre>new DynamoDBClient({ endpoint: "\(address)", region: "\(region)",
                             credentials: { accessKeyId: "local", secretAccessKey: "local" } })</pre>
        <p>Java</p>
        <pre>DynamoDbClient.builder().endpointOverride(URI.create("\(address)")).region(Region.of("\(region)"))
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"))).build()</pre>
        <p>Go</p>
        <pre>dynamodb.NewFromConfig(cfg, func(o *dynamodb.Options) { o.BaseEndpoint = aws.String("\(address)") })</pre>
        """
    }

    static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
