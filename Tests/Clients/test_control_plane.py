"""Tables and their indexes: made, found, changed, deleted."""

import datetime

import pytest
from boto3.dynamodb.conditions import Key

from endpoint import (
    PATIENCE,
    refused,
    starting_with,
    table_request,
    until,
    validation_refused,
)

SOON = {"Delay": 0.05, "MaxAttempts": int(PATIENCE / 0.05)}
INVALID = "One or more parameter values were invalid: "


# Made and found


def test_a_new_table_describes_itself(client, tables):
    name = tables.make("pk", "sk", types={"sk": "N"}, gsi={"by-owner": ("owner", [])}, lsi={"by-time": ("pk", "at")})
    table = client.describe_table(TableName=name)["Table"]
    assert table["TableName"] == name
    assert table["TableStatus"] == "ACTIVE"
    assert table["KeySchema"] == [
        {"AttributeName": "pk", "KeyType": "HASH"},
        {"AttributeName": "sk", "KeyType": "RANGE"},
    ]
    assert {row["AttributeName"]: row["AttributeType"] for row in table["AttributeDefinitions"]} == {
        "pk": "S",
        "sk": "N",
        "owner": "S",
        "at": "S",
    }
    assert table["BillingModeSummary"]["BillingMode"] == "PAY_PER_REQUEST"
    assert table["ProvisionedThroughput"]["ReadCapacityUnits"] == 0
    assert table["TableArn"].startswith("arn:aws:dynamodb:us-east-1:")
    assert table["TableArn"].endswith(f":table/{name}")
    assert len(table["TableId"]) == 36
    assert (table["ItemCount"], table["TableSizeBytes"]) == (0, 0)
    (index,) = table["GlobalSecondaryIndexes"]
    assert index["IndexStatus"] == "ACTIVE"
    assert index["IndexArn"] == table["TableArn"] + "/index/by-owner"
    assert index["Projection"] == {"ProjectionType": "KEYS_ONLY"}
    (local,) = table["LocalSecondaryIndexes"]
    assert local["IndexName"] == "by-time"


def test_the_creation_time_is_now(client, tables):
    made = client.describe_table(TableName=tables.make("pk"))["Table"]["CreationDateTime"]
    assert abs(datetime.datetime.now(datetime.timezone.utc) - made) < datetime.timedelta(minutes=2)


def test_waiters_tell_when_a_table_comes_and_goes(client, tables):
    name = tables.fresh_name()
    assert client.create_table(**table_request(name, "pk"))["TableDescription"]["TableName"] == name
    client.get_waiter("table_exists").wait(TableName=name, WaiterConfig=SOON)
    assert client.delete_table(TableName=name)["TableDescription"]["TableName"] == name
    client.get_waiter("table_not_exists").wait(TableName=name, WaiterConfig=SOON)
    with refused("ResourceNotFoundException", f"Requested resource not found: Table: {name} not found"):
        client.describe_table(TableName=name)


def test_the_resource_makes_and_deletes_a_table(dynamodb, tables):
    table = dynamodb.create_table(**table_request(tables.fresh_name(), "pk"))
    table.wait_until_exists()
    table.reload()
    assert table.table_status == "ACTIVE"
    assert table.key_schema == [{"AttributeName": "pk", "KeyType": "HASH"}]
    assert table in list(dynamodb.tables.all())
    table.delete()
    table.wait_until_not_exists()


def test_item_count_and_size_are_what_was_written(client, table):
    table.put_item(Item={"pk": "a", "sk": "b", "text": "xyz"})

    def counted():
        description = client.describe_table(TableName=table.name)["Table"]
        return (description["ItemCount"], description["TableSizeBytes"]) == (1, 2 + 1 + 2 + 1 + 4 + 3)

    until(counted, "the counts")


def test_tables_are_listed_by_name_page_after_page(client, tables):
    names = sorted(tables.make("pk", name=tables.fresh_name(suffix)) for suffix in ["-c", "-A", "-b", ".d"])
    start = tables.stem
    found, seen = [], 0
    parameters = {"ExclusiveStartTableName": start, "Limit": 3}
    while len(found) < len(names):
        page = client.list_tables(**parameters)
        seen += 1
        found += [name for name in page["TableNames"] if name.startswith(start)]
        if "LastEvaluatedTableName" not in page:
            break
        parameters["ExclusiveStartTableName"] = page["LastEvaluatedTableName"]
    assert found == names
    assert seen >= 2


def test_the_paginator_lists_every_table_once(client, tables):
    names = [tables.make("pk") for _ in range(3)]
    found = [
        name
        for page in client.get_paginator("list_tables").paginate(PaginationConfig={"PageSize": 2})
        for name in page["TableNames"]
    ]
    assert set(names) <= set(found)
    assert found == sorted(set(found), key=str.encode)


def test_a_name_is_taken_once(client, tables):
    name = tables.make("pk")
    with refused("ResourceInUseException", f"Table already exists: {name}"):
        client.create_table(**table_request(name, "other"))


def test_a_missing_table_is_told_differently_by_data_and_control(client):
    key = {"pk": {"S": "a"}}
    with refused("ResourceNotFoundException", "Requested resource not found"):
        client.get_item(TableName="no-such-table", Key=key)
    with refused("ResourceNotFoundException", "Requested resource not found: Table: no-such-table not found"):
        client.delete_table(TableName="no-such-table")
    with refused("ResourceNotFoundException", "Requested resource not found: Table: no-such-table not found"):
        client.update_table(TableName="no-such-table", BillingMode="PAY_PER_REQUEST")


def test_a_deleted_table_forgets_its_items(client, tables):
    name = tables.make("pk")
    client.put_item(TableName=name, Item={"pk": {"S": "a"}})
    client.delete_table(TableName=name)
    client.get_waiter("table_not_exists").wait(TableName=name, WaiterConfig=SOON)
    tables.make("pk", name=name)
    assert client.scan(TableName=name)["Count"] == 0


@pytest.mark.parametrize(
    "change, message",
    [
        (
            {"KeySchema": [{"AttributeName": "pk", "KeyType": "RANGE"}]},
            "Invalid KeySchema: The first KeySchemaElement is not a HASH key type",
        ),
        (
            {
                "AttributeDefinitions": [
                    {"AttributeName": "pk", "AttributeType": "S"},
                    {"AttributeName": "x", "AttributeType": "S"},
                ]
            },
            INVALID
            + "Number of attributes in KeySchema does not exactly match number of attributes defined in "
            + "AttributeDefinitions",
        ),
        (
            {"BillingMode": "PROVISIONED"},
            INVALID + "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED",
        ),
        (
            {"ProvisionedThroughput": {"ReadCapacityUnits": 1, "WriteCapacityUnits": 1}},
            INVALID
            + "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST",
        ),
        ({"GlobalSecondaryIndexes": []}, INVALID + "List of GlobalSecondaryIndexes is empty"),
        (
            {"TableName": "ab"},
            "1 validation error detected: Value 'ab' at 'tableName' failed to satisfy constraint: Member must have "
            "length greater than or equal to 3",
        ),
        (
            {"TableName": "a table"},
            "1 validation error detected: Value 'a table' at 'tableName' failed to satisfy constraint: Member must "
            "satisfy regular expression pattern: [a-zA-Z0-9_.-]+",
        ),
    ],
)
def test_a_wrong_table_is_refused(unchecked, tables, change, message):
    with validation_refused(message):
        unchecked.create_table(**{**table_request(tables.fresh_name(), "pk"), **change})


def test_21_global_indexes_are_too_many(client, tables):
    indexes = {f"index-{number}": (f"a{number}",) for number in range(21)}
    with validation_refused(INVALID + "GlobalSecondaryIndex count exceeds the per-table limit of 20"):
        client.create_table(**table_request(tables.fresh_name(), "pk", gsi=indexes))


# Changed


def test_billing_switches_to_provisioned_and_back(client, tables):
    name = tables.make("pk")
    client.update_table(
        TableName=name,
        BillingMode="PROVISIONED",
        ProvisionedThroughput={"ReadCapacityUnits": 7, "WriteCapacityUnits": 3},
    )
    throughput = tables.wait_until_active(name)["ProvisionedThroughput"]
    assert (throughput["ReadCapacityUnits"], throughput["WriteCapacityUnits"]) == (7, 3)
    client.update_table(TableName=name, ProvisionedThroughput={"ReadCapacityUnits": 5, "WriteCapacityUnits": 3})
    throughput = tables.wait_until_active(name)["ProvisionedThroughput"]
    assert (throughput["ReadCapacityUnits"], throughput["NumberOfDecreasesToday"]) == (5, 1)
    client.update_table(TableName=name, BillingMode="PAY_PER_REQUEST")
    table = tables.wait_until_active(name)
    assert table["BillingModeSummary"]["BillingMode"] == "PAY_PER_REQUEST"
    assert table["ProvisionedThroughput"]["ReadCapacityUnits"] == 0


def test_the_same_throughput_again_is_refused(client, tables):
    throughput = {"ReadCapacityUnits": 7, "WriteCapacityUnits": 3}
    name = tables.make("pk", BillingMode="PROVISIONED", ProvisionedThroughput=throughput)
    with validation_refused(
        "The provisioned throughput for the table will not change. The requested value equals the current value. "
        "Current ReadCapacityUnits provisioned for the table: 7. Requested ReadCapacityUnits: 7. Current "
        "WriteCapacityUnits provisioned for the table: 3. Requested WriteCapacityUnits: 3. Refer to the Amazon "
        "DynamoDB Developer Guide for current limits and how to request higher limits."
    ):
        client.update_table(TableName=name, ProvisionedThroughput=throughput)


def test_a_protected_table_is_not_deleted(client, tables):
    name = tables.make("pk", DeletionProtectionEnabled=True)
    with validation_refused(
        "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first."
    ):
        client.delete_table(TableName=name)
    client.update_table(TableName=name, DeletionProtectionEnabled=False)
    assert tables.wait_until_active(name)["DeletionProtectionEnabled"] is False
    client.delete_table(TableName=name)


def test_on_demand_maximums_are_kept(client, tables):
    name = tables.make("pk", OnDemandThroughput={"MaxReadRequestUnits": 50, "MaxWriteRequestUnits": 20})
    table = client.describe_table(TableName=name)["Table"]
    assert table["OnDemandThroughput"] == {"MaxReadRequestUnits": 50, "MaxWriteRequestUnits": 20}


def test_the_table_class_is_kept_and_changed(client, tables):
    name = tables.make("pk", TableClass="STANDARD_INFREQUENT_ACCESS")
    table = client.describe_table(TableName=name)["Table"]
    assert table["TableClassSummary"]["TableClass"] == "STANDARD_INFREQUENT_ACCESS"
    client.update_table(TableName=name, TableClass="STANDARD")
    assert tables.wait_until_active(name)["TableClassSummary"]["TableClass"] == "STANDARD"


@pytest.mark.parametrize(
    "change, code, message",
    [
        ({}, "ValidationException", starting_with("At least one of ProvisionedThroughput, BillingMode, ")),
        (
            {"GlobalSecondaryIndexUpdates": [{"Delete": {"IndexName": "nowhere"}}]},
            "ResourceNotFoundException",
            starting_with("Requested resource not found: Index nowhere for table "),
        ),
        (
            {"GlobalSecondaryIndexUpdates": [{}]},
            "ValidationException",
            INVALID
            + "One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, "
            + "GlobalSecondaryIndexUpdate.Delete must not be null",
        ),
        (
            {"StreamSpecification": {"StreamEnabled": False}},
            "ValidationException",
            starting_with("Table has no stream to disable: TableName: "),
        ),
        (
            {"BillingMode": "PROVISIONED"},
            "ValidationException",
            INVALID + "ProvisionedThroughput must be specified when BillingMode is PROVISIONED",
        ),
    ],
)
def test_a_wrong_change_is_refused(client, tables, change, code, message):
    name = tables.make("pk")
    with refused(code, message):
        client.update_table(TableName=name, **change)


# Indexes that come later


def create_index(name, *keys, types=None):
    """UpdateTable's parameters for a new index of one hash and perhaps one range attribute."""
    kinds = zip(keys, ["HASH", "RANGE"])
    return {
        "AttributeDefinitions": [
            {"AttributeName": key, "AttributeType": (types or {}).get(key, "S")} for key in keys
        ],
        "GlobalSecondaryIndexUpdates": [
            {
                "Create": {
                    "IndexName": name,
                    "KeySchema": [{"AttributeName": key, "KeyType": kind} for key, kind in kinds],
                    "Projection": {"ProjectionType": "ALL"},
                }
            }
        ],
    }


def test_a_new_index_is_filled_from_the_table(client, table, tables):
    for number in range(30):
        table.put_item(Item={"pk": f"{number}", "sk": "0", "colour": "red" if number % 3 == 0 else "blue"})
    table.put_item(Item={"pk": "colourless", "sk": "0"})
    table.put_item(Item={"pk": "wrong type", "sk": "0", "colour": 5})
    client.update_table(TableName=table.name, **create_index("by-colour", "colour", "pk"))
    description = tables.wait_until_active(table.name)
    assert {row["AttributeName"] for row in description["AttributeDefinitions"]} == {"pk", "sk", "colour"}

    def found():
        return table.query(IndexName="by-colour", KeyConditionExpression=Key("colour").eq("red"))["Count"] == 10

    until(found, "the items in the index")
    assert table.scan(IndexName="by-colour")["Count"] == 30


def test_an_index_is_deleted_with_its_attribute_definitions(client, tables):
    name = tables.make("pk", gsi={"by-colour": ("colour",)})
    client.update_table(TableName=name, GlobalSecondaryIndexUpdates=[{"Delete": {"IndexName": "by-colour"}}])

    def gone():
        return "GlobalSecondaryIndexes" not in tables.wait_until_active(name)

    until(gone, "the index being gone")
    definitions = client.describe_table(TableName=name)["Table"]["AttributeDefinitions"]
    assert definitions == [{"AttributeName": "pk", "AttributeType": "S"}]
    with validation_refused("The table does not have the specified index: by-colour"):
        client.scan(TableName=name, IndexName="by-colour")


def test_one_index_is_made_at_a_time(client, tables):
    name = tables.make("pk")
    first, second = create_index("one", "a"), create_index("two", "b")
    with refused(
        "LimitExceededException",
        "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table",
    ):
        client.update_table(
            TableName=name,
            AttributeDefinitions=first["AttributeDefinitions"] + second["AttributeDefinitions"],
            GlobalSecondaryIndexUpdates=first["GlobalSecondaryIndexUpdates"] + second["GlobalSecondaryIndexUpdates"],
        )


# Indexes with several key attributes


@pytest.fixture
def matches(dynamodb, tables):
    """Tournament matches, by region and round, then by date and court."""
    name = tables.fresh_name()
    request = table_request(name, "pk")
    request["AttributeDefinitions"] += [
        {"AttributeName": "region", "AttributeType": "S"},
        {"AttributeName": "round", "AttributeType": "S"},
        {"AttributeName": "date", "AttributeType": "S"},
        {"AttributeName": "court", "AttributeType": "N"},
    ]
    request["GlobalSecondaryIndexes"] = [
        {
            "IndexName": "schedule",
            "KeySchema": [
                {"AttributeName": "region", "KeyType": "HASH"},
                {"AttributeName": "round", "KeyType": "HASH"},
                {"AttributeName": "date", "KeyType": "RANGE"},
                {"AttributeName": "court", "KeyType": "RANGE"},
            ],
            "Projection": {"ProjectionType": "ALL"},
        }
    ]
    dynamodb.meta.client.create_table(**request)
    tables.wait_until_active(name)
    table = dynamodb.Table(name)
    for number, (region, round_, date, court) in enumerate(
        [
            ("north", "final", "2026-05-01", 2),
            ("north", "final", "2026-05-01", 10),
            ("north", "final", "2026-05-02", 1),
            ("north", "semi", "2026-04-01", 1),
            ("nort", "hfinal", "2026-04-01", 1),
        ]
    ):
        table.put_item(
            Item={"pk": f"m{number}", "region": region, "round": round_, "date": date, "court": court}
        )
    table.put_item(Item={"pk": "unscheduled", "region": "north", "round": "final", "date": "2026-05-03"})
    return table


def schedule(table, condition, **values):
    answer = table.query(
        IndexName="schedule",
        KeyConditionExpression=condition,
        ExpressionAttributeNames={
            f"#{name}": name for name in ["region", "round", "date", "court"] if f"#{name}" in condition
        },
        ExpressionAttributeValues={f":{name}": value for name, value in values.items()},
    )
    return [item["pk"] for item in answer["Items"]]


def test_an_index_may_have_several_key_attributes(matches):
    final = "#region = :r AND #round = :o"
    values = {"r": "north", "o": "final"}
    assert schedule(matches, final, **values) == ["m0", "m1", "m2"]
    assert schedule(matches, final + " AND #date = :d", **values, d="2026-05-01") == ["m0", "m1"]
    assert schedule(matches, final + " AND #date > :d", **values, d="2026-05-01") == ["m2"]
    on_court = final + " AND #date = :d AND #court BETWEEN :a AND :b"
    assert schedule(matches, on_court, **values, d="2026-05-01", a=3, b=20) == ["m1"]
    assert schedule(matches, "#region = :r AND #round = :o", r="nort", o="hfinal") == ["m4"]


def test_a_query_gives_every_hash_attribute_and_leaves_no_gap(matches):
    with validation_refused():
        schedule(matches, "#region = :r", r="north")
    with validation_refused():
        schedule(matches, "#region = :r AND #round = :o AND #court = :c", r="north", o="final", c=1)


def test_pages_of_such_an_index_end_with_all_keys(matches):
    answer = matches.query(
        IndexName="schedule",
        KeyConditionExpression="#r = :r AND #o = :o",
        ExpressionAttributeNames={"#r": "region", "#o": "round"},
        ExpressionAttributeValues={":r": "north", ":o": "final"},
        Limit=1,
    )
    assert answer["LastEvaluatedKey"] == {
        "pk": "m0",
        "region": "north",
        "round": "final",
        "date": "2026-05-01",
        "court": 2,
    }
