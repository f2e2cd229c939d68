"""Ctrl-C never leaves and never loses more than what it stops; Ctrl-D leaves."""

import fcntl
import time

import pytest

from conftest import CTRL_C, CTRL_D, DONE, ENTER, READING


@pytest.fixture
def big(spawn, home):
    """A table of 20,000 items, which a scan in pages of one reads for a while."""
    batches = [
        "BatchWrite ("
        + " ".join(f"PutItem big {{pk: 'p{number % 7}', sk: {number * 25 + item}}};" for item in range(25))
        + ");\n"
        for number in range(800)
    ]
    (home / "fill.sk").write_text("CreateTable big (pk S, sk N);\n" + "".join(batches))
    shell = spawn("-q")
    shell.run(".read fill.sk", patience=60)
    return shell


LONG_SCAN = "Scan big LIMIT 1 COUNT ALL CONSISTENT;"


def stop(shell, statement, patience=8):
    """Presses Ctrl-C while `statement` runs; answers what is printed, and after how many seconds."""
    start = shell.mark()
    shell.send(statement + ENTER).until(lambda: DONE in shell.raw[start:], "the statement to run")
    # The scan prints nothing before its end; after this moment it has begun.
    shell.pump(0.02)
    pressed = time.monotonic()
    shell.send(CTRL_C)
    answer = shell.answer(start, patience)
    return answer, time.monotonic() - pressed


def test_on_an_empty_line_it_says_how_to_leave(shell):
    start = shell.mark()
    shell.send(CTRL_C)
    shell.until(lambda: shell.raw.count(READING, start) == 1).prompt()
    assert "Ctrl-D or exit leaves" in shell.since(start)
    assert "TableName" in shell.run("ListTables;")


def test_on_a_line_with_text_it_only_clears(shell):
    shell.send("Describe nothing").until(lambda: shell.cursor_line.endswith("nothing"))
    shell.send(CTRL_C).prompt()
    assert "Describe nothing^C" in shell.text
    assert "leaves" not in shell.text
    assert "error" not in shell.text


def test_in_a_continuation_it_drops_the_whole_statement(shell):
    shell.send("put tab {" + ENTER).continues("{..")
    shell.send(CTRL_C).until(lambda: shell.cursor_line == "local> ")
    assert "TableName" in shell.run("ListTables;")


def test_what_was_cleared_is_not_in_the_history(shell, history_file):
    shell.run("ListTables;")
    shell.send("Describe nothing").until(lambda: shell.cursor_line.endswith("nothing"))
    shell.send(CTRL_C).prompt()
    assert history_file.read_text() == "ListTables;\n"


def test_ten_times_it_still_does_not_leave(shell):
    for _ in range(10):
        start = shell.mark()
        shell.send(CTRL_C).until(lambda: READING in shell.raw[start:]).prompt()
    assert "TableName" in shell.run("ListTables;")


def test_a_long_statement_stops_and_reports_what_was_spent(big):
    answer, seconds = stop(big, LONG_SCAN)
    assert "cancelled after" in answer and "read, " in answer and "RCU spent" in answer
    assert seconds < 0.5
    assert big.cursor_line == "local> "


def test_a_statement_can_be_stopped_before_its_first_moment(big, history_file):
    """Another shell holds the lock of the history, so that there is time between Enter and the statement."""
    start = big.mark()
    with open(history_file) as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        big.send(LONG_SCAN + ENTER).until(lambda: DONE in big.raw[start:], "the end of editing")
        big.send(CTRL_C).until(lambda: "^C" in big.raw[start:], "its echo")
    assert "cancelled" in big.answer(start)


def test_after_a_cancel_the_shell_works_as_before(big):
    stop(big, LONG_SCAN)
    assert '{"Count":20000,"ScannedCount":20000}' in big.run(r"Scan big COUNT ALL CONSISTENT \jsonl")


def test_last_shows_what_came_before_the_cancel(big):
    answer, _ = stop(big, "Scan big LIMIT 1 ALL CONSISTENT;")
    assert "cancelled" in answer
    assert '"pk"' in big.run(".last jsonl").split("\n")[0]


def test_more_goes_on_behind_a_cancel(big):
    stop(big, LONG_SCAN)
    assert "ScannedCount" in big.run("more")


def test_a_script_stops_as_a_whole(big, home):
    (home / "scans.sk").write_text("Scan big LIMIT 1 COUNT ALL CONSISTENT;\n" * 500)
    answer, seconds = stop(big, ".read scans.sk")
    assert "cancelled" in answer
    assert seconds < 0.5


def test_a_paste_of_several_statements_stops_as_a_whole(big):
    start = big.mark()
    big.paste("\n".join([LONG_SCAN] * 50) + "\n").until(lambda: big.cursor_line.endswith("> "))
    big.send(ENTER).until(lambda: DONE in big.raw[start:]).pump(0.02)
    big.send(CTRL_C)
    answer = big.answer(start)
    assert answer.count("cancelled") == 1
    assert big.cursor_line == "local> "


def test_a_script_shows_each_result_as_it_comes(big, home):
    (home / "scans.sk").write_text("ListTables;\n" + "Scan big LIMIT 1 COUNT ALL CONSISTENT;\n" * 500)
    big.send(".read scans.sk" + ENTER).sees("TableName", patience=3)
    start = big.mark()
    big.send(CTRL_C).until(lambda: READING in big.raw[start:])


def test_in_the_pager_it_ends_the_pager_not_the_shell(spawn):
    shell = spawn(PAGER="cat; echo waiting; exec sleep 100")
    shell.run("Sample music;")
    start = shell.mark()
    shell.send("Scan music ALL CONSISTENT;" + ENTER).sees("waiting")
    shell.send(CTRL_C)
    shell.answer(start, patience=2)
    assert shell.cursor_line == "local> "


def test_a_pager_that_ends_gives_the_prompt_back(spawn):
    shell = spawn(PAGER="head -3; echo that was the pager")
    shell.run("Sample music;")
    answer = shell.run("Scan music ALL CONSISTENT;")
    assert answer.count("pk ") == 1
    assert "22 items" in answer.split("that was the pager")[1]
    assert "ARTIST#" not in answer.split("that was the pager")[1]


def test_without_a_pager_a_long_result_scrolls_by(spawn):
    shell = spawn(PAGER="cat")
    shell.run("Sample music;")
    answer = shell.run("Scan music ALL CONSISTENT;")
    assert answer.count("PROFILE") == 4


def test_a_result_that_fits_meets_no_pager(spawn):
    shell = spawn(PAGER="echo that was the pager")
    shell.run("Sample music;")
    assert "that was the pager" not in shell.run("get music 'ARTIST#sade', 'PROFILE' CONSISTENT;")


def test_a_pager_that_does_not_exist_is_passed_by(spawn):
    shell = spawn(PAGER="/nowhere/less")
    shell.run("Sample music;")
    assert "Diamond Life" in shell.run("Scan music ALL CONSISTENT;")


def test_less_shows_a_page_and_q_leaves_it(spawn):
    shell = spawn(PAGER="less")
    shell.run("Sample music;")
    start = shell.mark()
    shell.send("Scan music ALL CONSISTENT;" + ENTER).until(lambda: shell.cursor_line.rstrip().endswith(":"), "less")
    shell.send("q")
    assert "22 items" in shell.answer(start)


def test_ctrl_d_on_an_empty_line_leaves(shell):
    shell.send(CTRL_D)
    assert shell.leaves() == 0


def test_ctrl_d_with_text_does_not_leave(shell):
    shell.send("Describe x;").until(lambda: shell.cursor_line.endswith("x;"))
    shell.send(CTRL_D).quiet()
    assert "not found" in shell.run("")


def test_ctrl_d_in_a_continuation_drops_the_statement(shell):
    shell.send("put tab {" + ENTER).continues("{..")
    shell.send(CTRL_D).until(lambda: shell.cursor_line == "local> ")
    assert "TableName" in shell.run("ListTables;")


def test_ctrl_d_warns_once_of_unsaved_writes(spawn):
    shell = spawn()
    shell.run("CreateTable app (pk S);")
    shell.run("put app {pk: 'a'};")
    start = shell.mark()
    shell.send(CTRL_D).until(lambda: READING in shell.raw[start:], "another prompt").prompt()
    assert "1 write lives in memory only" in shell.since(start)
    shell.send(CTRL_D)
    assert shell.leaves() == 0


def test_ctrl_d_does_not_warn_when_nothing_was_written(spawn):
    shell = spawn()
    shell.run("ListTables;")
    shell.send(CTRL_D)
    assert shell.leaves() == 0


def test_the_terminal_is_as_before_afterwards(spawn):
    """Bracketed paste is off, the cursor is shown, and the shell's last line has an end."""
    shell = spawn("-q")
    shell.send(CTRL_D)
    shell.leaves()
    assert shell.raw.rfind(DONE) > shell.raw.rfind(READING)
    assert shell.raw.rfind("\x1b[?25h") > shell.raw.rfind("\x1b[?25l")
    assert shell.transcript.endswith("\n")


def test_following_a_stream_goes_on_until_ctrl_c(shell):
    shell.run("CreateTable app (pk S) STREAM NEW_IMAGE;")
    shell.run("put app {pk: 'before', n: 1};")
    start = shell.mark()
    shell.send("Tail app FROM TRIM_HORIZON FOLLOW;" + ENTER)
    shell.until(lambda: "n: 1" in shell.since(start), "the record that was there")
    shell.pump(1.5)
    assert shell.raw.count(READING, start) == 0, "simulated time follows the wall clock, and it goes on"
    shell.send(CTRL_C)
    answer = shell.answer(start)
    assert "1 record followed" in answer
    assert "TableName" in shell.run("ListTables;")
