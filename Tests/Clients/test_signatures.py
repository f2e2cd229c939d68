"""An endpoint with an access key of its own: who may come in, and what the others hear."""

import datetime
import http.client
import json
import re
import subprocess
import sys

import boto3
import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

import endpoint
from endpoint import ACCESS_KEY, REGION, SECRET, Server, refused, starting_with

pytestmark = pytest.mark.own_server

WRONG_SIGNATURE = starting_with(
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key "
    "and signing method."
)


@pytest.fixture(scope="module")
def guarded():
    server = Server("--access-key", ACCESS_KEY, SORTKEY_SECRET_ACCESS_KEY=SECRET)
    yield server
    server.stop()


# boto3


def test_the_right_secret_opens(guarded):
    client = endpoint.client(guarded.url)
    name = "signed-" + "é".encode().hex()
    client.create_table(**endpoint.table_request(name, "pk"))
    item = {"pk": {"S": "Grüße & +/=?"}, "raw": {"B": bytes(range(256))}}
    client.put_item(TableName=name, Item=item)
    assert client.get_item(TableName=name, Key={"pk": item["pk"]})["Item"] == item


def test_streams_sign_as_dynamodb(guarded):
    streams = endpoint.client(guarded.url, "dynamodbstreams")
    assert streams.list_streams()["Streams"] == []


def test_a_wrong_secret_is_refused(guarded):
    with refused("InvalidSignatureException", WRONG_SIGNATURE):
        endpoint.client(guarded.url, secret="wrong").list_tables()


def test_an_unknown_key_is_refused(guarded):
    with refused("UnrecognizedClientException", "The security token included in the request is invalid."):
        endpoint.client(guarded.url, key="AKIDUNKNOWN").list_tables()


def test_another_region_is_refused(guarded):
    client = boto3.client(
        "dynamodb",
        endpoint_url=guarded.url,
        region_name="eu-central-1",
        aws_access_key_id=ACCESS_KEY,
        aws_secret_access_key=SECRET,
        config=endpoint.Config(retries={"total_max_attempts": 1}),
    )
    with refused("InvalidSignatureException") as refusal:
        client.list_tables()
    assert "Credential should be scoped to a valid region" in refusal.message


# By hand


class ShiftedAuth(SigV4Auth):
    """Signs as if it were another time."""

    def __init__(self, shift, service="dynamodb"):
        super().__init__(Credentials(ACCESS_KEY, SECRET), service, REGION)
        self.shift = shift

    def add_auth(self, request):
        time = datetime.datetime.now(datetime.timezone.utc) + self.shift
        request.context["timestamp"] = time.strftime("%Y%m%dT%H%M%SZ")
        self._modify_request_before_signing(request)
        canonical = self.canonical_request(request)
        signature = self.signature(self.string_to_sign(request, canonical), request)
        self._inject_signature_to_request(request, signature)


def signed(server, body="{}", shift=datetime.timedelta(), service="dynamodb"):
    request = AWSRequest(
        method="POST",
        url=server.url + "/",
        data=body.encode(),
        headers={"Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": "DynamoDB_20120810.ListTables"},
    )
    ShiftedAuth(shift, service).add_auth(request)
    return dict(request.headers)


def send(server, headers, body="{}", path="/"):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=endpoint.PATIENCE)
    try:
        connection.request("POST", path, body, headers)
        response = connection.getresponse()
        return response.status, json.loads(response.read())
    finally:
        connection.close()


def error(answer):
    """Name and message of a refusal."""
    status, body = answer
    assert status == 400, body
    space, name = body["__type"].split("#")
    assert space == "com.amazon.coral.service"
    return name, body.get("message") or body.get("Message")


def test_a_request_signed_by_hand_is_let_in(guarded):
    assert send(guarded, signed(guarded))[0] == 200


def test_no_signature_at_all_is_refused(guarded):
    headers = signed(guarded)
    del headers["Authorization"]
    assert error(send(guarded, headers)) == (
        "MissingAuthenticationTokenException",
        "Request is missing Authentication Token",
    )


@pytest.mark.parametrize("part", ["Credential", "SignedHeaders", "Signature"])
def test_a_signature_without_a_part_is_refused(guarded, part):
    headers = signed(guarded)
    parts = headers["Authorization"].split(" ", 1)[1].split(", ")
    left = ", ".join(text for text in parts if not text.startswith(part + "="))
    headers["Authorization"] = f"AWS4-HMAC-SHA256 {left}"
    name, message = error(send(guarded, headers))
    assert name == "IncompleteSignatureException"
    assert message.startswith(f"Authorization header requires '{part}' parameter. ")
    assert message.endswith("Authorization=" + headers["Authorization"])


def test_an_altered_body_is_refused(guarded):
    name, message = error(send(guarded, signed(guarded), body='{"Limit": 1}'))
    assert name == "InvalidSignatureException"
    assert WRONG_SIGNATURE.search(message)


def test_an_altered_signed_header_is_refused(guarded):
    headers = signed(guarded)
    headers["X-Amz-Target"] = "DynamoDB_20120810.DescribeLimits"
    assert error(send(guarded, headers))[0] == "InvalidSignatureException"


def test_another_service_is_refused(guarded):
    assert error(send(guarded, signed(guarded, service="s3")))[0] == "InvalidSignatureException"


@pytest.mark.parametrize("minutes", [-14, 14])
def test_clocks_may_differ_a_little(guarded, minutes):
    assert send(guarded, signed(guarded, shift=datetime.timedelta(minutes=minutes)))[0] == 200


def test_an_old_signature_is_refused(guarded):
    name, message = error(send(guarded, signed(guarded, shift=datetime.timedelta(minutes=-16))))
    assert name == "InvalidSignatureException"
    time = r"\d{8}T\d{6}Z"
    assert re.fullmatch(rf"Signature expired: {time} is now earlier than {time} \({time} - 15 min\.\)", message)


def test_a_signature_of_tomorrow_is_refused(guarded):
    name, _ = error(send(guarded, signed(guarded, shift=datetime.timedelta(minutes=16))))
    assert name == "InvalidSignatureException"


def test_reading_the_front_page_needs_no_key(guarded):
    connection = http.client.HTTPConnection("127.0.0.1", guarded.port, timeout=endpoint.PATIENCE)
    connection.request("GET", "/")
    assert connection.getresponse().status == 200
    connection.close()


# The AWS CLI


def aws(server, secret):
    return subprocess.run(
        [sys.executable, "-m", "awscli", "dynamodb", "list-tables", "--endpoint-url", server.url],
        env={
            "PATH": "/usr/bin:/bin",
            "AWS_ACCESS_KEY_ID": ACCESS_KEY,
            "AWS_SECRET_ACCESS_KEY": secret,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_MAX_ATTEMPTS": "1",
            "AWS_EC2_METADATA_DISABLED": "true",
            "HOME": "/nonexistent",
        },
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_the_command_line_signs_too(guarded):
    allowed = aws(guarded, SECRET)
    assert allowed.returncode == 0, allowed.stderr
    assert "TableNames" in json.loads(allowed.stdout)
    denied = aws(guarded, "wrong")
    assert denied.returncode in (254, 255)
    assert "(InvalidSignatureException)" in denied.stderr


# How the secret comes in


def test_the_secret_may_stand_in_a_file(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text(SECRET + "\n")
    server = Server("--access-key", ACCESS_KEY, "--secret-file", str(secret))
    try:
        assert "TableNames" in endpoint.client(server.url).list_tables()
    finally:
        server.stop()


def test_a_key_without_a_secret_is_bad_usage():
    server = Server("--access-key", ACCESS_KEY, ready=False)
    assert server.leaves() == 2
    assert "SORTKEY_SECRET_ACCESS_KEY" in server.output


def test_the_secret_is_never_written(guarded):
    assert not any(SECRET in line for line in guarded.lines)
