"""Screenshots to look at: `python -m tests.web.shots FOLDER`, in every look."""

import base64
import sys
import tempfile
from pathlib import Path

from selenium.webdriver import Chrome

from antara_crawler.archive import Archive
from tests.web.browser import DESKTOP, PHONE, chromium, look
from tests.web.samples import make
from tests.web.serving import serving


def main() -> int:
    """Take every page in every look into the folder that the command line names."""
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        sample = make(f"sqlite:///{name}/archive.db", Path(name) / "captures", 300)
        pages = {
            "front": "/",
            "search": "/?q=warga+banjir",
            "article": f"/articles/{sample.bridge}",
            "diff": f"/articles/{sample.bridge}/diff?from=1&to=3",
            "coverage": "/coverage",
            "runs": "/runs",
            "nothing": "/?q=tidakadakatanya&section=Ekonomi&lang=en",
            "hostile": f"/articles/{sample.hostile}",
        }
        with (
            Archive.open(sample.url, read_only=True) as archive,
            serving(archive, sample.captures) as url,
            chromium(Path(name) / "profile") as driver,
        ):
            for page, path in pages.items():
                for size in (PHONE, DESKTOP):
                    for dark in (False, True):
                        look(driver, size, dark=dark)
                        driver.get(url + path)
                        kind = "phone" if size == PHONE else "desktop"
                        file = target / f"{page}-{kind}-{'dark' if dark else 'light'}.png"
                        file.write_bytes(whole(driver))
    return 0


def whole(driver: Chrome) -> bytes:
    """Return a picture of the page from top to end, as PNG."""
    shot = driver.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True})
    return base64.b64decode(shot["data"])


if __name__ == "__main__":
    sys.exit(main())
