"""What a request says it cost, in total and for each index."""

import pytest
from boto3.dynamodb.conditions import Key


@pytest.fixture
def ledger(dynamodb, tables):
    return dynamodb.Table(
        tables.make("pk", "sk", gsi={"by-status": ("status", [])}, lsi={"by-time": ("pk", "at", [])})
    )


def units(consumed, arm=None):
    return consumed[arm]["CapacityUnits"] if arm else consumed["CapacityUnits"]


def put(table, mode="TOTAL", **attributes):
    return table.put_item(Item={"pk": "a", "sk": "b", **attributes}, ReturnConsumedCapacity=mode)["ConsumedCapacity"]


def test_nothing_is_told_unless_asked_for(ledger):
    assert "ConsumedCapacity" not in ledger.put_item(Item={"pk": "a", "sk": "b"})
    assert "ConsumedCapacity" not in ledger.put_item(Item={"pk": "a", "sk": "b"}, ReturnConsumedCapacity="NONE")


def test_a_write_costs_one_unit_a_kilobyte(table):
    assert put(table) == {"TableName": table.name, "CapacityUnits": 1.0}
    assert units(put(table, text="x" * 1_500)) == 2
    assert units(put(table)) == 2, "the larger of the old and the new item"


def test_a_read_costs_by_its_consistency(table):
    put(table, text="x" * 5_000)

    def read(**parameters):
        answer = table.get_item(Key={"pk": "a", "sk": "b"}, ReturnConsumedCapacity="TOTAL", **parameters)
        return units(answer["ConsumedCapacity"])

    assert read() == 1
    assert read(ConsistentRead=True) == 2
    absent = table.get_item(Key={"pk": "a", "sk": "nowhere"}, ReturnConsumedCapacity="TOTAL")
    assert units(absent["ConsumedCapacity"]) == 0.5


def test_each_index_that_changes_is_charged(ledger):
    consumed = put(ledger, "INDEXES", status="open", at="2026")
    assert units(consumed) == 3
    assert units(consumed, "Table") == 1
    assert consumed["GlobalSecondaryIndexes"] == {"by-status": {"CapacityUnits": 1.0}}
    assert consumed["LocalSecondaryIndexes"] == {"by-time": {"CapacityUnits": 1.0}}


def test_an_index_that_does_not_change_is_absent(ledger):
    put(ledger, status="open", at="2026")
    consumed = put(ledger, "INDEXES", status="open", at="2026", note="not projected")
    assert units(consumed) == units(consumed, "Table") == 1
    assert not {"GlobalSecondaryIndexes", "LocalSecondaryIndexes"} & set(consumed)


def test_a_moved_index_entry_is_written_twice(ledger):
    put(ledger, status="open")
    consumed = put(ledger, "INDEXES", status="paid")
    assert consumed["GlobalSecondaryIndexes"]["by-status"]["CapacityUnits"] == 2


def test_a_query_is_charged_where_it_reads(ledger):
    put(ledger, status="open", at="2026")
    answer = ledger.query(
        IndexName="by-status", KeyConditionExpression=Key("status").eq("open"), ReturnConsumedCapacity="INDEXES"
    )
    consumed = answer["ConsumedCapacity"]
    assert (units(consumed), units(consumed, "Table")) == (0.5, 0)
    assert consumed["GlobalSecondaryIndexes"]["by-status"]["CapacityUnits"] == 0.5
    answer = ledger.query(
        KeyConditionExpression=Key("pk").eq("a"), ReturnConsumedCapacity="TOTAL", ConsistentRead=True, Select="COUNT"
    )
    assert units(answer["ConsumedCapacity"]) == 1


def test_a_query_rounds_the_sum_and_a_batch_each_item(dynamodb, table):
    for number in range(4):
        table.put_item(Item={"pk": "a", "sk": f"{number}", "text": "x" * 1_000})
    answer = table.query(KeyConditionExpression=Key("pk").eq("a"), ReturnConsumedCapacity="TOTAL", ConsistentRead=True)
    assert units(answer["ConsumedCapacity"]) == 1
    answer = dynamodb.batch_get_item(
        RequestItems={
            table.name: {"Keys": [{"pk": "a", "sk": f"{number}"} for number in range(4)], "ConsistentRead": True}
        },
        ReturnConsumedCapacity="TOTAL",
    )
    assert answer["ConsumedCapacity"] == [{"TableName": table.name, "CapacityUnits": 4.0}]


def test_a_batch_is_charged_by_table(dynamodb, tables):
    first, second = tables.make("pk"), tables.make("pk")
    answer = dynamodb.batch_write_item(
        RequestItems={
            first: [{"PutRequest": {"Item": {"pk": "a"}}}],
            second: [{"PutRequest": {"Item": {"pk": "a", "x": "x" * 1_500}}}, {"DeleteRequest": {"Key": {"pk": "b"}}}],
        },
        ReturnConsumedCapacity="TOTAL",
    )
    assert {row["TableName"]: row["CapacityUnits"] for row in answer["ConsumedCapacity"]} == {first: 1, second: 3}


def test_a_transaction_costs_twice_on_the_table_only(dynamodb, ledger):
    answer = dynamodb.meta.client.transact_write_items(
        TransactItems=[{"Put": {"TableName": ledger.name, "Item": {"pk": "a", "sk": "b", "status": "open"}}}],
        ReturnConsumedCapacity="INDEXES",
    )
    (consumed,) = answer["ConsumedCapacity"]
    assert (units(consumed), units(consumed, "Table")) == (3, 2)
    assert consumed["Table"]["WriteCapacityUnits"] == 2
    assert consumed["GlobalSecondaryIndexes"]["by-status"]["CapacityUnits"] == 1


def test_an_empty_scan_costs_one_minimum_for_each_partition(table):
    answer = table.scan(ReturnConsumedCapacity="TOTAL")
    assert units(answer["ConsumedCapacity"]) == 2
