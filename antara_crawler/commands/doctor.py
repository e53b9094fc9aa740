"""`scrapy doctor PORTAL`: asks a portal for a few pages and judges how they are read."""

import argparse
import sys
from dataclasses import asdict

from antara_crawler.cli.command import VisitingCommand, flag, one_portal
from antara_crawler.doctor.checkup import visit
from antara_crawler.doctor.diagnosis import diagnose
from antara_crawler.doctor.report import say_diagnosis
from antara_crawler.spiders.templates import catalogue_of
from antara_crawler.terminal import Screen
from antara_crawler.wording import tr


class Command(VisitingCommand):
    """Visits a portal and says how well it is read."""

    def _options(self, parser: argparse.ArgumentParser) -> None:
        flag(parser, "--json", tr("print it as JSON"))

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        """Visit, diagnose and print."""
        place = one_portal(args)
        templates = catalogue_of(self.settings).serving(place.name)
        seen = visit(self.crawler_process, self.settings, place.name, opts.spargs)
        diagnosis = diagnose(seen, place, templates)
        self.exitcode = diagnosis.status  # whoever reads on
        screen = Screen(sys.stdout)
        if opts.json:
            screen.say_json(asdict(diagnosis) | {"status": diagnosis.status})
        else:
            say_diagnosis(screen, diagnosis)
        return diagnosis.status
