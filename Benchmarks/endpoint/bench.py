#!/usr/bin/env python3
"""Measures the endpoint beside nginx with a fixed reply and beside moto's server, all in one run.

    python3 Benchmarks/endpoint/bench.py [--seconds 4] [--rounds 5] [--without-moto]

prints the table of PERFORMANCE.md. `make bench-endpoint` installs what is missing first.
"""

import argparse
import http.client
import json
import os
import resource
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
CHECKOUT = FOLDER.parents[1]
OPERATIONS = ["PutItem", "GetItem", "Query"]
CONNECTIONS = [1, 8, 64]
PARTITION_KEYS, ITEMS_EACH, ITEMS_QUERIED = 100, 50, 20

HEADERS = {
    "Content-Type": "application/x-amz-json-1.0",
    "X-Amz-Date": "20260101T000000Z",
    "Authorization": "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, "
    "SignedHeaders=host, Signature=0",
}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def item(partition, position):
    return {
        "pk": {"S": f"CUSTOMER#{partition:06}"},
        "sk": {"S": f"ORDER#{position:06}"},
        "total": {"N": str(partition * 100 + position)},
        "status": {"S": "PENDING"},
        "created": {"S": "2026-01-15T12:00:00Z"},
        "note": {"S": "n" * 160},
    }


class Server:
    """A process that listens on a port of its own."""

    name = ""

    def __init__(self):
        self.port = free_port()
        self.folder = tempfile.mkdtemp()
        self.process = None

    def command(self):
        raise NotImplementedError

    def start(self):
        """Seconds from the spawn to the first answer."""
        begin = time.monotonic()
        log = open(Path(self.folder) / "log", "w")
        self.process = subprocess.Popen(self.command(), stdout=log, stderr=log, cwd=self.folder)
        deadline = begin + 60
        while time.monotonic() < deadline:
            if self.answers():
                return time.monotonic() - begin
            if self.process.poll() is not None:
                break
        raise SystemExit(f"{self.name} did not start: {(Path(self.folder) / 'log').read_text()}")

    def answers(self):
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=5) as connection:
                connection.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                return connection.recv(1) == b"H"
        except OSError:
            return False

    def resident_megabytes(self):
        """Of the process and its children."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        total = 0
        for pid in [str(self.process.pid), *children]:
            for line in Path(f"/proc/{pid}/status").read_text().splitlines():
                if line.startswith("VmRSS:"):
                    total += int(line.split()[1])
        return total / 1024

    def stop(self):
        if self.process:
            self.process.terminate()
            self.process.wait(30)
            self.process = None
        shutil.rmtree(self.folder, ignore_errors=True)

    def call(self, operation, body):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        target = {"X-Amz-Target": f"DynamoDB_20120810.{operation}"}
        connection.request("POST", "/", json.dumps(body), HEADERS | target)
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        if answer.status != 200:
            raise SystemExit(f"{self.name}: {operation}: {answer.status} {text}")
        return json.loads(text)

    def load(self):
        self.call(
            "CreateTable",
            {
                "TableName": "bench",
                "KeySchema": [
                    {"AttributeName": "pk", "KeyType": "HASH"},
                    {"AttributeName": "sk", "KeyType": "RANGE"},
                ],
                "AttributeDefinitions": [
                    {"AttributeName": "pk", "AttributeType": "S"},
                    {"AttributeName": "sk", "AttributeType": "S"},
                ],
                "BillingMode": "PAY_PER_REQUEST",
            },
        )
        items = [item(partition, position) for partition in range(PARTITION_KEYS) for position in range(ITEMS_EACH)]
        for start in range(0, len(items), 25):
            puts = [{"PutRequest": {"Item": item}} for item in items[start : start + 25]]
            self.call("BatchWriteItem", {"RequestItems": {"bench": puts}})

    def url(self, operation):
        return f"http://127.0.0.1:{self.port}/"


class Sortkey(Server):
    name = "sortkey"

    def command(self):
        executable = os.environ.get("SORTKEY", str(CHECKOUT / ".build/release/sortkey"))
        return [executable, "serve", "--port", str(self.port)]


class Moto(Server):
    name = "moto"

    def command(self):
        program = shutil.which("moto_server", path=f"{CHECKOUT / '.venv/bin'}:{os.environ['PATH']}")
        if not program:
            raise SystemExit("moto_server is missing: make bench-endpoint installs it")
        return [program, "-H", "127.0.0.1", "-p", str(self.port)]


class Nginx(Server):
    """One worker that answers each operation with a fixed body of the size that the operation's own has."""

    name = "nginx"

    def command(self):
        got = json.dumps({"Item": item(1, 1)}, separators=(",", ":"))
        page = [item(1, position) for position in range(ITEMS_QUERIED)]
        queried = json.dumps({"Items": page, "Count": 20, "ScannedCount": 20}, separators=(",", ":"))
        replies = {"PutItem": "{}", "GetItem": got, "Query": queried}
        locations = "".join(f"location /{name} {{ {self.reply(body)} }}\n" for name, body in replies.items())
        configuration = Path(self.folder) / "nginx.conf"
        configuration.write_text(
            f"""daemon off; worker_processes 1; pid {self.folder}/pid; error_log stderr;
            events {{ worker_connections 4096; }}
            http {{
                access_log off; default_type application/x-amz-json-1.0; keepalive_requests 1000000000;
                client_body_temp_path {self.folder}/b; proxy_temp_path {self.folder}/p;
                fastcgi_temp_path {self.folder}/f; uwsgi_temp_path {self.folder}/u; scgi_temp_path {self.folder}/s;
                server {{ listen 127.0.0.1:{self.port}; location / {{ return 200 'ok'; }} {locations} }}
            }}"""
        )
        return ["nginx", "-p", self.folder, "-c", str(configuration)]

    @staticmethod
    def reply(body):
        """A word of the configuration holds 4 KB at most."""
        parts = [body[start : start + 3000] for start in range(0, len(body), 3000)]
        variables = "".join(f"set $part{number} '{part}'; " for number, part in enumerate(parts))
        return variables + 'return 200 "' + "".join(f"$part{number}" for number in range(len(parts))) + '";'

    def load(self):
        pass

    def url(self, operation):
        return f"http://127.0.0.1:{self.port}/{operation}"


def measure(server, operation, connections, seconds):
    """Requests a second, and latencies in microseconds."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s", "-s", str(FOLDER / "operations.lua")]
    output = subprocess.run(
        [*command, server.url(operation), "--", operation], capture_output=True, text=True, check=True
    ).stdout
    figures = json.loads(output.strip().splitlines()[-1])
    if figures["errors"]:
        raise SystemExit(f"{server.name}: {figures['errors']} of {figures['requests']} requests failed: {operation}")
    return figures["requests"] * 1e6 / figures["microseconds"], figures["p50"], figures["p99"]


def median_of(samples):
    return [statistics.median(column) for column in zip(*samples)]


def shown_rate(rate):
    return f"{rate / 1000:.1f} k/s" if rate >= 1000 else f"{rate:.0f}/s"


def shown_latency(microseconds):
    return f"{microseconds / 1000:.2f} ms" if microseconds >= 1000 else f"{microseconds:.0f} µs"


def rate_rows(servers, options):
    ours, nginx, *rest = servers
    print("| operation | connections | ours | p50 | p99 | nginx, fixed reply | ratio | moto | ratio |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for operation in OPERATIONS:
        for connections in CONNECTIONS:
            samples = {server: [] for server in servers}
            for round in range(options.rounds):
                # Whoever goes first finds another machine: they take turns.
                pair = [ours, nginx] if round % 2 else [nginx, ours]
                for server in pair:
                    samples[server].append(measure(server, operation, connections, options.seconds))
            for server in rest:
                samples[server].append(measure(server, operation, connections, options.seconds))
            rate, p50, p99 = median_of(samples[ours])
            ratio = statistics.median(a[0] / b[0] for a, b in zip(samples[ours], samples[nginx]))
            cells = [
                f"`{operation}`" + (f" of {ITEMS_QUERIED}" if operation == "Query" else ""), str(connections),
                shown_rate(rate), shown_latency(p50), shown_latency(p99),
                shown_rate(median_of(samples[nginx])[0]), f"{ratio:.2f}×",
            ]
            for server in rest:
                theirs = median_of(samples[server])[0]
                cells += [shown_rate(theirs), f"{rate / theirs:.0f}×"]
            cells += [""] * (9 - len(cells))
            print("| " + " | ".join(cells) + " |", flush=True)


def start_rows(kinds, options):
    print("\n| | " + " | ".join(kind.name for kind in kinds) + " |")
    print("| --- |" + " ---: |" * len(kinds))
    starts, memories, idle = [], [], []
    for kind in kinds:
        seconds, megabytes = [], []
        for _ in range(2 if kind is Moto else 15):
            server = kind()
            try:
                seconds.append(server.start())
                megabytes.append(server.resident_megabytes())
                if len(seconds) == 1:
                    idle.append(f"{megabytes_of_idle_connections(server, megabytes[0]):.1f} MB")
            finally:
                server.stop()
        starts.append(f"{statistics.median(seconds) * 1000:.1f} ms")
        memories.append(f"{statistics.median(megabytes):.1f} MB")
    print("| start to first answer | " + " | ".join(starts) + " |")
    print("| memory after it | " + " | ".join(memories) + " |")
    print("| what 1,000 idle connections add | " + " | ".join(idle) + " |")


def megabytes_of_idle_connections(server, before):
    connections = []
    for _ in range(1000):
        connection = socket.create_connection(("127.0.0.1", server.port), timeout=10)
        connection.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        connection.recv(4096)
        connections.append(connection)
    after = server.resident_megabytes()
    for connection in connections:
        connection.close()
    return after - before


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=int, default=4, help="how long each figure is measured")
    parser.add_argument("--rounds", type=int, default=5, help="how often ours and nginx's; medians are shown")
    parser.add_argument("--without-moto", action="store_true")
    options = parser.parse_args()
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    kinds = [Sortkey, Nginx] + ([] if options.without_moto else [Moto])
    servers = [kind() for kind in kinds]
    try:
        for server in servers:
            server.start()
            server.load()
        rate_rows(servers, options)
    finally:
        for server in servers:
            server.stop()
    start_rows(kinds, options)


if __name__ == "__main__":
    sys.exit(main())
