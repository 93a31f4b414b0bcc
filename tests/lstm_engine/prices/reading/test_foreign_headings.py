"""Headings in other languages."""

from __future__ import annotations

import pytest

from lstm_engine.prices.reading.foreign_headings import ENGLISH
from lstm_engine.prices.reading.headings import closes, is_date_heading, is_field, key


@pytest.mark.parametrize(
    ("headings", "figures"),
    [
        ("Datum Eröffnung Hoch Tief Schlusskurs Volumen", "date open high low close volume"),
        ("Date|Ouverture|Plus haut|Plus bas|Clôture|Vol.", "date open high low close vol"),
        ("Fecha Apertura Máximo Mínimo Último Volumen", "date open high low last volume"),
        ("Data Abertura Máxima Mínima Fechamento Volume", "date open high low close volume"),
        ("Data Otwarcie Najwyzszy Najnizszy Zamknięcie Wolumen", "date open high low close volume"),
        ("Tarih Açılış Yüksek Düşük Kapanış Hacim", "date open high low close volume"),
        ("Дата Откр. Макс. Мин. Закрытие Объём", "date open high low close volume"),
        ("日期 开盘价 最高 最低 收盘 成交量", "date open high low close volume"),
        ("日付 始値 高値 安値 終値 調整後終値*", "date open high low close adjclose"),
        ("날짜 시가 고가 저가 종가 거래량", "date open high low close volume"),
    ],
)
def test_other_languages_say_the_same(headings: str, figures: str) -> None:
    words = headings.split("|" if "|" in headings else None)
    assert [key(word) for word in words] == figures.split()


def test_each_word_is_a_key_and_a_heading_that_is_known() -> None:
    """As key() makes it, or it would never be found."""
    for word, english in ENGLISH.items():
        assert key(word) == english == key(english)
        assert is_date_heading(word) or is_field(word) or closes([word])
