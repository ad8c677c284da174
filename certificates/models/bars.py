"""What the database asks before a name is published: PR-5 and PR-8 for the city's notice."""

import pgtrigger

from applications.models import TitleApplication
from jiaxing_titles.actions.bars import WRITES, bar, moved
from jiaxing_titles.publicity.models import CLEAR

SAYS = "PR-5、PR-8 公示期没有满或有异议，不能公布"
_CLEAR_LINE = "certificates_rosterline r JOIN publicity_publicityentry e ON e.id = r.entry_id"
LINE_IS_CLEAR = bar(
    "line_is_clear", f"NOT EXISTS (SELECT 1 FROM {_CLEAR_LINE} WHERE r.id = NEW.line_id AND {CLEAR})", SAYS, on=WRITES
)
NAMES_ARE_CLEAR = bar(
    "names_are_clear",
    f"""{moved("submitted", "reviewed", "issued")} AND EXISTS (
        SELECT 1 FROM certificates_announcementline l WHERE l.document_id = NEW.id AND NOT EXISTS (
            SELECT 1 FROM {_CLEAR_LINE} WHERE r.id = l.line_id AND {CLEAR}))""",
    SAYS,
)
pgtrigger.register(
    bar(
        "on_a_document_and_clear",
        f"""{moved("announced")} AND NOT EXISTS (
            SELECT 1 FROM certificates_announcementline l JOIN certificates_rosterline r ON r.id = l.line_id
            JOIN publicity_publicityentry e ON e.id = r.entry_id
            JOIN certificates_announcementdocument d ON d.id = l.document_id
            WHERE r.application_id = NEW.id AND d.state IN ('reviewed', 'issued') AND {CLEAR})""",
        SAYS,
    )
)(TitleApplication)
