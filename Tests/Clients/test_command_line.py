"""The AWS CLI, one story: a table, items, a query, a transaction, and what goes wrong."""

import json
import os
import subprocess
import sys

import pytest

from endpoint import ACCESS_KEY, REGION, SECRET


@pytest.fixture
def aws(server, tmp_path):
    """Runs `aws …`; answers its JSON. With `fails=True` what it wrote to stderr, and its exit code."""

    def run(*arguments, fails=False):
        done = subprocess.run(
            [sys.executable, "-m", "awscli", *arguments],
            env={
                "PATH": os.environ["PATH"],
                "HOME": str(tmp_path),
                "AWS_ENDPOINT_URL": server.url,
                "AWS_ACCESS_KEY_ID": ACCESS_KEY,
                "AWS_SECRET_ACCESS_KEY": SECRET,
                "AWS_DEFAULT_REGION": REGION,
                "AWS_MAX_ATTEMPTS": "1",
                "AWS_EC2_METADATA_DISABLED": "true",
                "AWS_PAGER": "",
            },
            capture_output=True,
            text=True,
            timeout=60,
        )
        if fails:
            return done.stderr.strip(), done.returncode
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout) if done.stdout.strip() else None

    return run


def item(**attributes):
    return json.dumps({name: {"N" if value.isdigit() else "S": value} for name, value in attributes.items()})


def test_a_session_with_the_command_line(aws, tables):
    name = tables.fresh_name()
    made = aws(
        "dynamodb", "create-table", "--table-name", name,
        "--attribute-definitions", "AttributeName=pk,AttributeType=S", "AttributeName=sk,AttributeType=S",
        "--key-schema", "AttributeName=pk,KeyType=HASH", "AttributeName=sk,KeyType=RANGE",
        "--billing-mode", "PAY_PER_REQUEST",
        "--stream-specification", "StreamEnabled=true,StreamViewType=NEW_IMAGE",
    )  # fmt: skip
    assert made["TableDescription"]["TableName"] == name
    assert aws("dynamodb", "wait", "table-exists", "--table-name", name) is None

    aws("dynamodb", "put-item", "--table-name", name, "--item", item(pk="alice", sk="ORDER#2", amount="40"))
    updated = aws(
        "dynamodb", "update-item", "--table-name", name, "--key", item(pk="alice", sk="ORDER#2"),
        "--update-expression", "SET amount = amount + :t", "--expression-attribute-values", item(**{":t": "2"}),
        "--return-values", "UPDATED_NEW",
    )  # fmt: skip
    assert updated["Attributes"] == {"amount": {"N": "42"}}
    aws(
        "dynamodb", "transact-write-items", "--transact-items",
        json.dumps(
            [
                {"Put": {"TableName": name, "Item": {"pk": {"S": "bob"}, "sk": {"S": "ORDER#3"}}}},
                {"Delete": {"TableName": name, "Key": {"pk": {"S": "alice"}, "sk": {"S": "CART"}}}},
            ]
        ),
    )  # fmt: skip
    found = aws(
        "dynamodb", "query", "--table-name", name, "--key-condition-expression", "pk = :p AND begins_with(sk, :s)",
        "--expression-attribute-values", json.dumps({":p": {"S": "alice"}, ":s": {"S": "ORDER#"}}),
    )  # fmt: skip
    assert [row["sk"]["S"] for row in found["Items"]] == ["ORDER#2"]
    read = aws("dynamodb", "get-item", "--table-name", name, "--key", item(pk="bob", sk="ORDER#3"))
    assert read["Item"] == {"pk": {"S": "bob"}, "sk": {"S": "ORDER#3"}}
    selected = aws(
        "dynamodb", "execute-statement",
        "--statement", f"SELECT amount FROM \"{name}\" WHERE pk = 'alice' AND sk = 'ORDER#2'",
    )  # fmt: skip
    assert selected["Items"] == [{"amount": {"N": "42"}}]

    message, code = aws(
        "dynamodb", "put-item", "--table-name", name, "--item", item(pk="bob", sk="ORDER#3"),
        "--condition-expression", "attribute_not_exists(pk)", fails=True,
    )  # fmt: skip
    assert code in (254, 255)
    assert "An error occurred (ConditionalCheckFailedException) when calling the PutItem operation" in message
    assert message.endswith("The conditional request failed")


def test_the_command_line_follows_pages(aws, client, tables):
    names = [tables.make("pk") for _ in range(3)]
    for number in range(25):
        client.put_item(TableName=names[0], Item={"pk": {"S": f"{number}"}})
    scanned = aws("dynamodb", "scan", "--table-name", names[0], "--page-size", "4")
    assert (scanned["Count"], len(scanned["Items"])) == (25, 25)
    listed = aws("dynamodb", "list-tables", "--page-size", "1", "--query", "TableNames")
    assert set(names) <= set(listed)


def test_the_command_line_lists_streams(aws, tables):
    name = tables.make("pk", StreamSpecification={"StreamEnabled": True, "StreamViewType": "KEYS_ONLY"})
    listed = aws("dynamodbstreams", "list-streams", "--table-name", name)
    assert [stream["TableName"] for stream in listed["Streams"]] == [name]
