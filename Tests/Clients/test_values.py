"""Every type goes in and comes out unchanged, to the last digit and byte."""

from decimal import Decimal

import pytest
from boto3.dynamodb.types import Binary

from endpoint import validation_refused

KEY = {"pk": "a", "sk": "b"}


@pytest.fixture(scope="module")
def shelf(dynamodb, module_tables):
    """One table for all: each test puts the same item anew."""
    return dynamodb.Table(module_tables.make("pk", "sk"))


def round_trip(table, value):
    table.put_item(Item={**KEY, "value": value})
    return table.get_item(Key=KEY, ConsistentRead=True)["Item"]["value"]


def wire_round_trip(client, name, value):
    key = {"pk": {"S": "a"}, "sk": {"S": "b"}}
    client.put_item(TableName=name, Item={**key, "value": value})
    return client.get_item(TableName=name, Key=key, ConsistentRead=True)["Item"]["value"]


@pytest.mark.parametrize(
    "value",
    [
        "text",
        "",
        "Grüße, 世界 🌍",
        "quotes \" and \\ and \u0000 and \u2028",
        True,
        False,
        None,
        b"\x00\xff raw \x80",
        b"",
        {"a", "b"},
        {b"\x00", b"\xff"},
        {Decimal(1), Decimal("2.5"), Decimal(-3)},
        [],
        {},
        [1, "two", None, [b"3", {"four": {Decimal(4)}}]],
        {"outer": {"inner": [{"deep": True}]}, "a.b": "a dot", "é": "an accent"},
    ],
    ids=repr,
)
def test_a_value_comes_back_as_it_was(shelf, value):
    assert round_trip(shelf, value) == value


def test_binary_comes_back_as_bytes(shelf):
    value = round_trip(shelf, Binary(bytes(range(256))))
    assert bytes(value) == bytes(range(256))


@pytest.mark.parametrize(
    "number",
    [
        "0",
        "-1",
        "3.14",
        "12345678901234567890123456789012345678",
        "0.12345678901234567890123456789012345678",
        "1234567890123456789.0123456789012345678",
        "-99999999999999999999999999999999999999",
        "1E-130",
        "-1E-130",
    ],
)
def test_numbers_keep_38_digits(shelf, number):
    assert round_trip(shelf, Decimal(number)) == Decimal(number)


@pytest.mark.parametrize(
    "sent, kept",
    [
        ("1.0", "1"),
        ("+5", "5"),
        ("007", "7"),
        ("-0", "0"),
        ("1e3", "1000"),
        ("1.50E-3", "0.0015"),
        (".5", "0.5"),
        ("1E125", "1" + "0" * 125),
        ("9.9999999999999999999999999999999999999E+125", "9" * 38 + "0" * 88),
        ("1E-130", "0." + "0" * 129 + "1"),
    ],
)
def test_numbers_are_kept_in_one_form(client, shelf, sent, kept):
    assert wire_round_trip(client, shelf.name, {"N": sent}) == {"N": kept}


NO_NUMBER = "The parameter cannot be converted to a numeric value"
OVERFLOW = "Number overflow. Attempting to store a number with magnitude larger than supported range"
UNDERFLOW = "Number underflow. Attempting to store a number with magnitude smaller than supported range"
TOO_PRECISE = "Attempting to store more than 38 significant digits in a Number"


@pytest.mark.parametrize(
    "number, message",
    [
        ("1234567890123456789012345678901234567.89", TOO_PRECISE),
        ("1E126", OVERFLOW),
        ("-1E126", OVERFLOW),
        ("1E-131", UNDERFLOW),
        ("", NO_NUMBER),
        ("NaN", f"{NO_NUMBER}: NaN"),
        ("Infinity", f"{NO_NUMBER}: Infinity"),
        ("0x10", f"{NO_NUMBER}: 0x10"),
        (" 1", f"{NO_NUMBER}:  1"),
        ("1,5", f"{NO_NUMBER}: 1,5"),
    ],
)
def test_what_is_no_such_number_is_refused(client, shelf, number, message):
    with validation_refused(message):
        wire_round_trip(client, shelf.name, {"N": number})


def test_arithmetic_is_decimal(shelf):
    shelf.put_item(Item={**KEY, "n": Decimal("0.1")})
    answer = shelf.update_item(
        Key=KEY,
        UpdateExpression="SET n = n + :x",
        ExpressionAttributeValues={":x": Decimal("0.2")},
        ReturnValues="UPDATED_NEW",
    )
    assert answer["Attributes"]["n"] == Decimal("0.3")


def test_sums_stay_in_range(shelf):
    shelf.put_item(Item={**KEY, "n": Decimal("9E+125")})
    for message, value in [(OVERFLOW, "9E+125"), (TOO_PRECISE, "1")]:
        with validation_refused(message):
            shelf.update_item(
                Key=KEY, UpdateExpression="ADD n :x", ExpressionAttributeValues={":x": Decimal(value)}
            )


def test_equal_numbers_are_one_key(tables, dynamodb):
    scores = dynamodb.Table(tables.make("n", types={"n": "N"}))
    scores.put_item(Item={"n": Decimal("1"), "from": "first"})
    scores.put_item(Item={"n": Decimal("1.0"), "from": "second"})
    assert scores.scan()["Items"] == [{"n": 1, "from": "second"}]


@pytest.mark.parametrize(
    "value, message",
    [
        ({}, "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes"),
        (
            {"S": "a", "N": "1"},
            "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported "
            "datatypes",
        ),
        (
            {"NULL": False},
            "One or more parameter values were invalid: Null attribute value types must have the value of true",
        ),
        ({"SS": []}, "One or more parameter values were invalid: An string set  may not be empty"),
        ({"NS": []}, "One or more parameter values were invalid: An number set  may not be empty"),
        ({"BS": []}, "One or more parameter values were invalid: Binary sets should not be empty"),
        ({"SS": ["a", "a"]}, "One or more parameter values were invalid: Input collection [a, a] contains duplicates."),
        ({"NS": ["1", "1.0"]}, "Input collection contains duplicates"),
    ],
    ids=repr,
)
def test_what_is_no_value_is_refused(unchecked, shelf, value, message):
    with validation_refused(message):
        wire_round_trip(unchecked, shelf.name, value)


def nested(levels):
    value = {"S": "core"}
    for _ in range(levels):
        value = {"L": [value]}
    return value


def test_31_containers_around_a_value_are_the_most(client, shelf):
    assert wire_round_trip(client, shelf.name, nested(31)) == nested(31)
    with validation_refused(
        "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported "
        "limit"
    ):
        wire_round_trip(client, shelf.name, nested(32))


def test_400_kilobytes_are_the_most(client, shelf):
    overhead = len("pk") + len("a") + len("sk") + len("b") + len("value")
    largest = {"S": "x" * (409_600 - overhead)}
    assert wire_round_trip(client, shelf.name, largest) == largest
    with validation_refused("Item size has exceeded the maximum allowed size"):
        wire_round_trip(client, shelf.name, {"S": largest["S"] + "x"})
