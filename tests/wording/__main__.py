"""`python -m tests.wording`: puts new messages into the catalogue, takes old ones out, compiles it.

Write the Indonesian into antara.po, then run it again.
"""

from tests.wording.catalogue import MO, PO, compiled, read, updated, written

catalogue = updated(read())
PO.write_bytes(written(catalogue))
MO.write_bytes(compiled(catalogue))
missing = [entry.id for entry in catalogue if entry.id and not entry.string]
print(*missing, f"{len(missing)} of {len(catalogue)} without Indonesian", sep="\n")
