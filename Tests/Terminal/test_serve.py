"""`sortkey serve` and the shell's `Serve`, as a person starts and stops them."""

import http.client
import re
import resource
import signal
import socket
import subprocess
from pathlib import Path

import pytest

from conftest import ENTER, EXECUTABLE

SIGNED = {
    "Content-Type": "application/x-amz-json-1.0",
    "X-Amz-Target": "DynamoDB_20120810.ListTables",
    "X-Amz-Date": "20260101T000000Z",
    "Authorization": "AWS4-HMAC-SHA256 Credential=local/a/b/c/d, SignedHeaders=host, Signature=0",
}


class Serving:
    """A `sortkey serve` that has said where it listens."""

    def __init__(self, environment, *options):
        self.process = subprocess.Popen(
            [EXECUTABLE, "serve", "--port", "0", *options], env=environment, stderr=subprocess.PIPE, text=True
        )
        self.greeting = [self.process.stderr.readline().rstrip("\n") for _ in range(3)]
        self.port = int(re.fullmatch(r"listening on http://127\.0\.0\.1:(\d+)", self.greeting[0]).group(1))

    def list_tables(self):
        return list_tables(self.port)

    def end(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        return self.process.wait(20)


def list_tables(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("POST", "/", "{}", SIGNED)
    answer = connection.getresponse().read().decode()
    connection.close()
    return answer


@pytest.fixture
def serve(environment):
    started = []

    def start(*options):
        started.append(Serving(environment, *options))
        return started[-1]

    yield start
    for serving in started:
        if serving.process.poll() is None:
            serving.process.kill()
        serving.process.wait(20)
        serving.process.stderr.close()


def refusal(environment, *options):
    """Exit code and standard error of a `serve` that must not start."""
    done = subprocess.run([EXECUTABLE, "serve", *options], env=environment, capture_output=True, text=True, timeout=30)
    return done.returncode, done.stderr


def test_it_says_where_it_listens_and_how_to_get_there(serve):
    serving = serve()
    assert f"AWS_ENDPOINT_URL_DYNAMODB=http://127.0.0.1:{serving.port} " in serving.greeting[1]
    assert serving.greeting[2] == "aws dynamodb list-tables"
    assert serving.list_tables() == '{"TableNames":[]}'


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signals_end_it_well(serve, number):
    assert serve().end(number) == 0


def test_a_script_makes_tables(serve, tmp_path):
    script = tmp_path / "tables.sk"
    script.write_text("CreateTable app (pk S) ON DEMAND;\n")
    assert serve("-f", str(script)).list_tables() == '{"TableNames":["app"]}'


def test_a_script_that_fails_ends_it(environment, tmp_path):
    script = tmp_path / "tables.sk"
    script.write_text("GetItem nothing 'x';\n")
    code, err = refusal(environment, "--port", "0", "-f", str(script))
    assert code == 1 and "listening" not in err


def test_a_port_in_use_is_said_to_be(environment):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, err = refusal(environment, "--port", str(port))
    assert code == 3
    assert err == f"error: port {port} is in use; --port 0 takes any free one\n"


def test_other_machines_are_let_in_with_a_key_only(environment):
    code, err = refusal(environment, "--host", "0.0.0.0")
    assert code == 2 and "--access-key" in err


def test_a_key_needs_its_secret(environment):
    code, err = refusal(environment, "--access-key", "AKIA")
    assert code == 2 and "SORTKEY_SECRET_ACCESS_KEY" in err


def test_a_secret_may_be_in_a_file(serve, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("hush\n")
    serving = serve("--access-key", "AKIA", "--secret-file", str(secret))
    assert "InvalidSignatureException" in serving.list_tables() or "UnrecognizedClient" in serving.list_tables()


def test_settings_are_set_by_name(environment, serve):
    code, err = refusal(environment, "--set", "nothing=1")
    assert code == 2 and "there is no setting nothing" in err
    assert serve("--set", "indexLag=200ms").list_tables() == '{"TableNames":[]}'


def test_each_request_is_logged(serve):
    serving = serve("--log", "--clock", "0")
    serving.list_tables()
    line = serving.process.stderr.readline()
    assert re.fullmatch(r"1970-01-01T00:00:00\.000Z ListTables 200 \d+ µs\n", line)


def test_a_thousand_idle_connections_cost_little(serve):
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    if hard < 1_200:
        pytest.skip("this machine does not allow as many open files")
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    serving = serve()
    serving.list_tables()
    before = resident_kilobytes(serving)
    connections = []
    for _ in range(1_000):
        connection = http.client.HTTPConnection("127.0.0.1", serving.port, timeout=20)
        connection.request("POST", "/", "{}", SIGNED)
        connection.getresponse().read()
        connections.append(connection)
    assert resident_kilobytes(serving) - before < 20_000
    for connection in connections:
        connection.close()
    assert serving.end() == 0


def resident_kilobytes(serving):
    status = Path(f"/proc/{serving.process.pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status).group(1))


def test_serve_in_the_shell_ends_with_ctrl_c(shell):
    shell.run("CreateTable app (pk S) ON DEMAND;")
    start = shell.mark()
    shell.send("Serve PORT 0;" + ENTER).until(lambda: "list-tables" in shell.since(start), "the greeting")
    port = int(re.search(r"listening on http://127\.0\.0\.1:(\d+)", shell.since(start)).group(1))
    assert list_tables(port) == '{"TableNames":["app"]}'
    shell.until(lambda: "ListTables 200" in shell.since(start), "the log")
    shell.interrupt()
    assert "ListTables 200" in shell.answer(start)
    assert "app" in shell.run("ListTables;")


def test_serve_in_a_script_ends_with_sigterm_and_goes_on(environment):
    script = "CreateTable app (pk S) ON DEMAND;\nServe PORT 0;\nListTables;\n"
    process = subprocess.Popen(
        [EXECUTABLE, "--no-rc", "-q", "-c", script],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )
    port = int(re.search(r":(\d+)$", process.stderr.readline()).group(1))
    assert list_tables(port) == '{"TableNames":["app"]}'
    process.send_signal(signal.SIGTERM)
    out, _ = process.communicate(timeout=20)
    assert process.returncode == 0
    assert '"app"' in out
