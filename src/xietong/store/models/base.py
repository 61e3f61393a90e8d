"""What all tables share: the base class, times as text, and the lock that notices other people."""

from typing import Any, ClassVar

from sqlalchemy import JSON, Integer, MetaData, String
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

# Constraints carry names, so that migrations can address them on both databases.
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Root of all tables. Times are ISO 8601 text in UTC: the same on every database and in dumps."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        list[str]: JSON,
        list[dict[str, Any]]: JSON,
        dict[str, Any]: JSON,
    }

    def values(self) -> dict[str, Any]:
        """The row as a dictionary, column by column."""
        return {column.key: getattr(self, column.key) for column in self.__mapper__.column_attrs}


class Locked:
    """A row that two people may edit: ``lock`` counts its changes and catches the slower one."""

    lock: Mapped[int] = mapped_column(Integer, default=1)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.lock}


class Reviewed(Locked):
    """An extracted row: what the program read, and what people said of it.

    ``extracted`` keeps what the program read for ever; the columns hold what is valid now.
    """

    status: Mapped[str] = mapped_column(String(12), default="extracted", index=True)
    extracted: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
