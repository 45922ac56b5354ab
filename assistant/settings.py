"""Every setting in one place, read once from the environment or `.env`; nobody else reads the environment."""

from __future__ import annotations

import re
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.errors import SettingsError
from assistant.logs import LogFormat


class Settings(BaseSettings):
    """What the people who run Markewijzer may choose. The README's table is held to these fields by a test."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore", frozen=True
    )

    host: str = "127.0.0.1"
    """Address that the web server listens on."""

    port: int = Field(default=8000, ge=1, le=65535)
    """Port that the web server listens on."""

    trusted_proxies: str = "127.0.0.1 ::1"
    """Addresses or networks of the proxies before us, with spaces between; only they may say who the visitor is."""

    log_format: LogFormat = "text"
    """`text` for people, or `json`: one object a line, with the request that it belongs to."""

    metrics_from: str = "127.0.0.0/8 ::1"
    """Networks that may read `/metrics` and the reasons in `/health/ready`, with spaces between."""

    otel_exporter_otlp_endpoint: str | None = None
    """Collector for traces (OTLP over HTTP), without the path; needs `pip install '.[otel]'`."""

    data_dir: Path = Path("data")
    """Folder for all that the program makes: the index, the vectors and the conversations."""

    corpus_dir: Path = Path("corpus")
    """Folder with the corpus that `make start` indexes."""

    embedding_model: str = "bundled:e5-small"
    """`bundled:e5-small`, or any model name or folder that sentence-transformers can load."""

    qdrant_url: str | None = None
    """A Qdrant server or cluster; without it the index is embedded in `DATA_DIR`."""

    qdrant_api_key: SecretStr | None = None
    """Key for `QDRANT_URL`."""

    llm_base_url: str | None = None
    """An OpenAI-compatible endpoint (`http://…/v1`) that may put answers in its own words; without it none is used."""

    llm_model: str = "model"
    """The model as that endpoint calls it."""

    llm_api_key: SecretStr | None = None
    """Key for `LLM_BASE_URL`."""

    llm_patience: float = Field(default=6.0, gt=0)
    """Seconds without a checked sentence after which the answer is given without the model."""

    llm_time_limit: float = Field(default=30.0, gt=0)
    """Seconds that the model may write on one answer."""

    llm_at_once: int = Field(default=2, ge=1)
    """Calls to the model at the same time; who comes when all are taken gets an answer without it."""

    llm_calls_per_day: int = Field(default=2000, ge=0)
    """Calls to the model a day."""

    llm_calls_per_visitor: int = Field(default=60, ge=0)
    """Calls to the model a day for one visitor."""

    database_url: str | None = None
    """SQLAlchemy URL for conversations; without it SQLite in `DATA_DIR`."""

    oidc_issuer: str | None = None
    """OpenID Connect issuer that editors may sign in through; without it they use a password."""

    oidc_client_id: str | None = None
    """What that issuer calls us."""

    oidc_client_secret: SecretStr | None = None
    """Our secret with that issuer; leave it out for a public client."""

    kept_days: int = Field(default=28, ge=1, le=28)
    """Days that a conversation, and the words of feedback, are kept; 28 at most."""

    operator: str | None = None
    """Who offers this Markewijzer and is responsible for it: named on the pages about privacy and accessibility."""

    operator_email: str | None = None
    """Where visitors reach the operator, about their data or about what does not work for them."""

    rate_limit: str = "30/minute;2000/day"
    """Questions one visitor may ask, as `limits` writes it, or `off`: then the next two are off too.

    Searches by words, and feedback, are held to the same rate, each counted apart. A crisis is always answered.
    """

    network_rate_limit: str = "300/minute;20000/day"
    """Questions all visitors of one network (IPv4 /24, IPv6 /48) may ask together."""

    site_rate_limit: str = "1200/minute;100000/day"
    """Questions that may come in through one website: each of `WIDGET_SITES`, and our own pages and API together."""

    api_keys: SecretStr | None = None
    """Keys with which other programs may use `/v1` and `/mcp`, with spaces between: the key, or `sha256:` and its hash.

    Without one both are off.
    """

    api_rate_limit: str = "120/minute"
    """Questions one such key may ask, or `off`; a crisis is always answered."""

    max_question_length: int = Field(default=2000, ge=100, le=20000)
    """Characters of a question that we read; a longer one is asked to be shorter."""

    widget_sites: str = ""
    """Websites that may show the widget, as origins with spaces between (`https://www.emmen.nl https://*.assen.nl`)."""

    exit_url: str = Field(default="https://www.buienradar.nl", pattern=r"^https?://[^\s;,]+$")
    """The ordinary page that ‘Snel weg’ goes to."""

    refresh_at: str = Field(default="03:30", pattern=r"^(off|([01]\d|2[0-3]):[0-5]\d)$")
    """When the server brings the index in line with corpus and websites every day (Dutch time), or `off`."""

    @field_validator("qdrant_url", "llm_base_url", "oidc_issuer", "otel_exporter_otlp_endpoint")
    @classmethod
    def check_url(cls, value: str | None) -> str | None:
        """A web address with a host and, if any, a port that exists."""
        if value is not None and not is_web_address(value):
            raise ValueError("Input should be an address like 'https://name.nl' or 'http://name:6333'")
        return value

    @field_validator("metrics_from", "trusted_proxies")
    @classmethod
    def check_networks(cls, value: str) -> str:
        """Addresses and networks; `*` is everybody."""
        for network in value.split():
            try:
                ip_network("0.0.0.0" if network == "*" else network, strict=False)
            except ValueError as exc:
                raise ValueError(f"Input should be like '10.0.0.0/8 ::1', and {network!r} is no network") from exc
        return value

    @property
    def has_openid(self) -> bool:
        """Whether editors can sign in through their own organisation."""
        return bool(self.oidc_issuer and self.oidc_client_id)


def is_web_address(text: str) -> bool:
    """Whether this is `http` or `https`, a host, and a port between 1 and 65535 if any."""
    try:
        url = urlsplit(text)
        return url.scheme in {"http", "https"} and bool(url.hostname) and not re.search(r"\s", text) and url.port != 0
    except ValueError:
        return False


def read_settings(**overrides: object) -> Settings:
    """The settings from the environment. Raises `SettingsError` that names each wrong variable and its value."""
    try:
        return Settings(**overrides)  # type: ignore[arg-type]  # pydantic checks them
    except ValidationError as exc:
        raise SettingsError("; ".join(map(problem_of, exc.errors()))) from exc


def problem_of(error: ErrorDetails) -> str:
    """One wrong variable, its value without a password, and what would be right."""
    value = re.sub(r"://[^@/]*@", "://…@", repr(error["input"]))
    message = error["msg"].removeprefix("Value error, ")
    return f"{'.'.join(map(str, error['loc'])).upper()}={value}: {message}"
