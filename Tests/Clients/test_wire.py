"""The wire itself, as no SDK shows it: headers, checksums, frames, connections."""

import contextlib
import gzip
import http.client
import json
import re
import socket
import threading
import zlib

import pytest

from endpoint import PATIENCE

JSON_1_0 = "application/x-amz-json-1.0"
AUTHORIZATION = (
    "AWS4-HMAC-SHA256 Credential=anybody/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host;x-amz-date, "
    "Signature=00"
)
ERROR_SPACE = "com.amazonaws.dynamodb.v20120810#"
CORAL_SERVICE = "com.amazon.coral.service#"


def headers_for(target="ListTables", **further):
    headers = {
        "Content-Type": JSON_1_0,
        "X-Amz-Target": f"DynamoDB_20120810.{target}",
        "X-Amz-Date": "20260101T000000Z",
        "Authorization": AUTHORIZATION,
    }
    headers.update({name.replace("_", "-"): value for name, value in further.items()})
    return {name: value for name, value in headers.items() if value is not None}


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()

    @property
    def json(self):
        return json.loads(self.body)


def exchange(connection, body="{}", target="ListTables", method="POST", path="/", **headers):
    connection.request(method, path, body, headers_for(target, **headers))
    return Answer(connection.getresponse())


@pytest.fixture
def connect(server):
    """Opens connections, and closes them in the end."""
    with contextlib.ExitStack() as opened:
        yield lambda: opened.enter_context(
            contextlib.closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE))
        )


@pytest.fixture
def connection(connect):
    return connect()


@pytest.fixture
def plug(server):
    """Opens bare sockets."""
    with contextlib.ExitStack() as opened:
        yield lambda: opened.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE))


def read_answer(stream):
    """One answer from a socket's file: status, headers in lower case, body."""
    status = int(stream.readline().split()[1])
    headers = {}
    while (line := stream.readline().strip()) != b"":
        name, value = line.decode().split(":", 1)
        headers[name.lower()] = value.strip()
    return status, headers, stream.read(int(headers.get("content-length", 0)))


def frame(body, target="ListTables", **headers):
    """The bytes of a request."""
    lines = [f"{name}: {value}" for name, value in headers_for(target, **headers).items()]
    head = "\r\n".join(["POST / HTTP/1.1", "Host: localhost", f"Content-Length: {len(body)}", *lines, "", ""])
    return head.encode() + body


# Headers


def test_an_answer_has_its_checksum_and_number(connection):
    answer = exchange(connection)
    assert answer.status == 200
    assert "TableNames" in answer.json
    assert answer.headers["Content-Type"] == JSON_1_0
    assert int(answer.headers["x-amz-crc32"]) == zlib.crc32(answer.body)
    assert re.fullmatch("[A-Z0-9]{52}", answer.headers["x-amzn-RequestId"])


def test_no_two_answers_have_the_same_number(connection):
    numbers = {exchange(connection).headers["x-amzn-RequestId"] for _ in range(50)}
    assert len(numbers) == 50


def test_an_error_has_a_checksum_too(connection):
    answer = exchange(connection, '{"TableName": "no-such-table"}', "DescribeTable")
    assert answer.status == 400
    assert int(answer.headers["x-amz-crc32"]) == zlib.crc32(answer.body)
    assert answer.json == {
        "__type": ERROR_SPACE + "ResourceNotFoundException",
        "message": "Requested resource not found: Table: no-such-table not found",
    }


def test_plain_json_is_answered_as_plain_json(connection):
    answer = exchange(connection, Content_Type="application/json")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/json")


# Errors


def test_an_unknown_operation_is_refused(connection):
    answer = exchange(connection, target="MakeCoffee")
    assert answer.status == 400
    assert answer.json["__type"] == CORAL_SERVICE + "UnknownOperationException"


def test_validation_has_a_name_space_of_its_own(connection):
    answer = exchange(connection, '{"TableName": "a b"}', "DescribeTable")
    assert (answer.status, answer.json["__type"]) == (400, "com.amazon.coral.validate#ValidationException")


@pytest.mark.parametrize("body", ["{", "[]", "{'single': 'quotes'}", '{"TableName": "a"} x', "\x00\x01", "nonsense"])
def test_what_is_no_json_is_refused_and_the_connection_lives_on(connection, body):
    answer = exchange(connection, body, "DescribeTable")
    assert answer.status == 400
    assert answer.json["__type"] == CORAL_SERVICE + "SerializationException"
    first = connection.sock
    assert exchange(connection).status == 200
    assert connection.sock is first


@pytest.mark.parametrize(
    "body, message",
    [
        ('{"TableName": 5}', "NUMBER_VALUE cannot be converted to String"),
        ('{"TableName": true}', "TRUE_VALUE cannot be converted to String"),
        ('{"TableName": "a", "Key": {"pk": {"S": 5}}}', "NUMBER_VALUE cannot be converted to String"),
        ('{"TableName": "a", "ConsistentRead": "yes"}', None),
    ],
)
def test_a_member_of_another_type_is_refused(connection, body, message):
    answer = exchange(connection, body, "GetItem")
    assert (answer.status, answer.json["__type"]) == (400, CORAL_SERVICE + "SerializationException")
    if message:
        assert answer.json["Message"] == message


def test_unknown_members_and_nulls_are_passed_over(connection):
    answer = exchange(connection, '{"Limit": null, "Colour": {"deep": [1, 2]}}')
    assert answer.status == 200


@pytest.mark.parametrize(
    "method, path, content_type",
    [("PUT", "/", JSON_1_0), ("DELETE", "/", JSON_1_0), ("POST", "/elsewhere", JSON_1_0), ("POST", "/", "text/plain")],
)
def test_what_is_no_request_to_the_service_is_not_found(connection, method, path, content_type):
    answer = exchange(connection, method=method, path=path, Content_Type=content_type)
    assert answer.status == 404
    assert answer.body.strip() == b"<UnknownOperationException/>"
    assert exchange(connection).status == 200


def test_what_is_no_http_is_told_so(plug):
    client = plug()
    client.sendall(b"EHLO example.com\r\n\r\n")
    assert b" 400 " in client.makefile("rb").readline()


# Pages for people


def test_the_front_page_tells_health(connection):
    connection.request("GET", "/")
    answer = Answer(connection.getresponse())
    assert (answer.status, answer.body) == (200, b"healthy: dynamodb.us-east-1.amazonaws.com ")


def test_a_browser_sees_a_page(connection, tables):
    name = tables.make("pk")
    connection.request("GET", "/", headers={"Accept": "text/html,application/xhtml+xml"})
    answer = Answer(connection.getresponse())
    assert answer.status == 200
    assert answer.headers["Content-Type"].startswith("text/html")
    page = answer.body.decode()
    assert "<html" in page and name in page


# Compression


@pytest.fixture
def large_item(client, tables):
    """The body of a GetItem whose answer is large."""
    name = tables.make("pk")
    client.put_item(TableName=name, Item={"pk": {"S": "a"}, "text": {"S": "lorem ipsum " * 2_000}})
    return json.dumps({"TableName": name, "Key": {"pk": {"S": "a"}}})


def test_a_large_answer_is_compressed_for_who_asks(connection, large_item):
    plain = exchange(connection, large_item, "GetItem")
    assert "Content-Encoding" not in plain.headers
    packed = exchange(connection, large_item, "GetItem", Accept_Encoding="gzip")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.body) < len(plain.body) / 10
    assert gzip.decompress(packed.body) == plain.body
    assert int(packed.headers["x-amz-crc32"]) == zlib.crc32(packed.body)


def test_a_compressed_request_is_understood(connection):
    body = gzip.compress(b'{"Limit": 1}')
    assert exchange(connection, body, Content_Encoding="gzip").status == 200


def test_what_is_no_gzip_is_refused(connection):
    answer = exchange(connection, b"no gzip", Content_Encoding="gzip")
    assert (answer.status, answer.json["__type"]) == (400, CORAL_SERVICE + "SerializationException")
    assert exchange(connection).status == 200


# Bodies


def test_a_body_may_come_in_chunks(connection):
    parts = [b'{"Lim', b'it"', b": 1", b"}"]
    connection.request("POST", "/", iter(parts), headers_for(), encode_chunked=True)
    assert Answer(connection.getresponse()).status == 200
    assert exchange(connection).status == 200


def test_a_client_may_ask_before_it_sends(plug):
    client, body = plug(), b"{}"
    request = frame(body, Expect="100-continue")
    head = request[: -len(body)]
    client.sendall(head)
    stream = client.makefile("rb")
    assert stream.readline() == b"HTTP/1.1 100 Continue\r\n"
    assert stream.readline() == b"\r\n"
    client.sendall(body)
    assert read_answer(stream)[0] == 200


SIXTEEN_MEGABYTES = 16 << 20


def test_a_body_of_more_than_16_megabytes_is_too_large(plug):
    client = plug()
    client.sendall(frame(b"", Content_Length=str(SIXTEEN_MEGABYTES + 1)).replace(b"Content-Length: 0\r\n", b"", 1))
    assert read_answer(client.makefile("rb"))[0] == 413


def test_so_is_one_that_does_not_say_its_size(plug):
    client = plug()
    request = frame(b"").replace(b"Content-Length: 0", b"Transfer-Encoding: chunked")
    client.sendall(request)
    chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    with contextlib.suppress(ConnectionError):
        for _ in range(SIXTEEN_MEGABYTES // 0x10000 + 1):
            client.sendall(chunk)
        client.sendall(b"0\r\n\r\n")
    assert read_answer(client.makefile("rb"))[0] == 413


def test_so_is_one_that_grows(connection):
    bomb = gzip.compress(b" " * (SIXTEEN_MEGABYTES + 1))
    assert len(bomb) < 100_000
    assert exchange(connection, bomb, Content_Encoding="gzip").status == 413


def test_a_body_of_15_megabytes_is_not(connection):
    body = json.dumps({"Limit": 1, "Padding": "x" * (15 << 20)})
    assert exchange(connection, body).status == 200


# Connections


def test_a_connection_serves_many_requests(connection):
    assert exchange(connection).status == 200
    first = connection.sock
    for _ in range(100):
        assert exchange(connection).status == 200
    assert connection.sock is first


def test_a_connection_closes_when_asked_to(plug):
    client = plug()
    client.sendall(frame(b"{}", Connection="close"))
    stream = client.makefile("rb")
    status, headers, _ = read_answer(stream)
    assert (status, headers["connection"]) == (200, "close")
    assert stream.read() == b""


def test_requests_may_be_sent_before_the_answers_came(plug):
    client = plug()
    bodies = [b'{"TableName": "nowhere-%d"}' % number for number in range(50)]
    client.sendall(b"".join(frame(body, "DescribeTable") for body in bodies))
    stream = client.makefile("rb")
    for number in range(50):
        status, _, body = read_answer(stream)
        assert status == 400
        assert json.loads(body)["message"].endswith(f"Table: nowhere-{number} not found")


def test_a_request_may_come_byte_by_byte(plug):
    client = plug()
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    for byte in frame(b"{}"):
        client.sendall(bytes([byte]))
    assert read_answer(client.makefile("rb"))[0] == 200


def test_slow_clients_hold_nobody_up(plug, connection):
    """One sends half a head, one half a body, one takes no answers."""
    whole = frame(b"{}")
    slow = [plug() for _ in range(3)]
    slow[0].sendall(whole[:40])
    slow[1].sendall(whole[:-1])
    slow[2].sendall(whole * 500)
    for _ in range(20):
        assert exchange(connection).status == 200
    slow[0].sendall(whole[40:])
    slow[1].sendall(whole[-1:])
    for client in slow:
        assert read_answer(client.makefile("rb"))[0] == 200


def test_a_client_that_leaves_early_harms_nobody(plug, connection):
    for cut in (1, 40, -1):
        client = plug()
        client.sendall(frame(b"{}")[:cut])
        client.close()
    assert exchange(connection).status == 200


def test_two_hundred_clients_at_once(connect, tables):
    """Each holds its connection, writes its item, and reads it when all have written."""
    name, count = tables.make("pk"), 200
    written = threading.Barrier(count, timeout=PATIENCE)
    failures = []

    def work(number):
        try:
            connection, key = connect(), {"pk": {"S": f"{number}"}}
            body = json.dumps({"TableName": name, "Item": {**key, "n": {"N": f"{number}"}}})
            assert exchange(connection, body, "PutItem").status == 200
            first = connection.sock
            written.wait()
            answer = exchange(connection, json.dumps({"TableName": name, "Key": key}), "GetItem")
            assert answer.json["Item"]["n"] == {"N": f"{number}"}
            assert connection.sock is first
        except BaseException as error:
            failures.append(error)
            written.abort()

    workers = [threading.Thread(target=work, args=(number,)) for number in range(count)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(PATIENCE)
    assert failures == []


def test_concurrent_increments_are_all_counted(connect, client, tables):
    name = tables.make("pk")
    body = json.dumps(
        {
            "TableName": name,
            "Key": {"pk": {"S": "counter"}},
            "UpdateExpression": "ADD n :one",
            "ExpressionAttributeValues": {":one": {"N": "1"}},
        }
    )

    def work():
        connection = connect()
        for _ in range(25):
            exchange(connection, body, "UpdateItem")

    workers = [threading.Thread(target=work) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(PATIENCE)
    item = client.get_item(TableName=name, Key={"pk": {"S": "counter"}}, ConsistentRead=True)["Item"]
    assert item["n"] == {"N": "200"}
