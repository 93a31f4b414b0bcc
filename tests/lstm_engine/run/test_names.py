"""The words that run names are made of."""

from lstm_engine.run.names import ADJECTIVES, NOUNS


def test_every_word_is_short_plain_and_there_once() -> None:
    for words in (ADJECTIVES, NOUNS):
        assert len(set(words)) == len(words) > 70
        assert all(word.isascii() and word.isalpha() and word.islower() and len(word) <= 8 for word in words)
    assert not set(ADJECTIVES) & set(NOUNS)
