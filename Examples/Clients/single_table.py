"""A shop in one table, through boto3: users, orders, and the questions the shop asks.

    sortkey serve &
    pip install boto3
    python Examples/Clients/single_table.py
"""

import os
from decimal import Decimal

import boto3
from boto3.dynamodb.conditions import Attr, Key

# Against real DynamoDB leave out the endpoint and the keys; nothing else changes.
dynamodb = boto3.resource(
    "dynamodb",
    endpoint_url=os.environ.get("AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:8000"),
    region_name="us-east-1",
    aws_access_key_id="local",
    aws_secret_access_key="local",
)
NAME = "example-shop"


def main():
    table = create_table()
    fill(table)

    # 1. A user's profile, by its key.
    profile = table.get_item(Key={"pk": "USER#alice", "sk": "PROFILE"})["Item"]
    print("profile:", profile["name"], profile["email"])

    # 2. A user's orders, newest first: the sort key begins with a date.
    orders = table.query(
        KeyConditionExpression=Key("pk").eq("USER#alice") & Key("sk").begins_with("ORDER#"),
        ScanIndexForward=False,
    )["Items"]
    print("orders of alice:", [(order["sk"][6:16], str(order["total"])) for order in orders])

    # 3. Everybody's open orders, oldest first: an index with keys of its own.
    waiting = table.query(IndexName="gsi1", KeyConditionExpression=Key("gsi1pk").eq("STATUS#open"))["Items"]
    print("open orders:", [order["pk"] for order in waiting])

    ship(table, "USER#alice", "ORDER#2026-02-20")
    try:
        ship(table, "USER#alice", "ORDER#2026-02-20")
    except table.meta.client.exceptions.ConditionalCheckFailedException:
        print("an order is shipped once")

    # A page holds up to 1 MB; LastEvaluatedKey says where the next one begins.
    count, start = 0, {}
    while start is not None:
        page = table.scan(Select="COUNT", Limit=2, **start)
        count += page["Count"]
        start = {"ExclusiveStartKey": page["LastEvaluatedKey"]} if "LastEvaluatedKey" in page else None
    print("items:", count)
    table.delete()


def create_table():
    table = dynamodb.create_table(
        TableName=NAME,
        KeySchema=[
            {"AttributeName": "pk", "KeyType": "HASH"},
            {"AttributeName": "sk", "KeyType": "RANGE"},
        ],
        AttributeDefinitions=[
            {"AttributeName": name, "AttributeType": "S"} for name in ["pk", "sk", "gsi1pk", "gsi1sk"]
        ],
        GlobalSecondaryIndexes=[
            {
                "IndexName": "gsi1",
                "KeySchema": [
                    {"AttributeName": "gsi1pk", "KeyType": "HASH"},
                    {"AttributeName": "gsi1sk", "KeyType": "RANGE"},
                ],
                "Projection": {"ProjectionType": "ALL"},
            }
        ],
        BillingMode="PAY_PER_REQUEST",
    )
    table.wait_until_exists()
    return table


def fill(table):
    with table.batch_writer() as batch:
        batch.put_item(Item={"pk": "USER#alice", "sk": "PROFILE", "name": "Alice", "email": "alice@example.com"})
        for user, date, total, status in [
            ("alice", "2026-01-15", "42.50", "shipped"),
            ("alice", "2026-02-20", "89.99", "open"),
            ("bob", "2026-02-02", "12.00", "open"),
        ]:
            order = {
                "pk": f"USER#{user}",
                "sk": f"ORDER#{date}",
                "total": Decimal(total),
                "status": status,
                "gsi1pk": f"STATUS#{status}",
                "gsi1sk": date,
            }
            batch.put_item(Item=order)


def ship(table, pk, sk):
    """Changes an order that is open, and moves it in the index."""
    answer = table.update_item(
        Key={"pk": pk, "sk": sk},
        UpdateExpression="SET #s = :shipped, gsi1pk = :moved",
        ConditionExpression=Attr("status").eq("open"),
        ExpressionAttributeNames={"#s": "status"},
        ExpressionAttributeValues={":shipped": "shipped", ":moved": "STATUS#shipped"},
        ReturnValues="UPDATED_NEW",
    )
    print("shipped:", answer["Attributes"]["status"])


if __name__ == "__main__":
    main()
