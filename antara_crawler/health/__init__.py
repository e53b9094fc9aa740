"""Tells from the archive's own past what goes wrong: silence, lost fields, failures, the disk."""

from antara_crawler.health.history import Finding as Finding
from antara_crawler.health.history import History as History
from antara_crawler.health.history import load as load
from antara_crawler.health.history import night_of as night_of
from antara_crawler.health.judge import fleet_faults as fleet_faults
from antara_crawler.health.judge import judge as judge
from antara_crawler.health.record import keep as keep
from antara_crawler.health.record import known as known
