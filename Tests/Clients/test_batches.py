"""Batches, and boto3's writer of batches."""

import pytest
from boto3.dynamodb.conditions import Key

from endpoint import starting_with, validation_refused

DUPLICATES = "Provided list of item keys contains duplicates"


def put(**item):
    return {"PutRequest": {"Item": {name: {"S": value} for name, value in item.items()}}}


def key(pk, sk="0"):
    return {"pk": {"S": pk}, "sk": {"S": sk}}


# Writing


def test_the_batch_writer_sends_as_many_batches_as_it_takes(table):
    with table.batch_writer() as batch:
        for number in range(60):
            batch.put_item(Item={"pk": "a", "sk": f"{number:02}", "n": number})
    answer = table.query(KeyConditionExpression=Key("pk").eq("a"))
    assert [item["n"] for item in answer["Items"]] == list(range(60))


def test_the_batch_writer_puts_and_deletes(table):
    table.put_item(Item={"pk": "a", "sk": "old"})
    with table.batch_writer() as batch:
        batch.put_item(Item={"pk": "a", "sk": "new"})
        batch.delete_item(Key={"pk": "a", "sk": "old"})
        batch.delete_item(Key={"pk": "a", "sk": "never there"})
    assert [item["sk"] for item in table.scan()["Items"]] == ["new"]


def test_the_batch_writer_lets_the_last_of_equal_keys_win(table):
    with table.batch_writer(overwrite_by_pkeys=["pk", "sk"]) as batch:
        for number in range(10):
            batch.put_item(Item={"pk": "a", "sk": "same", "n": number})
    assert table.scan()["Items"] == [{"pk": "a", "sk": "same", "n": 9}]


def test_equal_keys_in_one_batch_are_refused(table):
    with validation_refused(DUPLICATES):
        with table.batch_writer() as batch:
            batch.put_item(Item={"pk": "a", "sk": "same", "n": 1})
            batch.delete_item(Key={"pk": "a", "sk": "same"})
    assert table.scan()["Count"] == 0


def test_a_batch_goes_to_several_tables(client, tables):
    first, second = tables.make("pk", "sk"), tables.make("pk", "sk")
    answer = client.batch_write_item(
        RequestItems={first: [put(pk="a", sk="0")], second: [put(pk="b", sk="0"), put(pk="c", sk="0")]}
    )
    assert answer["UnprocessedItems"] == {}
    assert [client.scan(TableName=name)["Count"] for name in (first, second)] == [1, 2]


def test_25_writes_are_the_most(client, tables):
    name = tables.make("pk", "sk")
    client.batch_write_item(RequestItems={name: [put(pk="a", sk=str(number)) for number in range(25)]})
    with validation_refused(starting_with("1 validation error detected: Value '{" + name)) as refusal:
        client.batch_write_item(RequestItems={name: [put(pk="b", sk=str(number)) for number in range(26)]})
    assert refusal.message.endswith(
        "at 'requestItems' failed to satisfy constraint: Map value must satisfy constraint: [Member must have length "
        "less than or equal to 25, Member must have length greater than or equal to 1]"
    )
    other = tables.make("pk", "sk")
    thirteen = [put(pk="b", sk=str(number)) for number in range(13)]
    with validation_refused("Too many items requested for the BatchWriteItem call"):
        client.batch_write_item(RequestItems={name: thirteen, other: thirteen})


def test_one_wrong_member_stops_the_whole_batch(client, tables):
    name = tables.make("pk", "sk")
    with validation_refused("The provided key element does not match the schema"):
        client.batch_write_item(RequestItems={name: [put(pk="a", sk="0"), put(pk="b")]})
    assert client.scan(TableName=name)["Count"] == 0


def test_an_empty_batch_is_refused(unchecked):
    with validation_refused("The requestItems parameter is required for BatchWriteItem"):
        unchecked.batch_write_item(RequestItems={})
    with validation_refused("The requestItems parameter is required for BatchGetItem"):
        unchecked.batch_get_item(RequestItems={})


# Reading


@pytest.fixture(scope="module")
def library(client, module_tables):
    """Two tables with 60 items each."""
    names = [module_tables.make("pk", "sk"), module_tables.make("pk", "sk")]
    for name in names:
        for start in range(0, 60, 20):
            requests = [put(pk=f"{number}", sk="0", title=f"t{number}") for number in range(start, start + 20)]
            client.batch_write_item(RequestItems={name: requests})
    return names


def test_a_hundred_items_of_two_tables_come_at_once(client, library):
    keys = [key(str(number)) for number in range(50)]
    answer = client.batch_get_item(RequestItems={name: {"Keys": keys} for name in library})
    assert answer["UnprocessedKeys"] == {}
    assert set(answer["Responses"]) == set(library)
    for items in answer["Responses"].values():
        assert sorted(int(item["pk"]["S"]) for item in items) == list(range(50))


def test_absent_items_are_left_out(client, library):
    name = library[0]
    answer = client.batch_get_item(RequestItems={name: {"Keys": [key("1"), key("nowhere")]}})
    assert [item["pk"]["S"] for item in answer["Responses"][name]] == ["1"]
    answer = client.batch_get_item(RequestItems={name: {"Keys": [key("nowhere")]}})
    assert answer["Responses"] == {name: []}


def test_each_table_has_its_own_projection(client, library):
    first, second = library
    answer = client.batch_get_item(
        RequestItems={
            first: {"Keys": [key("1")], "ProjectionExpression": "title", "ConsistentRead": True},
            second: {"Keys": [key("2")], "ProjectionExpression": "#p", "ExpressionAttributeNames": {"#p": "pk"}},
        }
    )
    assert answer["Responses"] == {first: [{"title": {"S": "t1"}}], second: [{"pk": {"S": "2"}}]}


def test_the_resource_reads_a_batch(dynamodb, library):
    name = library[0]
    answer = dynamodb.batch_get_item(RequestItems={name: {"Keys": [{"pk": "3", "sk": "0"}]}})
    assert answer["Responses"][name] == [{"pk": "3", "sk": "0", "title": "t3"}]


def test_100_keys_are_the_most(client, library):
    name, other = library
    with validation_refused(
        f"1 validation error detected: Value at 'RequestItems.{name}.member.Keys' failed to satisfy constraint: Member "
        "must have length less than or equal to 100"
    ):
        client.batch_get_item(RequestItems={name: {"Keys": [key(str(number)) for number in range(101)]}})
    half = [key(str(number)) for number in range(51)]
    with validation_refused("Too many items requested for the BatchGetItem call"):
        client.batch_get_item(RequestItems={name: {"Keys": half}, other: {"Keys": half}})


def test_equal_keys_are_refused(client, library):
    with validation_refused(DUPLICATES):
        client.batch_get_item(RequestItems={library[0]: {"Keys": [key("1"), key("1")]}})


def test_what_is_beyond_16_megabytes_is_asked_for_again(dynamodb, tables):
    """Each item is as large as items may be, so that 40 of 44 fit into an answer."""
    table = dynamodb.Table(tables.make("pk", "sk"))
    for number in range(44):
        table.put_item(Item={"pk": f"{number}", "sk": "0", "text": "x" * 400_000})
    request = {
        table.name: {
            "Keys": [{"pk": f"{number}", "sk": "0"} for number in range(44)],
            "ProjectionExpression": "pk, #t",
            "ExpressionAttributeNames": {"#t": "text"},
        }
    }
    counts, found = [], set()
    while request:
        answer = dynamodb.batch_get_item(RequestItems=request)
        items = answer["Responses"][table.name]
        counts.append(len(items))
        found.update(item["pk"] for item in items)
        if rest := answer["UnprocessedKeys"]:
            assert rest[table.name]["ProjectionExpression"] == "pk, #t"
            assert rest[table.name]["ExpressionAttributeNames"] == {"#t": "text"}
            assert len(rest[table.name]["Keys"]) == 44 - sum(counts)
        request = rest
    assert found == {f"{number}" for number in range(44)}
    assert len(counts) > 1 and counts[0] < 44
