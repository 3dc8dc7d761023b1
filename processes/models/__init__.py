"""The standard as rows. Everything above works on `processes.shape`; `storage.py` translates."""

from processes.models.flows import (
    ChecklistItem,
    Flow,
    Step,
)
from processes.models.references import (
    Citation,
    Definition,
    Form,
    FormUse,
    Law,
)
from processes.models.standard import (
    Edition,
    EditionOrigin,
    EditionQuerySet,
    EditionStatus,
    Manual,
    Process,
    ProcessQuerySet,
    TargetDays,
)

__all__ = [
    "ChecklistItem",
    "Citation",
    "Definition",
    "Edition",
    "EditionOrigin",
    "EditionQuerySet",
    "EditionStatus",
    "Flow",
    "Form",
    "FormUse",
    "Law",
    "Manual",
    "Process",
    "ProcessQuerySet",
    "Step",
    "TargetDays",
]
