/// The examples of the specification, word for word (two lines are wrapped), those of later versions included.
enum Specification {
    static let text = #"""
        -- tables, indexes, settings
        CreateTable app (pk S, sk S) ON DEMAND;
        CreateTable IF NOT EXISTS orders (customerId S HASH, orderId S RANGE) PROVISIONED 10 RCU 5 WCU
          LSI byDate (createdAt S) KEYS_ONLY
          GSI byStatus (status S, createdAt S) INCLUDE (total, customer.name) AT 5 RCU 5 WCU
          STREAM NEW_AND_OLD_IMAGES TTL expiresAt PITR ON TAGS {env: 'dev'};
        CreateGSI app/gsi1 (gsi1pk S, gsi1sk S) ALL;
        CreateGSI app/byPlace (country S HASH, city S HASH, day S RANGE, seat N RANGE) KEYS_ONLY;
        DropGSI app/gsi1;
        UpdateTable app PROVISIONED 100 RCU 50 WCU;
        UpdateTable orders/byStatus PROVISIONED 50 RCU 50 WCU;
        UpdateTable app AUTOSCALE WCU 100..10000 TARGET 70%;
        UpdateTable app ON DEMAND MAX 4000 RCU 1000 WCU;
        UpdateTable app STREAM NEW_AND_OLD_IMAGES TTL expiresAt;
        UpdateTable app PITR ON PROTECT ON;
        Describe app;
        Describe orders/byStatus;
        ListTables;
        DropTable IF EXISTS old-table.v2;
        Sample music;
        use app

        -- items
        PutItem app {pk: 'USER#alice', sk: 'PROFILE', name: "Alice", tags: <<'vip', 'eu'>>, pic: b64'SGk='};
        put {pk: 'USER#alice', sk: 'ORDER#2026-01-15#001', total: 42.50, status: 'PENDING',};
        PutItem app {"pk": {"S": "USER#bob"}, "sk": {"S": "PROFILE"}, "age": {"N": "41"}}
          IF attribute_not_exists(pk) RETURN ALL_OLD;
        GetItem app 'USER#alice', 'PROFILE' CONSISTENT PROJECT name, address.city, phones[0];
        get {pk: 'USER#alice', sk: 'PROFILE'};
        UpdateItem app 'USER#alice', 'PROFILE'
          SET logins = if_not_exists(logins, 0) + 1, lastSeen = :now
          REMOVE tempToken ADD points 10 DELETE tags <<'trial'>>
          IF attribute_exists(pk) AND points >= 0 ELSE ALL_OLD     -- ELSE: returned when the condition fails
          RETURN ALL_NEW;
        upd app 'USER#alice', 'PROFILE' SET set = 1, remove = 2 REMOVE add;   -- attribute names need no care
        DeleteItem app 'USER#alice', 'ORDER#2026-01-15#001' IF status = 'CANCELLED' RETURN ALL_OLD;

        -- Query and Scan
        Query app 'USER#alice';
        Query app 'USER#alice', begins_with 'ORDER#' DESC TAKE 5;
        Query app 'USER#alice', BETWEEN 'ORDER#2026-01' AND 'ORDER#2026-02';
        Query app KEY pk = 'USER#alice' AND begins_with(sk, 'ORDER#')
          FILTER total > 50 AND NOT contains(tags, 'test') PROJECT sk, total DESC LIMIT 20 CONSISTENT;
        Query app/gsi1 KEY gsi1pk = 'STATUS#pending' AND gsi1sk >= '2026-01-01' COUNT;
        Query INDEX gsi1 KEY gsi1pk = 'STATUS#pending';
        Query app KeyConditionExpression "#p = :u" ExpressionAttributeNames {"#p": "pk"}
          ExpressionAttributeValues {":u": {"S": "USER#alice"}};
        .param :uid 'USER#alice'
        Query KEY pk = :uid AFTER {pk: 'USER#alice', sk: 'ORDER#2026-01-15#001'};
        Scan app FILTER limit > 5 AND desc = 'x' AND #s IN ('A', 'B') SEGMENT 0 OF 4 ALL \json
        Scan app COUNT;
        more

        -- many items, all or nothing
        BatchGet ( GetItem app 'USER#alice', 'PROFILE' PROJECT name; GetItem orders 'c1', 'o9' );
        BatchWrite ( PutItem app {pk: 'A', sk: '1'}; DeleteItem app 'A', '0' );
        TransactWrite (
          UpdateItem accounts 'ACCT#alice' SET balance = balance - 100 IF balance >= 100;
          UpdateItem accounts 'ACCT#bob'   SET balance = balance + 100;
          PutItem transfers {pk: 'XFER#20260320-001', from: 'alice', to: 'bob', amount: 100};
          ConditionCheck app 'USER#bob', 'PROFILE' IF attribute_exists(pk);
        ) TOKEN 'xfer-1';
        TransactGet ( GetItem accounts 'ACCT#alice'; GetItem accounts 'ACCT#bob' );

        -- PartiQL, raw bodies, aws-cli: as pasted
        SELECT sk, total FROM "app"."gsi1" WHERE gsi1pk = 'STATUS#pending' AND begins_with("gsi1sk", '2026');
        INSERT INTO "app" VALUE {'pk': 'USER#eve', 'sk': 'PROFILE', 'tags': <<'new'>>};
        UPDATE "app" SET points = points + 1 WHERE pk = 'USER#eve' AND sk = 'PROFILE' RETURNING ALL NEW *;
        DELETE FROM "app" WHERE pk = ? AND sk = ? PARAMS ['USER#eve', 'PROFILE'];
        ExecuteTransaction ( UPDATE "app" SET n = 1 WHERE pk='A' AND sk='1';
          INSERT INTO "app" VALUE {'pk':'B','sk':'1'} );
        PutItem {TableName: 'app', Item: {pk: {S: 'X'}, sk: {S: 'Y'}}, ReturnConsumedCapacity: 'TOTAL'};
        UpdateTimeToLive {TableName: 'app', TimeToLiveSpecification: {Enabled: true, AttributeName: 'exp'}};
        aws dynamodb query --table-name app --key-condition-expression "pk = :p" \
          --expression-attribute-values '{":p":{"S":"USER#alice"}}'

        -- streams, backup
        Tail app FROM TRIM_HORIZON FOLLOW;
        Tail app FROM -10m TAKE 20;
        CreateBackup app AS nightly;
        ListBackups app;
        RestoreTable app2 FROM BACKUP nightly;
        RestoreTable app3 FROM app AT -5m;
        RestoreTable app4 FROM app AT '2026-03-20T12:00:00Z';

        -- look inside
        EXPLAIN Query app/gsi1 KEY gsi1pk = 'STATUS#pending' FILTER total > 100 LIMIT 100;
        EXPLAIN SELECT * FROM "app" WHERE total > 100;
        TRACE GetItem app 'USER#alice', 'PROFILE' CONSISTENT;
        Show partitions app;
        Show replicas app;
        Show nodes;
        Show metrics app LAST 5m;
        Show burst app;
        Show cost;
        Locate app 'USER#alice';
        WATCH 2s Show partitions app;

        -- the laboratory: time, faults, load, advice
        Clock;
        Clock advance 5m;
        Clock speed 60;
        Fault kill az a FOR 2m;
        Fault kill leader app/p3;
        Fault slow node n4 BY 20ms;
        Fault cut az a FROM az c;
        Fault list;
        Fault heal ALL;
        Workload app PUT RATE 1500/s KEYS hot('CUST#1', 80%, 5000) SIZE 1kb FOR 60s SEED 42 LIVE;
        Workload app GET 80%, PUT 20% RATE 2000/s KEYS zipf(1.1, 10000) FOR 5m;
        Workload app PUT RATE 1200/s KEYS time('DAY#{yyyy-MM-dd}') SK 'EVT#{ulid}' FOR 2m AS bydate;
        Workload app PUT RATE 1200/s KEYS enum(['NEW', 'PAID', 'SHIPPED']) SHARDS 10 FOR 2m RETRY OFF;
        Workload app QUERY RATE 900/s KEYS uniform(50000) FOR 30s;
        Advise app;
        Advise app FOR 'orders by status, newest first';

        -- in, out, elsewhere
        Import app FROM 'orders.json' AS ddb;
        Export app TO 'orders.csv' AS csv;
        Connect 'http://127.0.0.1:8000' REGION local READONLY;
        Connect aws REGION eu-west-1 PROFILE dev READONLY;
        Connect memory;
        Serve PORT 8000;
        Query app 'USER#alice' \G
        .last json
        .history 10
        """#
}
