"""Every kind of boto3's `Attr` and `Key`, on an item that has an attribute of each type."""

from decimal import Decimal

import pytest
from boto3.dynamodb.conditions import Attr, Key

from endpoint import refused, sort_keys

ITEM = {
    "pk": "a",
    "sk": "b",
    "text": "hello world",
    "n": Decimal("5"),
    "flag": True,
    "nothing": None,
    "raw": b"\x01\x02\xff",
    "tags": {"x", "y"},
    "numbers": {Decimal(1), Decimal(2)},
    "list": [Decimal(1), "two"],
    "map": {"a": {"b": Decimal(7)}},
}

TRUE = [
    Attr("n").eq(5),
    Attr("n").eq(Decimal("5.0")),
    Attr("n").ne(6),
    Attr("missing").ne(5),
    Attr("text").ne(5),
    Attr("n").lt(10),
    Attr("n").lte(5),
    Attr("n").gt(-10),
    Attr("n").gte(5),
    Attr("n").between(5, 9),
    Attr("text").between("h", "i"),
    Attr("n").is_in([1, 5]),
    Attr("text").begins_with("hello"),
    Attr("raw").begins_with(b"\x01"),
    Attr("text").contains("lo wo"),
    Attr("tags").contains("x"),
    Attr("numbers").contains(2),
    Attr("list").contains("two"),
    Attr("raw").gt(b"\x01\x02\x7f"),
    Attr("nothing").exists(),
    Attr("missing").not_exists(),
    Attr("text").attribute_type("S"),
    Attr("nothing").attribute_type("NULL"),
    Attr("numbers").attribute_type("NS"),
    Attr("flag").attribute_type("BOOL"),
    Attr("map").attribute_type("M"),
    Attr("text").size().eq(11),
    Attr("tags").size().gt(1),
    Attr("list").size().between(1, 2),
    Attr("raw").size().eq(3),
    Attr("flag").eq(True),
    Attr("nothing").eq(None),
    Attr("tags").eq({"y", "x"}),
    Attr("list").eq([Decimal(1), "two"]),
    Attr("map").eq({"a": {"b": Decimal(7)}}),
    Attr("map.a.b").eq(7),
    Attr("list[1]").eq("two"),
    Attr("n").eq(5) & Attr("flag").eq(True),
    Attr("n").eq(6) | Attr("flag").eq(True),
    ~Attr("n").eq(6),
    ~(Attr("n").eq(6) & Attr("flag").eq(True)) & (Attr("text").exists() | Attr("missing").exists()),
    ~Attr("missing").gt(5),
]

FALSE = [
    Attr("n").eq(6),
    Attr("n").eq("5"),
    Attr("n").ne(5),
    Attr("n").lt(5),
    Attr("missing").lt(5),
    Attr("missing").eq(5),
    Attr("text").gt(5),
    Attr("text").begins_with("world"),
    Attr("text").contains("xyz"),
    Attr("tags").contains("z"),
    Attr("n").between(6, 9),
    Attr("n").is_in([1, 2]),
    Attr("missing").is_in([1, 2]),
    Attr("nothing").not_exists(),
    Attr("text").attribute_type("N"),
    Attr("n").size().gt(0),
    Attr("list").eq(["two", Decimal(1)]),
    Attr("map.a.c").exists(),
    Attr("list[2]").exists(),
    Attr("text.inner").exists(),
]


@pytest.fixture(scope="module")
def zoo(dynamodb, module_tables):
    table = dynamodb.Table(module_tables.make("pk", "sk"))
    table.put_item(Item=ITEM)
    return table


@pytest.mark.parametrize("condition", TRUE, ids=range(len(TRUE)))
def test_a_true_condition_lets_a_write_pass_and_a_filter_keep(zoo, condition):
    assert zoo.scan(FilterExpression=condition)["Items"] == [ITEM]
    zoo.put_item(Item=ITEM, ConditionExpression=condition)


@pytest.mark.parametrize("condition", FALSE, ids=range(len(FALSE)))
def test_a_false_condition_stops_a_write_and_a_filter_drops(zoo, condition):
    assert zoo.scan(FilterExpression=condition)["Items"] == []
    with refused("ConditionalCheckFailedException"):
        zoo.put_item(Item=ITEM, ConditionExpression=condition)


@pytest.fixture(scope="module")
def measurements(dynamodb, module_tables):
    table = dynamodb.Table(module_tables.make("pk", "sk", types={"sk": "N"}))
    with table.batch_writer() as batch:
        for value in ["-10", "-1.5", "0", "0.001", "2", "10", "1000"]:
            batch.put_item(Item={"pk": "a", "sk": Decimal(value)})
    return table


@pytest.mark.parametrize(
    "condition, found",
    [
        (Key("sk").eq(2), ["2"]),
        (Key("sk").eq(Decimal("2.0")), ["2"]),
        (Key("sk").lt(0), ["-10", "-1.5"]),
        (Key("sk").lte(0), ["-10", "-1.5", "0"]),
        (Key("sk").gt(2), ["10", "1000"]),
        (Key("sk").gte(2), ["2", "10", "1000"]),
        (Key("sk").between(Decimal("-1.5"), 2), ["-1.5", "0", "0.001", "2"]),
        (None, ["-10", "-1.5", "0", "0.001", "2", "10", "1000"]),
    ],
)
def test_a_key_condition_finds_a_range(measurements, condition, found):
    whole = Key("pk").eq("a") & condition if condition else Key("pk").eq("a")
    assert sort_keys(measurements.query(KeyConditionExpression=whole)) == [Decimal(number) for number in found]
