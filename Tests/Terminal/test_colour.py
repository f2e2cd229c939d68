"""Colours and drawings: when they are used, and what stands there instead."""

import pytest

COLOUR = "\x1b["
DATA = ["-c", "Sample music;", "-c", r"Query music 'ARTIST#sade', begins_with 'SONG#' CONSISTENT \table"]


def query(shell):
    """The raw bytes of a table."""
    shell.run("Sample music;")
    return shell.raw_answer("Query music 'ARTIST#sade', begins_with 'SONG#' CONSISTENT;")


def test_a_terminal_gets_colours(spawn):
    shell = spawn("-q")
    assert COLOUR in query(shell)
    assert "\x1b[1;34mlocal>\x1b[0m" in shell.raw


@pytest.mark.parametrize(
    "arguments, variables",
    [
        ([], {"NO_COLOR": "1"}),
        ([], {"CLICOLOR": "0"}),
        (["--color", "never"], {}),
        (["--color", "never"], {"CLICOLOR_FORCE": "1"}),
        ([], {"CLICOLOR_FORCE": "0", "NO_COLOR": "1"}),
    ],
    ids=["NO_COLOR", "CLICOLOR=0", "--color never", "never beats force", "FORCE=0 forces nothing"],
)
def test_a_terminal_gets_none(spawn, arguments, variables):
    shell = spawn("-q", *arguments, **variables)
    assert COLOUR not in query(shell)
    assert "\x1b[1;34m" not in shell.raw
    assert COLOUR not in shell.raw_answer("bogus;")


@pytest.mark.parametrize("variables", [{"NO_COLOR": ""}, {"CLICOLOR": "1"}, {"CLICOLOR_FORCE": "0"}])
def test_these_change_nothing(spawn, variables):
    assert COLOUR in query(spawn("-q", **variables))


def test_a_pipe_gets_none(script):
    done = script(*DATA, "-c", "bogus;")
    assert "\x1b" not in done.out + done.err


@pytest.mark.parametrize(
    "arguments, variables",
    [
        ([], {"CLICOLOR_FORCE": "1"}),
        (["--color", "always"], {}),
        (["--color", "always"], {"NO_COLOR": "1"}),
        ([], {"CLICOLOR_FORCE": "1", "NO_COLOR": "1"}),
    ],
    ids=["CLICOLOR_FORCE", "--color always", "always beats NO_COLOR", "force beats NO_COLOR"],
)
def test_a_pipe_gets_them_if_forced(script, arguments, variables):
    done = script(*arguments, *DATA, "-c", "bogus;", **variables)
    assert COLOUR in done.out and COLOUR in done.err


def test_a_file_of_json_lines_has_no_colours_even_if_forced(script):
    done = script("--color", "always", "--mode", "jsonl", "-c", "Sample music;", "-c", "Scan music CONSISTENT;")
    assert "\x1b" not in done.out


def test_color_is_changed_by_command(music):
    assert COLOUR in music.raw_answer("bogus;")
    music.run(".color never")
    assert COLOUR not in music.raw_answer("bogus;")
    assert COLOUR not in music.raw_answer("Query 'ARTIST#sade', begins_with 'SONG#' CONSISTENT;")


def test_a_dumb_terminal_gets_no_escape_at_all(spawn):
    shell = spawn(ready=False, TERM="dumb").sees("local> ".rstrip())
    shell.send("Sample music;\r").sees("Show partitions music;")
    shell.send("Query music 'ARTIST#sade', begins_with 'SONG#' CONSISTENT;\r").sees("strong")
    shell.send("bogus;\r").sees("help lists them")
    shell.send("put {\r").sees("{..>")
    shell.send("};\r").sees("error")
    assert "\x1b" not in shell.raw
    shell.send("exit\r")
    assert shell.leaves() == 0


def test_ctrl_c_on_a_dumb_terminal_drops_the_statement(spawn):
    shell = spawn("-q", ready=False, TERM="dumb").sees("local>")
    shell.send("put {\r").sees("{..>")
    shell.send("\x03").until(lambda: shell.last_line == "local>", patience=2)


def test_ctrl_c_on_a_dumb_terminal_says_how_to_leave(spawn):
    shell = spawn("-q", ready=False, TERM="dumb").sees("local>")
    shell.send("\x03").sees("Ctrl-D or exit leaves", patience=2)


def test_no_terminal_type_is_as_dumb(spawn):
    shell = spawn(ready=False, TERM=None).sees("local>")
    shell.send("ListTables;\r").sees("TableName")
    assert "\x1b" not in shell.raw


def test_plain_has_no_boxes_and_no_ellipsis(spawn):
    shell = spawn("--plain", rows=60)
    shell.run("Sample music;")
    answer = shell.run("Query music 'ARTIST#sade', begins_with 'SONG#' CONSISTENT;")
    assert not set("│─┼·…├└") & set(answer)
    assert "title: Smooth Operator" in answer
    assert "4 items, " in answer


def test_plain_by_environment(spawn):
    shell = spawn(SORTKEY_PLAIN="1")
    shell.run("Sample music;")
    assert not set("│─┼·…") & set(shell.run("Query music 'ARTIST#sade' CONSISTENT;"))


@pytest.mark.parametrize(
    "statement",
    ["Show partitions music;", "EXPLAIN Query music 'ARTIST#sade';", "TRACE get music 'ARTIST#sade', 'PROFILE';",
     "Describe music;", "ListTables;", "Show tables;", "Locate music 'ARTIST#sade', 'PROFILE';"],
)
def test_plain_reports_are_words(spawn, statement):
    shell = spawn("--plain", rows=200)
    shell.run("Sample music;")
    answer = shell.run(statement)
    assert not set("│─┼├└█░▒▓") & set(answer)




@pytest.mark.parametrize(
    "statement",
    [
        "Query music 'ARTIST#sade' CONSISTENT;",
        "put music {pk: 'a', sk: 'b'};",
        "Show router;",
        "Show settings;",
        "bogus;",
        pytest.param("Show partitions music;"),
        pytest.param("EXPLAIN Query music 'ARTIST#sade';"),
        pytest.param("TRACE get music 'ARTIST#sade', 'PROFILE';"),
        pytest.param("Describe music;"),
        pytest.param("help"),
    ],
)
def test_a_c_locale_gets_ascii_alone(spawn, statement):
    shell = spawn(LC_ALL="C", rows=200)
    shell.run("Sample music;")
    answer = shell.run(statement)
    assert answer.isascii(), [line for line in answer.split("\n") if not line.isascii()]


def test_a_c_locale_draws_with_ascii(spawn):
    shell = spawn("-q", LC_ALL="C")
    shell.run("Sample music;")
    heading, rule = shell.run("Query music 'ARTIST#miles', begins_with 'SONG#' CONSISTENT;").split("\n")[1:3]
    assert set(rule) <= set("-+") and "|" in heading


def test_a_c_locale_still_takes_utf8(spawn):
    """libedit itself would crash or drop it."""
    shell = spawn("-q", LC_ALL="C")
    shell.run("CreateTable app (pk S);")
    shell.run("put app {pk: 'ключ'};")
    assert '"pk":"ключ"' in shell.run(r"get app 'ключ' CONSISTENT \jsonl")


def test_a_pipe_is_utf8_whatever_the_locale(script):
    done = script("-c", "Sample music;", "-c", r"Query music 'ARTIST#sade' CONSISTENT \table", LC_ALL="C")
    assert "│" in done.out
