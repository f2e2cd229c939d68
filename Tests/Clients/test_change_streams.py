"""Streams, read as an application reads them: shard by shard, from an iterator on."""

import datetime
import re
from decimal import Decimal

import pytest
from boto3.dynamodb.types import TypeDeserializer

from endpoint import refused, until, validation_refused

deserialize = TypeDeserializer().deserialize


def image(typed):
    return {name: deserialize(value) for name, value in typed.items()}


class Reader:
    """Reads one stream from a place on."""

    def __init__(self, streams, arn):
        self.streams, self.arn = streams, arn
        self.records = []

    def description(self, **parameters):
        return self.streams.describe_stream(StreamArn=self.arn, **parameters)["StreamDescription"]

    def shards(self, **parameters):
        """All shards, page after page."""
        found = []
        while True:
            page = self.description(**parameters)
            found += page["Shards"]
            if "LastEvaluatedShardId" not in page:
                return found
            parameters["ExclusiveStartShardId"] = page["LastEvaluatedShardId"]

    def iterator(self, shard, kind="TRIM_HORIZON", number=None):
        place = {"SequenceNumber": number} if number else {}
        return self.streams.get_shard_iterator(
            StreamArn=self.arn, ShardId=shard["ShardId"], ShardIteratorType=kind, **place
        )["ShardIterator"]

    def read(self, iterator, **parameters):
        """What can be read now; the records, and the iterator behind them."""
        records = []
        while iterator:
            page = self.streams.get_records(ShardIterator=iterator, **parameters)
            records += page["Records"]
            iterator = page.get("NextShardIterator")
            if not page["Records"]:
                break
        return records, iterator

    def all_records(self):
        return [record for shard in self.shards() for record in self.read(self.iterator(shard))[0]]

    def wait_for(self, count):
        """All records from the oldest on, once there are so many."""
        records = until(lambda: self._at_least(count), f"{count} records")
        assert len(records) == count
        return records

    def _at_least(self, count):
        records = self.all_records()
        return records if len(records) >= count else None


def enabled(view="NEW_AND_OLD_IMAGES"):
    return {"StreamEnabled": True, "StreamViewType": view}


@pytest.fixture
def watch(client, streams):
    """Enables the stream of a table; answers its reader."""

    def start(name, view="NEW_AND_OLD_IMAGES"):
        table = client.describe_table(TableName=name)["Table"]
        if "StreamSpecification" not in table:
            client.update_table(TableName=name, StreamSpecification=enabled(view))
        arn = client.describe_table(TableName=name)["Table"]["LatestStreamArn"]
        reader = Reader(streams, arn)
        until(lambda: reader.description()["StreamStatus"] == "ENABLED", "the stream being enabled")
        return reader

    return start


@pytest.fixture
def watched(dynamodb, tables, watch):
    """A table with a stream of all images, and the stream's reader."""
    table = dynamodb.Table(tables.make("pk", "sk", StreamSpecification=enabled()))
    return table, watch(table.name)


def event_names(records):
    return [record["eventName"] for record in records]


KEY = {"pk": "a", "sk": "b"}


# Records


def test_the_life_of_an_item_is_told(watched):
    table, reader = watched
    table.put_item(Item={**KEY, "n": 1, "tags": {"x"}})
    table.update_item(Key=KEY, UpdateExpression="SET n = :n", ExpressionAttributeValues={":n": Decimal("2.5")})
    table.delete_item(Key=KEY)
    inserted, modified, removed = reader.wait_for(3)
    assert event_names([inserted, modified, removed]) == ["INSERT", "MODIFY", "REMOVE"]
    assert image(inserted["dynamodb"]["NewImage"]) == {**KEY, "n": 1, "tags": {"x"}}
    assert "OldImage" not in inserted["dynamodb"]
    assert image(modified["dynamodb"]["OldImage"]) == {**KEY, "n": 1, "tags": {"x"}}
    assert image(modified["dynamodb"]["NewImage"]) == {**KEY, "n": Decimal("2.5"), "tags": {"x"}}
    assert image(removed["dynamodb"]["OldImage"]) == {**KEY, "n": Decimal("2.5"), "tags": {"x"}}
    assert "NewImage" not in removed["dynamodb"]
    assert all(image(record["dynamodb"]["Keys"]) == KEY for record in [inserted, modified, removed])


def test_a_record_has_the_service_s_form(watched):
    table, reader = watched
    table.put_item(Item={**KEY, "text": "äb"})
    (record,) = reader.wait_for(1)
    assert re.fullmatch("[0-9a-f]{32}", record["eventID"])
    assert record["eventVersion"] == "1.1"
    assert record["eventSource"] == "aws:dynamodb"
    assert record["awsRegion"] == "us-east-1"
    assert "userIdentity" not in record
    change = record["dynamodb"]
    assert re.fullmatch("[0-9]{21,40}", change["SequenceNumber"])
    assert change["StreamViewType"] == "NEW_AND_OLD_IMAGES"
    keys = len("pk") + 1 + len("sk") + 1
    assert change["SizeBytes"] == keys + keys + len("text") + len("äb".encode())
    age = datetime.datetime.now(datetime.timezone.utc) - change["ApproximateCreationDateTime"]
    assert abs(age) < datetime.timedelta(minutes=2)


@pytest.mark.parametrize(
    "view, images",
    [
        ("KEYS_ONLY", [set(), set(), set()]),
        ("NEW_IMAGE", [{"NewImage"}, {"NewImage"}, set()]),
        ("OLD_IMAGE", [set(), {"OldImage"}, {"OldImage"}]),
        ("NEW_AND_OLD_IMAGES", [{"NewImage"}, {"NewImage", "OldImage"}, {"OldImage"}]),
    ],
)
def test_the_view_type_says_which_images_come(dynamodb, tables, watch, view, images):
    table = dynamodb.Table(tables.make("pk", "sk", StreamSpecification=enabled(view)))
    table.put_item(Item={**KEY, "n": 1})
    table.put_item(Item={**KEY, "n": 2})
    table.delete_item(Key=KEY)
    records = watch(table.name).wait_for(3)
    assert [set(record["dynamodb"]) & {"NewImage", "OldImage"} for record in records] == images
    assert {record["dynamodb"]["StreamViewType"] for record in records} == {view}


def test_what_changes_nothing_is_not_told(watched):
    table, reader = watched
    table.put_item(Item={**KEY, "n": 1})
    table.put_item(Item={**KEY, "n": 1})
    table.update_item(Key=KEY, UpdateExpression="SET n = :n", ExpressionAttributeValues={":n": 1})
    with refused("ConditionalCheckFailedException"):
        table.delete_item(Key=KEY, ConditionExpression="n = :n", ExpressionAttributeValues={":n": 5})
    table.delete_item(Key={"pk": "a", "sk": "never there"})
    table.delete_item(Key=KEY)
    assert event_names(reader.wait_for(2)) == ["INSERT", "REMOVE"]


def test_a_transaction_tells_of_each_item(watched, dynamodb):
    table, reader = watched
    table.put_item(Item={"pk": "old", "sk": "b"})
    dynamodb.meta.client.transact_write_items(
        TransactItems=[
            {"Put": {"TableName": table.name, "Item": {"pk": "new", "sk": "b"}}},
            {"Delete": {"TableName": table.name, "Key": {"pk": "old", "sk": "b"}}},
        ]
    )
    records = reader.wait_for(3)
    assert sorted(event_names(records)) == ["INSERT", "INSERT", "REMOVE"]


def test_changes_of_one_partition_key_keep_their_order(watched):
    table, reader = watched
    with table.batch_writer() as batch:
        for number in range(40):
            batch.put_item(Item={"pk": "a", "sk": f"{number:02}"})
    records = reader.wait_for(40)
    numbers = [int(record["dynamodb"]["SequenceNumber"]) for record in records]
    assert numbers == sorted(set(numbers))
    assert len({record["eventID"] for record in records}) == 40


# Iterators


def busy_shard(reader):
    """The shard that has records."""
    (shard,) = [shard for shard in reader.shards() if reader.read(reader.iterator(shard))[0]]
    return shard


def keys_read(reader, iterator):
    return [record["dynamodb"]["Keys"]["sk"]["S"] for record in reader.read(iterator)[0]]


def test_a_reader_starts_where_it_says(watched):
    table, reader = watched
    for sk in "abc":
        table.put_item(Item={"pk": "a", "sk": sk})
    second = reader.wait_for(3)[1]["dynamodb"]["SequenceNumber"]
    shard = busy_shard(reader)
    latest = reader.iterator(shard, "LATEST")
    table.put_item(Item={"pk": "a", "sk": "d"})
    reader.wait_for(4)
    assert keys_read(reader, reader.iterator(shard, "TRIM_HORIZON")) == ["a", "b", "c", "d"]
    assert keys_read(reader, reader.iterator(shard, "AT_SEQUENCE_NUMBER", second)) == ["b", "c", "d"]
    assert keys_read(reader, reader.iterator(shard, "AFTER_SEQUENCE_NUMBER", second)) == ["c", "d"]
    assert keys_read(reader, latest) == ["d"]


def test_reading_again_gives_the_same(watched):
    table, reader = watched
    for sk in "abc":
        table.put_item(Item={"pk": "a", "sk": sk})
    assert reader.wait_for(3) == reader.wait_for(3)


def test_a_limit_cuts_what_is_read_at_once(watched, streams):
    table, reader = watched
    for sk in "abcde":
        table.put_item(Item={"pk": "a", "sk": sk})
    reader.wait_for(5)
    iterator, sizes = reader.iterator(busy_shard(reader)), []
    while True:
        page = streams.get_records(ShardIterator=iterator, Limit=2)
        if not page["Records"]:
            break
        sizes.append(len(page["Records"]))
        iterator = page["NextShardIterator"]
    assert sizes == [2, 2, 1]


def test_an_open_shard_always_goes_on(watched):
    table, reader = watched
    for shard in reader.shards():
        records, following = reader.read(reader.iterator(shard))
        assert (records, bool(following)) == ([], True)


# Streams and shards


def test_streams_are_listed_by_table(streams, watched):
    table, reader = watched
    (stream,) = streams.list_streams(TableName=table.name)["Streams"]
    assert stream["StreamArn"] == reader.arn
    assert stream["TableName"] == table.name
    assert reader.arn.endswith(f":table/{table.name}/stream/{stream['StreamLabel']}")


def test_streams_are_listed_page_after_page(streams, tables):
    for _ in range(3):
        tables.make("pk", StreamSpecification=enabled())
    arns, parameters = [], {"Limit": 2}
    while True:
        page = streams.list_streams(**parameters)
        assert len(page["Streams"]) <= 2
        arns += [stream["StreamArn"] for stream in page["Streams"]]
        if "LastEvaluatedStreamArn" not in page:
            break
        parameters["ExclusiveStartStreamArn"] = page["LastEvaluatedStreamArn"]
    own = [arn for arn in arns if f"table/{tables.stem}-" in arn]
    assert len(own) == 3 and len(set(arns)) == len(arns)


def test_a_stream_describes_itself(client, watched):
    table, reader = watched
    description = reader.description()
    assert description["StreamArn"] == reader.arn
    assert description["TableName"] == table.name
    assert (description["StreamStatus"], description["StreamViewType"]) == ("ENABLED", "NEW_AND_OLD_IMAGES")
    assert description["KeySchema"] == table.key_schema
    described = client.describe_table(TableName=table.name)["Table"]
    assert described["LatestStreamArn"] == reader.arn
    assert described["LatestStreamLabel"] == description["StreamLabel"]
    assert described["StreamSpecification"] == enabled()


def test_an_on_demand_table_has_four_open_shards(watched):
    _, reader = watched
    shards = reader.shards()
    assert len(shards) == 4
    for shard in shards:
        assert re.fullmatch(r"shardId-\d{20}-[0-9a-f]{8}", shard["ShardId"])
        assert "EndingSequenceNumber" not in shard["SequenceNumberRange"]
        assert "ParentShardId" not in shard
    paged = reader.shards(Limit=3)
    assert [shard["ShardId"] for shard in paged] == [shard["ShardId"] for shard in shards]


def test_a_split_gives_a_shard_children(client, dynamodb, tables, watch):
    """1,900 write units need two partitions where one has served."""
    name = tables.make(
        "pk",
        "sk",
        BillingMode="PROVISIONED",
        ProvisionedThroughput={"ReadCapacityUnits": 1, "WriteCapacityUnits": 1},
        StreamSpecification=enabled(),
    )
    reader = watch(name)
    (parent,) = reader.shards()
    table = dynamodb.Table(name)
    table.put_item(Item=KEY)
    client.update_table(TableName=name, ProvisionedThroughput={"ReadCapacityUnits": 1, "WriteCapacityUnits": 1_900})
    tables.wait_until_active(name)

    def children():
        return [shard for shard in reader.shards() if shard.get("ParentShardId") == parent["ShardId"]]

    until(lambda: len(children()) == 2, "two children")
    table.put_item(Item={**KEY, "n": 1})
    table.put_item(Item={**KEY, "n": 2})

    (closed,) = [shard for shard in reader.shards() if shard["ShardId"] == parent["ShardId"]]
    assert "EndingSequenceNumber" in closed["SequenceNumberRange"]
    from_parent, behind = reader.read(reader.iterator(parent))
    assert event_names(from_parent) == ["INSERT"]
    assert behind is None
    later = [record for shard in children() for record in reader.read(reader.iterator(shard))[0]]
    assert event_names(later) == ["MODIFY", "MODIFY"]
    numbers = [int(record["dynamodb"]["SequenceNumber"]) for record in from_parent + later]
    assert numbers == sorted(set(numbers))
    filtered = reader.shards(ShardFilter={"Type": "CHILD_SHARDS", "ShardId": parent["ShardId"]})
    assert {shard["ShardId"] for shard in filtered} == {shard["ShardId"] for shard in children()}


def test_a_disabled_stream_can_still_be_read_to_its_end(client, streams, watched, watch, tables):
    table, reader = watched
    table.put_item(Item=KEY)
    reader.wait_for(1)
    client.update_table(TableName=table.name, StreamSpecification={"StreamEnabled": False})
    tables.wait_until_active(table.name)
    until(lambda: reader.description()["StreamStatus"] == "DISABLED", "the stream being disabled")
    table.put_item(Item={**KEY, "n": 1})
    for shard in reader.shards():
        assert "EndingSequenceNumber" in shard["SequenceNumberRange"]
    assert event_names(reader.wait_for(1)) == ["INSERT"]
    assert all(reader.read(reader.iterator(shard))[1] is None for shard in reader.shards())

    second = watch(table.name, "KEYS_ONLY")
    assert second.arn != reader.arn
    table.put_item(Item={**KEY, "n": 2})
    assert event_names(second.wait_for(1)) == ["MODIFY"]
    assert len(streams.list_streams(TableName=table.name)["Streams"]) == 2


# What is refused


def test_a_stream_is_enabled_once(client, watched):
    table, _ = watched
    with validation_refused(f"Table already has an enabled stream: TableName: {table.name}"):
        client.update_table(TableName=table.name, StreamSpecification=enabled())


def test_a_view_type_needs_a_stream(client, tables):
    with validation_refused(
        "One or more parameter values were invalid: Table is being created with a stream disabled, UpdateViewType "
        "should not be specified"
    ):
        tables.make("pk", StreamSpecification={"StreamEnabled": False, "StreamViewType": "NEW_IMAGE"})


def test_unknown_streams_and_shards_are_not_found(streams, watched):
    table, reader = watched
    unknown = f"arn:aws:dynamodb:us-east-1:000000000000:table/{table.name}/stream/2020-01-01T00:00:00.000"
    with refused("ResourceNotFoundException", f"Requested resource not found: Stream: {unknown} not found"):
        streams.describe_stream(StreamArn=unknown)
    with refused("ResourceNotFoundException") as refusal:
        reader.iterator({"ShardId": "shardId-00000000000000000001-00000000"})
    assert refusal.message.startswith("Requested resource not found: Shard: ")
    with validation_refused():
        streams.describe_stream(StreamArn="arn:aws:dynamodb:us-east-1:000000000000:nonsense-without-a-stream")


def test_wrong_iterators_are_refused(streams, watched):
    table, reader = watched
    shard = reader.shards()[0]
    with validation_refused():
        streams.get_records(ShardIterator="no such iterator")
    with validation_refused():
        reader.iterator(shard, "AT_SEQUENCE_NUMBER")
    with validation_refused():
        reader.iterator(shard, "AT_SEQUENCE_NUMBER", "9" * 40)
    with validation_refused():
        streams.get_records(ShardIterator=reader.iterator(shard), Limit=1_001)
