"""A loopback portal that behaves like an ANTARA regional site, with known truth and faults."""

from tests.portal.faults import Faults
from tests.portal.server import PortalServer
from tests.portal.site import Reply, Site

__all__ = ["Faults", "PortalServer", "Reply", "Site"]
