"""How a server starts and ends."""

import http.client
import re
import signal
import socket

import pytest

import endpoint
from endpoint import PATIENCE, Server

pytestmark = pytest.mark.own_server


@pytest.fixture
def start():
    """Starts servers, and ends those that still run."""
    started = []

    def start(*arguments, **parameters):
        started.append(Server(*arguments, **parameters))
        return started[-1]

    yield start
    for server in started:
        server.stop()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "SIGINT"])
def test_a_signal_ends_it_in_order_while_connections_are_open(start, number):
    server = start()
    idle = [socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) for _ in range(3)]
    kept = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    kept.request("GET", "/")
    assert kept.getresponse().read().startswith(b"healthy")
    assert server.signal(number).leaves(patience=5) == 0
    for connection in [*idle, kept.sock]:
        assert connection.recv(1) == b""
        connection.close()


def test_a_request_that_has_begun_is_answered_before_the_end(start):
    server = start()
    client = socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE)
    request = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
    client.sendall(request[:-2])
    # Another connection's answer proves that the server has read what came before.
    other = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    other.request("GET", "/")
    other.getresponse().read()
    server.signal(signal.SIGTERM)
    assert other.sock.recv(1) == b""
    client.sendall(request[-2:])
    answer = client.makefile("rb").read()
    assert answer.startswith(b"HTTP/1.1 200 ") and b"healthy" in answer
    assert server.leaves() == 0
    client.close()


def test_a_port_in_use_is_told_and_ends_with_3(start):
    first = start()
    second = start(port=first.port, ready=False)
    assert second.leaves() == 3
    assert re.search(rf"port {first.port} is in use", second.output)
    assert "TableNames" in endpoint.client(first.url).list_tables()


def test_the_port_is_free_again_afterwards(start):
    first = start()
    kept = socket.create_connection(("127.0.0.1", first.port), timeout=PATIENCE)
    port = first.port
    first.stop()
    kept.close()
    assert start(port=port).port == port


def test_an_open_door_to_other_machines_needs_a_key(start):
    server = start("--host", "0.0.0.0", ready=False)
    assert server.leaves() == 2
    assert "--access-key" in server.output


def test_an_unknown_option_is_bad_usage(start):
    assert start("--no-such-option", ready=False).leaves() == 2


def test_a_script_prepares_the_tables(start, tmp_path):
    script = tmp_path / "setup.sk"
    script.write_text("CreateTable app (pk S) ON DEMAND;\nPutItem app {pk: 'a', n: 1};\n")
    server = start("--script", str(script))
    client = endpoint.client(server.url)
    assert client.scan(TableName="app")["Items"] == [{"pk": {"S": "a"}, "n": {"N": "1"}}]


def test_a_request_log_has_one_line_for_each_request(start):
    server = start("--log")
    client = endpoint.client(server.url)
    client.create_table(**endpoint.table_request("app", "pk"))
    client.put_item(TableName="app", Item={"pk": {"S": "a"}})
    server.stop()
    assert any(re.search(r"PutItem app 200 1 WCU", line) for line in server.lines), server.output
