"""How results look on a screen: nothing wider than it, and nothing cut without saying so."""

import pytest
from wcwidth import wcswidth

from conftest import ENTER

WIDE = (
    "put wide {pk: 'a', sk: %d, "
    + ", ".join(f"attribute{number}: 'value {number} of the item'" for number in range(12))
    + ", other%d: 1};"
)


@pytest.fixture
def wide(spawn):
    """Starts a shell of a width, with two items of 14 attributes in it."""

    def start(columns, *arguments, **variables):
        shell = spawn(*arguments, columns=columns, rows=60, **variables)
        shell.run("CreateTable wide (pk S, sk N);")
        shell.run(WIDE % (1, 1))
        shell.run(WIDE % (2, 2))
        return shell

    return start


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_no_row_is_wider_than_the_screen(wide, columns):
    answer = wide(columns).run("Query wide 'a' CONSISTENT;")
    table = answer.split("items ·")[0].split("\n")[:-1]
    assert max(wcswidth(line) for line in table) <= columns


def test_what_is_equal_in_all_rows_is_said_once(music):
    answer = music.run("Query 'ARTIST#sade', begins_with 'SONG#' CONSISTENT;")
    first, heading = answer.split("\n")[:2]
    assert first == "pk = ARTIST#sade, type = song in all rows"
    assert heading.split() == ["sk", "│", "plays", "│", "seconds", "│", "title"]


def test_a_single_item_is_not_hoisted(music):
    assert "in all rows" not in music.run("get 'ARTIST#sade', 'PROFILE' CONSISTENT;")


def test_surplus_columns_are_named_below(wide):
    shell = wide(80)
    shell.run("upd wide 'a', 1 SET attribute3 = 'x', attribute4 = 'x', attribute5 = 'x', attribute6 = 'x';")
    shell.run("upd wide 'a', 1 SET attribute7 = 'x', attribute8 = 'x', attribute9 = 'x', attribute10 = 'x';")
    answer = shell.run("Query wide 'a' CONSISTENT;")
    shown = [word for word in answer.split("\n")[1].split() if word != "│"]
    surplus = [line for line in answer.split("\n") if "more attribute" in line]
    assert len(surplus) == 1
    for number in range(3, 11):
        assert (f"attribute{number}" in shown) != (f"attribute{number}" in surplus[0] + " ")


def test_a_long_value_is_cut_with_an_ellipsis(spawn):
    shell = spawn("-q", columns=40)
    shell.run("CreateTable app (pk S);")
    shell.run("put app {pk: 'a', text: '" + "long " * 30 + "'};")
    row = shell.run("get app 'a' CONSISTENT;").split("\n")[2]
    assert row.endswith("…") and wcswidth(row) <= 40


def test_too_few_columns_become_one_attribute_a_line(wide):
    shell = wide(24)
    shell.run("upd wide 'a', 1 SET attribute3 = 'x', attribute4 = 'x', attribute5 = 'x';")
    answer = shell.run("Query wide 'a' CONSISTENT;")
    assert "│" not in answer
    assert "attribute3" in answer and "attribute11" in answer


def test_types_can_be_told_apart(spawn):
    shell = spawn("-q")
    shell.run("CreateTable app (pk S);")
    shell.run("put app {pk: 'a', n: 17};")
    shell.run("put app {pk: 'b', n: '17'};")
    shell.run("put app {pk: 'c', n: null};")
    shell.run("put app {pk: 'd', n: 'null'};")
    shell.run("put app {pk: 'e', n: true};")
    shell.run("put app {pk: 'f', n: 'true'};")
    shell.run("put app {pk: 'g', n: ''};")
    shell.run("put app {pk: 'h'};")
    cells = {}
    for line in shell.run("Scan app CONSISTENT;").split("\n")[2:-1]:
        key, cell = line.split("│")
        cells[key.strip()] = cell.strip()
    assert cells == {
        "a": "17", "b": "'17'", "c": "null", "d": "'null'", "e": "true", "f": "'true'", "g": "''", "h": "·",
    }


def test_numbers_stand_right_and_keep_38_digits(spawn):
    shell = spawn("-q", columns=100)
    shell.run("CreateTable app (pk S);")
    digits = "12345678901234567890123456789012345678"
    shell.run(f"put app {{pk: 'a', n: {digits}}};")
    shell.run("put app {pk: 'b', n: 1};")
    rows = {row.split("│")[0].strip(): row.split("│")[1] for row in shell.run("Scan app CONSISTENT;").split("\n")[2:-1]}
    assert rows["a"].strip() == digits
    assert rows["b"] == " " + " " * 37 + "1"


def test_wide_characters_keep_the_columns_straight(spawn):
    shell = spawn("-q")
    shell.run("CreateTable app (pk S);")
    for key, text in [("a", "日本語"), ("b", "😀😀"), ("c", "abc"), ("d", "é"), ("e", "e\u0301")]:
        shell.run(f"put app {{pk: '{key}', text: '{text}', z: 'end {key}'}};")
    heading, rule, *rows = shell.run("Scan app CONSISTENT;").split("\n")[:-1]
    assert len(rows) == 5
    columns = {wcswidth(row[: row.rindex("│")]) for row in [heading, *rows]} | {rule.rindex("┼")}
    assert len(columns) == 1


def test_wide_characters_are_cut_within_the_screen(spawn):
    shell = spawn("-q", columns=40)
    shell.run("CreateTable app (pk S);")
    shell.run("put app {pk: 'a', text: '" + "日本語" * 30 + "', more: '" + "😀" * 40 + "'};")
    for line in shell.run("get app 'a' CONSISTENT;").split("\n"):
        assert wcswidth(line) <= 40


def test_vertical_shows_all(wide):
    answer = wide(40).run(r"Query wide 'a' LIMIT 1 CONSISTENT \G")
    for number in range(12):
        assert f"attribute{number}" in answer and f"value {number} of the item" in answer
    assert "…" not in answer


def test_json_is_never_cut_on_a_screen(spawn):
    shell = spawn("-q", columns=40)
    shell.run("CreateTable app (pk S);")
    shell.run("put app {pk: 'a', text: '" + "long " * 30 + "'};")
    assert "long " * 30 in shell.run(r"get app 'a' CONSISTENT \json")
    assert "long " * 30 in shell.run(r"get app 'a' CONSISTENT \jsonl")


def test_last_shows_the_result_again_in_full_and_unbilled(wide):
    shell = wide(40)
    shell.run("Query wide 'a' CONSISTENT;")
    again = shell.run(".last jsonl")
    assert again.count("\n") == 2 and "RCU" not in again
    assert again.count("value 11 of the item") == 2
    table = shell.run(".last")
    assert "…" not in table and "more attribute" not in table
    assert "RCU" not in table


def test_last_without_a_result(shell):
    assert "error: there is no result yet" in shell.run(".last")


def test_no_item_is_said_and_is_no_error(spawn):
    shell = spawn()
    shell.run("Sample music;")
    answer = shell.run("get music 'nobody', 'x' CONSISTENT;")
    assert answer.startswith("no item · 1 RCU strong")
    assert "no item" in spawn("-q").run("Sample music; get music 'nobody', 'x' CONSISTENT;")


def test_the_cost_line_names_units_partition_and_time(music):
    line = music.run("get 'ARTIST#sade', 'PROFILE' CONSISTENT;").split("\n")[-2]
    subject, units, partition, duration = line.split(" · ")
    assert (subject, units) == ("1 item", "1 RCU strong")
    assert partition.startswith("p") and duration.endswith(" ms")


def test_dropped_items_are_noted_once_a_session(music):
    note = "note: FILTER runs after the read"
    assert note in music.run("Query 'ARTIST#sade' FILTER plays > 5000 CONSISTENT;")
    assert note not in music.run("Query 'ARTIST#sade' FILTER plays > 5000 CONSISTENT;")


def test_an_error_points_at_the_word(music):
    lines = music.run("Query music KEY pk = 'ARTIST#sade' FILTRE plays > 5;").split("\n")
    assert lines[0] == "error: FILTRE is not a clause of Query"
    assert lines[1] == "  Query music KEY pk = 'ARTIST#sade' FILTRE plays > 5;"
    assert lines[2].index("^") == lines[1].index("FILTRE")
    assert "^~~~~~ did you mean FILTER?" in lines[2]


def test_an_error_points_at_the_word_behind_wide_characters(music):
    lines = music.run("Query music KEY pk = '日本😀' FILTRE plays > 5;").split("\n")
    assert wcswidth(lines[2][: lines[2].index("^")]) == wcswidth(lines[1][: lines[1].index("FILTRE")])


def test_an_error_points_at_the_word_in_the_row_it_stands_in(music):
    music.send("Query music" + ENTER).continues("...")
    music.send("\tKEY pk = 'x'\tFILTRE plays > 5" + ENTER).continues("...")
    lines = music.run("LIMIT 3;").split("\n")
    assert "FILTRE" in lines[1] and "LIMIT" not in lines[1]
    assert lines[2].index("^") == lines[1].index("FILTRE")


def test_an_error_in_a_long_line_is_shown_around_its_place(music):
    start = music.mark()
    music.send("Query music KEY pk = '" + "x" * 300 + "' FILTRE plays > 5;" + ENTER)
    lines = music.answer(start).split("\n")
    assert wcswidth(lines[1]) <= 80
    assert lines[2].index("^") == lines[1].index("FILTRE")


def test_width_by_option_and_by_command(script):
    data = ("-c", "CreateTable app (pk S);", "-c", "put app {pk: 'a', text: '" + "long " * 30 + "'};")
    done = script("--interactive", "--width", "50", *data, "-c", r"get app 'a' CONSISTENT \table")
    assert max(wcswidth(line) for line in done.out.split("\n")) == 50
    done = script("--interactive", *data, "-c", ".width 60", "-c", r"get app 'a' CONSISTENT \table")
    assert max(wcswidth(line) for line in done.out.split("\n")) == 60


def test_nothing_is_cut_in_a_pipe(script):
    done = script(
        "-c", "CreateTable app (pk S);", "-c", "put app {pk: 'a', text: '" + "long " * 90 + "'};",
        "-c", r"get app 'a' CONSISTENT \table",
    )
    assert "long " * 90 in done.out and "…" not in done.out


def test_a_pipe_gets_one_json_a_line(script):
    done = script("-q", "-c", "Sample music;", "-c", "get music 'ARTIST#sade', 'PROFILE' CONSISTENT;")
    assert done.out == '{"pk":"ARTIST#sade","sk":"PROFILE","country":"GB","name":"Sade","since":1982,"type":"artist"}\n'
