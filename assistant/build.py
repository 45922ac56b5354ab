"""The one place that turns settings into parts; nobody else picks a concrete class."""

from __future__ import annotations

from pathlib import Path

from assistant.embedding import Embedder, open_embedder
from assistant.index import IndexHome
from assistant.language_model import LanguageModel
from assistant.settings import Settings


def build_embedder(settings: Settings) -> Embedder:
    """The encoder that `EMBEDDING_MODEL` names. Raises `SettingsError` when it cannot be loaded."""
    return open_embedder(settings.embedding_model)


def build_home(settings: Settings) -> IndexHome:
    """A Qdrant server when `QDRANT_URL` is set, else Qdrant Edge in the data folder."""
    if settings.qdrant_url:
        from qdrant_client import AsyncQdrantClient

        from assistant.index.server import ServerHome

        key = settings.qdrant_api_key.get_secret_value() if settings.qdrant_api_key else None
        return ServerHome(AsyncQdrantClient(settings.qdrant_url, api_key=key))
    from assistant.index.edge import EdgeHome

    return EdgeHome(Path(settings.data_dir) / "index")


def build_model(settings: Settings) -> LanguageModel | None:
    """The model behind `LLM_BASE_URL`, with all that keeps it within bounds; None when it is not set."""
    if not settings.llm_base_url:
        return None
    from assistant.language_model.bounds import BoundedModel, Bounds
    from assistant.language_model.endpoint import EndpointModel

    key = settings.llm_api_key.get_secret_value() if settings.llm_api_key else ""
    model = EndpointModel(settings.llm_base_url, settings.llm_model, key, time_limit=settings.llm_time_limit)
    bounds = Bounds(
        patience=settings.llm_patience,
        at_once=settings.llm_at_once,
        per_day=settings.llm_calls_per_day,
        per_visitor=settings.llm_calls_per_visitor,
    )
    return BoundedModel(model, bounds)
