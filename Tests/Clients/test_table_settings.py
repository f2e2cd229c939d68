"""Time to live, tags, resource policies, and what the account may do."""

import json
import time

import pytest

import endpoint
from endpoint import Server, refused, starting_with, until, validation_refused

# Time to live


def enable(client, name, attribute="expires", enabled=True):
    return client.update_time_to_live(
        TableName=name, TimeToLiveSpecification={"Enabled": enabled, "AttributeName": attribute}
    )


def status(client, name):
    return client.describe_time_to_live(TableName=name)["TimeToLiveDescription"]


def test_time_to_live_is_off_first(client, tables):
    assert status(client, tables.make("pk")) == {"TimeToLiveStatus": "DISABLED"}


def test_time_to_live_is_switched_on_and_off(client, tables):
    name = tables.make("pk")
    answer = enable(client, name)
    assert answer["TimeToLiveSpecification"] == {"Enabled": True, "AttributeName": "expires"}
    until(
        lambda: status(client, name) == {"TimeToLiveStatus": "ENABLED", "AttributeName": "expires"},
        "time to live being enabled",
    )
    enable(client, name, enabled=False)
    until(lambda: status(client, name)["TimeToLiveStatus"] == "DISABLED", "time to live being disabled")


def test_time_to_live_changes_only_what_is_not_so_yet(client, tables):
    name = tables.make("pk")
    with validation_refused("TimeToLive is already disabled"):
        enable(client, name, enabled=False)
    enable(client, name)
    with validation_refused("TimeToLive is already enabled"):
        enable(client, name)
    with validation_refused(
        "TimeToLive is active on a different AttributeName: current AttributeName is expires"
    ):
        enable(client, name, attribute="other")
    with refused("ResourceNotFoundException", "Requested resource not found: Table: no-such-table not found"):
        enable(client, "no-such-table")


@pytest.mark.own_server
def test_an_expired_item_goes_by_itself():
    """The server looks for expired items every 60 s; here every second."""
    server = Server("--set", "ttlSweep=1s")
    try:
        client = endpoint.client(server.url)
        streams = endpoint.client(server.url, "dynamodbstreams")
        tables = endpoint.Tables(client, "expiry")
        name = tables.make(
            "pk", StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"}
        )
        enable(client, name)
        now = int(time.time())
        for pk, expires in [
            ("old", {"N": str(now - 60)}),
            ("young", {"N": str(now + 3600)}),
            ("ancient", {"N": str(now - 6 * 366 * 86_400)}),
            ("text", {"S": str(now - 60)}),
        ]:
            client.put_item(TableName=name, Item={"pk": {"S": pk}, "expires": expires})

        def left():
            return {item["pk"]["S"] for item in client.scan(TableName=name)["Items"]}

        until(lambda: left() == {"young", "ancient", "text"}, "the expired item being gone")
        arn = client.describe_table(TableName=name)["Table"]["LatestStreamArn"]
        removals = [
            record
            for shard in streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"]
            for record in streams.get_records(
                ShardIterator=streams.get_shard_iterator(
                    StreamArn=arn, ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON"
                )["ShardIterator"]
            )["Records"]
            if record["eventName"] == "REMOVE"
        ]
        (removal,) = removals
        assert removal["userIdentity"] == {"PrincipalId": "dynamodb.amazonaws.com", "Type": "Service"}
        assert removal["dynamodb"]["OldImage"]["pk"] == {"S": "old"}
    finally:
        server.stop()


# Tags


@pytest.fixture
def tagged(client, tables):
    """The ARN of a table that was made with a tag."""
    name = tables.make("pk", Tags=[{"Key": "team", "Value": "shop"}])
    return client.describe_table(TableName=name)["Table"]["TableArn"]


def tags_of(client, arn):
    pages = client.get_paginator("list_tags_of_resource").paginate(ResourceArn=arn)
    return {tag["Key"]: tag["Value"] for page in pages for tag in page["Tags"]}


def test_tags_are_added_changed_and_removed(client, tagged):
    assert tags_of(client, tagged) == {"team": "shop"}
    client.tag_resource(ResourceArn=tagged, Tags=[{"Key": "stage", "Value": "test"}, {"Key": "team", "Value": "web"}])
    assert tags_of(client, tagged) == {"team": "web", "stage": "test"}
    client.untag_resource(ResourceArn=tagged, TagKeys=["team", "never there"])
    assert tags_of(client, tagged) == {"stage": "test"}


def test_the_paginator_lists_fifty_tags(client, tagged):
    tags = {"team": "shop", **{f"key-{number:02}": str(number) for number in range(49)}}
    client.tag_resource(ResourceArn=tagged, Tags=[{"Key": key, "Value": value} for key, value in tags.items()])
    assert tags_of(client, tagged) == tags


def test_tags_need_a_table(client):
    arn = "arn:aws:dynamodb:us-east-1:000000000000:table/no-such-table"
    with refused("ResourceNotFoundException", f"Requested resource not found: ResourceArn: {arn} not found"):
        client.list_tags_of_resource(ResourceArn=arn)
    with validation_refused() as refusal:
        client.tag_resource(ResourceArn="no-such-table", Tags=[{"Key": "a", "Value": "b"}])
    assert refusal.message.endswith("invalid: ARNs must start with 'arn:': no-such-table")


# Resource policies


def policy(name, effect="Allow"):
    return json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": effect,
                    "Principal": {"AWS": "arn:aws:iam::000000000000:root"},
                    "Action": "dynamodb:GetItem",
                    "Resource": name,
                }
            ],
        }
    )


def test_a_resource_policy_is_kept_with_its_revision(client, tagged):
    with refused("PolicyNotFoundException"):
        client.get_resource_policy(ResourceArn=tagged)
    revision = client.put_resource_policy(ResourceArn=tagged, Policy=policy(tagged))["RevisionId"]
    answer = client.get_resource_policy(ResourceArn=tagged)
    assert json.loads(answer["Policy"]) == json.loads(policy(tagged))
    assert answer["RevisionId"] == revision
    second = client.put_resource_policy(
        ResourceArn=tagged, Policy=policy(tagged, "Deny"), ExpectedRevisionId=revision
    )["RevisionId"]
    assert second != revision
    with refused("PolicyNotFoundException"):
        client.put_resource_policy(ResourceArn=tagged, Policy=policy(tagged), ExpectedRevisionId=revision)
    client.delete_resource_policy(ResourceArn=tagged)
    with refused("PolicyNotFoundException"):
        client.get_resource_policy(ResourceArn=tagged)


def test_what_is_no_policy_is_refused(client, tagged):
    with validation_refused():
        client.put_resource_policy(ResourceArn=tagged, Policy="{")


# The account


def test_the_account_has_limits(client):
    limits = client.describe_limits()
    assert limits["TableMaxReadCapacityUnits"] == limits["TableMaxWriteCapacityUnits"] == 40_000
    assert limits["AccountMaxReadCapacityUnits"] == limits["AccountMaxWriteCapacityUnits"] == 80_000


def test_the_endpoint_names_itself(client):
    (described,) = client.describe_endpoints()["Endpoints"]
    assert described["Address"]
    assert described["CachePeriodInMinutes"] == 1440


def test_a_quota_of_throughput_holds(client, tables):
    with refused(
        "LimitExceededException",
        starting_with("The requested ReadCapacityUnits, 40001, is above the per table maximum for the account in "),
    ):
        client.create_table(
            **endpoint.table_request(
                tables.fresh_name(),
                "pk",
                BillingMode="PROVISIONED",
                ProvisionedThroughput={"ReadCapacityUnits": 40_001, "WriteCapacityUnits": 1},
            )
        )
