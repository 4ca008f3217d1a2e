"""The Remarks column of OFAC's SDN list: facts in a fixed phrasing, separated by semicolons.

Source: OFAC, "SDN data formats" (dat_spec.txt) for the columns; the phrasing is that of the published lists. Facts
that a notice has no field for (tax numbers, addresses of digital currency, links to others) are left in the summary.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from screening.importers.notice_parts import country_of_name, date_in, document_in, present
from screening.importers.rows import Flaws
from screening.model import Date, Document, DocumentType, Sex

__all__ = ["RemarkFacts", "facts_of_remarks"]

_SEXES = {"Gender Male": Sex.MALE, "Gender Female": Sex.FEMALE}
_WEAK_ALIAS = re.compile(r"^[afn]\.k\.a\. '(.+)'$")

# What OFAC calls documents, longest phrase first, because "Passport" also ends "Diplomatic Passport". Numbers of
# registers that nobody presents at a border (tax, company, military roll, voters) are not documents here.
_DOCUMENT_TYPES = {
    "Diplomatic Passport": DocumentType.PASSPORT,
    "Stateless Person ID Card": DocumentType.IDENTITY_CARD,
    "Passport": DocumentType.PASSPORT,
    "National ID No.": DocumentType.IDENTITY_CARD,
    "National Foreign ID Number": DocumentType.IDENTITY_CARD,
    "Tazkira National ID Card": DocumentType.IDENTITY_CARD,
    "Turkish Identification Number": DocumentType.IDENTITY_CARD,
    "Personal ID Card": DocumentType.IDENTITY_CARD,
    "Citizen's Card Number": DocumentType.IDENTITY_CARD,
    "Identification Number": DocumentType.IDENTITY_CARD,
    "Numero de Identidad": DocumentType.IDENTITY_CARD,
    "Kenyan ID No.": DocumentType.IDENTITY_CARD,
    "Cedula No.": DocumentType.IDENTITY_CARD,
    "D.N.I.": DocumentType.IDENTITY_CARD,
    "Residency Number": DocumentType.RESIDENCE_PERMIT,
    "Refugee ID Card": DocumentType.IDENTITY_CARD,
    "Travel Document Number": DocumentType.OTHER,
    "Driver's License No.": DocumentType.OTHER,
    "Birth Certificate Number": DocumentType.OTHER,
    "VisaNumberID": DocumentType.VISA,
}
_DATE = r"(?:\d{1,2} )?(?:[A-Z][a-z]{2} )?\d{4}"
_DOCUMENT = re.compile(
    rf"^(?P<kind>{'|'.join(map(re.escape, _DOCUMENT_TYPES))})\s+(?:#\s*)?"
    r"(?P<number>[^\s()]+(?:\s+[^\sa-z()]+)*)"
    r"(?:\s+\((?P<country>[^)]*)\))?"
    rf"(?:\s+issued\s+{_DATE})?(?:\s+expires\s+(?P<expiry>{_DATE}))?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkFacts:
    """What the remarks of one entry say; empty where they say nothing. Weak aliases are as written, quotes removed."""

    birth_dates: tuple[Date, ...] = ()
    birth_places: tuple[str, ...] = ()
    sexes: tuple[Sex, ...] = ()
    nationalities: tuple[str, ...] = ()
    documents: tuple[Document, ...] = ()
    weak_aliases: tuple[str, ...] = ()


def facts_of_remarks(remarks: str, flaws: Flaws) -> RemarkFacts:
    """Reads every fact that a notice has a field for; phrases not known are left alone."""
    facts = [_without_ordinal(part) for part in remarks.rstrip(" .").split(";")]
    return RemarkFacts(
        birth_dates=present(date_in(text, "DOB", flaws) for text in _following(facts, "DOB:", "DOB ")),
        birth_places=present(_following(facts, "POB ")),
        sexes=present(_SEXES.get(fact) for fact in facts),
        nationalities=present(
            country_of_name(text, "nationality", flaws) for text in _following(facts, "nationality ", "citizen ")
        ),
        documents=present(_document(fact, flaws) for fact in facts),
        weak_aliases=present(found[1].strip() for fact in facts if (found := _WEAK_ALIAS.match(fact))),
    )


def _without_ordinal(part: str) -> str:
    """A fact without the "alt." that marks a second one of its kind."""
    return part.strip().removeprefix("alt. ").rstrip(".").strip()


def _following(facts: list[str], *phrases: str) -> list[str]:
    """What follows one of the phrases, in each fact that begins with it."""
    return [fact[len(phrase) :].strip() for fact in facts for phrase in phrases if fact.startswith(phrase)]


def _document(fact: str, flaws: Flaws) -> Document | None:
    found = _DOCUMENT.match(fact)
    if found is None:
        return None
    return document_in(
        flaws,
        found["number"].strip(" ,"),
        _DOCUMENT_TYPES[found["kind"]],
        country_of_name(found["country"] or "", "document issuing country", flaws),
        date_in(found["expiry"] or "", "document expiry", flaws),
    )
