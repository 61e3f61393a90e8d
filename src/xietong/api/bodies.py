"""What requests carry: checked at the door, unknown keys refused."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Name = Annotated[str, Field(min_length=1, max_length=80)]
Reason = Annotated[str, Field(max_length=2000)]
Password = Annotated[str, Field(max_length=256)]
Adcode = Annotated[str, Field(pattern=r"^[0-9]{6}$")]
Id = Annotated[int, Field(ge=1, le=2**31 - 1)]


class Body(BaseModel):
    """Root of all bodies."""

    model_config = ConfigDict(extra="forbid")


class SignIn(Body):
    """Name and password."""

    name: Name
    password: Password


class NewPassword(Body):
    """The old password and the new one."""

    old: Password
    new: Password


class Decision(Body):
    """A person's word on one extracted row."""

    action: Literal["confirm", "correct", "reject", "reopen"]
    values: dict[str, Any] = {}
    reason: Reason | None = None


class Decisions(Decision):
    """The same word on several rows of one table."""

    table: Literal["clauses", "targets", "milestones", "projects"]
    ids: Annotated[list[Id], Field(min_length=1, max_length=1000)]


class Import(Body):
    """A kept upload to be stored in the library."""

    upload: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    reread: bool = False


class NewUser(Body):
    """An account to be made."""

    name: Name
    role: Name
    password: Password | None = None
    region: Adcode | None = None
    entity: Name | None = None
    display_name: Annotated[str, Field(max_length=120)] | None = None
    oidc_subject: Annotated[str, Field(min_length=1, max_length=400)] | None = None


class UserChange(Body):
    """What is to be changed of an account."""

    role: Name | None = None
    region: Adcode | None = None
    entity: Name | None = None
    display_name: Annotated[str, Field(max_length=120)] | None = None
    active: bool | None = None
    oidc_subject: Annotated[str, Field(min_length=1, max_length=400)] | None = None


class GivenPassword(Body):
    """A first password for somebody else."""

    password: Password


class NewToken(Body):
    """A token to be made."""

    label: Annotated[str, Field(min_length=1, max_length=120)]
    days: Annotated[int, Field(ge=1, le=3650)] | None = None


class NewJob(Body):
    """Work to be queued."""

    kind: Name
    arguments: dict[str, Any] = {}


class Step(Body):
    """One step of a submission."""

    step: Literal["submit", "accept", "return", "unlock"]
    reason: Reason = ""


class NewTasks(Body):
    """A plan to be split into the tasks of a year."""

    plan: Annotated[str, Field(min_length=1, max_length=120)]
    year: Annotated[int, Field(ge=1990, le=2200)]
    due: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")] | None = None


class TaskWords(Body):
    """What was done of a task, 0 to 1."""

    progress: float
    text: Reason


class TaskReview(Body):
    """A word on the last report of a task."""

    accept: bool
    reason: Reason = ""


class KeptRun(Body):
    """A run of the inventory to be kept under a name."""

    name: Annotated[str, Field(min_length=1, max_length=60)]
    year: Annotated[int, Field(ge=1900, le=2200)]
    region: Annotated[str, Field(pattern=r"^(\d{6})?$")] = ""
    programme: Annotated[str, Field(max_length=60)] = ""
    gwp: Annotated[str, Field(max_length=60)] = ""


class NewMix(Body):
    """A best mix to be found: cuts in per cent of a year by column, a budget [CNY/a]."""

    name: Annotated[str, Field(min_length=1, max_length=60)]
    year: Annotated[int, Field(ge=1900, le=2200)]
    region: Annotated[str, Field(pattern=r"^(\d{6})?$")] = ""
    targets: Annotated[dict[Name, float], Field(min_length=1, max_length=40)]
    budget_cny: Annotated[float, Field(ge=0)] | None = None
    pareto: Annotated[str, Field(max_length=40)] = ""


class NewMilestone(Body):
    """A milestone of a task."""

    title: Annotated[str, Field(min_length=1, max_length=120)]
    due: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]


class Allocation(Body):
    """A target to be broken down; ``adopt`` names the way that is kept."""

    indicator: Annotated[str, Field(max_length=60)]
    target: float
    year: Annotated[int, Field(ge=1990, le=2200)]
    kind: Literal["drop", "share", "amount"] = "drop"
    base_year: Annotated[int, Field(ge=1950, le=2200)] | None = None
    ways: Annotated[list[Annotated[str, Field(max_length=200)]], Field(max_length=10)] = []
    weight: Annotated[str, Field(max_length=60)] = "co2_energy"
    within: Annotated[str, Field(pattern=r"^[0-9]{6}$")] = "370000"
    adopt: Annotated[str, Field(max_length=200)] | None = None
    path: Literal["geometric", "linear"] = "geometric"
