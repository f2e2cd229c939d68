r"""Stored data cannot write on the screen: no ESC, no bell, no direction mark of an item gets through."""

import json

import pytest

ATTACK = r"\u001b]0;owned\u0007\u001b[2J\u009b31m\u202ereversed\u0000\b\r"
STORE = [
    "CreateTable app (pk S);",
    "put app {pk: 'a', v: 'ATTACK', \"na\\u001bme\": 1, m: {k: 'ATTACK', \"ATTACK\": ['ATTACK']}};".replace("ATTACK", ATTACK),
]
# C0 without the newline that ends a row, C1, and what turns the direction of text.
CONTROLS = ({chr(code) for code in [*range(0x20), *range(0x7F, 0xA0)]} | {"\u202e"}) - {"\n"}
FOR_PEOPLE = ["table", "vertical", "line", "md"]
FOR_PROGRAMS = ["json", "jsonl", "ddb", "csv"]


def get(mode):
    return rf"get app 'a' CONSISTENT \{'G' if mode == 'vertical' else mode}"


def shown(spawn, mode):
    """What reaches a terminal of enough columns. The terminal itself adds a carriage return to each row."""
    shell = spawn("--color", "never", rows=200, columns=1000)
    for statement in STORE:
        assert "error" not in shell.run(statement)
    answer = shell.raw_answer(get(mode)).replace("\r\n", "\n")
    assert "reversed" in answer
    return answer


@pytest.mark.parametrize("mode", FOR_PEOPLE)
def test_nothing_gets_through_to_a_terminal(spawn, mode):
    assert not CONTROLS & set(shown(spawn, mode))


@pytest.mark.parametrize("mode", FOR_PROGRAMS)
def test_no_escape_gets_through_to_a_terminal_in_forms_for_programs(spawn, mode):
    assert not (CONTROLS - {"\r", "\u202e"}) & set(shown(spawn, mode))


@pytest.mark.parametrize("mode, control", [("json", "\u202e"), ("jsonl", "\u202e"), ("ddb", "\u202e"), ("csv", "\r")])
def test_no_other_control_gets_through_to_a_terminal_in_forms_for_programs(spawn, mode, control):
    assert control not in shown(spawn, mode)


@pytest.mark.parametrize("mode", FOR_PEOPLE + FOR_PROGRAMS)
def test_no_escape_gets_through_to_a_pipe(script, mode):
    done = script(*[word for text in [*STORE, get(mode)] for word in ("-c", text)])
    assert done.code == 0 and "reversed" in done.out
    assert not (CONTROLS - {"\r", "\u202e"}) & set(done.out)
    assert "\x1b" not in done.err


def test_json_holds_the_very_value(script):
    done = script(*[word for text in STORE for word in ("-c", text)], "-c", "get app 'a' CONSISTENT;")
    assert json.loads(done.out)["v"] == json.loads(f'"{ATTACK}"')


def test_nothing_gets_through_an_error(spawn):
    shell = spawn("--color", "never")
    for statement in STORE:
        shell.run(statement)
    answers = [
        shell.raw_answer("upd app 'a' SET n = 1 IF v = 'other' ELSE ALL_OLD;"),
        shell.raw_answer("Scan app FILTER pk = ;"),
        shell.raw_answer(r"del app 'a' IF pk = 'x' ELSE ALL_OLD;"),
    ]
    for answer in answers:
        assert "error" in answer
        assert not CONTROLS & set(answer.replace("\r\n", "\n"))


def test_nothing_gets_through_an_echoed_statement(script):
    done = script(stdin=".echo on\nput app {pk: '\x1b]0;owned\x07\x1b[2J'};\n", timeout=20)
    assert "\x1b" not in done.out + done.err and "\x07" not in done.out + done.err


def test_nothing_gets_through_reports(script):
    done = script("-c", ".param :v '\\u001b[2J'", "-c", ".param", "-c", r".mode table", "-c", ".param")
    assert "\x1b" not in done.out + done.err


def test_nothing_gets_through_the_history(spawn, history_file):
    history_file.parent.mkdir(parents=True)
    history_file.write_text("Describe \x1b[2Jx;\n")
    shell = spawn("-q", "--color", "never")
    answer = shell.raw_answer(".history")
    assert "\x1b[2J" not in answer
    start = shell.mark()
    shell.send("\x1b[A\x1b[A").quiet()
    assert "\x1b[2Jx" not in shell.raw[start:]
