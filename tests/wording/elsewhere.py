"""Words that the program tells and no mark in its source shows: Scrapy's, argparse's, reasons."""

from antara_crawler.wording import sentence

WORDS = (
    sentence("options"),
    sentence("Global Options"),
    sentence("show this help message and exit"),
    sentence("log file. if omitted stderr will be used"),
    sentence("log level (default: {level})"),
    sentence("disable logging completely"),
    sentence("write python cProfile stats to FILE"),
    sentence("write process ID to FILE"),
    sentence("set/override setting (may be repeated)"),
    sentence("enable pdb on failure (uses ipdb if installed)"),
    sentence("set spider argument (may be repeated)"),
    sentence(
        "append scraped items to the end of FILE (use - for stdout), to define format set a colon"
        " at the end of the output URI (i.e. -o FILE:FORMAT)"
    ),
    sentence(
        "dump scraped items into FILE, overwriting any existing file, to define format set a colon"
        " at the end of the output URI (i.e. -O FILE:FORMAT)"
    ),
    sentence("Scrapy {version} - active project: {project}"),
    sentence("Usage:"),
    sentence("Available commands:"),
    sentence('Use "scrapy <command> -h" to see more info about a command'),
    sentence("Run quick benchmark test"),
    sentence("Check spider contracts"),
    sentence("Edit spider"),
    sentence("Fetch a URL using the Scrapy downloader"),
    sentence("Generate new spider using pre-defined templates"),
    sentence("List available spiders"),
    sentence("Parse URL (using its spider) and print the results"),
    sentence("Run a spider from a Python file, no project required"),
    sentence("Get settings values"),
    sentence("Interactive scraping console"),
    sentence("Create new project"),
    sentence("Print Scrapy version"),
    sentence("Open URL in browser, as seen by Scrapy"),
    sentence("argument {option}: {error}"),
    sentence("expected one argument"),
    sentence("expected at least one argument"),
    sentence("invalid choice: {value} (choose from {choices})"),
    sentence("ignored explicit argument {value}"),
    sentence("not allowed with argument {other}"),
    sentence("the following arguments are required: {names}"),
    sentence("ambiguous option: {option} could match {names}"),
    sentence("Invalid -s value, use -s NAME=VALUE"),
    sentence("Invalid -a value, use -a NAME=VALUE"),
)
"""Scrapy's and argparse's own words of help and refusal."""

REASONS = (
    *(sentence("above the text"), sentence("below the text")),
    *(sentence("behind the copyright line"), sentence("advert"), sentence("advert or button")),
    *(sentence("byline"), sentence("copyright"), sentence("date")),
    *(sentence("keywords"), sentence("label"), sentence("notice"), sentence("pull-quote")),
    *(sentence("picture of a link"), sentence("embedded")),
    *(sentence("share"), sentence("tags"), sentence("menu"), sentence("hidden")),
    *(sentence("form"), sentence("comment"), sentence("related"), sentence("kicker")),
)
"""Why a text of a page is left out, as the reading of pages says it."""
