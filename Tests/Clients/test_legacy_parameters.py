"""The parameters from before expressions, which old applications still send."""

import pytest

from endpoint import refused, sort_keys, validation_refused

KEY = {"pk": "a", "sk": "b"}


@pytest.fixture
def counter(table):
    table.put_item(Item={**KEY, "n": 1, "state": "open", "tags": {"x"}, "list": ["one"]})
    return table


# Expected


@pytest.mark.parametrize(
    "expected",
    [
        {"n": {"Value": 1}},
        {"n": {"Value": 1, "Exists": True}},
        {"nowhere": {"Exists": False}},
        {"n": {"ComparisonOperator": "GE", "AttributeValueList": [1]}},
        {"n": {"ComparisonOperator": "BETWEEN", "AttributeValueList": [0, 2]}},
        {"n": {"ComparisonOperator": "IN", "AttributeValueList": [5, 1]}},
        {"state": {"ComparisonOperator": "BEGINS_WITH", "AttributeValueList": ["op"]}},
        {"tags": {"ComparisonOperator": "CONTAINS", "AttributeValueList": ["x"]}},
        {"tags": {"ComparisonOperator": "NOT_CONTAINS", "AttributeValueList": ["y"]}},
        {"nowhere": {"ComparisonOperator": "NULL"}},
        {"n": {"ComparisonOperator": "NOT_NULL"}},
        {"n": {"ComparisonOperator": "NE", "AttributeValueList": [2]}, "state": {"Value": "open"}},
    ],
    ids=repr,
)
def test_an_expectation_that_holds_lets_the_write_pass(counter, expected):
    counter.put_item(Item={**KEY, "n": 2}, Expected=expected)
    assert counter.get_item(Key=KEY)["Item"]["n"] == 2


def test_an_expectation_that_fails_stops_the_write(counter):
    with refused("ConditionalCheckFailedException", "The conditional request failed"):
        counter.delete_item(Key=KEY, Expected={"n": {"Value": 5}})
    with refused("ConditionalCheckFailedException"):
        counter.put_item(Item=KEY, Expected={"n": {"Exists": False}})
    assert counter.get_item(Key=KEY)["Item"]["n"] == 1


def test_expectations_hold_together_or_one_of_them(counter):
    expected = {"n": {"Value": 5}, "state": {"Value": "open"}}
    with refused("ConditionalCheckFailedException"):
        counter.put_item(Item={**KEY, "n": 2}, Expected=expected, ConditionalOperator="AND")
    counter.put_item(Item={**KEY, "n": 2}, Expected=expected, ConditionalOperator="OR")
    assert counter.get_item(Key=KEY)["Item"]["n"] == 2


# AttributeUpdates


def test_attribute_updates_put_add_and_delete(counter):
    answer = counter.update_item(
        Key=KEY,
        AttributeUpdates={
            "n": {"Action": "ADD", "Value": 4},
            "state": {"Value": "paid"},
            "tags": {"Action": "ADD", "Value": {"y"}},
            "list": {"Action": "ADD", "Value": ["two"]},
            "nowhere": {"Action": "DELETE"},
        },
        ReturnValues="ALL_NEW",
    )
    assert answer["Attributes"] == {**KEY, "n": 5, "state": "paid", "tags": {"x", "y"}, "list": ["one", "two"]}
    answer = counter.update_item(
        Key=KEY,
        AttributeUpdates={"state": {"Action": "DELETE"}, "tags": {"Action": "DELETE", "Value": {"x"}}},
        ReturnValues="ALL_NEW",
    )
    assert answer["Attributes"] == {**KEY, "n": 5, "tags": {"y"}, "list": ["one", "two"]}


def test_attribute_updates_may_expect(counter):
    with refused("ConditionalCheckFailedException"):
        counter.update_item(
            Key=KEY, AttributeUpdates={"n": {"Action": "ADD", "Value": 1}}, Expected={"n": {"Value": 7}}
        )


# Reading


@pytest.fixture
def numbers(dynamodb, tables):
    table = dynamodb.Table(tables.make("pk", "sk", types={"sk": "N"}))
    with table.batch_writer() as batch:
        for number in range(6):
            batch.put_item(Item={"pk": "a", "sk": number, "parity": "even" if number % 2 == 0 else "odd", "x": 1})
    return table


def key_conditions(operator, *values):
    return {
        "pk": {"ComparisonOperator": "EQ", "AttributeValueList": ["a"]},
        "sk": {"ComparisonOperator": operator, "AttributeValueList": list(values)},
    }


@pytest.mark.parametrize(
    "operator, values, found",
    [
        ("EQ", [2], [2]),
        ("LT", [2], [0, 1]),
        ("LE", [2], [0, 1, 2]),
        ("GT", [3], [4, 5]),
        ("GE", [3], [3, 4, 5]),
        ("BETWEEN", [2, 4], [2, 3, 4]),
    ],
)
def test_key_conditions_find_a_range(numbers, operator, values, found):
    assert sort_keys(numbers.query(KeyConditions=key_conditions(operator, *values))) == found


ODD = {"parity": {"ComparisonOperator": "EQ", "AttributeValueList": ["odd"]}}


def test_filters_drop_what_was_read(numbers):
    answer = numbers.query(KeyConditions=key_conditions("GE", 2), QueryFilter=ODD)
    assert (sort_keys(answer), answer["ScannedCount"]) == ([3, 5], 4)
    answer = numbers.scan(ScanFilter={**ODD, "x": {"ComparisonOperator": "NULL"}}, ConditionalOperator="OR")
    assert (sorted(sort_keys(answer)), answer["ScannedCount"]) == ([1, 3, 5], 6)


def test_attributes_to_get_narrows(numbers):
    assert numbers.get_item(Key={"pk": "a", "sk": 1}, AttributesToGet=["parity", "nowhere"])["Item"] == {
        "parity": "odd"
    }
    answer = numbers.query(KeyConditions=key_conditions("EQ", 1), AttributesToGet=["sk", "x"])
    assert answer["Items"] == [{"sk": 1, "x": 1}]
    batch = numbers.meta.client.batch_get_item(
        RequestItems={numbers.name: {"Keys": [{"pk": "a", "sk": 1}], "AttributesToGet": ["x"]}}
    )
    assert batch["Responses"][numbers.name] == [{"x": 1}]


# What is refused


def test_old_and_new_do_not_mix(counter):
    with validation_refused(
        "Can not use both expression and non-expression parameters in the same request: Non-expression parameters: "
        "{Expected} Expression parameters: {ConditionExpression}"
    ):
        counter.put_item(Item=KEY, Expected={"n": {"Value": 1}}, ConditionExpression="attribute_exists(pk)")
    with validation_refused(
        "Can not use both expression and non-expression parameters in the same request: Non-expression parameters: "
        "{AttributeUpdates} Expression parameters: {UpdateExpression}"
    ):
        counter.update_item(
            Key=KEY, AttributeUpdates={"n": {"Action": "DELETE"}}, UpdateExpression="REMOVE n"
        )


@pytest.mark.parametrize(
    "operator, values",
    [("EQ", [1, 2]), ("BETWEEN", [1]), ("NULL", [1]), ("LT", []), ("BEGINS_WITH", ["a", "b"])],
)
def test_operators_take_their_number_of_values(counter, operator, values):
    with validation_refused(
        "One or more parameter values were invalid: Invalid number of argument(s) for the "
        f"{operator} ComparisonOperator"
    ):
        counter.put_item(
            Item=KEY, Expected={"n": {"ComparisonOperator": operator, "AttributeValueList": values}}
        )


def test_an_operator_has_a_name_and_values_that_it_can_order(counter):
    with validation_refused() as refusal:
        counter.put_item(Item=KEY, Expected={"n": {"ComparisonOperator": "LIKE", "AttributeValueList": ["x"]}})
    assert "at 'expected.n.member.comparisonOperator' failed to satisfy constraint" in refusal.message
    with validation_refused(
        "One or more parameter values were invalid: ComparisonOperator LT is not valid for M AttributeValue type"
    ):
        counter.put_item(Item=KEY, Expected={"n": {"ComparisonOperator": "LT", "AttributeValueList": [{"a": 1}]}})
