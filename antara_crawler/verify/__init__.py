"""Whether all that was kept is there and says what it said; and mending what can be mended."""

from antara_crawler.verify.files import ELSEWHERE
from antara_crawler.verify.repair import Mender
from antara_crawler.verify.report import Checked, verify

__all__ = ["ELSEWHERE", "Checked", "Mender", "verify"]
