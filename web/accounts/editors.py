"""The people who may enter the desk, and what each of them may do there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from web.accounts.passwords import hash_password
from web.database import AnyRow, Database
from web.tables import editors, sessions


class Role(StrEnum):
    """What somebody may do at the desk; the value is the word that editors read."""

    EDITOR = "redacteur"
    CHIEF = "hoofdredacteur"


@dataclass(frozen=True, slots=True)
class Editor:
    """Somebody with an account. `name` is what they sign in with: a name, or their e-mail address."""

    id: UUID
    name: str
    role: Role
    active: bool
    created: datetime
    uses_openid: bool

    @property
    def is_chief(self) -> bool:
        """A chief editor also publishes, pauses answering and manages accounts."""
        return self.role is Role.CHIEF


class NameTaken(ValueError):
    """There is an account with this name already; the message is Dutch."""


class LastChief(ValueError):
    """Nobody would be left to manage the accounts; the message is Dutch."""


class Editors:
    """The table of editors. Everything here may raise one of `AWAY`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def all(self) -> list[Editor]:
        """Everybody, by name."""
        return [editor_of(row) for row in await self._database.read(select(editors).order_by(editors.c.name))]

    async def get(self, id: UUID) -> Editor | None:
        """One editor."""
        row = await self._database.first(select(editors).where(editors.c.id == id))
        return editor_of(row) if row else None

    async def with_password(self, name: str) -> tuple[Editor | None, str | None]:
        """The active editor with this name, and the hash of the password; both None when there is none."""
        query = select(editors).where(editors.c.name == folded(name), editors.c.active)
        row = await self._database.first(query)
        return (editor_of(row), row.password_hash) if row else (None, None)

    async def with_subject(self, subject: str, email: str | None) -> Editor | None:
        """The active editor behind an identity. At the first time their confirmed e-mail address tells who it is."""
        row = await self._database.first(select(editors).where(editors.c.subject == subject, editors.c.active))
        if row is None and email:
            unknown = (editors.c.name == folded(email)) & editors.c.subject.is_(None) & editors.c.active
            await self._database.write(update(editors).where(unknown).values(subject=subject))
            row = await self._database.first(select(editors).where(editors.c.subject == subject, editors.c.active))
        return editor_of(row) if row else None

    async def add(self, name: str, role: Role, password: str | None) -> Editor:
        """A new account; without a password only OpenID Connect lets them in.

        Raises `WeakPassword` or `NameTaken`.
        """
        hashed = None if password is None else await hash_password(password)
        values = {"id": uuid4(), "name": folded(name), "role": role.value, "active": True, "password_hash": hashed}
        try:
            await self._database.write(insert(editors).values(created=datetime.now(UTC), **values))
        except IntegrityError as exc:
            raise NameTaken(f"Er is al een account met de naam ‘{folded(name)}’. Kies een andere naam.") from exc
        row = await self._database.first(select(editors).where(editors.c.id == values["id"]))
        assert row is not None
        return editor_of(row)

    async def set_password(self, id: UUID, password: str) -> None:
        """Another password; whoever was signed in has to sign in again. Raises `WeakPassword`."""
        hashed = await hash_password(password)
        await self._database.write(
            update(editors).where(editors.c.id == id).values(password_hash=hashed),
            delete(sessions).where(sessions.c.editor == id),
        )

    async def change(self, id: UUID, *, role: Role, active: bool) -> None:
        """Another role, or in or out; ends their sessions. Raises `LastChief`."""
        chief = (editors.c.role == Role.CHIEF.value) & editors.c.active
        async with self._database.begin() as connection:
            # Locks the row that all such changes touch, so that two chiefs cannot both be the last to leave.
            await connection.execute(update(editors).where(chief).values(role=Role.CHIEF.value))
            await connection.execute(update(editors).where(editors.c.id == id).values(role=role.value, active=active))
            await connection.execute(delete(sessions).where(sessions.c.editor == id))
            left = (await connection.execute(select(func.count()).select_from(editors).where(chief))).scalar_one()
            if not left:
                raise LastChief("Er moet een hoofdredacteur overblijven. Maak eerst iemand anders hoofdredacteur.")


def editor_of(row: AnyRow) -> Editor:
    """A stored editor."""
    uses_openid = row.subject is not None or row.password_hash is None
    return Editor(row.id, row.name, Role(row.role), row.active, row.created, uses_openid)


def folded(name: str) -> str:
    """Names that differ only in case or white space are one name."""
    return " ".join(name.casefold().split())
