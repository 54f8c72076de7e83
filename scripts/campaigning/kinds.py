"""Every kind of case, in the order in which they are told of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from campaigning.articles import Articles
from campaigning.downloads import Downloads
from campaigning.drafts import Drafts
from campaigning.faults import Faults
from campaigning.finished import Finished
from campaigning.kept import Kept
from campaigning.kills import Kills
from campaigning.recordings import Recordings
from campaigning.resources import Resources
from campaigning.routines import Routines
from campaigning.sending import Send
from campaigning.studio import Studio
from campaigning.timelines import Timelines

if TYPE_CHECKING:
    from campaigning.cases import Kind

KINDS: tuple[Kind, ...] = (
    Routines(), Finished(), Timelines(), Articles(), Kept(), Kills(), Faults(), Resources(), Downloads(),
    Recordings(), Studio(), Drafts(), Send(),
)  # fmt: skip
