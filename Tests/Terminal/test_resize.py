"""A window that changes its size while one types, and while one reads."""

from wcwidth import wcswidth

from conftest import CTRL_C, ENTER


def test_the_next_result_fits_the_new_width(spawn):
    music = spawn("-q", rows=60)
    music.run("Sample music; use music")
    for columns in [50, 160]:
        music.resize(columns, 60)
        rows = [line for line in music.run("Scan CONSISTENT;").split("\n") if "more attribute" not in line]
        assert columns // 2 < max(wcswidth(line) for line in rows) <= columns


def test_a_line_being_edited_survives(shell):
    shell.send("Describe something;").until(lambda: shell.cursor_line == "local> Describe something;")
    shell.resize(60, 24).quiet()
    shell.send("x\x7f").quiet()
    assert shell.cursor_line == "local> Describe something;"
    assert 'table "something" not found' in shell.run("")


def test_a_line_wraps_at_the_new_width(shell):
    shell.resize(30, 24).quiet()
    shell.send("Describe " + "n" * 40).until(lambda: shell.cursor_line == "n" * (7 + 9 + 40 - 30))
    assert shell.text.split("\n")[-2:] == ["local> Describe " + "n" * 14, "n" * 26]
    shell.send(CTRL_C).prompt()


def test_a_very_narrow_window_does_not_break_it(spawn):
    shell = spawn("-q", columns=10, ready=False).sees("local>")
    shell.send("ListTables;" + ENTER).sees("TableName")
    shell.resize(80, 24)
    assert "TableName" in shell.run("ListTables;")


def test_a_statement_taller_than_the_screen_can_be_typed(spawn):
    shell = spawn("-q", rows=6)
    shell.run("CreateTable app (pk S);")
    shell.send("put app {" + ENTER).continues("{..")
    for number in range(12):
        shell.send(f"a{number}: {number}," + ENTER).until(lambda: f"a{number}: {number}," in shell.text)
    shell.run("pk: 'a'};")
    assert '"a11":11' in shell.run(r"get app 'a' CONSISTENT \jsonl")


def test_typing_at_the_right_edge(spawn):
    """Wide characters do not straddle two rows."""
    shell = spawn("-q", columns=20)
    shell.send("get '日本語日本語日本").until(lambda: shell.text.endswith("本"))
    first, second = shell.text.split("\n")
    assert (first, second) == ("local> get '日本語日", "本語日本")
