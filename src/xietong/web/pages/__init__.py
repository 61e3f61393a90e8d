"""All pages, in the order of the menu. One more page is one more file and one more line here."""

from xietong.web.pages.allocation import ALLOCATION
from xietong.web.pages.assessment import ASSESSMENT
from xietong.web.pages.audit import AUDIT
from xietong.web.pages.backups import BACKUPS
from xietong.web.pages.compare import COMPARE
from xietong.web.pages.conflicts import CONFLICTS
from xietong.web.pages.data import DATA
from xietong.web.pages.documents import DOCUMENTS
from xietong.web.pages.imports import IMPORTS
from xietong.web.pages.inventory import INVENTORY
from xietong.web.pages.jobs import JOBS
from xietong.web.pages.measures import MEASURES
from xietong.web.pages.optimise import OPTIMISE
from xietong.web.pages.overview import OVERVIEW
from xietong.web.pages.plan import PLAN
from xietong.web.pages.review import REVIEW
from xietong.web.pages.roles import ROLES
from xietong.web.pages.synergy import SYNERGY
from xietong.web.pages.synergy_import import SYNERGY_IMPORT
from xietong.web.pages.synergy_tracking import SYNERGY_TRACKING
from xietong.web.pages.tasks import TASKS
from xietong.web.pages.tokens import TOKENS
from xietong.web.pages.upload import UPLOAD
from xietong.web.pages.users import USERS

PAGES = (
    OVERVIEW,
    DOCUMENTS,
    COMPARE,
    CONFLICTS,
    REVIEW,
    UPLOAD,
    PLAN,
    SYNERGY_TRACKING,
    SYNERGY,
    SYNERGY_IMPORT,
    MEASURES,
    DATA,
    INVENTORY,
    OPTIMISE,
    ASSESSMENT,
    ALLOCATION,
    TASKS,
    USERS,
    ROLES,
    AUDIT,
    IMPORTS,
    BACKUPS,
    JOBS,
    TOKENS,
)
