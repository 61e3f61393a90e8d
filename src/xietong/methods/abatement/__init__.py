"""What pollution control itself emits."""

from xietong.methods.abatement.control_operation import (
    AMOUNTS,
    PARAMS,
    SPECIES,
    control_operation,
)
from xietong.methods.method import Method

ABATEMENT = (Method(control_operation, "control_operation", PARAMS, SPECIES, AMOUNTS),)
