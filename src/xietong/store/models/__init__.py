"""The tables of the database, one module per subject; ``MODELS`` lists them in order of need."""

from xietong.store.models.base import Base
from xietong.store.models.jobs import Job
from xietong.store.models.library import (
    Citation,
    Clause,
    ClauseUnit,
    Document,
    DocumentVersion,
    Milestone,
    PlanProject,
    Review,
    Section,
    Target,
)
from xietong.store.models.people import ApiToken, LoginSession, SignInAttempt, User
from xietong.store.models.submission import Submission, SubmissionEvent
from xietong.store.models.task import Task, TaskReport
from xietong.store.models.trust import Audit, WorkspaceInfo

MODELS: tuple[type[Base], ...] = (
    WorkspaceInfo,
    Audit,
    User,
    LoginSession,
    SignInAttempt,
    ApiToken,
    Document,
    DocumentVersion,
    Citation,
    Section,
    Clause,
    ClauseUnit,
    Target,
    Milestone,
    PlanProject,
    Review,
    Submission,
    SubmissionEvent,
    Task,
    TaskReport,
    Job,
)

__all__ = [
    "MODELS",
    "ApiToken",
    "Audit",
    "Base",
    "Citation",
    "Clause",
    "ClauseUnit",
    "Document",
    "DocumentVersion",
    "Job",
    "LoginSession",
    "Milestone",
    "PlanProject",
    "Review",
    "Section",
    "SignInAttempt",
    "Submission",
    "SubmissionEvent",
    "Target",
    "Task",
    "TaskReport",
    "User",
    "WorkspaceInfo",
]
