"""Hashes and checks passwords with Argon2, away from the event loop because that takes long on purpose."""

from __future__ import annotations

import asyncio

from pwdlib import PasswordHash

SHORTEST = 12
"""Characters of a password; length is worth more than odd signs."""
LONGEST = 200

HASHER = PasswordHash.recommended()
NOBODYS_HASH = "$argon2id$v=19$m=65536,t=3,p=4$X7MGdTkTuvRnC88XZpzphQ$HfTLvJl9zcCgBMRACF6x56MVK7askBmZ3NxKtrtDuSQ"
"""To compare with when there is no account: of a password that nobody has, and as much work as one of an account.

Written out, since making it takes a tenth of a second: at the first such attempt that would tell, and at a start it
would keep everybody waiting.
"""


class WeakPassword(ValueError):
    """The password is too short, or too long to hash; the message is Dutch."""


async def hash_password(password: str) -> str:
    """The hash to keep. Raises `WeakPassword`."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise WeakPassword(f"Kies een wachtwoord van {SHORTEST} tot {LONGEST} tekens. Een paar losse woorden is prima.")
    return await asyncio.to_thread(HASHER.hash, password)


async def is_password(password: str, kept: str | None) -> bool:
    """Whether this is the password behind a hash. Without a hash it is not, and finding that out takes as long."""
    right = await asyncio.to_thread(HASHER.verify, password[: LONGEST + 1], kept or NOBODYS_HASH)
    return right and kept is not None
