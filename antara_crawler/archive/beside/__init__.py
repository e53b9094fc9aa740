"""An index beside the archive (Tantivy), for many articles; never the truth, made anew at will.

Nothing else imports this room before an index is asked for: the extra 'index' may be missing.
"""
