"""Follows a table's stream and keeps a total of it, as a Lambda function or a KCL worker would.

    sortkey serve &
    pip install boto3
    python Examples/Clients/follow_stream.py
"""

import os
import time

import boto3
from boto3.dynamodb.types import TypeDeserializer

options = {
    "endpoint_url": os.environ.get("AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:8000"),
    "region_name": "us-east-1",
    "aws_access_key_id": "local",
    "aws_secret_access_key": "local",
}
table = boto3.resource("dynamodb", **options).Table("example-accounts")
streams = boto3.client("dynamodbstreams", **options)
deserialize = TypeDeserializer().deserialize


def main():
    arn = create_table()
    reader = Reader(arn)
    table.put_item(Item={"pk": "alice", "balance": 100})
    table.put_item(Item={"pk": "bob", "balance": 40})
    reader.read_until(2)
    table.update_item(
        Key={"pk": "alice"}, UpdateExpression="ADD balance :b", ExpressionAttributeValues={":b": -30}
    )
    table.delete_item(Key={"pk": "bob"})
    reader.read_until(4)
    print("total:", reader.total)
    table.delete()


def create_table():
    """Answers the ARN of the stream."""
    client = table.meta.client
    client.create_table(
        TableName=table.name,
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
    )
    table.wait_until_exists()
    table.reload()
    return table.latest_stream_arn


class Reader:
    """Knows an iterator for each shard, and never reads a child before its parent is finished."""

    def __init__(self, arn):
        self.arn = arn
        self.iterators = {}
        self.finished = set()
        self.count = 0
        self.total = 0

    def read_until(self, count):
        while self.count < count:
            self.find_shards()
            for shard, iterator in list(self.iterators.items()):
                page = streams.get_records(ShardIterator=iterator)
                for record in page["Records"]:
                    self.take(record)
                if following := page.get("NextShardIterator"):
                    self.iterators[shard] = following
                else:
                    self.finished.add(shard)
                    del self.iterators[shard]
            if self.count < count:
                time.sleep(0.1)

    def find_shards(self):
        """Partitions split, shards rotate: a stream's shards come and go."""
        shards, parameters = [], {"StreamArn": self.arn}
        while True:
            description = streams.describe_stream(**parameters)["StreamDescription"]
            shards += description["Shards"]
            if "LastEvaluatedShardId" not in description:
                break
            parameters["ExclusiveStartShardId"] = description["LastEvaluatedShardId"]
        known = {shard["ShardId"] for shard in shards}
        for shard in shards:
            name, parent = shard["ShardId"], shard.get("ParentShardId")
            if name in self.iterators or name in self.finished:
                continue
            if parent in known and parent not in self.finished:
                continue
            self.iterators[name] = streams.get_shard_iterator(
                StreamArn=self.arn, ShardId=name, ShardIteratorType="TRIM_HORIZON"
            )["ShardIterator"]

    def take(self, record):
        old, new = (self.balance(record["dynamodb"].get(name)) for name in ["OldImage", "NewImage"])
        self.count += 1
        self.total += new - old
        print(record["eventName"], record["dynamodb"]["Keys"]["pk"]["S"], old, "->", new)

    @staticmethod
    def balance(image):
        return deserialize(image["balance"]) if image else 0


if __name__ == "__main__":
    main()
