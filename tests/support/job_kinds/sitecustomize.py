"""Makes the tests' kind of job known in every process that has this folder on its path."""

from xietong.app.jobs.kinds import KINDS

KINDS["slow"] = "slow_job:run"
