"""Peer: tantivy, each word of the name as a fuzzy term of one edit, ranked by BM25. Knows names only.

Both sides in Latin letters by anyascii. Its scores have no upper bound and no meaning across questions, so it has no
threshold of its own and takes no part in pairs.
"""

from __future__ import annotations

from collections.abc import Sequence

import tantivy  # type: ignore[import-not-found, unused-ignore]

from bench.peers_rapidfuzz import latin_name
from bench.quality_matchers import CANDIDATES_MAX, Found, Person

__all__ = ["TantivyFuzzy"]

_EDITS = 1  # PEERS 5.2: two edits cost twice as much and found nothing more.
_HEAP_BYTES = 50_000_000  # What the index writer may use; it asks for 15 MB at least.


class TantivyFuzzy:
    """An index in memory with one document a person."""

    name = "tantivy"
    alert_score = None

    def record(self, persons: Sequence[Person]) -> None:
        """Writes a fresh index."""
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("name", tokenizer_name="default")
        builder.add_integer_field("row", stored=True)
        self._schema = builder.build()
        index = tantivy.Index(self._schema)
        writer = index.writer(heap_size=_HEAP_BYTES, num_threads=1)
        for row, person in enumerate(persons):
            writer.add_document(tantivy.Document(name=latin_name(person), row=row))
        writer.commit()
        index.reload()
        self._searcher = index.searcher()

    def find(self, questions: Sequence[Person]) -> list[Found]:
        """Persons that share a word, within one edit."""
        return [self._find(latin_name(person).split()) for person in questions]

    def _find(self, words: Sequence[str]) -> Found:
        if not words:
            return []
        terms = [
            (tantivy.Occur.Should, query)
            for word in words
            for query in (
                tantivy.Query.fuzzy_term_query(self._schema, "name", word, distance=_EDITS),
                tantivy.Query.term_query(self._schema, "name", word),  # An exact word counts more than a near one.
            )
        ]
        hits = self._searcher.search(tantivy.Query.boolean_query(terms), CANDIDATES_MAX).hits
        return [(self._searcher.doc(address)["row"][0], float(score)) for score, address in hits]
