"""Capture files that hold a sample: they say so in their first record, and so do copies of them."""

from pathlib import Path

from antara_crawler.errors import BrokenCapture, UsageError
from antara_crawler.warc.records import records
from antara_crawler.warc.records.members import Member, walk, warc_files

SAMPLE = "sample"
"""The field of a warcinfo record that marks a file; its value is for people."""
INVENTED = "invented articles to try the software with, none of them ANTARA's"


def is_sample(path: Path) -> bool:
    """Tell whether a WARC file, or all files of a folder, are marked as a sample.

    Raises UsageError for a folder that holds files of both kinds.
    """
    marked = {file: _is_marked(file) for file in warc_files(path)}
    if len(set(marked.values())) > 1:
        file = next(file for file, is_marked in marked.items() if is_marked)
        raise UsageError(f"{file} is a sample and other files of {path} are not: keep them apart")
    return any(marked.values())


def _is_marked(file: Path) -> bool:
    try:
        with file.open("rb") as stream:
            found = next(walk(stream), None)
            if not isinstance(found, Member):
                return False
            record = records.parse(found.data, size=found.size)
    except (OSError, BrokenCapture):
        return False  # what is wrong with it is told by who reads all of it
    block = record.data[record.start : record.end].decode("utf-8", "replace")
    return record.kind == "warcinfo" and any(
        line.partition(":")[0].strip().lower() == SAMPLE for line in block.splitlines()
    )
