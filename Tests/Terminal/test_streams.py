"""Scripts: where results and remarks go, when a script ends, and with what exit code."""

import os
import signal
import subprocess

import pytest

from conftest import EXECUTABLE


@pytest.fixture
def piped(environment, home):
    """Runs a command line of sh in which $SORTKEY is the shell under test."""

    def run(command, stdin="", timeout=30):
        return subprocess.run(
            ["bash", "-c", command], input=stdin, capture_output=True, text=True, timeout=timeout, cwd=home,
            env={**environment, "SORTKEY": EXECUTABLE},
        )

    return run


# Exit codes


def test_0_when_all_is_well(script):
    assert script("-c", "ListTables;").code == 0
    assert script(stdin="ListTables;\n").code == 0
    assert script(stdin="").code == 0


def test_1_when_a_statement_failed(script):
    assert script("-c", "bogus;").code == 1
    assert script(stdin="Describe nothing;\n").code == 1


def test_1_when_an_exception_of_the_service_was_thrown(script):
    data = ("-c", "CreateTable app (pk S);", "-c", "put app {pk: 'a'};")
    done = script(*data, "-c", "put app {pk: 'a'} IF attribute_not_exists(pk);")
    assert done.code == 1
    assert "ConditionalCheckFailedException" in done.err and "1 WCU" in done.err


@pytest.mark.parametrize(
    "arguments",
    [["--nonsense"], ["--mode", "no"], ["--width", "ten"], ["--width", "5"], ["-f"], ["stray"], ["--color", "red"],
     ["--interactive", "--batch"], ["--seed", "x"]],
    ids=" ".join,
)
def test_2_on_bad_usage(script, arguments):
    done = script(*arguments)
    assert done.code == 2 and done.out == "" and "Usage" in done.err


def test_2_when_a_file_cannot_be_read(script, home):
    done = script("-f", "nowhere.sk")
    assert (done.code, done.out) == (2, "")
    assert "nowhere.sk: No such file or directory" in done.err
    assert script("-f", home).code == 2


def test_130_when_interrupted(environment, home):
    """Ctrl-C reaches a script in the middle of a statement, or between two."""
    (home / "on.sk").write_text("CreateTable app (pk S);\n" + "Scan app;\n" * 2_000_000)
    child = subprocess.Popen(
        [EXECUTABLE, "-f", "on.sk"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, cwd=home
    )
    # Its first remark means that it runs.
    os.read(child.stderr.fileno(), 1)
    child.send_signal(signal.SIGINT)
    child.communicate(timeout=10)
    assert child.returncode == 130


def test_130_whenever_it_is_interrupted(environment, home):
    for _ in range(40):
        child = subprocess.Popen(
            [EXECUTABLE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
        )
        child.stdin.write(b"CreateTable app (pk S);\nput app {pk: 'a'};\nget app 'a' CONSISTENT;\n")
        child.stdin.flush()
        assert os.read(child.stdout.fileno(), 100) == b'{"pk":"a"}\n'
        child.send_signal(signal.SIGINT)
        try:
            assert child.wait(timeout=2) == 130
        finally:
            child.kill()
            child.communicate()


def test_an_exit_code_of_choice_from_a_script(script):
    assert script(stdin=".exit 7\nbogus;\n").code == 7
    assert script(stdin="exit\nbogus;\n").code == 0


# Stopping and going on


def test_a_script_stops_at_its_first_error(script):
    done = script(stdin="CreateTable one (pk S);\nbogus;\nCreateTable two (pk S);\n")
    assert "created one" in done.err and "created two" not in done.err
    assert "stdin:2:1: error: bogus is not a verb" in done.err


def test_keep_going_goes_on_and_still_fails(script):
    done = script("--keep-going", stdin="bogus;\nCreateTable two (pk S);\n")
    assert "created two" in done.err and done.code == 1


def test_bail_off_goes_on_and_still_fails(script):
    done = script(stdin=".bail off\nbogus;\nCreateTable two (pk S);\n")
    assert "created two" in done.err and done.code == 1


def test_c_may_be_repeated_and_runs_in_order(script):
    done = script("-q", "-c", "CreateTable one (pk S);", "-c", "put one {pk: 'a'};", "-c", "get one 'a' CONSISTENT;")
    assert (done.out, done.err, done.code) == ('{"pk":"a"}\n', "", 0)


def test_c_stops_at_the_first_that_fails(script):
    done = script("-c", "bogus;", "-c", "CreateTable two (pk S);")
    assert "created" not in done.err and done.code == 1


def test_c_may_hold_several_statements_and_needs_no_semicolon(script):
    done = script("-q", "-c", "CreateTable one (pk S); put one {pk: 'a'}; get one 'a' CONSISTENT")
    assert done.out == '{"pk":"a"}\n'


def test_f_and_c_share_a_session(script, home):
    (home / "one.sk").write_text("CreateTable one (pk S);\n")
    (home / "two.sk").write_text("put one {pk: 'a'};\n")
    done = script("-q", "-f", "one.sk", "-f", "two.sk", "-c", "get one 'a' CONSISTENT;")
    assert done.out == '{"pk":"a"}\n'


def test_a_last_statement_without_a_semicolon_runs(script):
    assert '{"TableName":"one"}' in script(stdin="CreateTable one (pk S);\nListTables").out


# Errors of scripts name their place


def test_an_open_quote_at_the_end_names_where_it_began(script):
    done = script(stdin="ListTables;\n  put app {pk: 'abc;\nListTables;\n")
    assert done.code == 1
    assert done.err.startswith("stdin:2:16: error: this ' is never closed\n")


@pytest.mark.parametrize(
    "text, place, token",
    [("put app {a: [1,\n 2\n", "1:13", "["), ("\n\ntx (\n  put app {pk: 'a'};\n", "3:4", "("),
     ('get "x\n\n', "1:5", '"'), ("get `x", "1:5", "`"), ("ListTables /* x", "1:12", "/*")],
    ids=["[", "(", '"', "`", "/*"],
)
def test_whatever_is_open_at_the_end_names_where_it_began(script, text, place, token):
    done = script(stdin=text)
    assert done.code == 1
    assert done.err.startswith(f"stdin:{place}: error: this {token} is never closed\n")


def test_an_open_comment_before_any_statement_is_an_error_too(script):
    done = script(stdin="ListTables;\n/* and the rest\nbogus;\n")
    assert done.code == 1
    assert "stdin:2:1: error: this /* is never closed" in done.err


def test_a_script_in_a_script_names_its_own_place(script, home):
    (home / "outer.sk").write_text("ListTables;\n  .read folder/inner.sk\n")
    (home / "folder").mkdir()
    (home / "folder/inner.sk").write_text("\n\n ListTables; Quer x;\n")
    done = script("-f", "outer.sk")
    assert done.code == 1
    assert "folder/inner.sk:3:14: error: Quer is not a verb" in done.err


def test_a_script_finds_its_neighbours(script, home):
    (home / "folder").mkdir()
    (home / "folder/outer.sk").write_text(".read inner.sk\n")
    (home / "folder/inner.sk").write_text("CreateTable found (pk S);\n")
    assert "created found" in script("-f", "folder/outer.sk").err


def test_a_script_that_reads_itself_ends(script, home):
    (home / "loop.sk").write_text("\n.read loop.sk\n")
    done = script("-f", "loop.sk")
    assert done.code == 1
    assert "loop.sk:2:1: error: scripts are nested too deeply" in done.err


def test_a_script_that_is_not_there_names_who_asked(script, home):
    (home / "outer.sk").write_text("ListTables;\n.read nowhere.sk\n")
    done = script("-f", "outer.sk")
    assert done.code == 1
    assert "outer.sk:2:1: error: cannot read nowhere.sk: No such file or directory" in done.err


def test_columns_count_characters_not_bytes(script):

    done = script(stdin="-- 日本語\nListTables; /* 😀 */ bogus;\n")
    assert "stdin:2:21: error: bogus" in done.err


# Full, closed and shared streams


def test_a_full_disk_is_an_error(piped):
    done = piped("$SORTKEY -c 'Sample music;' -c 'Scan music CONSISTENT;' >/dev/full")
    assert done.returncode == 1
    assert "error: cannot write: No space left on device" in done.stderr


def test_a_full_disk_ends_a_long_script(piped, home):
    (home / "long.sk").write_text("Sample music;\n" + "Scan music CONSISTENT;\n" * 20_000)
    done = piped("$SORTKEY -q -f long.sk >/dev/full")
    assert done.returncode == 1


def test_a_reader_that_leaves_is_no_error(piped, home):
    (home / "long.sk").write_text(
        "CreateTable app (pk S);\nput app {pk: 'a'};\n" + "Scan app CONSISTENT;\n" * 20_000
    )
    done = piped("$SORTKEY -q -f long.sk | head -1; echo ${PIPESTATUS[0]}", timeout=20)
    first, code = done.stdout.strip().split("\n")
    assert first.startswith("{")
    assert done.stderr == ""
    assert int(code) in (0, 141)


def test_a_closed_stdout_does_not_crash(piped):
    done = piped("$SORTKEY -c 'Sample music;' -c 'Scan music CONSISTENT;' >&-")
    assert 0 <= done.returncode <= 1


def test_a_closed_stderr_does_not_crash(piped):
    done = piped("$SORTKEY -c 'Sample music;' -c 'Scan music CONSISTENT;' 2>&-")
    assert len(done.stdout.split("\n")) == 23


def test_a_closed_stdin_is_an_empty_script(piped):
    done = piped("$SORTKEY <&-")
    assert (done.returncode, done.stdout) == (0, "")


def test_a_file_written_by_a_script_is_not_taken_for_a_closed_stream(piped, home):
    done = piped("$SORTKEY -q -c 'Sample music;' -c '.once out.json' -c 'Scan music CONSISTENT;' -c 'bogus;' 2>&- >&-")
    assert len((home / "out.json").read_text().split("\n")) == 23
    assert "error" not in (home / "out.json").read_text()
    assert done.returncode == 1


@pytest.mark.parametrize("kind", ["file", "pipe"])
def test_both_streams_in_one_place_keep_their_order(piped, kind):
    statements = "CreateTable app (pk S);\nput app {pk: 'a'};\nget app 'a' CONSISTENT;\nget app 'b' CONSISTENT;\nbogus;\n"
    command = "$SORTKEY >both 2>&1; cat both" if kind == "file" else "$SORTKEY 2>&1 | cat"
    lines = piped(command, stdin=statements).stdout.split("\n")
    assert lines[0].startswith("created app")
    assert lines[1].startswith("1 WCU")
    assert lines[2] == '{"pk":"a"}'
    assert lines[3].startswith("1 item")
    assert lines[4].startswith("no item")
    assert lines[5] == "stdin:5:1: error: bogus is not a verb"


def test_results_and_remarks_part_when_the_streams_do(script):
    done = script("-c", "Sample music;", "-c", "get music 'ARTIST#sade', 'PROFILE' CONSISTENT;")
    assert done.out.count("\n") == 1 and done.out.startswith("{")
    assert "22 items" in done.err and "1 item" in done.err


def test_who_asks_through_a_pipe_gets_each_answer(environment, home):
    """A program that feeds statements one by one, and waits in between, is not left waiting."""
    child = subprocess.Popen(
        [EXECUTABLE, "-q"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, cwd=home
    )
    child.stdin.write(b"CreateTable app (pk S);\n")
    for number in range(20):
        child.stdin.write(b"put app {pk: 'a', n: %d};\nget app 'a' CONSISTENT;\n" % number)
        child.stdin.flush()
        assert child.stdout.readline() == b'{"pk":"a","n":%d}\n' % number
    child.stdin.close()
    assert child.wait(timeout=5) == 0
    child.stdout.close()


def test_once_writes_one_result_to_a_file(script, home):
    done = script(
        "-q", "-c", "Sample music;", "-c", ".once one.json", "-c", "get music 'ARTIST#sade', 'PROFILE' CONSISTENT;",
        "-c", "get music 'ARTIST#nina', 'PROFILE' CONSISTENT;",
    )
    assert "Sade" in (home / "one.json").read_text() and "Sade" not in done.out
    assert "Nina" in done.out


def test_output_writes_to_a_file_until_told_otherwise(script, home):
    get = "get music 'ARTIST#%s', 'PROFILE' CONSISTENT;\n"
    done = script("-q", stdin="Sample music;\n.output o\n" + get % "sade" + get % "nina" + ".output\n" + get % "miles")
    assert (home / "o").read_text().count("\n") == 2
    assert done.out.count("\n") == 1 and "Miles" in done.out


def test_an_output_on_a_full_disk_is_an_error(script):
    done = script("-q", "-c", "Sample music;", "-c", ".output /dev/full", "-c", "Scan music CONSISTENT;")
    assert done.code == 1 and "No space left on device" in done.err


# The same bytes every time


def test_two_runs_answer_byte_for_byte_the_same(script, home):
    (home / "all.sk").write_text(
        "Sample music;\nSample shop;\nClock advance 1m;\nScan music ALL;\nScan shop ALL \\table\n"
        "Query music/byYear KEY genre = 'jazz';\nShow partitions music;\nShow replicas shop;\nShow settings;\n"
        "EXPLAIN Scan music FILTER plays > 5000;\nTRACE get music 'ARTIST#nina', 'PROFILE' CONSISTENT;\n"
        "Describe music \\json\nShow cost;\nShow events;\n.bail off\nbogus;\nput music {pk: 1};\n"
    )
    runs = {(done.out, done.err, done.code) for done in (script("-f", "all.sk", "--width", "100") for _ in range(3))}
    assert len(runs) == 1


def test_another_seed_answers_otherwise(script):
    statements = ["-c", "Sample music;", "-c", "TRACE get music 'ARTIST#nina', 'PROFILE';"]
    assert script("--seed", "1", *statements) != script("--seed", "2", *statements)


def test_the_clock_starts_where_it_is_told(script):
    done = script("--clock", "1700000000", "-c", "Clock;")
    assert "2023-11-14T22:13:20" in done.out + done.err


def test_echo_makes_a_transcript(script):
    done = script(stdin=".echo on\nCreateTable app (pk S);\nput app {\n  pk: 'a'\n};\nget app 'a' CONSISTENT;\n")
    lines = done.out.split("\n")
    assert lines[0] == "local> CreateTable app (pk S);"
    assert lines[1:4] == ["local> put app {", "  {..>   pk: 'a'", "  {..> };"]
    assert lines[4] == "local> get app 'a' CONSISTENT;" and lines[5] == '{"pk":"a"}'


def test_interactive_on_a_pipe_prompts(script):
    done = script("--interactive", "-q", stdin="ListTables;\nput {\n")
    assert done.out.startswith("local> ")
    assert "{..> " in done.out


def test_batch_on_a_terminal_does_not(spawn):
    shell = spawn("--batch", ready=False)
    shell.send("CreateTable app (pk S);\r").sees("created app")
    assert "local>" not in shell.text
    shell.send("bogus;\r")
    assert shell.leaves() == 1
