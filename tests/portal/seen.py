"""The site at which the tests of the portal look: made once, since it takes a second."""

from tests.portal.site import Site

SITE = Site(1, 300)
