"""Files in chunks: encrypted, whole or not at all, with one chunk in memory, on SQLite and PostgreSQL."""

import tracemalloc

import pytest
from sqlalchemy import func, select, update

from app.secret_key import SecretKey
from app.store import brought_files
from app.store.brought_files import CHUNK, BroughtFile, FileChunk
from app.vault import KeyChanged

KEY = SecretKey.of("a key for tests")


def kept(database, content, key=KEY):
    with database.writing() as db:
        return brought_files.keep(db, 1, "people.csv", content, key).id


def content(database, file_id, key=KEY):
    with database.reading() as db:
        return brought_files.content_of(db, brought_files.by_id(db, 1, file_id), key)


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_a_file_comes_back_as_it_was(database, size):
    whole = bytes(number % 251 for number in range(size))
    file_id = kept(database, whole)
    assert content(database, file_id) == whole
    with database.reading() as db:
        assert db.get_one(BroughtFile, file_id).size == size
        assert db.scalar(select(func.count()).select_from(FileChunk)) == -(-size // CHUNK)


def test_blocks_of_any_size_make_one_file(database):
    blocks = [b"a" * 10, b"", b"b" * CHUNK * 2, b"c"]
    assert content(database, kept(database, iter(blocks))) == b"".join(blocks)


def test_nothing_of_it_can_be_read_in_the_database(database):
    kept(database, b"anna@example.com " * 100)
    with database.reading() as db:
        assert b"anna" not in db.scalars(select(FileChunk.content)).one()


def test_with_another_key_or_not_whole_it_is_as_if_it_were_gone(database):
    file_id, other = kept(database, b"x" * CHUNK * 2), kept(database, b"y" * CHUNK * 2)
    with pytest.raises(KeyChanged):
        content(database, file_id, SecretKey.of("another key"))
    with database.writing() as db:  # a chunk of another file, in its place
        taken = db.scalars(select(FileChunk.content).where(FileChunk.file_id == other, FileChunk.number == 1)).one()
        here = update(FileChunk).where(FileChunk.file_id == file_id, FileChunk.number == 1)
        db.execute(here.values(content=taken))
    with pytest.raises(KeyChanged):
        content(database, file_id)
    with database.writing() as db:
        db.query(FileChunk).filter_by(file_id=other, number=1).delete()
    with pytest.raises(KeyChanged):
        content(database, other)


def test_a_file_of_an_older_release_is_read_and_those_of_other_shops_are_not(database):
    with database.writing() as db:
        db.add(BroughtFile(id=7, shop_id=1, content=b"old"))
    assert content(database, 7) == b"old"
    with database.reading() as db:
        assert brought_files.by_id(db, 2, 7) is None


def test_its_chunks_go_with_it(database):
    brought = kept(database, b"x" * CHUNK * 2)
    with database.writing() as db:
        brought_files.let_go(db, brought)
    with database.reading() as db:
        assert db.scalar(select(func.count()).select_from(FileChunk)) == 0


def test_a_long_file_takes_little_memory_to_write_and_to_read(database):
    kept(database, b"warm")
    tracemalloc.start()
    file_id = kept(database, (b"z" * 65536 for _ in range(320)))  # 20 MB
    with database.reading() as db:
        read = sum(map(len, brought_files.blocks_of(db, brought_files.by_id(db, 1, file_id), KEY)))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert read == 320 * 65536
    assert most < 6 * 1024 * 1024
