"""Raw records of what was fetched, kept in WARC files: no SQL, no Scrapy in here."""

from antara_crawler.warc.foreign import unpacked as unpacked
from antara_crawler.warc.history import is_sample as is_sample
from antara_crawler.warc.naming import files_written_by as files_written_by
from antara_crawler.warc.naming import name_of as name_of
from antara_crawler.warc.reading import Scanned as Scanned
from antara_crawler.warc.reading import read_capture as read_capture
from antara_crawler.warc.reading import scan as scan
from antara_crawler.warc.records.codings import body_of as body_of
from antara_crawler.warc.records.codings import whole as whole
from antara_crawler.warc.records.exchange import Exchange as Exchange
from antara_crawler.warc.records.members import MAX_BODY as MAX_BODY
from antara_crawler.warc.records.members import Damage as Damage
from antara_crawler.warc.repairs import Repair as Repair
from antara_crawler.warc.repairs import blank as blank
from antara_crawler.warc.repairs import repair as repair
from antara_crawler.warc.replay.replay import RecordsAccount as RecordsAccount
from antara_crawler.warc.replay.replay import Replay as Replay
from antara_crawler.warc.shared import SHARED as SHARED
from antara_crawler.warc.shared import CaptureFiles as CaptureFiles
from antara_crawler.warc.shared import Folder as Folder
from antara_crawler.warc.wacz import write_wacz as write_wacz
from antara_crawler.warc.writer import CaptureWriter as CaptureWriter
