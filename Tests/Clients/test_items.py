"""Single items: put, get, update, delete, and what each gives back."""

from decimal import Decimal

import pytest
from boto3.dynamodb.conditions import Attr

from endpoint import refused, validation_refused

ALICE = {"pk": "USER#alice", "sk": "PROFILE"}


def test_what_was_put_can_be_read(table):
    item = {**ALICE, "name": "Alice", "points": 120}
    table.put_item(Item=item)
    assert table.get_item(Key=ALICE)["Item"] == item
    assert table.get_item(Key=ALICE, ConsistentRead=True)["Item"] == item


def test_an_absent_item_has_no_item_member(table):
    assert "Item" not in table.get_item(Key=ALICE)


def test_put_replaces_the_whole_item(table):
    table.put_item(Item={**ALICE, "name": "Alice", "points": 120})
    table.put_item(Item={**ALICE, "name": "Alice B."})
    assert table.get_item(Key=ALICE)["Item"] == {**ALICE, "name": "Alice B."}


def test_put_gives_the_replaced_item_back(table):
    first = table.put_item(Item={**ALICE, "points": 1}, ReturnValues="ALL_OLD")
    assert "Attributes" not in first
    second = table.put_item(Item={**ALICE, "points": 2}, ReturnValues="ALL_OLD")
    assert second["Attributes"] == {**ALICE, "points": 1}


def test_delete_gives_the_deleted_item_back(table):
    table.put_item(Item={**ALICE, "points": 1})
    assert table.delete_item(Key=ALICE, ReturnValues="ALL_OLD")["Attributes"] == {**ALICE, "points": 1}
    assert "Item" not in table.get_item(Key=ALICE)


def test_deleting_nothing_succeeds(table):
    answer = table.delete_item(Key=ALICE, ReturnValues="ALL_OLD")
    assert "Attributes" not in answer


@pytest.mark.parametrize("values", ["ALL_NEW", "UPDATED_OLD", "UPDATED_NEW"])
def test_put_and_delete_know_two_return_values(table, values):
    text = "ReturnValues can only be ALL_OLD or NONE"
    with validation_refused(text):
        table.put_item(Item=ALICE, ReturnValues=values)
    with validation_refused(text):
        table.delete_item(Key=ALICE, ReturnValues=values)


# UpdateItem


def test_update_creates_an_absent_item(table):
    table.update_item(Key=ALICE, UpdateExpression="SET points = :p", ExpressionAttributeValues={":p": 5})
    assert table.get_item(Key=ALICE)["Item"] == {**ALICE, "points": 5}


def test_update_without_an_expression_creates_a_bare_item(table):
    assert table.update_item(Key=ALICE, ReturnValues="ALL_NEW")["Attributes"] == ALICE


@pytest.mark.parametrize(
    "values, attributes",
    [
        ("NONE", None),
        ("ALL_OLD", {**ALICE, "name": "Alice", "points": 1, "note": "x"}),
        ("UPDATED_OLD", {"points": 1, "note": "x"}),
        ("ALL_NEW", {**ALICE, "name": "Alice", "points": 11, "level": "gold"}),
        ("UPDATED_NEW", {"points": 11, "level": "gold"}),
    ],
)
def test_update_gives_back_what_is_asked_for(table, values, attributes):
    table.put_item(Item={**ALICE, "name": "Alice", "points": 1, "note": "x"})
    answer = table.update_item(
        Key=ALICE,
        UpdateExpression="SET points = points + :ten, #l = :gold REMOVE note",
        ExpressionAttributeNames={"#l": "level"},
        ExpressionAttributeValues={":ten": 10, ":gold": "gold"},
        ReturnValues=values,
    )
    assert answer.get("Attributes") == attributes


def test_updated_new_holds_the_leaf_of_the_path_only(table):
    table.put_item(Item={**ALICE, "address": {"city": "Ulm", "zip": "89073"}})
    answer = table.update_item(
        Key=ALICE,
        UpdateExpression="SET address.city = :c",
        ExpressionAttributeValues={":c": "Bonn"},
        ReturnValues="UPDATED_NEW",
    )
    assert answer["Attributes"] == {"address": {"city": "Bonn"}}


def test_removal_alone_updates_nothing_new(table):
    table.put_item(Item={**ALICE, "note": "x"})
    answer = table.update_item(Key=ALICE, UpdateExpression="REMOVE note", ReturnValues="UPDATED_NEW")
    assert "Attributes" not in answer


def test_all_right_sides_read_the_item_before(table):
    table.put_item(Item={**ALICE, "a": 1, "b": 2})
    answer = table.update_item(Key=ALICE, UpdateExpression="SET a = b, b = a", ReturnValues="ALL_NEW")
    assert answer["Attributes"] == {**ALICE, "a": 2, "b": 1}


def test_lists_grow_and_shrink(table):
    table.put_item(Item={**ALICE, "steps": ["one", "two"]})

    def update(expression, **values):
        given = {"ExpressionAttributeValues": {f":{name}": value for name, value in values.items()}} if values else {}
        answer = table.update_item(Key=ALICE, UpdateExpression=expression, ReturnValues="ALL_NEW", **given)
        return answer["Attributes"]["steps"]

    assert update("SET steps = list_append(steps, :more)", more=["three"]) == ["one", "two", "three"]
    assert update("SET steps[99] = :last", last="four") == ["one", "two", "three", "four"]
    assert update("REMOVE steps[0], steps[2]") == ["two", "four"]
    assert update("SET steps = list_append(:first, steps)", first=["zero"]) == ["zero", "two", "four"]


def test_counters_start_where_they_are_missing(table):
    for _ in range(3):
        answer = table.update_item(
            Key=ALICE,
            UpdateExpression="SET visits = if_not_exists(visits, :zero) + :one ADD seen :one",
            ExpressionAttributeValues={":zero": 0, ":one": 1},
            ReturnValues="UPDATED_NEW",
        )
    assert answer["Attributes"] == {"visits": 3, "seen": 3}


def test_sets_gain_and_lose_members(table):
    def update(action, members):
        table.update_item(
            Key=ALICE, UpdateExpression=f"{action} tags :m", ExpressionAttributeValues={":m": set(members)}
        )
        return table.get_item(Key=ALICE)["Item"].get("tags")

    assert update("ADD", ["a", "b"]) == {"a", "b"}
    assert update("ADD", ["b", "c"]) == {"a", "b", "c"}
    assert update("DELETE", ["a", "x"]) == {"b", "c"}
    assert update("DELETE", ["b", "c"]) is None


def test_a_key_cannot_be_updated_even_to_itself(table):
    table.put_item(Item=ALICE)
    with validation_refused(
        "One or more parameter values were invalid: Cannot update attribute sk. This attribute is part of the key"
    ):
        table.update_item(
            Key=ALICE, UpdateExpression="SET sk = :v", ExpressionAttributeValues={":v": ALICE["sk"]}
        )


@pytest.mark.parametrize(
    "expression, message",
    [
        ("SET address.city = :v", "The document path provided in the update expression is invalid for update"),
        (
            "SET points = nowhere + :v",
            "The provided expression refers to an attribute that does not exist in the item",
        ),
        ("SET points = title + :v", "An operand in the update expression has an incorrect data type"),
        ("ADD title :v", "An operand in the update expression has an incorrect data type"),
    ],
)
def test_what_an_update_cannot_do_changes_nothing(table, expression, message):
    table.put_item(Item={**ALICE, "title": "Dr."})
    with validation_refused(message):
        table.update_item(Key=ALICE, UpdateExpression=expression, ExpressionAttributeValues={":v": 1})
    assert table.get_item(Key=ALICE)["Item"] == {**ALICE, "title": "Dr."}


# Conditions


def test_a_second_registration_is_refused(table):
    table.put_item(Item={**ALICE, "name": "Alice"}, ConditionExpression=Attr("pk").not_exists())
    with refused("ConditionalCheckFailedException", "The conditional request failed"):
        table.put_item(Item={**ALICE, "name": "Mallory"}, ConditionExpression=Attr("pk").not_exists())
    assert table.get_item(Key=ALICE)["Item"]["name"] == "Alice"


def test_optimistic_locking_lets_one_writer_win(table):
    table.put_item(Item={**ALICE, "version": 1})
    change = {
        "Key": ALICE,
        "UpdateExpression": "SET version = version + :one",
        "ConditionExpression": "version = :seen",
        "ExpressionAttributeValues": {":one": 1, ":seen": 1},
    }
    table.update_item(**change)
    with refused("ConditionalCheckFailedException"):
        table.update_item(**change)
    assert table.get_item(Key=ALICE)["Item"]["version"] == 2


def test_a_conditional_delete_spares_what_does_not_match(table):
    table.put_item(Item={**ALICE, "state": "open"})
    with refused("ConditionalCheckFailedException"):
        table.delete_item(Key=ALICE, ConditionExpression=Attr("state").eq("closed"))
    table.delete_item(Key=ALICE, ConditionExpression=Attr("state").eq("open"))
    assert "Item" not in table.get_item(Key=ALICE)


def test_the_item_comes_with_the_refusal_when_asked_for(client, table):
    table.put_item(Item={**ALICE, "points": Decimal("7")})
    request = {
        "TableName": table.name,
        "Key": {"pk": {"S": "USER#alice"}, "sk": {"S": "PROFILE"}},
        "ConditionExpression": "points > :p",
        "ExpressionAttributeValues": {":p": {"N": "100"}},
    }
    with refused("ConditionalCheckFailedException") as refusal:
        client.delete_item(**request, ReturnValuesOnConditionCheckFailure="ALL_OLD")
    assert refusal.response["Item"] == {"pk": {"S": "USER#alice"}, "sk": {"S": "PROFILE"}, "points": {"N": "7"}}
    with refused("ConditionalCheckFailedException") as refusal:
        client.delete_item(**request)
    assert "Item" not in refusal.response
    with refused("ConditionalCheckFailedException") as refusal:
        client.delete_item(
            **{**request, "Key": {"pk": {"S": "USER#bob"}, "sk": {"S": "PROFILE"}}},
            ReturnValuesOnConditionCheckFailure="ALL_OLD",
        )
    assert "Item" not in refusal.response


def test_the_refusal_can_be_caught_by_its_class(client, table):
    with_class = client.exceptions.ConditionalCheckFailedException
    with pytest.raises(with_class):
        client.put_item(
            TableName=table.name,
            Item={"pk": {"S": "a"}, "sk": {"S": "b"}},
            ConditionExpression="attribute_exists(pk)",
        )


# Projections


def test_a_projection_gives_what_it_names_and_no_keys(table):
    table.put_item(Item={**ALICE, "name": "Alice", "address": {"city": "Ulm", "zip": "89073"}, "list": [1, 2, 3]})

    def project(expression, **names):
        given = {"ExpressionAttributeNames": {f"#{name}": value for name, value in names.items()}} if names else {}
        return table.get_item(Key=ALICE, ProjectionExpression=expression, **given)["Item"]

    assert project("#n", n="name") == {"name": "Alice"}
    assert project("address.city, pk") == {"address": {"city": "Ulm"}, "pk": "USER#alice"}
    assert project("#l[2], #l[0]", l="list") == {"list": [1, 3]}
    assert project("#n, nowhere, address.nowhere", n="name") == {"name": "Alice"}


def test_a_projection_that_matches_nothing_gives_an_empty_item(client, table):
    table.put_item(Item=ALICE)
    answer = client.get_item(
        TableName=table.name,
        Key={"pk": {"S": "USER#alice"}, "sk": {"S": "PROFILE"}},
        ProjectionExpression="nowhere",
    )
    assert answer["Item"] == {}


# Tables by ARN, and collections


def test_a_table_may_be_named_by_its_arn(client, table):
    arn = client.describe_table(TableName=table.name)["Table"]["TableArn"]
    item = {"pk": {"S": "a"}, "sk": {"S": "b"}}
    client.put_item(TableName=arn, Item=item)
    assert client.get_item(TableName=arn, Key=item)["Item"] == item


def test_writes_to_a_table_with_a_local_index_report_their_collection(dynamodb, tables):
    table = dynamodb.Table(tables.make("pk", "sk", lsi={"by-time": ("pk", "at")}))
    answer = table.put_item(Item={**ALICE, "at": "2026"}, ReturnItemCollectionMetrics="SIZE")
    metrics = answer["ItemCollectionMetrics"]
    assert metrics["ItemCollectionKey"] == {"pk": "USER#alice"}
    assert metrics["SizeEstimateRangeGB"] == [0.0, 1.0]
