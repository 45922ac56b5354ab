"""The documentation of the API as a plain page of our own: Swagger needs a CDN and inline scripts, which we refuse."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from web.parts import WithParts

router = APIRouter(include_in_schema=False)
Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """One parameter, or one member of a body."""

    name: str
    type: str
    required: bool
    description: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One method on one path."""

    method: str
    path: str
    summary: str
    description: str
    parameters: tuple[Field, ...]
    body: tuple[Field, ...]
    answer: tuple[Field, ...]
    responses: Mapping[str, str]

    @property
    def anchor(self) -> str:
        """For links within the page."""
        return f"{self.method.lower()}{self.path.replace('/', '-').replace('{', '').replace('}', '')}"


@router.get("/api/docs")
async def get_docs(request: Request, parts: WithParts) -> HTMLResponse:
    """All operations on one page."""
    document = request.app.openapi()
    return parts.templates.render("docs.html", operations=list(operations(document)), base=str(request.base_url))


def operations(document: Schema) -> Iterator[Operation]:
    """The operations of an OpenAPI document, in its order."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield operation_of(document, path, method.upper(), operation)


def operation_of(document: Schema, path: str, method: str, operation: Schema) -> Operation:
    """One operation, with its schemas written out as fields."""
    return Operation(
        method=method,
        path=path,
        summary=operation.get("summary", ""),
        description=operation.get("description", ""),
        parameters=tuple(
            field_of(document, p["name"], p["schema"] | {"description": p.get("description", "")}, p["required"])
            for p in operation.get("parameters", [])
        ),
        body=tuple(fields_of(document, schema_in(operation.get("requestBody", {})))),
        answer=tuple(fields_of(document, schema_in(operation["responses"].get("200", {})))),
        responses={status: response["description"] for status, response in operation["responses"].items()},
    )


def schema_in(message: Schema) -> Schema:
    """The JSON schema of a request or response, empty when it has none."""
    schema: Schema = message.get("content", {}).get("application/json", {}).get("schema", {})
    return schema


def fields_of(document: Schema, schema: Schema) -> Iterator[Field]:
    """The members of an object schema."""
    resolved = resolve(document, schema)
    for name, member in resolved.get("properties", {}).items():
        yield field_of(document, name, member, name in resolved.get("required", ()))


def field_of(document: Schema, name: str, schema: Schema, required: bool) -> Field:
    """One member with its type in words."""
    return Field(name, type_of(document, schema), required, schema.get("description", ""))


def type_of(document: Schema, schema: Schema) -> str:
    """`string`, `array van CitationBody`, the allowed values, or a choice of types."""
    if "anyOf" in schema:
        return " of ".join(type_of(document, choice) for choice in schema["anyOf"])
    resolved = resolve(document, schema)
    if "enum" in resolved:
        return ", ".join(json.dumps(value, ensure_ascii=False) for value in resolved["enum"])
    if resolved.get("type") == "array":
        return f"lijst van {type_of(document, resolved['items'])}"
    if resolved.get("type") == "object":
        return "{" + ", ".join(resolved.get("properties", {})) + "}"
    return str(resolved.get("format") or resolved.get("type", "waarde"))


def resolve(document: Schema, schema: Schema) -> Schema:
    """The schema that a `$ref` points at."""
    if "$ref" not in schema:
        return schema
    name = schema["$ref"].rpartition("/")[2]
    target: Schema = document["components"]["schemas"][name]
    return target
