/// The verbs of the language: the one table that parsing, help, completion and the documentation read.
public struct VerbReference: Sendable {
    public enum Group: String, Sendable, CaseIterable {
        case items = "items"
        case queries = "queries"
        case many = "many items"
        case tables = "tables and indexes"
        case partiQL = "PartiQL and pasted requests"
        case streams = "streams"
        case users = "users and permissions"
        case inside = "look inside"
        case shell = "the shell"
    }

    public let verb: Verb
    /// All spellings, the canonical one first.
    public let names: [String]
    public let group: Group
    public let syntax: String
    public let summary: String
    public let examples: [String]
    public let clauses: [ClauseReference]
    /// What the words of the syntax mean, where they are no clauses.
    public let details: [(name: String, text: String)]

    public var name: String { names[0] }

    init(
        _ verb: Verb,
        _ names: [String],
        _ group: Group,
        _ syntax: String,
        _ summary: String,
        examples: [String],
        clauses: [ClauseReference] = [],
        details: [(name: String, text: String)] = []
    ) {
        self.verb = verb
        self.names = names
        self.group = group
        self.syntax = syntax
        self.summary = summary
        self.examples = examples
        self.clauses = clauses
        self.details = details
    }

    public static func row(of verb: Verb) -> VerbReference { byVerb[Int(verb.rawValue)] }

    /// The row of a verb by any of its spellings.
    public static func row(named name: String) -> VerbReference? { Verb.named(name).map(row(of:)) }

    private static let byVerb: [VerbReference] = Verb.allCases.map { verb in rows.first { $0.verb == verb }! }

    public static let rows: [VerbReference] =
        itemRows + queryRows + manyRows + tableRows + rawRows + streamRows + partiQLRows + userRows + otherRows
}

extension Verb {
    public var reference: VerbReference { VerbReference.row(of: self) }

    /// The canonical spelling.
    public var name: String { reference.name }

    /// The words that open its clauses.
    @inline(__always)
    var clauses: KeywordSet { Verb.clauseSets[Int(rawValue)] }

    private static let clauseSets: [KeywordSet] = Verb.allCases.map { verb in
        var set: KeywordSet = []
        for clause in verb.reference.clauses { set.insert(clause.keyword) }
        return set
    }
}

extension VerbReference {
    private static let writeClauses: [ClauseReference] = [.condition, .otherwise]
    private static let placeholders: [ClauseReference] = [.names, .values]
    private static let readClauses: [ClauseReference] = [
        .count, .limit, .take, .all, .ascending, .descending, .after, .index,
    ]

    private static let itemRows: [VerbReference] = [
        VerbReference(
            .putItem,
            ["PutItem", "put"],
            .items,
            "PutItem [table] {attribute: value, …} [IF condition [ELSE ALL_OLD]] [RETURN ALL_OLD]",
            "writes an item, replacing the one of the same key",
            examples: [
                "PutItem app {pk: 'USER#alice', sk: 'PROFILE', name: 'Alice', tags: <<'vip', 'eu'>>};",
                "put app {pk: 'USER#bob', sk: 'PROFILE', age: 41} IF attribute_not_exists(pk);",
                "PutItem app {pk: {S: 'X'}, sk: {S: 'Y'}} RETURN ALL_OLD;",
            ],
            clauses: writeClauses + [.returnOld] + placeholders + [.capacity, .metrics]
        ),
        VerbReference(
            .getItem,
            ["GetItem", "get"],
            .items,
            "GetItem [table] key [CONSISTENT] [PROJECT path, …]",
            "reads one item by its whole key",
            examples: [
                "GetItem app 'USER#alice', 'PROFILE';",
                "get app {pk: 'USER#alice', sk: 'PROFILE'} CONSISTENT;",
                "GetItem app 'USER#alice', 'PROFILE' PROJECT name, address.city, phones[0];",
            ],
            clauses: [.consistent, .project, .names, .capacity]
        ),
        VerbReference(
            .updateItem,
            ["UpdateItem", "upd"],
            .items,
            "UpdateItem [table] key {SET path = value, … | REMOVE path, … | ADD path value, … | DELETE path set, …}"
                + " [IF condition [ELSE ALL_OLD]] [RETURN what]",
            "changes attributes of one item, creating it if there is none",
            examples: [
                "UpdateItem app 'USER#alice', 'PROFILE' SET logins = if_not_exists(logins, 0) + 1 RETURN ALL_NEW;",
                "upd app 'USER#alice', 'PROFILE' SET points = points - 500 IF points >= 500 ELSE ALL_OLD;",
                "upd app 'USER#alice', 'PROFILE' REMOVE tempToken ADD points 10 DELETE tags <<'trial'>>;",
            ],
            clauses: [.set, .remove, .add, .deleteMembers] + writeClauses + [.returning] + placeholders
                + [.updateExpression, .capacity, .metrics]
        ),
        VerbReference(
            .deleteItem,
            ["DeleteItem", "del"],
            .items,
            "DeleteItem [table] key [IF condition [ELSE ALL_OLD]] [RETURN ALL_OLD]",
            "deletes one item",
            examples: [
                "DeleteItem app 'USER#alice', 'PROFILE';",
                "del app 'USER#alice', 'ORDER#1' IF status = 'CANCELLED' RETURN ALL_OLD;",
                "DeleteItem app {pk: 'USER#alice', sk: 'PROFILE'};",
            ],
            clauses: writeClauses + [.returnOld] + placeholders + [.capacity, .metrics]
        ),
    ]

    private static let queryRows: [VerbReference] = [
        VerbReference(
            .query,
            ["Query"],
            .queries,
            "Query [table[/index]] (KEY condition | pk [, sk | , operator sk]) [FILTER condition] [PROJECT path, …]"
                + " [COUNT] [LIMIT n] [TAKE n | ALL] [ASC | DESC] [AFTER key] [CONSISTENT]",
            "reads the items of one partition key, in order of the sort key",
            examples: [
                "Query app 'USER#alice', begins_with 'ORDER#' DESC TAKE 5;",
                "Query app KEY pk = 'USER#alice' AND begins_with(sk, 'ORDER#') FILTER total > 50;",
                "Query app/gsi1 KEY gsi1pk = 'STATUS#pending' AND gsi1sk >= '2026-01-01' COUNT;",
            ],
            clauses: [.key, .filter, .project] + readClauses + [.consistent] + placeholders
                + [.select, .scanIndexForward, .capacity]
        ),
        VerbReference(
            .scan,
            ["Scan"],
            .queries,
            "Scan [table[/index]] [FILTER condition] [PROJECT path, …] [COUNT] [LIMIT n] [TAKE n | ALL]"
                + " [AFTER key] [SEGMENT n OF m] [CONSISTENT]",
            "reads every item of a table or index, in no useful order",
            examples: [
                "Scan app LIMIT 20;",
                "Scan app FILTER total > 50 ALL;",
                "Scan app SEGMENT 0 OF 4 COUNT;",
            ],
            clauses: [.filter, .project, .count, .limit, .take, .all, .after, .index, .segment, .consistent]
                + placeholders + [.select, .totalSegments, .capacity]
        ),
    ]

    private static let manyRows: [VerbReference] = [
        VerbReference(
            .batchGetItem,
            ["BatchGetItem", "BatchGet"],
            .many,
            "BatchGet ( GetItem …; GetItem …; )",
            "reads up to 100 items at once; each may fail alone",
            examples: ["BatchGet ( GetItem app 'USER#alice', 'PROFILE'; GetItem app 'USER#bob', 'PROFILE' );"],
            clauses: [.capacity]
        ),
        VerbReference(
            .batchWriteItem,
            ["BatchWriteItem", "BatchWrite"],
            .many,
            "BatchWrite ( PutItem …; DeleteItem …; )",
            "writes up to 25 items at once; each may fail alone",
            examples: ["BatchWrite ( PutItem app {pk: 'A', sk: '1'}; DeleteItem app 'A', '0' );"],
            clauses: [.capacity, .metrics]
        ),
        VerbReference(
            .transactWriteItems,
            ["TransactWriteItems", "TransactWrite", "tx"],
            .many,
            "TransactWrite ( PutItem … | UpdateItem … | DeleteItem … | ConditionCheck …; … ) [TOKEN 'text']",
            "writes up to 100 items, all or none",
            examples: [
                "tx ( upd accounts 'a' SET n = n - 1 IF n >= 1; upd accounts 'b' SET n = n + 1 ) TOKEN 'xfer-1';",
                "TransactWrite ( put app {pk: 'A', sk: '1'}; ConditionCheck app 'B', '1' IF attribute_exists(pk) );",
            ],
            clauses: [.token, .capacity, .metrics]
        ),
        VerbReference(
            .transactGetItems,
            ["TransactGetItems", "TransactGet"],
            .many,
            "TransactGet ( GetItem …; GetItem …; )",
            "reads up to 100 items as of one moment",
            examples: ["TransactGet ( GetItem accounts 'a'; GetItem accounts 'b' );"],
            clauses: [.capacity]
        ),
        VerbReference(
            .conditionCheck,
            ["ConditionCheck"],
            .many,
            "ConditionCheck [table] key IF condition [ELSE ALL_OLD]",
            "inside TransactWrite: fails the transaction unless the item satisfies the condition",
            examples: ["TransactWrite ( ConditionCheck app 'USER#bob', 'PROFILE' IF attribute_exists(pk) );"],
            clauses: writeClauses + placeholders
        ),
    ]

    private static let tableRows: [VerbReference] = [
        VerbReference(
            .createTable,
            ["CreateTable"],
            .tables,
            "CreateTable [IF NOT EXISTS] name (pk S|N|B [, sk S|N|B]) [ON DEMAND | PROVISIONED r RCU w WCU]"
                + " [GSI …] [LSI …] [STREAM …] [TTL attribute] [CLASS …] [TAGS {…}] [PROTECT ON]",
            "creates a table, on demand unless told otherwise",
            examples: [
                "CreateTable app (pk S, sk S) ON DEMAND;",
                "CreateTable orders (customerId S, orderId S) PROVISIONED 10 RCU 5 WCU"
                    + " GSI byStatus (status S, createdAt S) INCLUDE (total) AT 5 RCU 5 WCU;",
                "CreateTable app (pk S, sk S) STREAM NEW_AND_OLD_IMAGES;",
                "CreateTable IF NOT EXISTS app (pk S, sk S) TAGS {env: 'dev'} PROTECT ON;",
                "CreateTable sessions (id S) TTL expiresAt;",
            ],
            clauses: [
                .onDemand, .provisioned, .globalIndex, .localIndex, .warm, .stream, .timeToLive, .tableClass, .tags,
                .protect,
            ]
        ),
        VerbReference(
            .updateTable,
            ["UpdateTable"],
            .tables,
            "UpdateTable [table[/index]] [PROVISIONED r RCU w WCU | ON DEMAND [MAX r RCU w WCU]] [WARM …]"
                + " [STREAM view | OFF] [TTL attribute | OFF] [CLASS …] [PROTECT ON | OFF]",
            "changes capacity and settings",
            examples: [
                "UpdateTable app PROVISIONED 100 RCU 50 WCU;",
                "UpdateTable orders/byStatus PROVISIONED 50 RCU 50 WCU;",
                "UpdateTable app ON DEMAND MAX 4000 RCU 1000 WCU;",
                "UpdateTable app STREAM NEW_IMAGE;", "UpdateTable app TTL expiresAt;",
            ],
            clauses: [.provisioned, .onDemand, .globalIndexUpdate, .warm, .stream, .timeToLive, .tableClass, .protect]
        ),
        VerbReference(
            .deleteTable,
            ["DeleteTable", "DropTable"],
            .tables,
            "DropTable [IF EXISTS] name",
            "deletes a table and all its items",
            examples: ["DropTable app;", "DropTable IF EXISTS old-table.v2;"]
        ),
        VerbReference(
            .createGSI,
            ["CreateGSI"],
            .tables,
            "CreateGSI table/index (attribute S|N|B [HASH|RANGE], …) [ALL | KEYS_ONLY | INCLUDE (names)]"
                + " [AT r RCU w WCU]",
            "adds a global secondary index",
            examples: [
                "CreateGSI app/gsi1 (gsi1pk S, gsi1sk S) ALL;",
                "CreateGSI app/byPlace (country S HASH, city S HASH, day S RANGE) KEYS_ONLY;",
            ],
            clauses: [.projectAll, .keysOnly, .include, .at]
        ),
        VerbReference(
            .dropGSI,
            ["DropGSI", "DeleteGSI"],
            .tables,
            "DropGSI table/index",
            "removes a global secondary index",
            examples: ["DropGSI app/gsi1;"]
        ),
        VerbReference(
            .describe,
            ["Describe", "desc"],
            .tables,
            "Describe [table[/index]]",
            "keys, indexes, capacity and size on one page",
            examples: ["Describe app;", "Describe orders/byStatus;"]
        ),
        VerbReference(
            .describeTable,
            ["DescribeTable"],
            .tables,
            "DescribeTable [table]",
            "the API's own description",
            examples: ["DescribeTable app;", "DescribeTable app \\json"]
        ),
        VerbReference(
            .listTables,
            ["ListTables", "ls"],
            .tables,
            "ListTables [AFTER 'name'] [LIMIT n]",
            "names of tables",
            examples: ["ListTables;", "ls;"],
            clauses: [.after, .limit]
        ),
    ]

    private static let rawRows: [VerbReference] = [
        VerbReference(
            .updateTimeToLive,
            ["UpdateTimeToLive"],
            .tables,
            "UpdateTimeToLive {TableName: name, TimeToLiveSpecification: {Enabled: true | false, AttributeName: name}}",
            "turns the deletion of expired items on or off",
            examples: [
                "UpdateTimeToLive {TableName: 'app', TimeToLiveSpecification: {Enabled: true, AttributeName: 'expiresAt'}};"
            ]
        ),
        VerbReference(
            .describeTimeToLive,
            ["DescribeTimeToLive"],
            .tables,
            "DescribeTimeToLive {TableName: name}",
            "whether expired items are deleted, and by which attribute",
            examples: [
                "DescribeTimeToLive {TableName: 'app'};"
            ]
        ),
        VerbReference(
            .tagResource,
            ["TagResource"],
            .tables,
            "TagResource {ResourceArn: arn, Tags: [{Key: name, Value: text}, …]}",
            "labels a table",
            examples: [
                "TagResource {ResourceArn: 'arn:aws:dynamodb:us-east-1:000000000000:table/app', Tags: [{Key: 'env', Value: 'dev'}]};"
            ]
        ),
        VerbReference(
            .untagResource,
            ["UntagResource"],
            .tables,
            "UntagResource {ResourceArn: arn, TagKeys: [name, …]}",
            "takes labels off a table",
            examples: [
                "UntagResource {ResourceArn: 'arn:aws:dynamodb:us-east-1:000000000000:table/app', TagKeys: ['env']};"
            ]
        ),
        VerbReference(
            .listTagsOfResource,
            ["ListTagsOfResource"],
            .tables,
            "ListTagsOfResource {ResourceArn: arn}",
            "the labels of a table",
            examples: [
                "ListTagsOfResource {ResourceArn: 'arn:aws:dynamodb:us-east-1:000000000000:table/app'};"
            ]
        ),
        VerbReference(
            .putResourcePolicy,
            ["PutResourcePolicy"],
            .users,
            "PutResourcePolicy {ResourceArn: arn, Policy: json}",
            "attaches a policy to a table or stream",
            examples: [
                "PutResourcePolicy {ResourceArn: 'arn:aws:dynamodb:us-east-1:000000000000:table/app', Policy: '{"
                    + "\"Statement\": {\"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": \"dynamodb:GetItem\", "
                    + "\"Resource\": \"*\"}}'};"
            ]
        ),
        VerbReference(
            .getResourcePolicy,
            ["GetResourcePolicy"],
            .users,
            "GetResourcePolicy {ResourceArn: arn}",
            "the policy of a table or stream",
            examples: [
                "GetResourcePolicy {ResourceArn: 'arn:aws:dynamodb:us-east-1:000000000000:table/app'};"
            ]
        ),
        VerbReference(
            .deleteResourcePolicy,
            ["DeleteResourcePolicy"],
            .users,
            "DeleteResourcePolicy {ResourceArn: arn}",
            "takes the policy off a table or stream",
            examples: [
                "DeleteResourcePolicy {ResourceArn: 'arn:aws:dynamodb:us-east-1:000000000000:table/app'};"
            ]
        ),
        VerbReference(
            .describeLimits,
            ["DescribeLimits"],
            .tables,
            "DescribeLimits",
            "the account's quotas",
            examples: [
                "DescribeLimits;"
            ]
        ),
        VerbReference(
            .describeEndpoints,
            ["DescribeEndpoints"],
            .tables,
            "DescribeEndpoints",
            "where the service is reached",
            examples: [
                "DescribeEndpoints;"
            ]
        ),
    ]

    private static let streamRows: [VerbReference] = [
        VerbReference(
            .tail,
            ["Tail"],
            .streams,
            "Tail [table] [FROM TRIM_HORIZON | LATEST | -10m] [SHARD 'id'] [TAKE n] [FOLLOW]",
            "reads a table's stream, each parent shard before its children",
            examples: [
                "Tail app;",
                "Tail app FROM -10m TAKE 20;",
                "Tail app FROM TRIM_HORIZON FOLLOW;",
            ],
            clauses: [.tailFrom, .shard, .takeRecords, .follow],
            details: [
                ("without FROM", "it begins at the oldest record; with FOLLOW, at what comes from now on"),
                ("\\json, \\G", "show the API's own records; \\jsonl is the default in a pipe"),
            ]
        ),
        VerbReference(
            .listStreams,
            ["ListStreams"],
            .streams,
            "ListStreams [{TableName: name}]",
            "the streams of all tables, or of one",
            examples: [
                "ListStreams;",
                "ListStreams {TableName: 'app'};",
            ]
        ),
        VerbReference(
            .describeStream,
            ["DescribeStream"],
            .streams,
            "DescribeStream {StreamArn: arn}",
            "a stream's shards",
            examples: [
                "DescribeStream {StreamArn: 'arn:aws:dynamodb:us-east-1:000000000000:table/app/stream/2026-01-01T00:00:00.000'};"
            ]
        ),
        VerbReference(
            .getShardIterator,
            ["GetShardIterator"],
            .streams,
            "GetShardIterator {StreamArn: arn, ShardId: id, ShardIteratorType: type}",
            "a place in a shard to read from",
            examples: [
                "GetShardIterator {StreamArn: 'arn:aws:dynamodb:us-east-1:000000000000:table/app/stream/2026-01-01T00:00:00.000',"
                    + " ShardId: 'shardId-00000001767225608000-5f2a91c3', ShardIteratorType: 'TRIM_HORIZON'};"
            ]
        ),
        VerbReference(
            .getRecords,
            ["GetRecords"],
            .streams,
            "GetRecords {ShardIterator: iterator}",
            "the next records of a shard",
            examples: [
                "GetRecords {ShardIterator: '…'};"
            ]
        ),
    ]

    private static let partiQLRows: [VerbReference] = [
        VerbReference(
            .select,
            ["SELECT"],
            .partiQL,
            "SELECT * | path, … FROM \"table\"[.\"index\"] [WHERE condition] [ORDER BY key] [PARAMS [value, …]]",
            "reads items with PartiQL",
            examples: [
                "SELECT sk, total FROM \"app\" WHERE pk = 'USER#alice';",
                "SELECT * FROM \"app\".\"gsi1\" WHERE gsi1pk = ? PARAMS ['STATUS#pending'];",
            ],
            clauses: [.parameters]
        ),
        VerbReference(
            .insert,
            ["INSERT"],
            .partiQL,
            "INSERT INTO \"table\" VALUE {'attribute': value, …} [PARAMS [value, …]]",
            "writes an item that must not exist yet",
            examples: ["INSERT INTO \"app\" VALUE {'pk': 'USER#eve', 'sk': 'PROFILE'};"],
            clauses: [.parameters]
        ),
        VerbReference(
            .update,
            ["UPDATE"],
            .partiQL,
            "UPDATE \"table\" {SET path = value | REMOVE path} WHERE key [RETURNING ALL|MODIFIED OLD|NEW *]"
                + " [PARAMS [value, …]]",
            "changes one item with PartiQL",
            examples: ["UPDATE \"app\" SET points = points + 1 WHERE pk = 'USER#eve' AND sk = 'PROFILE';"],
            clauses: [.parameters]
        ),
        VerbReference(
            .delete,
            ["DELETE"],
            .partiQL,
            "DELETE FROM \"table\" WHERE key [RETURNING ALL OLD *] [PARAMS [value, …]]",
            "deletes one item with PartiQL",
            examples: ["DELETE FROM \"app\" WHERE pk = ? AND sk = ? PARAMS ['USER#eve', 'PROFILE'];"],
            clauses: [.parameters]
        ),
        VerbReference(
            .exists,
            ["EXISTS"],
            .partiQL,
            "EXISTS (SELECT …)",
            "inside ExecuteTransaction: fails it unless there is such an item",
            examples: [
                "ExecuteTransaction ( EXISTS(SELECT * FROM \"app\" WHERE pk = 'A' AND sk = '1' AND n = 1);"
                    + " UPDATE \"app\" SET n = 2 WHERE pk = 'A' AND sk = '2' );"
            ],
            clauses: [.parameters]
        ),
        VerbReference(
            .executeTransaction,
            ["ExecuteTransaction"],
            .partiQL,
            "ExecuteTransaction ( statement; statement; ) [TOKEN 'text']",
            "PartiQL statements, all or none",
            examples: [
                "ExecuteTransaction ( UPDATE \"app\" SET n = 1 WHERE pk = 'A' AND sk = '1';"
                    + " INSERT INTO \"app\" VALUE {'pk': 'B', 'sk': '1'} );"
            ],
            clauses: [.token, .capacity]
        ),
        VerbReference(
            .batchExecuteStatement,
            ["BatchExecuteStatement", "BatchExecute"],
            .partiQL,
            "BatchExecute ( statement; statement; )",
            "PartiQL statements, each on its own",
            examples: ["BatchExecute ( SELECT * FROM \"app\" WHERE pk = 'A' AND sk = '1' );"],
            clauses: [.capacity]
        ),
        VerbReference(
            .executeStatement,
            ["ExecuteStatement"],
            .partiQL,
            "ExecuteStatement {Statement: '…', Parameters: [{S: 'x'}]}",
            "the API's body of a PartiQL statement",
            examples: ["ExecuteStatement {Statement: 'SELECT * FROM \"app\" WHERE pk = ?', Parameters: [{S: 'A'}]};"]
        ),
        VerbReference(
            .aws,
            ["aws"],
            .partiQL,
            "aws dynamodb operation --option value …",
            "a line for the AWS CLI, as pasted",
            examples: ["aws dynamodb get-item --table-name app --key '{\"pk\":{\"S\":\"A\"},\"sk\":{\"S\":\"1\"}}'"]
        ),
    ]

    private static let otherRows: [VerbReference] = [
        VerbReference(
            .explain,
            ["EXPLAIN"],
            .inside,
            "EXPLAIN request",
            "tells what a request would do; never runs it, never bills",
            examples: ["EXPLAIN Query app/gsi1 KEY gsi1pk = 'STATUS#pending' FILTER total > 100 LIMIT 100;"]
        ),
        VerbReference(
            .trace,
            ["TRACE"],
            .inside,
            "TRACE request",
            "runs a request and shows its way through the service",
            examples: ["TRACE GetItem app 'USER#alice', 'PROFILE' CONSISTENT;"]
        ),
        VerbReference(
            .show,
            ["Show"],
            .inside,
            "Show tables | indexes | partitions | replicas | nodes | streams | router | faults | settings | cost"
                + " | events [table[/index]] [LAST duration]",
            "what is inside the service",
            examples: ["Show partitions app;", "Show replicas app;", "Show nodes;", "Show events LAST 5m;"]
        ),
        VerbReference(
            .locate,
            ["Locate"],
            .inside,
            "Locate [table[/index]] key",
            "which partition and nodes own a key",
            examples: ["Locate app 'USER#alice';"]
        ),
        VerbReference(
            .clock,
            ["Clock"],
            .inside,
            "Clock [ADVANCE duration]",
            "shows simulated time, or lets it pass",
            examples: ["Clock;", "Clock advance 5m;"],
            clauses: [.advance]
        ),
        VerbReference(
            .fault,
            ["Fault"],
            .inside,
            "Fault kill|slow|cut|corrupt scope [BY t] [FROM scope] [FOR t] | list | heal scope|ALL",
            "breaks something on purpose, tells what is broken, and heals it",
            examples: ["Fault kill az a FOR 2m;", "Fault slow node n4 BY 20ms;", "Fault heal ALL;"],
            clauses: [.delay, .otherSide, .duration],
            details: [
                ("scope", "node n4, az a, router r2, leader app/p0, replica app/p0/n4, or coordinator"),
                ("kill", "it stops; what it had made durable is there when it heals"),
                ("slow", "every message to or from it takes longer, BY so much"),
                ("cut", "nothing passes between it and the FROM side; each is a node, an az or a router"),
                ("corrupt", "bits flip in what a replica, a leader or a node stores"),
                ("heal", "ends the faults of a scope, or ALL"),
            ]
        ),
        VerbReference(
            .serve,
            ["Serve"],
            .shell,
            "Serve [PORT n]",
            "answers AWS SDKs over HTTP with these tables, until Ctrl-C",
            examples: ["Serve;", "Serve PORT 8001;"],
            clauses: [.port]
        ),
        VerbReference(
            .sample,
            ["Sample"],
            .shell,
            "Sample name",
            "creates and fills a table to play with",
            examples: ["Sample music;"]
        ),
        VerbReference(
            .use,
            ["use"],
            .shell,
            "use table[/index]",
            "the table of statements that name none",
            examples: ["use app"]
        ),
        VerbReference(
            .more,
            ["more", "it"],
            .shell,
            "more",
            "the next page of the last Query or Scan",
            examples: ["more"]
        ),
        VerbReference(.clear, ["clear"], .shell, "clear", "clears the screen", examples: ["clear"]),
        VerbReference(
            .exit,
            ["exit", "quit"],
            .shell,
            "exit",
            "leaves the shell",
            examples: ["exit"]
        ),
        VerbReference(
            .help,
            ["help"],
            .shell,
            "help [topic | /text]",
            "explains a verb, a setting or an error",
            examples: ["help query", "help ThrottlingException"]
        ),
    ]
}
