"""Who may use us from inside another assistant: programs with a key of `API_KEYS`. Without keys that door is shut."""

from __future__ import annotations

import re
from hashlib import sha256
from hmac import compare_digest

from fastapi import Request
from pydantic import SecretStr

from assistant.errors import SettingsError
from web.problems import Problem

SHORTEST = 16
"""Characters of a key that cannot be guessed."""
HASHED = re.compile(r"sha256:([0-9a-f]{64})", re.IGNORECASE)


class ApiKeys:
    """The keys, of which only the hashes are kept in memory."""

    def __init__(self, keys: SecretStr | None) -> None:
        """Raises `SettingsError`, which never repeats a key."""
        self._digests = tuple(digest_of(key) for key in (keys.get_secret_value() if keys else "").split())

    def __bool__(self) -> bool:
        return bool(self._digests)

    def holder(self, request: Request) -> str:
        """An opaque name for whoever holds the key of this request. Raises `Problem` 404 when off, 401 without key."""
        if not self:
            detail = "Deze toegang staat uit. De beheerder zet hem aan met de instelling API_KEYS."
            raise Problem(404, detail)
        scheme, _, key = request.headers.get("Authorization", "").partition(" ")
        digest = sha256(key.strip().encode()).hexdigest() if scheme.casefold() == "bearer" else ""
        if not [known for known in self._digests if compare_digest(known, digest)]:
            detail = "De sleutel ontbreekt of klopt niet. Stuur hem mee als ‘Authorization: Bearer …’."
            raise Problem(401, detail, headers={"WWW-Authenticate": "Bearer"})
        return f"key {digest[:16]}"


def digest_of(key: str) -> str:
    """The hash of a key that is written plainly, or as its hash."""
    if hashed := HASHED.fullmatch(key):
        return hashed[1].lower()
    if key.startswith("sha256:"):
        raise SettingsError("API_KEYS: a hash should be `sha256:` and 64 hexadecimal digits")
    if len(key) < SHORTEST:
        raise SettingsError(f"API_KEYS: a key should have at least {SHORTEST} characters")
    return sha256(key.encode()).hexdigest()
