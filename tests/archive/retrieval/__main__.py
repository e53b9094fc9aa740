"""Prints how well the search does on the test set: `python -m tests.archive.retrieval`."""

import tempfile

from antara_crawler.archive import Archive
from tests.archive.retrieval.queries import QUERIES
from tests.archive.retrieval.scoring import FIRST, fill, found, score, stemmed, unstemmed

with (
    tempfile.TemporaryDirectory() as folder,
    Archive.open(f"sqlite:///{folder}/archive.db", create=True) as archive,
):
    fill(archive)
    for query, relevant in QUERIES:
        hits = found(archive, query)
        missed, wrong = sorted(relevant - set(hits)), [hit for hit in hits if hit not in relevant]
        if missed or wrong:
            print(f"{query}: missed {missed}, beside the point {wrong}")
    print(f"\n{len(QUERIES)} queries, recall and precision at {FIRST}")
    for name, form in (("stemmed", stemmed), ("plain", unstemmed)):
        result = score(archive, form)
        print(f"  {name:8} recall {result.recall:.3f}  precision {result.precision:.3f}")
