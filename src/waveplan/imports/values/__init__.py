"""From cells to values of the format: numbers, sizes, days, yes and no, lists, addresses, words.

Every reader takes a cell, gives None for one that says nothing, and raises UnreadableCellError, with the reason as a
phrase, for one that cannot be read; AmbiguousCellError where it means two things and somebody has to say which.
"""

from waveplan.imports.values.addresses import read_address, read_fqdn, read_mac, read_uuid
from waveplan.imports.values.countries import read_country
from waveplan.imports.values.dates import DATE_ORDERS, DateOrder, DayEvidence, day_readings, read_day
from waveplan.imports.values.flags import read_flag
from waveplan.imports.values.lists import SEPARATORS, split_cell
from waveplan.imports.values.numbers import (
    DECIMAL_MARKS,
    DecimalMark,
    NumberEvidence,
    number_readings,
    read_amount,
    read_count,
    read_number,
    read_share,
)
from waveplan.imports.values.refusals import AmbiguousCellError, UnreadableCellError
from waveplan.imports.values.sizes import (
    GB,
    MB,
    MIB,
    TB,
    SizeUnit,
    header_size_unit,
    header_unit,
    is_unit,
    number_part,
    read_gbps,
    read_gigabytes,
    read_hours,
    read_memory,
    size_unit,
    without_unit,
)
from waveplan.imports.values.texts import folded, is_empty, text_of, word_of
from waveplan.imports.values.words import Vocabulary, choices, read_word, word_meant

__all__ = [
    "DATE_ORDERS",
    "DECIMAL_MARKS",
    "GB",
    "MB",
    "MIB",
    "SEPARATORS",
    "TB",
    "AmbiguousCellError",
    "DateOrder",
    "DayEvidence",
    "DecimalMark",
    "NumberEvidence",
    "SizeUnit",
    "UnreadableCellError",
    "Vocabulary",
    "choices",
    "day_readings",
    "folded",
    "header_size_unit",
    "header_unit",
    "is_empty",
    "is_unit",
    "number_part",
    "number_readings",
    "read_address",
    "read_amount",
    "read_count",
    "read_country",
    "read_day",
    "read_flag",
    "read_fqdn",
    "read_gbps",
    "read_gigabytes",
    "read_hours",
    "read_mac",
    "read_memory",
    "read_number",
    "read_share",
    "read_uuid",
    "read_word",
    "size_unit",
    "split_cell",
    "text_of",
    "without_unit",
    "word_meant",
    "word_of",
]
