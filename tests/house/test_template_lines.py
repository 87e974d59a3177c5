"""Lines of templates are short enough to be read side by side; the words of a sentence are not broken."""

import re

from tests.house.repository import name_of, under

LONGEST = 160
SENTENCE = re.compile(r"""(?<=[_t]\()("[^"]*"|'[^']*')|(?<=, )"[^"]{60,}\"""")


def test_no_line_of_a_template_is_too_long():
    long = {
        name_of(path)
        for path in under("templates", ".html")
        if any(len(SENTENCE.sub('""', line)) > LONGEST for line in path.read_text().splitlines())
    }
    assert long == set()
