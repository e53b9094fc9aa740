"""What goes wrong in a fleet: machines that fell silent or gave up, portals that no one crawls."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from antara_crawler.fleet.state import FleetState
from antara_crawler.health.finding import Finding
from antara_crawler.wording import sentence

WAITED = timedelta(hours=24)
"""A queued crawl that nobody began for so long waits for a machine that is not there."""


def fleet_faults(state: FleetState, now: datetime) -> Iterator[Finding]:
    """Yield what goes wrong now (UTC)."""
    for machine in state.machines:
        if machine.state == "silent" or (machine.state == "stopped" and machine.why):
            name, since, why = machine.name, _utc(machine.seen_at), machine.why
            what = (
                sentence(f"machine {name}: silent since {since}")
                if machine.state == "silent"
                else sentence(f"machine {name}: gave up at {since}: {why}")
            )
            yield Finding(f"machine {machine.name}", "machine", None, what)
    for each in state.portals:
        if each.state == "failed":
            what = sentence(f"{each.portal}: failed on {each.machine}: {each.why}")
            yield Finding(f"fleet failed {each.portal}", "fleet", each.portal, what)
        elif each.state == "queued" and each.queued_at and now - each.queued_at > WAITED:
            since = _utc(each.queued_at)
            what = sentence(f"{each.portal}: queued since {since}, and no machine began it")
            yield Finding(f"fleet queued {each.portal}", "fleet", each.portal, what)


def _utc(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"
