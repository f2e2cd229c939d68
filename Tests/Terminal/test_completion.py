"""Tab: what the language allows at the cursor, and nothing that was not chosen."""

import pytest

from conftest import CTRL_C, ENTER, TAB



def press_tab(shell, typed):
    """Types and presses Tab as a person does, one after the other; answers what is then left of the cursor."""
    start = shell.cursor_line
    shell.send(typed).until(lambda: shell.cursor_line == start + typed)
    shell.send(TAB).quiet()
    return shell.cursor_line.removeprefix(start)


def listed(shell):
    """What stands below the line being edited."""
    return shell.lines[shell.emulator.cursor.y + 1 :]


def test_a_verb(shell):
    assert press_tab(shell, "Que") == "Query "


def test_verbs_with_a_common_beginning_are_listed_and_only_that_is_inserted(shell):
    assert press_tab(shell, "Cr") == "Create"
    names = " ".join(listed(shell))
    assert "CreateTable" in names and "CreateGSI" in names


def test_tables(spawn):
    shell = spawn()
    for name in ["album", "alphabet"]:
        shell.run(f"CreateTable {name} (pk S);")
    assert press_tab(shell, "Query a") == "Query al"
    names = " ".join(listed(shell))
    assert "album" in names and "alphabet" in names


def test_indexes_of_that_table(music):
    assert press_tab(music, "Query music/").rstrip() == "Query music/byYear"


def test_key_prefixes_within_a_key(music):
    assert press_tab(music, "Query music 'AR") == "Query music 'ARTIST#"


def test_key_prefixes_of_the_sort_key(music):
    press_tab(music, "Query music 'ARTIST#sade', begins_with '")
    offered = " ".join(listed(music))
    assert "ALBUM#" in offered and "SONG#" in offered and "PROFILE" in offered


@pytest.mark.parametrize(
    "typed, completed",
    [
        ("Describe mu", "Describe music"),
        ("get music 'ARTIST#sade', 'PR", "get music 'ARTIST#sade', 'PROFILE"),
        ("Query music KEY pk = 'AR", "Query music KEY pk = 'ARTIST#"),
        ("Scan music FILTER pl", "Scan music FILTER plays"),
        ("Show part", "Show partitions"),
        pytest.param("use mu", "use music"),
        pytest.param("Sample sh", "Sample shop"),
        pytest.param("SELECT * FROM mu", "SELECT * FROM music"),
        pytest.param("get music {pk: 'AR", "get music {pk: 'ARTIST#"),
        ("Query music 'ARTIST#sade', begins_with 'SO", "Query music 'ARTIST#sade', begins_with 'SONG#"),
        pytest.param("DropTable mu", "DropTable music"),
    ],
)
def test_what_a_place_may_hold(music, typed, completed):
    assert press_tab(music, typed).rstrip(" ;") == completed


def test_clauses_not_yet_used(music):
    press_tab(music, "Query music KEY pk = 'ARTIST#sade' LIMIT 5 ")
    offered = " ".join(listed(music)).split()
    assert "FILTER" in offered and "DESC" in offered
    assert "KEY" not in offered and "LIMIT" not in offered


def test_attributes_come_after_the_keys(music):
    press_tab(music, "Scan music FILTER ")
    offered = " ".join(listed(music)).split()
    assert offered.index("pk") < offered.index("type")


def test_an_empty_argument_shows_the_syntax_below(music):
    press_tab(music, "Query music LIMIT ")
    assert any("LIMIT" in line for line in listed(music))


def test_completion_reads_the_whole_statement_not_the_row(music):
    music.send("Query music" + ENTER).continues("...")
    assert press_tab(music, "FIL") == "FILTER "


def test_a_billed_read_never_happens_for_it(music):
    before = music.run("Show cost;")
    assert press_tab(music, "Query music 'ARTIST#s") == "Query music 'ARTIST#sade"
    music.send(CTRL_C).prompt()
    assert music.run("Show cost;") == before


def test_dot_commands(shell):
    assert press_tab(shell, ".hin") == ".hints "


def test_dot_commands_with_a_common_beginning_are_listed(shell):
    assert press_tab(shell, ".e") == ".e"
    names = [line.split()[0] for line in listed(shell) if line]
    assert names == [".events", ".echo", ".edit", ".exit"]


def test_the_list_goes_with_the_next_key(shell):
    press_tab(shell, ".e")
    shell.send("x").until(lambda: shell.cursor_line == "local> .ex")
    assert not any(listed(shell))


def test_the_list_goes_when_the_line_is_left(shell):
    press_tab(shell, ".e")
    shell.send(CTRL_C).until(lambda: shell.cursor_line == "local> ")
    assert ".events" not in shell.text


def test_the_usage_of_a_dot_command_stands_below(shell):
    assert press_tab(shell, ".mode ") == ".mode "
    assert any("jsonl" in line for line in listed(shell))


def test_a_list_longer_than_the_screen_says_how_much_is_missing(spawn):
    shell = spawn("-q", rows=8)
    press_tab(shell, ".")
    assert shell.text.startswith("local> .")
    assert len(shell.text.split("\n")) <= 8


def test_nothing_to_offer_changes_nothing(shell):
    assert press_tab(shell, ".zzz") == ".zzz"
    assert not any(listed(shell))


def test_complete_offers_the_same_without_a_terminal(script):
    done = script("-c", ".complete '.hin'")
    assert ".hints" in done.out
