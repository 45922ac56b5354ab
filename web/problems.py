"""What we tell a visitor or a program when something is not possible (RFC 9457), in Dutch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.exceptions import HTTPException

TITLES: Mapping[int, str] = {
    400: "Dit verzoek klopt niet",
    401: "Sleutel nodig",
    403: "Dat mag niet",
    404: "Niet gevonden",
    405: "Dat kan hier niet",
    413: "Te groot",
    422: "Er klopt iets niet",
    429: "Even wachten",
    500: "Er ging iets mis",
    503: "Even niet bereikbaar",
}

DETAILS: Mapping[int, str] = {
    404: "Wat je zoekt, staat hier niet (meer). Kijk of het adres klopt.",
    405: "Dit adres kent deze methode niet.",
    413: "Wat je stuurt is groter dan 64 kB. Maak je vraag korter.",
    500: "Er ging bij ons iets mis. Probeer het over een paar minuten nog eens.",
    503: "De bronnen zijn nu even niet bereikbaar. Probeer het over een paar minuten nog eens.",
}


class Problem(HTTPException):
    """An error that is ours to explain; extra members go into the JSON object as they are."""

    def __init__(
        self, status: int, detail: str | None = None, *, headers: Mapping[str, str] | None = None, **members: Any
    ) -> None:
        super().__init__(status, detail or DETAILS.get(status, "Dit lukt zo niet."), headers)
        self.members = members

    @property
    def title(self) -> str:
        """The kind of problem, in a few words."""
        return TITLES.get(self.status_code, TITLES[400])

    def as_json(self) -> dict[str, Any]:
        """The problem object."""
        return {
            "type": "about:blank",
            "title": self.title,
            "status": self.status_code,
            "detail": self.detail,
            **self.members,
        }


def problem_of(exc: HTTPException) -> Problem:
    """An error of the framework in our words: its own details are English."""
    return exc if isinstance(exc, Problem) else Problem(exc.status_code, headers=exc.headers)


def openai_error(problem: Problem) -> dict[str, Any]:
    """The problem as clients of OpenAI read it."""
    kind = {401: "authentication_error", 429: "rate_limit_error"}.get(problem.status_code, "invalid_request_error")
    kind = "server_error" if problem.status_code >= 500 else kind
    return {"error": {"message": problem.detail, "type": kind, "param": None, "code": str(problem.status_code)}}
