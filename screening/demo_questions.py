"""The questions of the demo, each with what its answer must hold and what to notice in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from screening_api.v1 import screening_pb2 as pb

from screening.asking import request_of
from screening.mrz_dates import MrzDate
from screening.mrz_format import MrzContent, format_mrz
from screening.mrz_layouts import MrzFormat

__all__ = ["ASYLUM", "BORDER", "CALLER_NAMES", "DemoQuestion", "demo_questions"]

BORDER: Final = "spiffe://screening.example/UTO/border"
ASYLUM: Final = "spiffe://screening.example/XRA/asylum"

CALLER_NAMES: Final = {BORDER: "The border system of Utopia", ASYLUM: "The asylum authority of Ruritania"}

_PURPOSES: Final = {BORDER: "BORDER_CONTROL", ASYLUM: "ASYLUM"}


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoQuestion:
    """A question in the words of `screening check`. `promised`: the notice numbers of its matches, in their order.

    A match that may not show its number, and a document record that has none, count as "".
    """

    title: str
    remark: str
    promised: tuple[str, ...]
    caller: str = BORDER
    name: str = ""
    born: str = ""
    document: str = ""
    mrz: str = ""

    @property
    def purpose(self) -> str:
        """The purpose that this caller is entitled to."""
        return _PURPOSES[self.caller]

    def options(self) -> list[str]:
        """What is asked, as options of `screening check`."""
        given = (("--name", self.name), ("--born", self.born), ("--document", self.document), ("--mrz", self.mrz))
        return [word for option, value in given if value for word in (option, value)]

    def request(self) -> pb.CheckRequest:
        """The message of the contract."""
        return request_of(
            names=[self.name] if self.name else [],
            born=self.born,
            sex="",
            nationalities=[],
            documents=[self.document] if self.document else [],
            zones=[self.mrz] if self.mrz else [],
            purpose=self.purpose,
            user="demo officer",
        )


@cache
def demo_questions() -> tuple[DemoQuestion, ...]:
    """All questions, in the order in which they are asked."""
    return (*_names(), *_documents(), *_meanings(), *_rights())


def _names() -> Iterator[DemoQuestion]:
    yield DemoQuestion(
        title="A misspelt name",
        remark="Recorded is QUILLFEATHER, Marius Aurelio. Each reason says what met what, and what did not.",
        promised=("DEMO-2025/0001",),
        name="Marios Quilfeather",
        born="1978-03-04",
    )
    yield DemoQuestion(
        title="Names in another order, day and month swapped",
        remark="Order costs nothing; the swapped date is said, and the match is similar, not same.",
        promised=("DEMO-2025/0001",),
        name="Quillfeather Aurelio Marius",
        born="1978-04-03",
    )
    yield DemoQuestion(
        title="Asked in Cyrillic, recorded in Latin letters",
        remark="Recorded is VYDUMKIN, Yevgraf.",
        promised=("DEMO-2025/0002",),
        name="Евграф Выдумкин",
        born="1983-11-09",
    )
    yield DemoQuestion(
        title="Asked in Latin letters, recorded in Arabic script",
        remark="Short vowels are not written in Arabic: the names meet by their sound.",
        promised=("DEMO-2025/0003",),
        name="Ziryab ibn Khayal Al-Wahmi",
        born="1969",
    )
    yield DemoQuestion(
        title="An older romanisation of a Chinese name",
        remark="Wu Yu-ming is Wade-Giles for what pinyin writes Wu Youming.",
        promised=("DEMO-2025/0004",),
        name="Wu Yu-ming",
        born="1990-07-21",
    )
    yield DemoQuestion(
        title="A Greek record, asked by the transcription of a passport",
        remark="One of our own: the contact is Utopia's bureau.",
        promised=("DEMO-2025/0005",),
        name="Aristofantos Outopiadis",
    )


def _documents() -> Iterator[DemoQuestion]:
    yield DemoQuestion(
        title="A lost passport",
        remark="The document is not valid, whoever carries it; its bearer may well be its rightful owner.",
        promised=("",),
        document="L8942031:UTO:PASSPORT",
    )
    yield DemoQuestion(
        title="The passport with the next number",
        remark="It is somebody else's, and valid: neighbouring numbers are not searched.",
        promised=(),
        document="L8942032:UTO:PASSPORT",
    )
    yield DemoQuestion(
        title="A machine-readable zone in which the reader took a zero for the letter O",
        remark="The check digit fails, so look-alike numbers are searched too, and such a match is less certain.",
        promised=("",),
        mrz=_misread(_zone("UB0518821", "PERIWINKLE", "ASTER JOY")),
    )
    yield DemoQuestion(
        title="A genuine passport whose bearer is looked for",
        remark="The name on it is in no notice. The passport is valid, and linked to a notice all the same.",
        promised=("DEMO-2025/0024",),
        mrz=_zone("T7730041", "TALLOWMERE", "JUNIPER"),
    )


def _meanings() -> Iterator[DemoQuestion]:
    yield DemoQuestion(
        title="A missing child",
        remark="A yellow notice: missing, to be protected. The word wanted appears nowhere.",
        promised=("DEMO-2025/0020",),
        name="Wilhelmina Pimpernell",
        born="2017-05-12",
    )
    yield DemoQuestion(
        title="A traveller in no notice",
        remark="No match, and which databases were searched. SLTD holds documents only: without one it is not asked.",
        promised=(),
        name="Rosalind Amaryllis Featherstonehaugh",
        born="1988-02-14",
    )


def _rights() -> Iterator[DemoQuestion]:
    for caller, promised, remark in (
        (BORDER, (), "Graustark does not let Utopia see this one, so there is nothing: no match, no count, no hint."),
        (ASYLUM, ("",), "Ruritania may see it. Its asylum authority learns that something is held and whom to ask."),
    ):
        yield DemoQuestion(
            title="A notice that its owner withholds from Utopia",
            remark=remark,
            promised=promised,
            caller=caller,
            name="Falk Ostrander Dunmoor",
            born="1980-08-17",
        )
    for caller, promised, remark in (
        (BORDER, ("DEMO-2025/0031",), "A diffusion goes to chosen recipients: Graustark sent this one to Utopia."),
        (ASYLUM, (), "Who is not a recipient of a diffusion gets the answer of a world without it."),
    ):
        yield DemoQuestion(
            title="A diffusion to Utopia alone",
            remark=remark,
            promised=promised,
            caller=caller,
            name="Cassius Hollowbrook",
            born="1976-12-05",
        )
    yield DemoQuestion(
        title="A public sanctions list, which the asylum authority may read in full",
        remark="Recorded is a range of years, and 1962 lies in it.",
        promised=("DEMO-S-0001",),
        caller=ASYLUM,
        name="Obadiah N. Fictus",
        born="1962",
    )


def _zone(number: str, surname: str, given_names: str) -> str:
    """The zone of a passport of Utopia (Doc 9303-4), its two lines joined."""
    content = MrzContent(
        format=MrzFormat.TD3,
        document_code="P",
        issuing_country="UTO",
        number=number,
        nationality="UTO",
        birth=MrzDate(year=1990, month=10, day=20),
        sex="F",
        expiry=MrzDate(year=2035, month=6, day=1),
        surname=surname,
        given_names=given_names,
    )
    return "".join(format_mrz(content))


def _misread(zone: str) -> str:
    """The first zero of the document number read as the letter O; the check digit stays the true one."""
    start = len(zone) // 2
    return zone[:start] + zone[start:].replace("0", "O", 1)
