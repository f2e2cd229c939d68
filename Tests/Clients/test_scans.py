"""Scans: filters, segments, pages."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from boto3.dynamodb.conditions import Attr

from endpoint import pages, starting_with, validation_refused

COUNT = 120


@pytest.fixture(scope="module")
def crowd(dynamodb, module_tables):
    table = dynamodb.Table(module_tables.make("pk", gsi={"adults": ("adult", "age")}, types={"age": "N"}))
    with table.batch_writer() as batch:
        for number in range(COUNT):
            person = {"pk": f"person-{number}", "age": number}
            batch.put_item(Item={**person, "adult": "yes"} if number >= 18 else person)
    return table


def names(items):
    return {item["pk"] for item in items}


EVERYBODY = {f"person-{number}" for number in range(COUNT)}


def test_a_scan_finds_everything_once(crowd):
    answer = crowd.scan()
    assert names(answer["Items"]) == EVERYBODY
    assert (answer["Count"], answer["ScannedCount"]) == (COUNT, COUNT)


def test_a_scan_comes_in_the_same_order_again(crowd):
    assert crowd.scan()["Items"] == crowd.scan()["Items"]


def test_a_filter_may_mention_keys(crowd):
    answer = crowd.scan(FilterExpression=Attr("pk").begins_with("person-11") & Attr("age").lt(20))
    assert names(answer["Items"]) == {"person-11"}
    assert (answer["Count"], answer["ScannedCount"]) == (1, COUNT)


def test_pages_cover_everything(crowd):
    found = list(pages(crowd.scan, Limit=50))
    assert [page["Count"] for page in found] == [50, 50, 20]
    assert names(item for page in found for item in page["Items"]) == EVERYBODY


def test_the_paginator_of_the_client_scans_on(client, crowd):
    found = client.get_paginator("scan").paginate(TableName=crowd.name, PaginationConfig={"PageSize": 7})
    items = [item for page in found for item in page["Items"]]
    assert len(items) == COUNT
    assert {item["pk"]["S"] for item in items} == EVERYBODY


def test_workers_share_a_scan_by_segments(crowd):
    total = 5

    def scan(segment):
        found = pages(crowd.scan, Segment=segment, TotalSegments=total, Limit=10)
        return [item["pk"] for page in found for item in page["Items"]]

    with ThreadPoolExecutor(total) as workers:
        parts = list(workers.map(scan, range(total)))
    assert sum(map(len, parts)) == COUNT
    assert set().union(*parts) == EVERYBODY
    assert sum(1 for part in parts if part) > 1


def test_an_index_can_be_scanned(crowd):
    answer = crowd.scan(IndexName="adults", Select="COUNT")
    assert answer["Count"] == COUNT - 18


@pytest.mark.parametrize(
    "parameters, message",
    [
        (
            {"Segment": 0},
            "The TotalSegments parameter is required but was not present in the request when Segment parameter is "
            "present",
        ),
        (
            {"TotalSegments": 2},
            "The Segment parameter is required but was not present in the request when parameter TotalSegments is "
            "present",
        ),
        (
            {"Segment": 5, "TotalSegments": 5},
            "The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: 5 is not less "
            "than TotalSegments: 5",
        ),
        (
            {"IndexName": "adults", "ConsistentRead": True},
            "Consistent reads are not supported on global secondary indexes",
        ),
        ({"ExclusiveStartKey": {"age": 5}}, starting_with("The provided starting key is invalid")),
    ],
)
def test_a_wrong_scan_is_refused(crowd, parameters, message):
    with validation_refused(message):
        crowd.scan(**parameters)


def test_a_start_key_belongs_to_its_segment(crowd):
    last = crowd.scan(Segment=0, TotalSegments=2, Limit=1)["LastEvaluatedKey"]
    with validation_refused() as refusal:
        crowd.scan(Segment=1, TotalSegments=2, ExclusiveStartKey=last)
    assert "Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct Segment." in refusal.message
