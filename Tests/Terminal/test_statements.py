"""Where a statement ends, for one who types it line by line."""

from conftest import ENTER


def test_a_semicolon_runs_it_at_once(shell):
    shell.run("CreateTable music (pk S);")
    assert "music" in shell.run("ListTables;")


def test_a_statement_may_take_several_lines(spawn):
    shell = spawn()
    shell.run("CreateTable app (pk S);")
    shell.send("put app {" + ENTER).continues("{..")
    shell.send("  pk: 'a'," + ENTER).continues("{..")
    shell.send("  n: 1" + ENTER).continues("{..")
    answer = shell.run("};")
    assert "1 WCU" in answer
    assert shell.run(r"get app 'a' CONSISTENT \jsonl").startswith('{"pk":"a","n":1}\n')


def test_several_statements_on_one_line_run_in_order(shell):
    answer = shell.run("CreateTable one (pk S); CreateTable two (pk S); ListTables;")
    assert answer.index("one") < answer.index("two")


def test_an_empty_line_runs_what_is_complete(spawn):
    shell = spawn()
    shell.run("Sample music;")
    shell.send("get music 'ARTIST#sade', 'PROFILE'" + ENTER).continues("...")
    start = shell.mark()
    shell.send(ENTER)
    assert "Sade" in shell.answer(start)


def test_an_empty_line_of_blanks_runs_it_too(music):
    music.send("get 'ARTIST#sade', 'PROFILE'" + ENTER).continues("...")
    start = music.mark()
    music.send("  " + ENTER)
    assert "Sade" in music.answer(start)


def test_an_empty_line_does_not_run_inside_brackets(music):
    music.send("Query KEY (pk = 'ARTIST#sade'" + ENTER).continues("(..")
    for rows in range(2, 5):
        music.send(ENTER).until(lambda: music.text.count("(..>") == rows)
    assert "Love Deluxe" in music.run(") CONSISTENT;")


def test_an_empty_line_belongs_to_a_quoted_text(music):
    music.send("put {pk: 'x', sk: 'y', text: 'one" + ENTER).continues("''.")
    music.send(ENTER).until(lambda: music.text.count("''.>") == 2)
    music.run("two'};")
    assert r'"text":"one\n\ntwo"' in music.run(r"get 'x', 'y' CONSISTENT \jsonl")


def test_an_empty_line_on_its_own_does_nothing(shell):
    assert shell.run("") == ""
    assert shell.run("   ") == ""
    assert shell.run(";") == ""
    assert shell.last_line == "local>"


def test_words_and_dot_commands_need_no_end(spawn):
    shell = spawn()
    assert "Sample shop;" in shell.run("help")
    assert ".mode" in shell.run(".help mode")
    shell.run("Sample music;")
    shell.run("use music")
    assert shell.last_line == "local/music>"


def test_a_mode_ends_a_statement(music):
    answer = music.run(r"get 'ARTIST#sade', 'PROFILE' CONSISTENT \json")
    assert answer.startswith("{") and '"name"' in answer


def test_an_aws_line_goes_on_behind_a_backslash(music):
    music.send("aws dynamodb get-item --table-name music --consistent-read \\" + ENTER)
    music.continues("...")
    answer = music.run("""--key '{"pk": {"S": "ARTIST#sade"}, "sk": {"S": "PROFILE"}}'""")
    assert "Sade" in answer


def test_a_comment_alone_is_nothing(shell):
    assert shell.run("-- why") == ""
    assert shell.last_line == "local>"


def test_exit_and_quit_leave_with_0(spawn):
    for word in ["exit", "quit", "EXIT;", ".exit", ".quit", r"\q"]:
        shell = spawn("-q")
        shell.send(word + ENTER)
        assert shell.leaves() == 0, word


def test_an_exit_code_of_choice(shell):
    shell.send(".exit 7" + ENTER)
    assert shell.leaves() == 7


def test_an_error_does_not_end_the_conversation(music):
    assert "error: bogus is not a verb" in music.run("bogus;")
    assert "Sade" in music.run("get 'ARTIST#sade', 'PROFILE' CONSISTENT;")
    music.send("exit" + ENTER)
    assert music.leaves() == 0
