"""Starts `sortkey serve` and reaches it as applications do: through boto3, the AWS CLI and plain HTTP.

`SORTKEY` names the executable, by default the debug build of this checkout. `SORTKEY_ENDPOINT` names an endpoint that
runs already, to see what another DynamoDB answers to the same tests.
"""

import contextlib
import os
import re
import signal
import subprocess
import threading
import time
from pathlib import Path

import boto3
import botocore.exceptions
from botocore.config import Config

CHECKOUT = Path(__file__).resolve().parents[2]
EXECUTABLE = os.environ.get("SORTKEY", str(CHECKOUT / ".build/debug/sortkey"))
PATIENCE = 20.0

REGION = "us-east-1"
ACCESS_KEY, SECRET = "AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"

CRASH = re.compile("Fatal error|Program crashed")
LISTENING = re.compile(r"listening on http://127\.0\.0\.1:(\d+)")


class Server:
    """A server process, and what it wrote."""

    def __init__(self, *arguments, port=0, ready=True, **variables):
        self.arguments, self.variables = arguments, variables
        self.port = port
        self.start()
        if ready and not self.wait_until_listening():
            raise AssertionError(f"the server does not listen: {self.output}")

    def start(self):
        self.lines = []
        self.heard_port = threading.Event()
        self.process = subprocess.Popen(
            [EXECUTABLE, "serve", "--port", str(self.port), *self.arguments],
            env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **self.variables},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        self.reader = threading.Thread(target=self._read, args=(self.process.stdout,), daemon=True)
        self.reader.start()

    def _read(self, stream):
        """Reads to the end, so that the server never waits for us."""
        for line in stream:
            self.lines.append(line.rstrip("\n"))
            if found := LISTENING.search(line):
                self.port = int(found[1])
                self.heard_port.set()
        self.heard_port.set()

    def wait_until_listening(self):
        self.heard_port.wait(PATIENCE)
        return any(LISTENING.search(line) for line in self.lines)

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    @property
    def output(self):
        """What it wrote last, or from where it crashed on."""
        crash = next((index for index, line in enumerate(self.lines) if CRASH.search(line)), -20)
        return "\n".join(self.lines[crash:][:20])

    @property
    def is_running(self):
        return self.process.poll() is None

    def signal(self, number):
        self.process.send_signal(number)
        return self

    def leaves(self, patience=PATIENCE):
        """Until the server has ended; its exit code, or minus the signal that ended it."""
        code = self.process.wait(patience)
        self.reader.join(patience)
        return code

    def stop(self):
        if self.is_running:
            self.signal(signal.SIGTERM)
            try:
                self.leaves()
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.leaves()


class RunningElsewhere:
    """Stands for a server that somebody else has started."""

    is_running, output = True, ""

    def __init__(self, url):
        self.url = url.rstrip("/")
        self.port = int(self.url.rsplit(":", 1)[1])

    def stop(self):
        pass


# Clients


def settings(**further):
    """No retries: a test wants to see the first answer."""
    return Config(
        region_name=REGION,
        retries={"total_max_attempts": 1, "mode": "standard"},
        connect_timeout=5,
        read_timeout=60,
        max_pool_connections=40,
        **further,
    )


def client(url, service="dynamodb", key=ACCESS_KEY, secret=SECRET, **further):
    return boto3.client(
        service,
        endpoint_url=url,
        aws_access_key_id=key,
        aws_secret_access_key=secret,
        config=settings(**further),
    )


def resource(url):
    return boto3.resource(
        "dynamodb",
        endpoint_url=url,
        aws_access_key_id=ACCESS_KEY,
        aws_secret_access_key=SECRET,
        config=settings(),
    )


# Tables


def table_request(name, *keys, types=None, gsi=None, lsi=None, **parameters):
    """A CreateTable request. `gsi={"by-status": ("status", "at")}` projects everything; a third element, a list, names
    what to project, and an empty one means the keys only. Attributes are strings unless `types` says otherwise."""
    types = types or {}
    names = list(keys)

    def schema(attributes):
        names.extend(attribute for attribute in attributes if attribute not in names)
        kinds = ["HASH", "RANGE"]
        return [{"AttributeName": attribute, "KeyType": kind} for attribute, kind in zip(attributes, kinds)]

    def index(index_name, description):
        attributes = [part for part in description if isinstance(part, str)]
        included = next((part for part in description if isinstance(part, list)), None)
        projection = {"ProjectionType": "ALL"}
        if included is not None:
            projection = {"ProjectionType": "INCLUDE", "NonKeyAttributes": included} if included else KEYS_ONLY
        return {"IndexName": index_name, "KeySchema": schema(attributes), "Projection": projection}

    request = {"TableName": name, "KeySchema": schema(keys), "BillingMode": "PAY_PER_REQUEST"}
    if gsi:
        request["GlobalSecondaryIndexes"] = [index(*row) for row in gsi.items()]
    if lsi:
        request["LocalSecondaryIndexes"] = [index(*row) for row in lsi.items()]
    request["AttributeDefinitions"] = [
        {"AttributeName": attribute, "AttributeType": types.get(attribute, "S")} for attribute in names
    ]
    return {**request, **parameters}


KEYS_ONLY = {"ProjectionType": "KEYS_ONLY"}


def until(condition, what):
    """Asks again until the answer is true, and gives it."""
    deadline = time.monotonic() + PATIENCE
    while not (answer := condition()):
        assert time.monotonic() < deadline, f"no sign of {what}"
        time.sleep(0.02)
    return answer


class Tables:
    """Makes tables, and deletes them in the end."""

    def __init__(self, client, stem):
        self.client, self.stem = client, stem
        self.made = []

    def fresh_name(self, suffix=""):
        """A name no other test uses. `made` or not, such a table will be deleted."""
        name = f"{self.stem}-{len(self.made) + 1}{suffix}"
        self.made.append(name)
        return name

    def make(self, *keys, name=None, **description):
        """Creates a table and waits until it can be used; answers its name."""
        name = name or self.fresh_name()
        self.client.create_table(**table_request(name, *keys, **description))
        self.wait_until_active(name)
        return name

    def wait_until_active(self, name):
        """Until the table and all its indexes are; answers the description."""

        def active():
            table = self.client.describe_table(TableName=name)["Table"]
            statuses = [index["IndexStatus"] for index in table.get("GlobalSecondaryIndexes", [])]
            return table if {table["TableStatus"], *statuses} == {"ACTIVE"} else None

        return until(active, f"table {name} being active")

    def delete_all(self):
        for name in self.made:
            with contextlib.suppress(self.client.exceptions.ResourceNotFoundException):
                self.client.delete_table(TableName=name)


# Refusals


class Refusal:
    """What a client raised."""

    def __init__(self):
        self.error = None

    @property
    def response(self):
        return self.error.response

    @property
    def code(self):
        return self.response["Error"]["Code"]

    @property
    def message(self):
        return self.response["Error"]["Message"]

    @property
    def status(self):
        return self.response["ResponseMetadata"]["HTTPStatusCode"]


@contextlib.contextmanager
def refused(code, message=None, status=400):
    """What stands inside must be refused with this code and this message: all of it, or a pattern that it matches."""
    refusal = Refusal()
    try:
        yield refusal
    except botocore.exceptions.ClientError as error:
        refusal.error = error
    assert refusal.error is not None, f"{code} was not raised"
    assert (refusal.code, refusal.status) == (code, status), refusal.message
    if isinstance(message, re.Pattern):
        assert message.search(refusal.message), refusal.message
    elif message is not None:
        assert refusal.message == message


def validation_refused(message=None):
    return refused("ValidationException", message)


def starting_with(text):
    return re.compile("^" + re.escape(text))


# Answers


def pages(operation, **parameters):
    """Asks for page after page, as an application does by hand."""
    while True:
        page = operation(**parameters)
        yield page
        if "LastEvaluatedKey" not in page:
            return
        parameters["ExclusiveStartKey"] = page["LastEvaluatedKey"]


def sort_keys(page):
    return [item["sk"] for item in page["Items"]]

