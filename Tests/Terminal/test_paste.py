"""A paste arrives whole: marked by the terminal, or as a burst of keys."""

import pytest

from conftest import DONE, ENTER, READING, UP

MANY = [f"put app {{pk: 'k{number}', n: {number}}};" for number in range(40)]


@pytest.fixture
def app(spawn):
    shell = spawn("-q", rows=60)
    shell.run("CreateTable app (pk S);")
    return shell


def value(shell, key):
    return shell.run(rf"get app '{key}' CONSISTENT \jsonl").split("\n")[0]


def is_editing(shell):
    """Nothing has run since the last prompt."""
    return shell.raw.rfind(DONE) < shell.raw.rfind(READING)


def test_a_marked_paste_waits_for_enter(app):
    app.paste("put app {pk: 'a'};").until(lambda: app.cursor_line.endswith("{pk: 'a'};")).quiet()
    assert is_editing(app)


def test_a_marked_paste_keeps_rows_and_utf8(app):
    app.paste("put app {\n  pk: 'a',\n  text: 'Björk 日本 😀'\n};").until(lambda: app.cursor_line.endswith("};"))
    app.run("")
    assert value(app, "a") == '{"pk":"a","text":"Björk 日本 😀"}'


def test_tabs_in_a_marked_paste_are_text(app):
    app.paste("put app {\n\tpk: 'a',\n\ttext: 'one\ttwo'\n};").until(lambda: app.cursor_line.endswith("};"))
    app.run("")
    assert value(app, "a") in ['{"pk":"a","text":"one\\ttwo"}', '{"pk":"a","text":"one    two"}']


def test_a_tab_after_a_word_completes_nothing_in_a_paste(app):
    app.paste(".hin\t\nListTables;").until(lambda: app.cursor_line.endswith("ListTables;"))
    assert "hints" not in app.text


def test_a_marked_paste_of_several_statements_runs_all_in_order(app):
    app.paste("\n".join(MANY)).until(lambda: app.cursor_line.endswith(MANY[-1]))
    app.run("")
    assert app.run(r"Scan app COUNT CONSISTENT \jsonl").startswith('{"Count":40')


def test_a_newline_at_its_end_does_not_run_it(app):
    app.paste("put app {pk: 'a'};\n").continues("...").quiet()
    assert is_editing(app)


def test_empty_lines_in_a_paste_run_nothing_by_themselves(app):
    app.paste("put app {pk: 'a',\n\n\n  n: 1}\n\n;").until(lambda: app.cursor_line.endswith(";"))
    app.run("")
    assert value(app, "a") == '{"pk":"a","n":1}'


def test_a_paste_into_the_middle_of_a_line(app):
    app.send("put app {pk: 'a'};" + "\x1b[D" * 3).quiet()
    app.paste("é").until(lambda: "'aé'" in app.text)
    app.run("")
    assert value(app, "aé") == '{"pk":"aé"}'


def test_escape_sequences_in_a_paste_are_not_keys(app):
    app.paste("put app {pk: 'a', t: '\x1b[A\x1b[D\x04x'};").until(lambda: "x'};" in app.text)
    assert app.is_open
    assert "\x1b[A\x1b[D" not in app.raw[-300:]


def test_a_large_marked_paste_is_not_cut(app):
    statement = "put app {pk: 'big', text: '" + "0123456789" * 4000 + "'};"
    start = app.mark()
    app.paste(statement).send(ENTER)
    app.answer(start, patience=30)
    assert len(value(app, "big")) == len('{"pk":"big","text":""}') + 40_000


def test_an_unmarked_burst_of_statements_loses_none(app):
    app.send(ENTER.join(MANY) + ENTER)
    app.until(lambda: app.raw.endswith("\x1b[?25h") and app.cursor_line == "local> ", patience=30).quiet()
    assert app.run(r"Scan app COUNT CONSISTENT \jsonl").startswith('{"Count":40')


def test_tabs_in_an_unmarked_burst_complete_nothing(app):
    start = app.mark()
    app.send("put app {" + ENTER + "\tpk: 'a'," + ENTER + "\tn:\t1" + ENTER + "};" + ENTER)
    app.answer(start)
    assert value(app, "a") == '{"pk":"a","n":1}'


def test_a_tab_right_behind_a_word_completes_nothing_in_a_burst(app):
    app.send(".hin\tx" + ENTER).quiet()
    assert "hints" not in app.transcript.split(".hin", 1)[1].split("\n")[0]


def test_empty_lines_in_an_unmarked_burst_run_nothing_by_themselves(app):
    start = app.mark()
    app.send("put app {pk: 'a'}" + ENTER * 3 + "IF attribute_not_exists(pk);" + ENTER)
    answer = app.answer(start)
    assert "error" not in answer
    assert value(app, "a") == '{"pk":"a"}'


def test_a_burst_with_utf8_and_quotes(app):
    start = app.mark()
    app.send("put app {" + ENTER + "pk: 'ключ', v: \"it's 日本\"" + ENTER + "};" + ENTER)
    app.answer(start)
    assert value(app, "ключ") == '{"pk":"ключ","v":"it\'s 日本"}'


def test_what_was_typed_while_a_statement_ran_is_the_next_one(app):
    start = app.mark()
    app.send("put app {pk: 'a'};" + ENTER)
    app.until(lambda: DONE in app.raw[start:])
    app.send("put app {pk: 'b'};" + ENTER)
    app.until(lambda: app.raw.count(DONE, start) >= 2).prompt()
    assert value(app, "b") == '{"pk":"b"}'


def test_a_paste_is_one_entry_of_the_history(app):
    app.paste("put app {\n  pk: 'a'\n};").until(lambda: app.cursor_line.endswith("};"))
    app.run("")
    app.send(UP).until(lambda: app.cursor_line.endswith("};"))
    assert app.text.split("\n")[-3].endswith("put app {")


def test_windows_line_ends_in_a_paste(app):
    app.send("\x1b[200~put app {\r\n  pk: 'a'\r\n};\x1b[201~").until(lambda: app.cursor_line.endswith("};"))
    app.run("")
    assert value(app, "a") == '{"pk":"a"}'


def test_pasted_sdk_code_is_reduced_to_its_request(app):
    app.paste("const x = await client.send(new PutItemCommand({\n  TableName: 'app',\n  Item: {pk: {S: 'a'}},\n}));")
    app.quiet()
    answer = app.run("")
    assert "reads as:" in answer
    assert value(app, "a") == '{"pk":"a"}'
