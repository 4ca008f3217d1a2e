"""The recorded names as plain arrays for the brute force: made from the records themselves, not from an index."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np

from indexes.build import BuildName, BuildRecord
from indexes.kernels.array_types import Float32Array, Int32Array, Int64Array, UInt8Array, UInt16Array
from indexes.kernels.name_arrays import MAX_POSITIONS
from indexes.normalise import Token
from indexes.packing import pack_country
from indexes.token_analysis import analyse, name_tokens

__all__ = ["Recorded", "recorded_names"]


class Recorded(NamedTuple):
    """N names of I identities, and T distinct tokens, in the order of the records.

    name_starts: (N + 1,) into name_tokens and name_roles. seen: (N,) 1 where the record may be seen and is in force.
    date_starts: (I + 1,) rows of dates: (n, 4) year, year_max, month, day. sexes: (I,) bit per Sex number.
    nation_starts: (I + 1,) into nations. token_initials: (T,) bit per first letter of the forms.
    """

    name_starts: Int64Array
    name_tokens: Int32Array
    name_roles: UInt8Array
    name_identity: Int32Array
    name_record: Int32Array
    name_weak: UInt8Array
    seen: UInt8Array
    date_starts: Int64Array
    dates: Int64Array
    sexes: UInt8Array
    nation_starts: Int64Array
    nations: UInt16Array
    token_weight: Float32Array
    token_kind: UInt8Array
    token_initials: Int32Array


def recorded_names(
    records: Iterable[BuildRecord], is_seen: Callable[[BuildRecord], bool]
) -> tuple[Recorded, list[Token]]:
    """The names of records in their order, and the distinct tokens of them. Names without any token do not count."""
    columns = _Columns()
    for number, record in enumerate(records):
        seen = is_seen(record)
        for identity in record.identities:
            columns.dates += [(date.year, date.year_max, date.month, date.day) for date in identity.dates]
            columns.date_starts.append(len(columns.dates))
            columns.nations += [pack_country(code) for code in identity.nations]
            columns.nation_starts.append(len(columns.nations))
            columns.sexes.append(identity.sexes)
            for name in identity.names:
                columns.add_name(name, number, seen)
    return columns.arrays(), list(columns.tokens)


class _Columns:
    """The columns of Recorded while they grow."""

    def __init__(self) -> None:
        self.tokens: dict[Token, int] = {}
        self.date_starts, self.nation_starts = [0], [0]
        self.dates: list[tuple[int, int, int, int]] = []
        self.nations: list[int] = []
        self.sexes: list[int] = []
        self._starts = [0]
        self._name_tokens: list[int] = []
        self._roles: list[int] = []
        self._names: list[tuple[int, int, bool, bool]] = []

    def add_name(self, name: BuildName, record: int, seen: bool) -> None:
        """A name of the identity added last."""
        words = [(token, role) for text, role in name.parts for token in name_tokens(text)][:MAX_POSITIONS]
        if words:
            self._name_tokens += [self.tokens.setdefault(token, len(self.tokens)) for token, _ in words]
            self._roles += [role for _, role in words]
            self._starts.append(len(self._roles))
            self._names.append((len(self.sexes) - 1, record, name.weak, seen))

    def arrays(self) -> Recorded:
        """The columns as the loop reads them."""
        identity, record, weak, seen = np.array(self._names, np.int32).reshape(-1, 4).T
        facts = [analyse(token) for token in self.tokens]
        return Recorded(
            name_starts=np.array(self._starts, np.int64),
            name_tokens=np.array(self._name_tokens, np.int32),
            name_roles=np.array(self._roles, np.uint8),
            name_identity=np.ascontiguousarray(identity),
            name_record=np.ascontiguousarray(record),
            name_weak=weak.astype(np.uint8),
            seen=seen.astype(np.uint8),
            date_starts=np.array(self.date_starts, np.int64),
            dates=np.array(self.dates, np.int64).reshape(-1, 4),
            sexes=np.array(self.sexes, np.uint8),
            nation_starts=np.array(self.nation_starts, np.int64),
            nations=np.array(self.nations, np.uint16),
            token_weight=np.array([fact.weight for fact in facts], np.float32),
            token_kind=np.array([token.kind for token in self.tokens], np.uint8),
            token_initials=np.array([fact.initials for fact in facts], np.int32),
        )
