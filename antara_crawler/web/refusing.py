"""Refuses what an address asks for and cannot have been meant, as FastAPI refuses values: 422."""

import difflib
from collections.abc import Sequence

from fastapi import Request
from fastapi.exceptions import RequestValidationError

from antara_crawler.archive import Archive, Filters


def wrong(kind: str, name: str, message: str, value: object) -> RequestValidationError:
    """Return the error to raise for a parameter of the query."""
    fault = {"type": kind, "loc": ("query", name), "msg": message, "input": value}
    return RequestValidationError([fault])


def known_only(request: Request) -> None:
    """Refuse parameters that the route does not have: misspelt, they would change nothing."""
    described = request.app.openapi()["paths"][request.scope["route"].path]["get"]
    known = [each["name"] for each in described.get("parameters", ()) if each["in"] == "query"]
    for name, value in request.query_params.items():
        if name not in known:
            raise wrong("unknown_parameter", name, f"not known here: {_meant(name, known)}", value)


def refuse_strangers(archive: Archive, filters: Filters) -> None:
    """Refuse a name that nothing in the archive has, with those that may have been meant."""
    for each in archive.strangers(filters):
        near = f": did you mean {' or '.join(each.near)}?" if each.near else ""
        raise wrong("unknown_name", each.what, f"nowhere in the archive{near}", each.name)


def _meant(name: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(name, known, 1)
    if near:
        return f"did you mean {near[0]}?"
    return f"use one of {', '.join(known)}" if known else "it takes no parameters"
