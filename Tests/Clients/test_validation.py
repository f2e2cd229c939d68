"""What the service says to requests that boto3 would not let out: clients in other languages do not look first."""

import pytest

from endpoint import starting_with, validation_refused

INVALID = "One or more parameter values were invalid: "


@pytest.fixture(scope="module")
def name(module_tables):
    return module_tables.make("pk", "sk")


KEY = {"pk": {"S": "a"}, "sk": {"S": "b"}}
NUMBER_KEY = {"pk": {"N": "1"}, "sk": {"S": "b"}}


@pytest.mark.parametrize(
    "operation, parameters, message",
    [
        (
            "put_item",
            {"TableName": None, "Item": KEY},
            "1 validation error detected: Value null at 'tableName' failed to satisfy constraint: Member must not be "
            "null",
        ),
        (
            "get_item",
            {"TableName": "a b", "Key": KEY},
            "1 validation error detected: Value 'a b' at 'tableName' failed to satisfy constraint: Member must satisfy "
            "regular expression pattern: [a-zA-Z0-9_.-]+",
        ),
        (
            "get_item",
            {"ReturnConsumedCapacity": "SOME", "Key": KEY},
            "1 validation error detected: Value 'SOME' at 'returnConsumedCapacity' failed to satisfy constraint: "
            "Member must satisfy enum value set: [INDEXES, TOTAL, NONE]",
        ),
        (
            "get_item",
            {},
            "1 validation error detected: Value null at 'key' failed to satisfy constraint: Member must not be null",
        ),
        ("get_item", {"Key": {"pk": {"S": "a"}}}, "The provided key element does not match the schema"),
        ("get_item", {"Key": NUMBER_KEY}, "The provided key element does not match the schema"),
        ("get_item", {"Key": {**KEY, "x": {"S": "c"}}}, "The provided key element does not match the schema"),
        (
            "get_item",
            {"Key": {"pk": {"S": ""}, "sk": {"S": "b"}}},
            "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an "
            "empty string value. Key: pk",
        ),
        ("put_item", {"Item": {"pk": {"S": "a"}}}, INVALID + "Missing the key sk in the item"),
        ("put_item", {"Item": NUMBER_KEY}, INVALID + "Type mismatch for key pk expected: S actual: N"),
        (
            "put_item",
            {"Item": {"pk": {"S": "x" * 2_049}, "sk": {"S": "b"}}},
            INVALID + "Size of hashkey has exceeded the maximum size limit of2048 bytes",
        ),
        (
            "put_item",
            {"Item": {"pk": {"S": "a"}, "sk": {"S": "x" * 1_025}}},
            INVALID + "Aggregated size of all range keys has exceeded the size limit of 1024 bytes",
        ),
        (
            "put_item",
            {"Item": KEY, "ConditionExpression": ""},
            "Invalid ConditionExpression: The expression can not be empty;",
        ),
        (
            "put_item",
            {"Item": KEY, "ConditionExpression": "status = :s", "ExpressionAttributeValues": {":s": {"S": "x"}}},
            "Invalid ConditionExpression: Attribute name is a reserved keyword; reserved keyword: status",
        ),
        (
            "put_item",
            {"Item": KEY, "ConditionExpression": "a = :s"},
            "Invalid ConditionExpression: An expression attribute value used in expression is not defined; attribute "
            "value: :s",
        ),
        (
            "put_item",
            {"Item": KEY, "ConditionExpression": "#a = :s", "ExpressionAttributeValues": {":s": {"S": "x"}}},
            "Invalid ConditionExpression: An expression attribute name used in the document path is not defined; "
            "attribute name: #a",
        ),
        (
            "put_item",
            {
                "Item": KEY,
                "ConditionExpression": "attribute_exists(pk)",
                "ExpressionAttributeValues": {":s": {"S": "x"}},
            },
            "Value provided in ExpressionAttributeValues unused in expressions: keys: {:s}",
        ),
        (
            "put_item",
            {"Item": KEY, "ConditionExpression": "attribute_exists(pk)", "ExpressionAttributeNames": {"#a": "b"}},
            "Value provided in ExpressionAttributeNames unused in expressions: keys: {#a}",
        ),
        (
            "put_item",
            {"Item": KEY, "ExpressionAttributeNames": {"#a": "b"}},
            "ExpressionAttributeNames can only be specified when using expressions",
        ),
        (
            "put_item",
            {"Item": KEY, "ConditionExpression": "a = = :s", "ExpressionAttributeValues": {":s": {"S": "x"}}},
            'Invalid ConditionExpression: Syntax error; token: "=", near: "= = :s"',
        ),
        (
            "put_item",
            {"Item": KEY, "ConditionExpression": "attribute_exists(pk"},
            starting_with('Invalid ConditionExpression: Syntax error; token: "<EOF>"'),
        ),
        (
            "put_item",
            {"Item": KEY, "ConditionExpression": "((attribute_exists(pk)))"},
            "Invalid ConditionExpression: The expression has redundant parentheses;",
        ),
        (
            "put_item",
            {"Item": KEY, "ConditionExpression": "exists(pk)"},
            "Invalid ConditionExpression: Invalid function name; function: exists",
        ),
        (
            "put_item",
            {"Item": KEY, "ConditionExpression": "begins_with(a)"},
            "Invalid ConditionExpression: Incorrect number of operands for operator or function; operator or function: "
            "begins_with, number of operands: 1",
        ),
        (
            "update_item",
            {
                "Key": KEY,
                "UpdateExpression": "SET a = :v, a.b = :v",
                "ExpressionAttributeValues": {":v": {"S": "x"}},
            },
            "Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these "
            "paths; path one: [a], path two: [a, b]",
        ),
        (
            "update_item",
            {
                "Key": KEY,
                "UpdateExpression": "SET a = :v SET b = :v",
                "ExpressionAttributeValues": {":v": {"S": "x"}},
            },
            'Invalid UpdateExpression: The "SET" section can only be used once in an update expression;',
        ),
        (
            "update_item",
            {"Key": KEY, "UpdateExpression": "ADD a :v", "ExpressionAttributeValues": {":v": {"S": "x"}}},
            "Invalid UpdateExpression: Incorrect operand type for operator or function; operator: ADD, operand type: "
            "STRING",
        ),
        ("query", {}, "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request."),
        (
            "query",
            {
                "KeyConditionExpression": "pk = :p",
                "ExpressionAttributeValues": {":p": {"S": "a"}},
                "Limit": 0,
            },
            "1 validation error detected: Value at 'Limit' failed to satisfy constraint: Member must have value "
            "greater than or equal to 1",
        ),
        (
            "scan",
            {"Limit": 0},
            "1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: Member must have value "
            "greater than or equal to 1",
        ),
    ],
)
def test_a_wrong_request_is_told_why(unchecked, name, operation, parameters, message):
    request = {"TableName": name, **parameters}
    with validation_refused(message):
        getattr(unchecked, operation)(**{key: value for key, value in request.items() if value is not None})


def test_several_faults_are_told_together(unchecked, name):
    with validation_refused() as refusal:
        unchecked.put_item(
            TableName=name, Item=KEY, ReturnConsumedCapacity="SOME", ReturnItemCollectionMetrics="SOME"
        )
    assert refusal.message.startswith("2 validation errors detected: ")
    assert "at 'returnConsumedCapacity'" in refusal.message
    assert "at 'returnItemCollectionMetrics'" in refusal.message


def test_a_fault_is_told_before_the_table_is_looked_for(unchecked):
    with validation_refused("The parameter cannot be converted to a numeric value: x"):
        unchecked.put_item(TableName="no-such-table", Item={"pk": {"N": "x"}})


def test_an_index_key_has_its_type_and_is_not_empty(unchecked, tables):
    name = tables.make("pk", gsi={"by-owner": ("owner",)})
    with validation_refused(INVALID + "Type mismatch for Index Key owner Expected: S Actual: N IndexName: by-owner"):
        unchecked.put_item(TableName=name, Item={"pk": {"S": "a"}, "owner": {"N": "1"}})
    with validation_refused(
        "One or more parameter values are not valid. A value specified for a secondary index key is not supported. The "
        "AttributeValue for a key attribute cannot contain an empty string value. IndexName: by-owner, IndexKey: owner"
    ):
        unchecked.put_item(TableName=name, Item={"pk": {"S": "a"}, "owner": {"S": ""}})
    unchecked.put_item(TableName=name, Item={"pk": {"S": "a"}})
