"""The programs in Examples/Clients do what they say."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from endpoint import CHECKOUT

EXAMPLES = CHECKOUT / "Examples/Clients"


@pytest.fixture
def run(server, client, tmp_path):
    """Runs an example; answers the lines it printed. Its table must be gone afterwards."""

    def run(*command):
        before = client.list_tables()["TableNames"]
        done = subprocess.run(
            [str(part) for part in command],
            env={
                # `aws` and `python` are those of the tests.
                "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
                "HOME": str(tmp_path),
                "AWS_ENDPOINT_URL_DYNAMODB": server.url,
                "AWS_EC2_METADATA_DISABLED": "true",
            },
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        assert client.list_tables()["TableNames"] == before
        return done.stdout.splitlines()

    return run


def test_single_table(run):
    assert run(sys.executable, EXAMPLES / "single_table.py") == [
        "profile: Alice alice@example.com",
        "orders of alice: [('2026-02-20', '89.99'), ('2026-01-15', '42.5')]",
        "open orders: ['USER#bob', 'USER#alice']",
        "shipped: shipped",
        "an order is shipped once",
        "items: 4",
    ]


def test_follow_stream(run):
    *changes, total = run(sys.executable, EXAMPLES / "follow_stream.py")
    # Between shards there is no order.
    assert sorted(changes[:2]) == ["INSERT alice 0 -> 100", "INSERT bob 0 -> 40"]
    assert sorted(changes[2:]) == ["MODIFY alice 100 -> 70", "REMOVE bob 40 -> 0"]
    assert total == "total: 70"


def test_inventory(run):
    assert run("sh", EXAMPLES / "inventory.sh") == [
        "pots left: 0",
        "no pot left",
        "in the shop:",
        "pot\t0",
        "tea\t20",
    ]


def test_every_example_is_run_here():
    here = Path(__file__).read_text()
    names = [path.name for path in EXAMPLES.iterdir() if path.suffix in {".py", ".sh"}]
    assert len(names) == 3
    assert [name for name in names if f'"{name}"' not in here] == []
