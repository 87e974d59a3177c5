"""Desk46 is whole in Russian, and the tool that says so can be believed."""

import gettext

import pytest

from tools import strings


def test_everything_is_translated_into_russian():
    assert strings.check() == []


@pytest.fixture
def house(tmp_path):
    for folder in ("app/web", "app/pages/segments", "templates/segments", "templates/components"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "app/pages/segments/views.py").write_text('_("Added to %(name)s")\n')
    (tmp_path / "templates/segments/index.html").write_text('{{ _("Segments") }} {{ _("Cancel") }}\n')
    (tmp_path / "templates/components/form.html").write_text(
        '{{ _("Cancel") }} {{ ngettext("%(num)d row", "%(num)d rows", 2) }}\n'
    )
    strings.update(tmp_path)
    return tmp_path


def translate(house, where, english, russian):
    path = house / where
    path.write_text(path.read_text().replace(f'msgid "{english}"\nmsgstr ""', f'msgid "{english}"\nmsgstr "{russian}"'))


def words(house, where):
    return (house / where).read_text()


PAGE, SHARED = "app/pages/segments/ru.po", "app/web/ru.po"


def test_each_folder_keeps_its_own_words(house):
    assert "Added to" in words(house, PAGE)
    assert "Segments" in words(house, PAGE)
    assert "rows" in words(house, SHARED)
    assert "Segments" not in words(house, SHARED)


def test_what_is_not_translated_is_named(house):
    assert "app/pages/segments/ru.po: 'Segments' is not translated" in strings.check(house)


def test_a_translation_known_in_another_folder_is_offered_until_somebody_takes_it(house):
    translate(house, SHARED, "Cancel", "Отмена")
    for _ in range(2):
        strings.update(house)
        assert "Отмена" in words(house, PAGE)
        assert [fault for fault in strings.check(house) if "'Cancel' is only offered" in fault]
    page = house / PAGE
    page.write_text(page.read_text().replace("#, fuzzy\n", ""))
    strings.update(house)
    assert "fuzzy" not in words(house, PAGE)
    assert [fault for fault in strings.check(house) if "Cancel" in fault] == []


def test_a_word_that_moves_to_another_folder_takes_its_translation_along(house):
    translate(house, SHARED, "Cancel", "Отмена")
    (house / "templates/components/form.html").write_text("")
    strings.update(house)
    assert 'msgid "Cancel"\nmsgstr "Отмена"' in words(house, PAGE)
    assert "fuzzy" not in words(house, PAGE)


def test_one_word_translated_in_two_ways_is_named(house):
    translate(house, SHARED, "Cancel", "Отмена")
    translate(house, PAGE, "Cancel", "Отменить")
    assert [fault for fault in strings.check(house) if "two ways" in fault]


def test_a_placeholder_that_the_code_does_not_fill_is_named(house):
    translate(house, PAGE, "Added to %(name)s", "Добавлено в %(segment)s")
    assert [fault for fault in strings.check(house) if "placeholder" in fault]


def test_words_no_longer_used_are_named_and_then_dropped(house):
    (house / "templates/segments/index.html").write_text("")
    assert [fault for fault in strings.check(house) if "no longer used" in fault]
    strings.update(house)
    assert "Segments" not in words(house, PAGE)


def test_collecting_twice_changes_nothing(house):
    before = words(house, PAGE), words(house, SHARED)
    strings.update(house)
    assert (words(house, PAGE), words(house, SHARED)) == before


def test_all_folders_are_compiled_into_one_catalogue(house):
    translate(house, PAGE, "Segments", "Сегменты")
    translate(house, SHARED, "Cancel", "Отмена")
    strings.compile_all(house)
    with (house / strings.COMPILED).open("rb") as file:
        russian = gettext.GNUTranslations(file)
    assert [russian.gettext("Segments"), russian.gettext("Cancel")] == ["Сегменты", "Отмена"]
    assert russian.gettext("Added to %(name)s") == "Added to %(name)s"
