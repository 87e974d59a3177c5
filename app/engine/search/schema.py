"""What the index keeps of a product, and how text becomes words.

The index only repeats what the database knows: it may be deleted at any time, the worker builds it anew.
"""

from __future__ import annotations

from pathlib import Path

from tantivy import Filter, Index, Schema, SchemaBuilder, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

from app.config import Settings

VERSION = 7  # of the schema: another one is another folder, and the index is built anew
LONGEST_WORD = 64
LONGEST_BEGINNING = 3  # letters: so many words begin with so few that each beginning is kept as a word of its own
BETWEEN = "\x1f"  # parts of one value: the name of a property and its value
EVERYWHERE = "*"  # the location of a product that is in stock everywhere


def folder(settings: Settings, shop: int) -> Path:
    """Say where the index of a shop lies."""
    return settings.var / "search" / f"{shop}-v{VERSION}"


def _plain() -> TextAnalyzerBuilder:
    return TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.remove_long(LONGEST_WORD)).filter(Filter.lowercase())


# A Russian word has no English ending and the other way round, so one after the other does for both.
STEMS: TextAnalyzer = _plain().filter(Filter.stemmer("english")).filter(Filter.stemmer("russian")).build()
WORDS: TextAnalyzer = _plain().build()


def folded(text: str) -> str:
    """Write what people write in two ways in one: ё as е."""
    return text.replace("ё", "е").replace("Ё", "Е")


NARROWED_BY = (
    "category",
    "location",
    "priced_at",
    "color",
    "size",
    "merchant",
    "sellers",
    "reduced",
    "brand_key",
    "param_key",
    "within",
)


def schema() -> Schema:
    """Describe the fields."""
    builder = SchemaBuilder()
    builder.add_text_field("id", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("name", tokenizer_name="stems", index_option="freq")
    builder.add_text_field("own", tokenizer_name="stems", index_option="basic")  # all that it says, the name too
    builder.add_text_field("said", tokenizer_name="stems", index_option="freq")  # that and the names of its categories
    builder.add_text_field("typed", tokenizer_name="words", index_option="basic")  # longer beginnings are looked up
    builder.add_text_field("begun", tokenizer_name="words", index_option="basic")
    for name in NARROWED_BY:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=name == "category")
    for name in ("brand", "param", "param_name"):  # as they are shown
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_float_field("price", indexed=True, fast=True)
    builder.add_float_field("discount", fast=True)
    for name in ("sold", "date", "margin", "rating"):
        builder.add_float_field(name, fast=True)
    builder.add_unsigned_field("group", fast=True)  # the same number for what is collapsed into one; 0: nothing is
    builder.add_bytes_field("shown", stored=True)
    return builder.build()


def taught(index: Index) -> Index:
    """Teach an index our ways of making words: it does not keep them."""
    index.register_tokenizer("stems", STEMS)
    index.register_tokenizer("words", WORDS)
    return index
