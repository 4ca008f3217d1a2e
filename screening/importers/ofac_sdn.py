"""OFAC's list of Specially Designated Nationals (sdn.csv, alt.csv, add.csv), to notices of the sanctions database.

The files are told apart by their number of columns, not by their names; alt and add may be absent. A name of an
individual is "FAMILY, Given"; aliases of alt.csv are strong, those quoted in the remarks weak. Aircraft count as
vessels: the model knows one kind of craft. Addresses have no field of their own and close the summary.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from screening.importers.notice_parts import (
    CHARGES_MAX,
    SUMMARY_CHARS_MAX,
    clipped_text,
    comma_name,
    name_in,
    names_within_limit,
    present,
    squeezed,
)
from screening.importers.ofac_remarks import RemarkFacts, facts_of_remarks
from screening.importers.ofac_tables import (
    ADDRESS_COLUMNS,
    ALIAS_COLUMNS,
    ENTITY_COLUMNS,
    JoinedRows,
    OfacRow,
    column_count,
    ofac_rows,
)
from screening.importers.rows import (
    Advance,
    Flaws,
    Rejected,
    RowError,
    UnreadableSourceError,
    clipped_code,
    ignore_progress,
    notice_rows,
)
from screening.importers.source_files import open_source
from screening.model import (
    Action,
    Database,
    Identity,
    Name,
    NameQuality,
    Notice,
    NoticeKind,
    NoticeStatus,
    PersonStatus,
    SubjectKind,
)

__all__ = ["read_ofac_sdn"]

_SUBJECT_KINDS = {
    "individual": SubjectKind.PERSON,
    "": SubjectKind.ORGANISATION,
    "vessel": SubjectKind.VESSEL,
    "aircraft": SubjectKind.VESSEL,
}
_Cells = tuple[str, ...]


def read_ofac_sdn(paths: Sequence[Path], advance: Advance = ignore_progress) -> Iterator[Notice | Rejected]:
    """Reads the list; see `NoticeFormat`. Raises UnreadableSourceError without exactly one primary file."""
    by_columns = _by_columns(paths)
    with ExitStack() as stack:
        primary, aliases, addresses = (
            (path.name if path else "", _table(stack, path, columns, advance))
            for columns in (ENTITY_COLUMNS, ALIAS_COLUMNS, ADDRESS_COLUMNS)
            for path in (by_columns.get(columns),)
        )
        yield from _joined(*primary, JoinedRows(aliases[1], aliases[0]), JoinedRows(addresses[1], addresses[0]))


def _by_columns(paths: Sequence[Path]) -> dict[int, Path]:
    """The files by their number of columns. Raises UnreadableSourceError for a stranger, a double, or no sdn.csv."""
    found: dict[int, Path] = {}
    for path in paths:
        with open_source(path) as stream:
            columns = column_count(stream)
        if columns not in (ENTITY_COLUMNS, ALIAS_COLUMNS, ADDRESS_COLUMNS):
            raise UnreadableSourceError(
                path.name, f"{columns} columns: neither sdn.csv (12), alt.csv (5) nor add.csv (6)"
            )
        if columns in found:
            raise UnreadableSourceError(path.name, f"a second file of {columns} columns beside {found[columns].name}")
        found[columns] = path
    if ENTITY_COLUMNS not in found:
        raise UnreadableSourceError("sdn.csv", "the primary file of 12 columns is missing")
    return found


def _table(stack: ExitStack, path: Path | None, columns: int, advance: Advance) -> Iterator[OfacRow | Rejected]:
    """The rows of a file, or none where it was not given."""
    if path is None:
        return iter(())
    return ofac_rows(stack.enter_context(open_source(path, advance)), path.name, columns)


def _joined(
    file: str, primary: Iterator[OfacRow | Rejected], aliases: JoinedRows, addresses: JoinedRows
) -> Iterator[Notice | Rejected]:
    """One pass over the three tables. An entity out of order is kept, without what could not be joined to it."""
    latest = -1
    for row in primary:
        if isinstance(row, Rejected):
            yield row
            continue
        in_order = row.entity > latest
        joined = (aliases.of(row.entity), addresses.of(row.entity)) if in_order else ((), ())
        yield from notice_rows(file, row.line, partial(_notice, row, *joined, latest=latest))
        yield from (*aliases.taken_rejections(), *addresses.taken_rejections())
        latest = max(latest, row.entity)
    yield from aliases.rest()
    yield from addresses.rest()


def _notice(
    row: OfacRow, aliases: tuple[_Cells, ...], addresses: tuple[_Cells, ...], flaws: Flaws, *, latest: int
) -> Notice:
    """One entity with what was joined to it. Raises RowError without a name, of an unknown type, or given twice."""
    if row.entity == latest:
        raise RowError(f"ent_num: {row.entity} is given twice")
    if row.entity < latest:
        flaws.append(
            f"ent_num: {row.entity} after {latest}, the file is not sorted: no alias or address could be joined"
        )
    kind = _SUBJECT_KINDS.get(row.cells[2].lower())
    if kind is None:
        raise RowError(f"SDN_Type: {clipped_code(row.cells[2])} is unknown")
    facts = facts_of_remarks(row.cells[11], flaws)
    person = kind is SubjectKind.PERSON
    return Notice(
        notice_id=f"OFAC-{row.entity}",
        database=Database.SANCTIONS,
        kind=NoticeKind.SANCTION,
        status=NoticeStatus.PUBLISHED,
        source="USA",
        identities=(_identity(row.cells[1], aliases, facts, flaws, person=person),),
        documents=facts.documents if person else (),
        person_status=PersonStatus.SANCTIONED if person else PersonStatus.UNSPECIFIED,
        action=Action.APPLY_SANCTIONS,
        subject_kind=kind,
        summary=_summary(row.cells, addresses),
        charges=present(program.strip() for program in row.cells[3].split("] ["))[:CHARGES_MAX],
    )


def _identity(name: str, aliases: tuple[_Cells, ...], facts: RemarkFacts, flaws: Flaws, *, person: bool) -> Identity:
    """One identity with all names: the list does not say which birth date goes with which alias."""
    names = [_name(name, NameQuality.PRIMARY, flaws, person=person)]
    names += [_name(cells[3], NameQuality.ALIAS, flaws, person=person) for cells in aliases]
    names += [_name(alias, NameQuality.WEAK, flaws, person=person) for alias in facts.weak_aliases]
    if not person:
        return Identity(names=names_within_limit(names, flaws))
    return Identity(
        names=names_within_limit(names, flaws),
        birth_dates=facts.birth_dates,
        sexes=facts.sexes,
        nationalities=facts.nationalities,
        birth_places=facts.birth_places,
    )


def _name(text: str, quality: NameQuality, flaws: Flaws, *, person: bool) -> Name | None:
    """Only a person's comma parts family and given name; in "CIMEX, S.A." it does not."""
    return comma_name(flaws, text, quality) if person else name_in(flaws, full=text, quality=quality)


def _summary(cells: _Cells, addresses: tuple[_Cells, ...]) -> str:
    """Title and remarks as published, then the addresses."""
    places = present(squeezed(", ".join(part for part in address[2:5] if part)) for address in addresses)
    parts = (cells[4], cells[11], f"Addresses: {'; '.join(places)}." if places else "")
    return clipped_text(squeezed(" ".join(part for part in parts if part)), SUMMARY_CHARS_MAX)
