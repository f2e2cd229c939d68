"""What was typed comes back: in this session, in the next, and to nobody else."""

import signal
import stat

from conftest import CTRL_C, CTRL_D, CTRL_R, DOWN, ENTER, UP


def type_over_lines(shell, *lines):
    """Types all lines but the last, which the caller runs."""
    for line in lines[:-1]:
        shell.send(line + ENTER).until(lambda: shell.cursor_line.endswith(".> ") and shell.cursor_line[0] == " ")
    return shell.run(lines[-1])


def test_up_recalls_a_whole_statement_and_enter_runs_it_again(music):
    statement = ("get", "  'ARTIST#sade',", "  'PROFILE' CONSISTENT;")
    first = type_over_lines(music, *statement)
    assert "Sade" in first
    start = music.mark()
    music.send(UP).until(lambda: music.cursor_line.endswith("'PROFILE' CONSISTENT;"))
    rows = music.text.split("\n")[-3:]
    assert rows[0] == "local/music> get" and rows[1].endswith(">   'ARTIST#sade',")
    music.send(ENTER)
    # All but the cost line, which tells how long it took.
    assert music.answer(start).split("\n")[:-2] == first.split("\n")[:-2]


def test_a_recalled_statement_can_be_changed_in_any_row(music):
    type_over_lines(music, "get", "'ARTIST#sade',", "'PROFILE' CONSISTENT;")
    start = music.mark()
    music.send(UP).until(lambda: music.cursor_line.endswith("CONSISTENT;"))
    music.send("\x01" + UP + "\x05").until(lambda: music.cursor_line.endswith("'ARTIST#sade',"))
    music.send("\x7f" * len("sade',") + "nina',").until(lambda: music.cursor_line.endswith("'ARTIST#nina',"))
    music.send(ENTER)
    assert "Nina Simone" in music.answer(start)


def test_up_goes_further_back_and_down_comes_again(shell):
    for word in ["one", "two", "three"]:
        shell.run(f"Describe {word};")
    shell.send(UP).until(lambda: shell.cursor_line.endswith("three;"))
    shell.send(UP).until(lambda: shell.cursor_line.endswith("two;"))
    shell.send(UP).until(lambda: shell.cursor_line.endswith("one;"))
    shell.send(DOWN).until(lambda: shell.cursor_line.endswith("two;"))


def test_what_was_being_typed_comes_back_below_the_history(shell):
    shell.run("ListTables;")
    shell.send("Describe half").until(lambda: shell.cursor_line.endswith("half"))
    shell.send(UP).until(lambda: shell.cursor_line.endswith("ListTables;"))
    shell.send(DOWN).until(lambda: shell.cursor_line.endswith("Describe half"))


def test_the_next_session_knows_it_too(spawn):
    first = spawn("-q")
    type_over_lines(first, "Describe", "  remembered;")
    first.send(CTRL_D)
    first.leaves()
    second = spawn("-q")
    second.send(UP).until(lambda: second.cursor_line.endswith("  remembered;"))
    assert second.text.startswith("local> Describe\n")


def test_a_terminal_that_is_closed_loses_nothing(spawn):
    first = spawn("-q")
    first.run("Describe remembered;")
    first.child.kill(signal.SIGHUP)
    assert first.leaves() != 0
    second = spawn("-q")
    second.send(UP).until(lambda: second.cursor_line.endswith("Describe remembered;"))


def test_a_killed_shell_loses_nothing(spawn):
    first = spawn("-q")
    first.run("Describe remembered;")
    first.child.kill(signal.SIGKILL)
    first.leaves()
    second = spawn("-q")
    second.send(UP).until(lambda: second.cursor_line.endswith("Describe remembered;"))


def test_a_statement_is_kept_before_it_runs(spawn, history_file):
    shell = spawn("-q")
    shell.send("exit" + ENTER)
    shell.leaves()
    assert history_file.read_text() == "exit\n"


def test_only_the_owner_may_read_it(shell, history_file):
    shell.run("ListTables;")
    assert stat.S_IMODE(history_file.stat().st_mode) == 0o600
    assert stat.S_IMODE(history_file.parent.stat().st_mode) == 0o700


def test_a_file_that_others_could_read_is_closed_to_them(spawn, history_file):
    history_file.parent.mkdir(parents=True)
    history_file.write_text("ListTables;\n")
    history_file.chmod(0o644)
    spawn("-q").run("Describe x;")
    assert stat.S_IMODE(history_file.stat().st_mode) == 0o600


def test_a_leading_space_keeps_a_statement_private(shell, history_file):
    shell.run("Describe open;")
    shell.run(" Describe hidden;")
    assert history_file.read_text() == "Describe open;\n"
    shell.send(UP).until(lambda: shell.cursor_line.endswith("Describe open;"))


def test_secrets_are_not_kept(shell, history_file):
    shell.run("Describe open;")
    shell.run("put t {pk: 'AKIAIOSFODNN7EXAMPLE'};")
    shell.run("put t {secretAccessKey: 'x'};")
    assert history_file.read_text() == "Describe open;\n"


def test_the_same_statement_twice_is_one_entry(shell, history_file):
    shell.run("ListTables;")
    shell.run("ListTables;")
    shell.run("Describe x;")
    shell.run("ListTables;")
    assert history_file.read_text() == "ListTables;\nDescribe x;\nListTables;\n"
    shell.send(UP).until(lambda: shell.cursor_line.endswith("ListTables;"))
    shell.send(UP).until(lambda: shell.cursor_line.endswith("Describe x;"))
    shell.send(UP).until(lambda: shell.cursor_line.endswith("ListTables;"))


def test_ctrl_r_finds_and_runs(music):
    music.run("get 'ARTIST#nina', 'PROFILE' CONSISTENT;")
    music.run("ListTables;")
    start = music.mark()
    music.send(CTRL_R + "nina").sees("bck:nina")
    music.send(ENTER)
    assert "Nina Simone" in music.answer(start)


def test_ctrl_r_finds_a_row_of_a_longer_statement(music):
    type_over_lines(music, "get", "'ARTIST#nina',", "'PROFILE' CONSISTENT;")
    music.run("ListTables;")
    start = music.mark()
    music.send(CTRL_R + "RTIST#ni").sees("bck:RTIST#ni")
    music.send(ENTER)
    assert "Nina Simone" in music.answer(start)


def test_ctrl_c_leaves_a_search(shell):
    shell.run("ListTables;")
    shell.send(CTRL_R + "List").sees("bck:List")
    shell.send(CTRL_C).prompt()
    assert shell.cursor_line == "local> "


def test_the_history_is_shown_and_searched(shell):
    for name in ["alpha", "beta", "gamma"]:
        shell.run(f"Describe {name};")
    assert shell.run(".history 2") == "Describe gamma;\n.history 2\n"
    assert shell.run(".history /bet").startswith("Describe beta;\n")


def test_the_path_by_environment(spawn, home):
    shell = spawn("-q", SORTKEY_HISTORY=str(home / "deep/er/own"))
    shell.run("ListTables;")
    assert (home / "deep/er/own").read_text() == "ListTables;\n"


def test_two_sessions_share_one_file(spawn, history_file):
    first, second = spawn("-q"), spawn("-q")
    first.run("Describe one;")
    second.run("Describe two;")
    first.run("Describe three;")
    assert history_file.read_text() == "Describe one;\nDescribe two;\nDescribe three;\n"


def test_a_home_that_cannot_be_written_does_not_matter(spawn):
    shell = spawn("-q", XDG_STATE_HOME="/proc/none")
    assert "TableName" in shell.run("ListTables;")
    shell.send(UP).until(lambda: shell.cursor_line.endswith("ListTables;"))


def test_edit_changes_a_statement_with_the_users_own_editor(spawn, home):
    editor = home / "editor"
    editor.write_text("#!/bin/sh\nsed -i s/alpha/beta/ \"$1\"\n")
    editor.chmod(0o755)
    shell = spawn("-q", EDITOR=str(editor))
    shell.run("Describe alpha;")
    shell.send(".edit" + ENTER).until(lambda: shell.cursor_line == "local> Describe beta;")
