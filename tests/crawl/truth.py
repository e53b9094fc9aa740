"""Compares an archive's records with what the portal knows to be true."""

from typing import Any


def without_reasons(record: dict[str, Any]) -> dict[str, Any]:
    """Return a record without the reasons of removal, which are words of ours."""
    removed = [{k: v for k, v in r.items() if k != "reason"} for r in record["removed_paragraphs"]]
    return {**record, "removed_paragraphs": removed}


def assert_exact(truth: list[dict[str, Any]], records: list[dict[str, Any]]) -> None:
    """Every true article is there once, with exactly the fields that its page shows."""
    found = {(r["kind"], r["article_id"]): without_reasons(r) for r in records}
    assert len(found) == len(records)
    wanted = {(t["kind"], t["article_id"]): without_reasons(dict(t)) for t in truth}
    assert found.keys() == wanted.keys()
    for key, true in wanted.items():
        assert {name: found[key][name] for name in true} == true
