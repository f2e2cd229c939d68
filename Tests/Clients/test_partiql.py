"""PartiQL: statements, pages, batches and transactions of statements."""

import pytest

from endpoint import refused, starting_with, validation_refused


@pytest.fixture
def run(client):
    """Runs a statement with plain parameters; answers the items, plain too."""

    def execute(statement, *parameters, **further):
        if parameters:
            further["Parameters"] = [typed(value) for value in parameters]
        answer = client.execute_statement(Statement=statement, **further)
        return [plain(item) for item in answer["Items"]]

    return execute


def typed(value):
    return {"S": value} if isinstance(value, str) else {"N": str(value)}


def plain(item):
    return {name: int(value["N"]) if "N" in value else next(iter(value.values())) for name, value in item.items()}


@pytest.fixture
def music(client, tables):
    """Five songs of one artist, one of another."""
    name = tables.make("artist", "song", gsi={"by-year": ("year", "song")}, types={"year": "N"})
    songs = [("Sade", f"song-{n}", 1980 + n) for n in range(5)] + [("Air", "Alone", 1998)]
    for artist, song, year in songs:
        client.put_item(
            TableName=name, Item={"artist": {"S": artist}, "song": {"S": song}, "year": {"N": str(year)}}
        )
    return name


def test_insert_then_select(run, music):
    run(f"""INSERT INTO "{music}" VALUE {{'artist': ?, 'song': ?, 'plays': 3}}""", "Can", "Vitamin C")
    found = run(f'SELECT * FROM "{music}" WHERE artist = ? AND song = ?', "Can", "Vitamin C")
    assert found == [{"artist": "Can", "song": "Vitamin C", "plays": 3}]


def test_insert_never_replaces(run, music):
    with refused("DuplicateItemException", "Duplicate primary key exists in table"):
        run(f"""INSERT INTO "{music}" VALUE {{'artist': 'Air', 'song': 'Alone'}}""")


def test_update_gives_back_what_changed(run, music):
    found = run(
        f'UPDATE "{music}" SET plays = 1 SET "year" = "year" + 1 WHERE artist = ? AND song = ? '
        "RETURNING MODIFIED NEW *",
        "Air",
        "Alone",
    )
    assert found == [{"plays": 1, "year": 1999}]


def test_update_never_creates(run, music):
    with refused("ConditionalCheckFailedException", "The conditional request failed"):
        run(f"""UPDATE "{music}" SET plays = 1 WHERE artist = 'Nobody' AND song = 'Nothing'""")


def test_update_needs_the_whole_key(run, music):
    with validation_refused("Where clause does not contain a mandatory equality on all key attributes"):
        run(f"""UPDATE "{music}" SET plays = 1 WHERE artist = 'Air'""")


def test_delete_gives_back_the_old_item(run, music):
    statement = f"""DELETE FROM "{music}" WHERE artist = 'Air' AND song = 'Alone' RETURNING ALL OLD *"""
    assert run(statement) == [{"artist": "Air", "song": "Alone", "year": 1998}]
    assert run(statement) == []


def test_a_false_condition_brings_the_item_when_asked_for(client, music):
    with refused("ConditionalCheckFailedException") as refusal:
        client.execute_statement(
            Statement=f"""UPDATE "{music}" SET plays = 1 WHERE artist = 'Air' AND song = 'Alone' AND "year" = 1""",
            ReturnValuesOnConditionCheckFailure="ALL_OLD",
        )
    assert refusal.response["Item"] == {"artist": {"S": "Air"}, "song": {"S": "Alone"}, "year": {"N": "1998"}}


@pytest.mark.parametrize(
    "where, songs",
    [
        ("artist = 'Sade'", ["song-0", "song-1", "song-2", "song-3", "song-4"]),
        ("artist = 'Sade' ORDER BY song DESC", ["song-4", "song-3", "song-2", "song-1", "song-0"]),
        ("artist = 'Sade' AND song BETWEEN 'song-1' AND 'song-3'", ["song-1", "song-2", "song-3"]),
        ("artist = 'Sade' AND begins_with(song, 'song-4')", ["song-4"]),
        ("artist = 'Sade' AND \"year\" >= 1983", ["song-3", "song-4"]),
        ("artist = 'Sade' AND NOT \"year\" >= 1983", ["song-0", "song-1", "song-2"]),
        ("artist IN ['Air'] AND song = 'Alone'", ["Alone"]),
        ("artist = 'Sade' AND plays IS MISSING AND \"year\" IN (1980, 1984)", ["song-0", "song-4"]),
        ("artist = 'Sade' AND plays <> 5", []),
        ("\"year\" > 1990", ["Alone"]),
    ],
)
def test_where_chooses(run, music, where, songs):
    assert [item["song"] for item in run(f'SELECT song FROM "{music}" WHERE {where}')] == songs


def test_an_index_is_named_behind_the_table(run, music):
    found = run(f'SELECT artist, song FROM "{music}"."by-year" WHERE "year" = ?', 1982)
    assert found == [{"artist": "Sade", "song": "song-2"}]


def test_pages_go_on_with_their_token(client, music):
    statement = f"SELECT song FROM \"{music}\" WHERE artist = 'Sade'"
    songs, sizes, token = [], [], None
    while True:
        page = client.execute_statement(Statement=statement, Limit=2, **({"NextToken": token} if token else {}))
        songs += [item["song"]["S"] for item in page["Items"]]
        sizes.append(len(page["Items"]))
        token = page.get("NextToken")
        if not token:
            break
        assert page["LastEvaluatedKey"]["artist"] == {"S": "Sade"}
    assert songs == [f"song-{n}" for n in range(5)]
    assert sizes == [2, 2, 1]


def test_a_token_belongs_to_its_statement(client, music):
    page = client.execute_statement(Statement=f"SELECT song FROM \"{music}\" WHERE artist = 'Sade'", Limit=2)
    with validation_refused("NextToken does not match request"):
        client.execute_statement(
            Statement=f"SELECT song FROM \"{music}\" WHERE artist = 'Air'", NextToken=page["NextToken"]
        )
    with validation_refused("Invalid NextToken"):
        client.execute_statement(
            Statement=f"SELECT song FROM \"{music}\" WHERE artist = 'Sade'", NextToken="no such token"
        )


def test_a_statement_that_is_none_is_refused(run, music):
    with validation_refused(starting_with("Statement wasn't well formed, can't be processed: ")):
        run("SELECT FROM WHERE")


def test_an_unknown_table_is_not_found(run):
    with refused("ResourceNotFoundException", "Requested resource not found"):
        run("SELECT * FROM \"no-such-table\" WHERE pk = 'a'")


def test_a_statement_tells_its_cost(client, music):
    answer = client.execute_statement(
        Statement=f"SELECT * FROM \"{music}\" WHERE artist = 'Air' AND song = 'Alone'",
        ConsistentRead=True,
        ReturnConsumedCapacity="TOTAL",
    )
    assert answer["ConsumedCapacity"] == {"TableName": music, "CapacityUnits": 1.0}


# Batches


def test_a_batch_reads_each_for_itself(client, music):
    select = f'SELECT "year" FROM "{music}" WHERE artist = ? AND song = ?'
    answer = client.batch_execute_statement(
        Statements=[
            {"Statement": select, "Parameters": [{"S": "Air"}, {"S": "Alone"}]},
            {"Statement": select, "Parameters": [{"S": "Air"}, {"S": "Nowhere"}]},
            {"Statement": f"SELECT * FROM \"{music}\" WHERE artist = 'Air'"},
        ]
    )
    found, absent, refused_one = answer["Responses"]
    assert found == {"TableName": music, "Item": {"year": {"N": "1998"}}}
    assert absent == {"TableName": music}
    assert refused_one["Error"]["Code"] == "ValidationError"


def test_a_batch_writes_what_it_can(client, run, music):
    answer = client.batch_execute_statement(
        Statements=[
            {"Statement": f"""INSERT INTO "{music}" VALUE {{'artist': 'Can', 'song': 'Spoon'}}"""},
            {"Statement": f"""INSERT INTO "{music}" VALUE {{'artist': 'Air', 'song': 'Alone'}}"""},
            {"Statement": f"""UPDATE "{music}" SET plays = 1 WHERE artist = 'Nobody' AND song = 'Nothing'"""},
            {"Statement": f"""DELETE FROM "{music}" WHERE artist = 'Sade' AND song = 'song-0'"""},
        ]
    )
    errors = [response.get("Error") for response in answer["Responses"]]
    assert errors == [
        None,
        {"Code": "DuplicateItem", "Message": "Duplicate primary key exists in table"},
        {"Code": "ConditionalCheckFailed", "Message": "The conditional request failed"},
        None,
    ]
    assert run(f"SELECT song FROM \"{music}\" WHERE artist = 'Can'") == [{"song": "Spoon"}]
    assert run(f"SELECT song FROM \"{music}\" WHERE artist = 'Sade' AND song = 'song-0'") == []


def test_a_batch_reads_or_writes(client, music):
    with validation_refused("Read and write requests together in the same batch is not supported."):
        client.batch_execute_statement(
            Statements=[
                {"Statement": f"SELECT * FROM \"{music}\" WHERE artist = 'Air' AND song = 'Alone'"},
                {"Statement": f"DELETE FROM \"{music}\" WHERE artist = 'Air' AND song = 'Alone'"},
            ]
        )


# Transactions


def test_a_transaction_of_statements_happens_as_a_whole(client, run, music):
    client.execute_transaction(
        TransactStatements=[
            {
                "Statement": f"""INSERT INTO "{music}" VALUE {{'artist': ?, 'song': ?}}""",
                "Parameters": [{"S": "Can"}, {"S": "Spoon"}],
            },
            {"Statement": f"""UPDATE "{music}" SET plays = 1 WHERE artist = 'Air' AND song = 'Alone'"""},
            {
                "Statement": f"""EXISTS(SELECT * FROM "{music}" """
                """WHERE artist = 'Sade' AND song = 'song-1' AND "year" = 1981)"""
            },
        ]
    )
    assert run(f"SELECT song FROM \"{music}\" WHERE artist = 'Can'") == [{"song": "Spoon"}]
    assert run(f"SELECT plays FROM \"{music}\" WHERE artist = 'Air' AND song = 'Alone'") == [{"plays": 1}]


def test_a_transaction_of_statements_tells_its_reasons(client, run, music):
    with refused(
        "TransactionCanceledException",
        "Transaction cancelled, please refer cancellation reasons for specific reasons [None, DuplicateItem]",
    ) as refusal:
        client.execute_transaction(
            TransactStatements=[
                {"Statement": f"""INSERT INTO "{music}" VALUE {{'artist': 'Can', 'song': 'Spoon'}}"""},
                {"Statement": f"""INSERT INTO "{music}" VALUE {{'artist': 'Air', 'song': 'Alone'}}"""},
            ]
        )
    assert [reason["Code"] for reason in refusal.response["CancellationReasons"]] == ["None", "DuplicateItem"]
    assert run(f"SELECT song FROM \"{music}\" WHERE artist = 'Can'") == []


def test_a_transaction_of_statements_reads_in_order(client, music):
    select = f'SELECT song FROM "{music}" WHERE artist = ? AND song = ?'
    answer = client.execute_transaction(
        TransactStatements=[
            {"Statement": select, "Parameters": [{"S": "Air"}, {"S": "Alone"}]},
            {"Statement": select, "Parameters": [{"S": "Air"}, {"S": "Nowhere"}]},
        ]
    )
    assert [response.get("Item") for response in answer["Responses"]] == [{"song": {"S": "Alone"}}, None]


def test_a_transaction_of_statements_reads_or_writes(client, music):
    with validation_refused(
        "ExecuteTransaction API does not support both read and write operations in the same request."
    ):
        client.execute_transaction(
            TransactStatements=[
                {"Statement": f"SELECT * FROM \"{music}\" WHERE artist = 'Air' AND song = 'Alone'"},
                {"Statement": f"DELETE FROM \"{music}\" WHERE artist = 'Sade' AND song = 'song-0'"},
            ]
        )
