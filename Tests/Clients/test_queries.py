"""Queries on tables and indexes: order, pages, filters, projections."""

import pytest
from boto3.dynamodb.conditions import Attr, Key

from endpoint import pages, sort_keys, starting_with, validation_refused


@pytest.fixture(scope="module")
def shop(dynamodb, module_tables):
    """Ten orders of alice, of which the even ones are open; bob has one."""
    table = dynamodb.Table(
        module_tables.make(
            "pk",
            "sk",
            types={"total": "N"},
            gsi={"by-status": ("status", "at"), "open-orders": ("openSince", []), "some": ("status", "sk", ["note"])},
            lsi={"by-total": ("pk", "total", [])},
        )
    )
    with table.batch_writer() as batch:
        for number in range(10):
            order = {
                "pk": "USER#alice",
                "sk": f"ORDER#{number}",
                "at": f"2026-01-{number + 1:02}",
                "status": "open" if number % 2 == 0 else "paid",
                "total": 100 - number,
                "note": "n" * 10,
            }
            if number % 2 == 0:
                order["openSince"] = order["at"]
            batch.put_item(Item=order)
        batch.put_item(Item={"pk": "USER#alice", "sk": "PROFILE", "name": "Alice"})
        batch.put_item(Item={"pk": "USER#bob", "sk": "ORDER#0", "at": "2026-02-01", "status": "open", "total": 1})
    return table


ORDERS = Key("pk").eq("USER#alice") & Key("sk").begins_with("ORDER#")


def order_keys(*numbers):
    return [f"ORDER#{number}" for number in numbers]


def test_items_come_in_the_order_of_the_sort_key(shop):
    answer = shop.query(KeyConditionExpression=ORDERS)
    assert sort_keys(answer) == order_keys(*range(10))
    assert (answer["Count"], answer["ScannedCount"]) == (10, 10)
    assert "LastEvaluatedKey" not in answer


def test_backwards_is_the_other_way_round(shop):
    answer = shop.query(KeyConditionExpression=ORDERS, ScanIndexForward=False, Limit=3)
    assert sort_keys(answer) == order_keys(9, 8, 7)


def test_the_condition_may_be_written_as_text(shop):
    answer = shop.query(
        KeyConditionExpression="#p = :p AND sk BETWEEN :low AND :high",
        ExpressionAttributeNames={"#p": "pk"},
        ExpressionAttributeValues={":p": "USER#alice", ":low": "ORDER#3", ":high": "ORDER#5"},
    )
    assert sort_keys(answer) == order_keys(3, 4, 5)


def test_a_partition_without_items_is_empty_and_no_error(shop):
    answer = shop.query(KeyConditionExpression=Key("pk").eq("USER#nobody"))
    assert (answer["Items"], answer["Count"], answer["ScannedCount"]) == ([], 0, 0)


def test_pages_follow_one_another(shop):
    found = list(pages(shop.query, KeyConditionExpression=ORDERS, Limit=4))
    assert [sort_keys(page) for page in found] == [order_keys(0, 1, 2, 3), order_keys(4, 5, 6, 7), order_keys(8, 9)]
    assert found[0]["LastEvaluatedKey"] == {"pk": "USER#alice", "sk": "ORDER#3"}


def test_a_limit_at_the_very_end_still_promises_more(shop):
    found = list(pages(shop.query, KeyConditionExpression=ORDERS, Limit=10))
    assert [page["Count"] for page in found] == [10, 0]


def test_a_limit_counts_before_the_filter(shop):
    answer = shop.query(KeyConditionExpression=ORDERS, FilterExpression=Attr("status").eq("paid"), Limit=4)
    assert (sort_keys(answer), answer["Count"], answer["ScannedCount"]) == (order_keys(1, 3), 2, 4)


def test_a_page_may_be_empty_and_not_the_last(shop):
    found = list(
        pages(shop.query, KeyConditionExpression=ORDERS, FilterExpression=Attr("total").eq(91), Limit=3)
    )
    assert [page["Count"] for page in found] == [0, 0, 0, 1]
    assert all(page["ScannedCount"] == 3 for page in found[:3])


def test_reading_may_start_behind_an_item_that_is_not_there(shop):
    answer = shop.query(
        KeyConditionExpression=ORDERS, ExclusiveStartKey={"pk": "USER#alice", "sk": "ORDER#6.5"}
    )
    assert sort_keys(answer) == order_keys(7, 8, 9)


def test_a_count_has_no_items(shop):
    answer = shop.query(KeyConditionExpression=ORDERS, Select="COUNT")
    assert (answer["Count"], answer["ScannedCount"]) == (10, 10)
    assert "Items" not in answer


def test_a_projection_narrows_the_items(shop):
    answer = shop.query(
        KeyConditionExpression=Key("pk").eq("USER#alice") & Key("sk").eq("ORDER#1"),
        ProjectionExpression="#t, #s",
        ExpressionAttributeNames={"#t": "total", "#s": "status"},
    )
    assert answer["Items"] == [{"total": 99, "status": "paid"}]


def test_the_paginator_hides_the_pages(client, shop):
    request = {
        "TableName": shop.name,
        "KeyConditionExpression": "pk = :p",
        "ExpressionAttributeValues": {":p": {"S": "USER#alice"}},
    }
    paginator = client.get_paginator("query")
    found = list(paginator.paginate(**request, PaginationConfig={"PageSize": 3}))
    assert [len(page["Items"]) for page in found] == [3, 3, 3, 2]
    first = paginator.paginate(**request, PaginationConfig={"PageSize": 3, "MaxItems": 5}).build_full_result()
    assert len(first["Items"]) == 5
    rest = paginator.paginate(**request, PaginationConfig={"StartingToken": first["NextToken"]}).build_full_result()
    assert len(rest["Items"]) == 6
    names = [item["sk"]["S"] for item in first["Items"] + rest["Items"]]
    assert names == order_keys(*range(10)) + ["PROFILE"]


def test_a_page_ends_before_one_megabyte(dynamodb, tables):
    table = dynamodb.Table(tables.make("pk", "sk"))
    with table.batch_writer() as batch:
        for number in range(12):
            batch.put_item(Item={"pk": "a", "sk": f"{number:02}", "text": "x" * 100_000})
    found = list(pages(table.query, KeyConditionExpression=Key("pk").eq("a")))
    assert [page["Count"] for page in found] == [10, 2]


# Order of keys


def test_strings_are_ordered_by_their_utf8_bytes(table):
    words = ["", "A", "a", "a ", "aa", "z", "é", "ﬁ", "😀"]
    for word in words[1:]:
        table.put_item(Item={"pk": "words", "sk": word})
    assert sort_keys(table.query(KeyConditionExpression=Key("pk").eq("words"))) == words[1:]


def test_binaries_are_ordered_as_unsigned_bytes(dynamodb, tables):
    table = dynamodb.Table(tables.make("pk", "sk", types={"sk": "B"}))
    keys = [b"\x00", b"\x00\x00", b"\x01", b"\x7f", b"\x80", b"\xff", b"\xff\x00"]
    for key in reversed(keys):
        table.put_item(Item={"pk": "a", "sk": key})
    answer = table.query(KeyConditionExpression=Key("pk").eq("a"))
    assert [bytes(item["sk"]) for item in answer["Items"]] == keys


# Indexes


def test_a_global_index_answers_another_question(shop):
    answer = shop.query(
        IndexName="by-status",
        KeyConditionExpression=Key("status").eq("open") & Key("at").gte("2026-01-05"),
    )
    assert [(item["pk"], item["sk"]) for item in answer["Items"]] == [
        ("USER#alice", "ORDER#4"),
        ("USER#alice", "ORDER#6"),
        ("USER#alice", "ORDER#8"),
        ("USER#bob", "ORDER#0"),
    ]


def test_an_index_page_ends_with_the_keys_of_index_and_table(shop):
    answer = shop.query(IndexName="by-status", KeyConditionExpression=Key("status").eq("paid"), Limit=2)
    assert answer["LastEvaluatedKey"] == {
        "status": "paid",
        "at": "2026-01-04",
        "pk": "USER#alice",
        "sk": "ORDER#3",
    }
    found = list(pages(shop.query, IndexName="by-status", KeyConditionExpression=Key("status").eq("paid"), Limit=2))
    assert [key for page in found for key in sort_keys(page)] == order_keys(1, 3, 5, 7, 9)


def test_an_index_holds_only_items_with_its_key(shop):
    answer = shop.scan(IndexName="open-orders")
    assert sorted(sort_keys(answer)) == order_keys(0, 2, 4, 6, 8)


def test_an_index_holds_only_what_is_projected(shop):
    keys_only = shop.query(IndexName="open-orders", KeyConditionExpression=Key("openSince").eq("2026-01-01"))
    assert keys_only["Items"] == [{"openSince": "2026-01-01", "pk": "USER#alice", "sk": "ORDER#0"}]
    include = shop.query(
        IndexName="some", KeyConditionExpression=Key("status").eq("paid") & Key("sk").eq("ORDER#1")
    )
    assert include["Items"] == [{"status": "paid", "pk": "USER#alice", "sk": "ORDER#1", "note": "n" * 10}]


def test_a_changed_index_key_moves_the_entry(dynamodb, tables):
    table = dynamodb.Table(tables.make("pk", gsi={"by-status": ("status",)}))
    table.put_item(Item={"pk": "a", "status": "open"})
    table.update_item(
        Key={"pk": "a"},
        UpdateExpression="SET #s = :s",
        ExpressionAttributeNames={"#s": "status"},
        ExpressionAttributeValues={":s": "paid"},
    )

    def found(status):
        return table.query(IndexName="by-status", KeyConditionExpression=Key("status").eq(status))["Count"]

    assert (found("open"), found("paid")) == (0, 1)
    table.update_item(Key={"pk": "a"}, UpdateExpression="REMOVE #s", ExpressionAttributeNames={"#s": "status"})
    assert found("paid") == 0


def test_a_local_index_sorts_anew_and_reads_the_table_for_the_rest(shop):
    own = shop.query(
        IndexName="by-total",
        KeyConditionExpression=Key("pk").eq("USER#alice") & Key("total").between(97, 99),
        ConsistentRead=True,
    )
    assert own["Items"] == [
        {"pk": "USER#alice", "sk": f"ORDER#{number}", "total": 100 - number} for number in [3, 2, 1]
    ]
    whole = shop.query(
        IndexName="by-total",
        KeyConditionExpression=Key("pk").eq("USER#alice") & Key("total").eq(97),
        Select="ALL_ATTRIBUTES",
    )
    assert whole["Items"][0]["note"] == "n" * 10


# What is refused


@pytest.mark.parametrize(
    "change, message",
    [
        (
            {"IndexName": "by-status", "KeyConditionExpression": Key("status").eq("open"), "ConsistentRead": True},
            "Consistent reads are not supported on global secondary indexes",
        ),
        (
            {"IndexName": "nowhere"},
            "The table does not have the specified index: nowhere",
        ),
        (
            {
                "IndexName": "open-orders",
                "KeyConditionExpression": Key("openSince").eq("x"),
                "Select": "ALL_ATTRIBUTES",
            },
            "One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global "
            "secondary index open-orders because its projection type is not ALL",
        ),
        (
            {"FilterExpression": Attr("sk").eq("x")},
            "Filter Expression can only contain non-primary key attributes: Primary key attribute: sk",
        ),
        ({"KeyConditionExpression": Key("sk").eq("x")}, "Query condition missed key schema element: pk"),
        ({"KeyConditionExpression": Key("pk").begins_with("x")}, "Query key condition not supported"),
        (
            {"KeyConditionExpression": Key("pk").eq(5)},
            "One or more parameter values were invalid: Condition parameter type does not match schema type",
        ),
        (
            {"ExclusiveStartKey": {"pk": "USER#bob", "sk": "ORDER#0"}},
            "The provided starting key is outside query boundaries based on provided conditions",
        ),
        ({"ExclusiveStartKey": {"pk": "USER#alice"}}, starting_with("The provided starting key is invalid")),
        ({"Select": "SPECIFIC_ATTRIBUTES"}, None),
        (
            {"Select": "ALL_PROJECTED_ATTRIBUTES"},
            "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName",
        ),
    ],
    ids=range(11),
)
def test_a_wrong_query_is_refused(shop, change, message):
    with validation_refused(message):
        shop.query(**{"KeyConditionExpression": Key("pk").eq("USER#alice"), **change})
