"""One server serves every test of a session; each test has tables of its own."""

import os
import re

import pytest

import endpoint

# Nothing of the person who runs the tests may reach a client.
for name in list(os.environ):
    if name.startswith("AWS_") or name.lower().endswith("_proxy"):
        del os.environ[name]
os.environ.update(
    AWS_CONFIG_FILE=os.devnull,
    AWS_SHARED_CREDENTIALS_FILE=os.devnull,
    AWS_EC2_METADATA_DISABLED="true",
    NO_PROXY="127.0.0.1",
)


def pytest_configure(config):
    config.addinivalue_line("markers", "own_server: starts servers of its own; there is nothing to ask elsewhere")


def pytest_collection_modifyitems(items):
    if "SORTKEY_ENDPOINT" not in os.environ:
        return
    for item in items:
        if "own_server" in item.keywords:
            item.add_marker(pytest.mark.skip(reason="SORTKEY_ENDPOINT is set"))


@pytest.fixture(scope="session")
def server():
    elsewhere = os.environ.get("SORTKEY_ENDPOINT")
    server = endpoint.RunningElsewhere(elsewhere) if elsewhere else endpoint.Server()
    yield server
    server.stop()


@pytest.fixture(autouse=True)
def survives(request):
    """A server that ended is the failure of the test it ended in, and of no other."""
    yield
    for name in {"server", "guarded"} & set(request.fixturenames):
        server = request.getfixturevalue(name)
        if not server.is_running:
            output, code = server.output, server.leaves()
            server.start()
            assert server.wait_until_listening()
            pytest.fail(f"the server ended with {code}: {output}")


@pytest.fixture(scope="session")
def client(server):
    return endpoint.client(server.url)


@pytest.fixture(scope="session")
def unchecked(server):
    """A client that sends what it is given, as clients in other languages do."""
    return endpoint.client(server.url, parameter_validation=False)


@pytest.fixture(scope="session")
def streams(server):
    return endpoint.client(server.url, "dynamodbstreams")


@pytest.fixture(scope="session")
def dynamodb(server):
    return endpoint.resource(server.url)


def _stem(text):
    return re.sub(r"[^a-zA-Z0-9]+", "-", text).strip("-")[:80]


@pytest.fixture
def tables(client, request):
    """Makes tables for one test."""
    tables = endpoint.Tables(client, _stem(request.node.name))
    yield tables
    tables.delete_all()


@pytest.fixture(scope="module")
def module_tables(client, request):
    """Makes tables that all tests of a file read."""
    tables = endpoint.Tables(client, _stem(request.module.__name__))
    yield tables
    tables.delete_all()


@pytest.fixture
def table(dynamodb, tables):
    """An empty table with the keys pk and sk, as boto3's resource sees it."""
    return dynamodb.Table(tables.make("pk", "sk"))
