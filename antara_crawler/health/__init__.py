"""Tells from the archive's own past what goes wrong: silence, lost fields, failures, the disk."""

from antara_crawler.health.finding import Finding
from antara_crawler.health.history import History, load, night_of
from antara_crawler.health.judge import fleet_faults, judge
from antara_crawler.health.record import keep, known

__all__ = ["Finding", "History", "fleet_faults", "judge", "keep", "known", "load", "night_of"]
