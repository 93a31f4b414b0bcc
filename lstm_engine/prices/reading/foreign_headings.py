"""What exchanges, banks and portals in other languages call a day's figures."""

from __future__ import annotations

#: By the English word: German, French, Spanish, Italian, Portuguese, Dutch, Polish, Turkish, Russian, Chinese,
#: Japanese, Korean; without accents, blanks and points. None of them is a ticker.
_WORDS = {
    "date": "datum fecha data tarih дата 日期 交易日期 日付 날짜 일자",
    "time": "zeit uhrzeit heure hora godzina saat время 时间 時間 時刻 시간",
    "open": "eroffnung eroffn eroffnungskurs erster ouverture ouv apertura abertura openingskoers otwarcie acılıs"
    " открытие откр 开盘 开盘价 開盤 開盤價 始値 시가",
    "high": "hoch hochst tageshoch plushaut maximo massimo maxima hoog najwyzszy yuksek максимум макс 高 最高 最高价"
    " 最高價 高値 고가",
    "low": "tief tiefst tagestief plusbas minimo minima laag najnizszy dusuk минимум мин 低 最低 最低价"
    " 最低價 安値 저가",
    "close": "schluss schlusskurs cloture coursdecloture cierre chiusura fechamento slotkoers zamkniecie kapanıs"
    " закрытие 收盘 收盘价 收盤 收盤價 終値 종가",
    "adjclose": "调整后收盘价 調整後終値 수정종가",
    "last": "zuletzt letzter dernier ultimo laatste ostatnio simdi",
    "price": "kurs preis cours prix precio prezzo preco koers prijs cena fiyat цена 价格 價格 価格 가격",
    "volume": "volumen volumenes stuck stucke stuecke volumes wolumen hacim объем 成交量 交易量 出来高 거래량",
    "turnover": "umsatz 成交额 成交額 売買代金 거래대금",
    "change": "veranderung anderung variation variacion variazione variacao verandering zmiana fark изм 涨跌 涨跌额"
    " 涨跌幅 漲跌 変化率 前日比 변동",
}

#: From what a heading's key is there to the English one.
ENGLISH: dict[str, str] = {foreign: english for english, words in _WORDS.items() for foreign in words.split()}
