"""Input that nobody meant: it is refused where it stands, quickly and in little memory."""

import os
import random
import subprocess
import threading
import time

import pytest

from conftest import EXECUTABLE


@pytest.fixture
def measured(environment, home):
    """Runs a script that comes in pieces; answers exit code, output, seconds and the most memory in MB."""

    def run(pieces, *arguments, timeout=60):
        path = home / "input"
        with open(path, "wb") as file:
            for piece in pieces:
                file.write(piece)
        start = time.monotonic()
        with open(path, "rb") as stdin, open(home / "out", "wb") as out, open(home / "err", "wb") as err:
            child = subprocess.Popen(
                [EXECUTABLE, *arguments], stdin=stdin, stdout=out, stderr=err, env=environment, cwd=home
            )
            watchdog = threading.Timer(timeout, child.kill)
            watchdog.start()
            _, status, usage = os.wait4(child.pid, 0)
            watchdog.cancel()
            child.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - start
        return child.returncode, (home / "out").read_bytes(), (home / "err").read_bytes(), seconds, usage.ru_maxrss / 1024

    return run


def test_what_is_not_utf8_is_refused_where_it_stands(script):
    done = script(stdin=b"ListTables;\nput app {pk: '\xff\xfe'};\n")
    assert done.code == 1
    assert done.err.startswith("stdin:2:15: error: this is not UTF-8 text\n")


@pytest.mark.parametrize("bad", [b"\xc0\xaf", b"\xed\xa0\x80", b"\xf5\x80\x80\x80", b"\x80", b"\xe2\x82"])
def test_every_kind_of_bad_utf8_is_refused(script, bad):
    done = script(stdin=b"CreateTable app (pk S);\nput app {pk: '" + bad + b"'};\n")
    assert done.code == 1 and "stdin:2:15: error: this is not UTF-8 text" in done.err


def test_a_character_may_be_cut_by_the_end_of_a_block(script):
    """Input is read in blocks of 128 KB."""
    for shift in range(4):
        text = "日😀é" * 30_000
        done = script("-q", stdin="CreateTable app (pk S);\n" + " " * shift + f"put app {{pk: 'a', v: '{text}'}};\n"
                      + "get app 'a' CONSISTENT;\n")
        assert done.out == '{"pk":"a","v":"' + text + '"}\n'


def test_a_byte_order_mark_is_passed_by(script):
    assert script(stdin="\ufeffListTables;\n").code == 0


def test_nul_bytes_are_refused_where_they_stand(script):
    done = script(stdin=b"ListTables;\nput\0 app {pk: 'a'};\n")
    assert done.code == 1 and done.err.startswith("stdin:2:4: error")
    assert "\0" not in done.err


def test_a_file_of_nul_bytes(measured):
    code, out, err, seconds, megabytes = measured([b"\0" * 65_536])
    assert code == 1 and b"\0" not in out + err
    assert seconds < 2 and len(err) < 2_000


@pytest.mark.parametrize("seed", [1, 2, 3, int(time.time())])
def test_random_bytes_end_in_an_error_not_a_crash(measured, seed):
    noise = random.Random(seed).randbytes(65_536)
    code, out, err, seconds, megabytes = measured([noise], "--keep-going")
    assert code == 1, seed
    assert not {0, 7, 8, 27, 127} & set(out + err), seed
    assert seconds < 5 and megabytes < 200, seed


@pytest.mark.parametrize("seed", [1, 2, int(time.time())])
def test_random_tokens_end_in_an_error_not_a_crash(measured, seed):
    """Closer to the language than bytes are, so it gets further in."""
    draw = random.Random(seed)
    tokens = ["Query", "put", "get", "app", "{", "}", "(", ")", "[", "]", "'a'", '"b"', ";", ",", ":", "pk", "1e99", "-",
              "<<", ">>", "b64'", "SET", "IF", "AND", "NOT", "\\json", "\\", "SELECT", "FROM", "WHERE", "=", ".read",
              "EXPLAIN", "TRACE", "/*", "*/", "--", "\n", "`x`", "#n", ":v", "?", "BETWEEN", "😀", "aws", "tx"]
    text = " ".join(draw.choice(tokens) for _ in range(8_000)).encode()
    code, out, err, seconds, megabytes = measured([b"CreateTable app (pk S);\n", text], "--keep-going")
    assert code == 1, seed
    assert seconds < 10 and megabytes < 200, seed


def test_deep_nesting_is_refused_not_a_crash(measured):
    for opening, closing in [("[", "]"), ("{a: ", "}"), ("(", ")")]:
        depth = 100_000
        value = opening * depth + "1" + closing * depth
        code, out, err, seconds, _ = measured([f"CreateTable app (pk S);\nput app {{pk: 'a', v: {value}}};\n".encode()])
        assert code == 1 and seconds < 5
        code, out, err, seconds, _ = measured([f"CreateTable app (pk S);\nScan app FILTER {value} = 1;\n".encode()])
        assert code == 1 and seconds < 5




@pytest.mark.parametrize(
    "begin",
    [pytest.param("", id="a word"), pytest.param(".", id="a dot-command")],
)
def test_an_error_does_not_repeat_a_huge_word(measured, begin):
    code, out, err, seconds, megabytes = measured([begin.encode(), b"a" * 20_000, b"\n"])
    assert code == 1
    assert len(err) < 4_000


def test_a_huge_dot_command_is_refused_quickly(measured):
    code, out, err, seconds, megabytes = measured([b".", b"a" * 500_000, b"\n"])
    assert code == 1
    assert seconds < 0.5


def test_a_line_of_10_mb_is_read_in_bounds(measured):
    code, out, err, seconds, megabytes = measured([b"put app {pk: '", *[b"a" * 1_000_000] * 10, b"'};\n"])
    assert code == 1
    assert seconds < 5 and megabytes < 200


@pytest.mark.slow
@pytest.mark.parametrize(
    "begin, end",
    [
        ("put app {pk: '", "'};\n"),
        ("-- ", "\n"),
        ("(", ""),
        ("", "\n"),
        pytest.param(".", "\n"),
    ],
)
def test_a_line_of_100_mb_is_read_in_bounds(measured, begin, end):
    pieces = [begin.encode(), *[b"a" * 1_000_000] * 100, end.encode()]
    code, out, err, seconds, megabytes = measured(pieces)
    assert code == (0 if begin == "-- " else 1)
    assert seconds < 10 and megabytes < 1_000
    assert len(err) < 4_000


@pytest.mark.slow
def test_a_million_statements_run_in_constant_memory(measured):
    batch = b"put app {pk: 'a', n: 1};\n" * 1000
    *_, few = measured([b"CreateTable app (pk S);\n", *[batch] * 20], "-q")
    code, out, err, seconds, many = measured([b"CreateTable app (pk S);\n", *[batch] * 1000], "-q", timeout=300)
    assert code == 0 and many < few + 150
