"""Transactions: all or nothing, reasons, tokens."""

import uuid

import pytest

from endpoint import refused, validation_refused

CANCELLED = "Transaction cancelled, please refer cancellation reasons for specific reasons "


@pytest.fixture
def bank(dynamodb, tables):
    """Two accounts with 100 each, and the client that takes plain values."""
    table = dynamodb.Table(tables.make("pk"))
    table.put_item(Item={"pk": "alice", "balance": 100})
    table.put_item(Item={"pk": "bob", "balance": 100})
    return table


@pytest.fixture
def plain(dynamodb):
    return dynamodb.meta.client


def move(table, account, amount, **further):
    update = {
        "TableName": table.name,
        "Key": {"pk": account},
        "UpdateExpression": "SET balance = balance + :a",
        "ConditionExpression": "balance >= :least",
        "ExpressionAttributeValues": {":a": amount, ":least": -amount},
        **further,
    }
    return {"Update": update}


def put(table, **item):
    return {"Put": {"TableName": table.name, "Item": item, "ConditionExpression": "attribute_not_exists(pk)"}}


def balances(table):
    return {item["pk"]: item["balance"] for item in table.scan()["Items"] if "balance" in item}


def test_a_transfer_happens_as_a_whole(plain, bank):
    plain.transact_write_items(
        TransactItems=[move(bank, "alice", -30), move(bank, "bob", 30), put(bank, pk="transfer-1", amount=30)]
    )
    assert balances(bank) == {"alice": 70, "bob": 130}
    assert bank.get_item(Key={"pk": "transfer-1"})["Item"]["amount"] == 30


def test_a_transfer_without_cover_leaves_no_trace(plain, bank):
    with refused("TransactionCanceledException") as refusal:
        plain.transact_write_items(
            TransactItems=[put(bank, pk="transfer-1"), move(bank, "alice", -500), move(bank, "bob", 500)]
        )
    assert refusal.message == CANCELLED + "[None, ConditionalCheckFailed, None]"
    reasons = refusal.response["CancellationReasons"]
    assert [reason["Code"] for reason in reasons] == ["None", "ConditionalCheckFailed", "None"]
    assert reasons[1]["Message"] == "The conditional request failed"
    assert "Message" not in reasons[0]
    assert balances(bank) == {"alice": 100, "bob": 100}
    assert "Item" not in bank.get_item(Key={"pk": "transfer-1"})


def test_a_reason_brings_the_item_when_asked_for(client, bank):
    with refused("TransactionCanceledException") as refusal:
        client.transact_write_items(
            TransactItems=[
                {
                    "Delete": {
                        "TableName": bank.name,
                        "Key": {"pk": {"S": "alice"}},
                        "ConditionExpression": "balance = :zero",
                        "ExpressionAttributeValues": {":zero": {"N": "0"}},
                        "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
                    }
                }
            ]
        )
    assert refusal.response["CancellationReasons"] == [
        {
            "Code": "ConditionalCheckFailed",
            "Message": "The conditional request failed",
            "Item": {"pk": {"S": "alice"}, "balance": {"N": "100"}},
        }
    ]


def test_a_condition_check_guards_an_item_it_does_not_change(plain, bank):
    def order(state):
        check = {
            "ConditionCheck": {
                "TableName": bank.name,
                "Key": {"pk": "shop"},
                "ConditionExpression": "#s = :open",
                "ExpressionAttributeNames": {"#s": "state"},
                "ExpressionAttributeValues": {":open": "open"},
            }
        }
        bank.put_item(Item={"pk": "shop", "state": state})
        plain.transact_write_items(TransactItems=[check, {"Delete": {"TableName": bank.name, "Key": {"pk": "bob"}}}])

    with refused("TransactionCanceledException"):
        order("closed")
    assert "bob" in balances(bank)
    order("open")
    assert "bob" not in balances(bank)


def test_a_wrong_member_is_a_reason(client, bank):
    def put(**item):
        return {"Put": {"TableName": bank.name, "Item": item}}

    with refused("TransactionCanceledException", CANCELLED + "[None, ValidationError]") as refusal:
        client.transact_write_items(TransactItems=[put(pk={"S": "x"}), put(pk={"N": "1"})])
    assert refusal.response["CancellationReasons"][1]["Message"] == (
        "One or more parameter values were invalid: Type mismatch for key pk expected: S actual: N"
    )


@pytest.mark.parametrize("count", [0, 101])
def test_a_transaction_has_1_to_100_members(unchecked, bank, count):
    puts = [{"Put": {"TableName": bank.name, "Item": {"pk": {"S": str(n)}}}} for n in range(count)]
    with validation_refused() as refusal:
        unchecked.transact_write_items(TransactItems=puts)
    assert "at 'transactItems' failed to satisfy constraint: Member must have length" in refusal.message


def test_a_hundred_members_pass(client, bank):
    client.transact_write_items(
        TransactItems=[{"Put": {"TableName": bank.name, "Item": {"pk": {"S": str(n)}}}} for n in range(100)]
    )
    assert bank.scan(Select="COUNT")["Count"] == 102


def test_an_item_appears_once_in_a_transaction(plain, bank):
    with validation_refused("Transaction request cannot include multiple operations on one item"):
        plain.transact_write_items(TransactItems=[move(bank, "alice", 1), move(bank, "alice", 2)])


def test_an_unknown_table_refuses_the_whole(client, bank):
    with refused("ResourceNotFoundException", "Requested resource not found"):
        client.transact_write_items(
            TransactItems=[
                {"Put": {"TableName": bank.name, "Item": {"pk": {"S": "x"}}}},
                {"Put": {"TableName": "no-such-table", "Item": {"pk": {"S": "x"}}}},
            ]
        )
    assert "Item" not in bank.get_item(Key={"pk": "x"})


# Tokens


def test_a_repeated_request_happens_once(plain, bank):
    request = {
        "TransactItems": [move(bank, "alice", -30), move(bank, "bob", 30)],
        "ClientRequestToken": str(uuid.uuid4()),
        "ReturnConsumedCapacity": "TOTAL",
    }
    first = plain.transact_write_items(**request)
    again = plain.transact_write_items(**request)
    assert balances(bank) == {"alice": 70, "bob": 130}
    assert first["ConsumedCapacity"][0]["WriteCapacityUnits"] == 4
    assert again["ConsumedCapacity"][0]["ReadCapacityUnits"] == 4


def test_a_token_belongs_to_one_request(plain, bank):
    token = str(uuid.uuid4())
    plain.transact_write_items(TransactItems=[move(bank, "alice", -30)], ClientRequestToken=token)
    with refused("IdempotentParameterMismatchException"):
        plain.transact_write_items(TransactItems=[move(bank, "alice", -31)], ClientRequestToken=token)
    assert balances(bank)["alice"] == 70


def test_boto3_gives_every_call_a_token_of_its_own(plain, bank):
    for _ in range(2):
        plain.transact_write_items(TransactItems=[move(bank, "alice", -30)])
    assert balances(bank)["alice"] == 40


# Reading


def get(table, pk, **further):
    return {"Get": {"TableName": table.name, "Key": {"pk": {"S": pk}}, **further}}


def test_reads_are_answered_in_their_order(client, bank):
    answer = client.transact_get_items(
        TransactItems=[
            get(bank, "bob"),
            get(bank, "nobody"),
            get(bank, "alice", ProjectionExpression="balance"),
            get(bank, "alice2"),
        ]
    )
    assert answer["Responses"] == [
        {"Item": {"pk": {"S": "bob"}, "balance": {"N": "100"}}},
        {},
        {"Item": {"balance": {"N": "100"}}},
        {},
    ]


def test_transactional_reads_cost_twice(client, bank):
    answer = client.transact_get_items(
        TransactItems=[get(bank, "alice"), get(bank, "bob")], ReturnConsumedCapacity="TOTAL"
    )
    assert answer["ConsumedCapacity"] == [
        {"TableName": bank.name, "CapacityUnits": 4.0, "ReadCapacityUnits": 4.0}
    ]
