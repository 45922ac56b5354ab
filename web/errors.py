"""Answers every error: with a problem object for programs, with a page or a fragment of it for people."""

from __future__ import annotations

import logging

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException

from assistant.errors import StoreError
from web.parts import parts_of
from web.problems import Problem, openai_error, problem_of
from web.validation import problem_of_fields

logger = logging.getLogger(__name__)

FOR_PROGRAMS = ("/api/", "/mcp", "/health/", "/openapi.json", "/zoeken.json")
AS_OPENAI = "/v1/"


def handle_errors(app: FastAPI) -> None:
    """Registers our answers to what routes raise. What is left is caught by `CatchErrors`."""
    app.add_exception_handler(HTTPException, on_http_error)
    app.add_exception_handler(RequestValidationError, on_wrong_fields)
    app.add_exception_handler(StoreError, on_store_away)
    app.add_exception_handler(SQLAlchemyError, on_store_away)


async def on_http_error(request: Request, exc: Exception) -> Response:
    """Ours, or one of the framework such as an unknown address."""
    assert isinstance(exc, HTTPException)
    return respond(request, problem_of(exc))


async def on_wrong_fields(request: Request, exc: Exception) -> Response:
    """Fields that pydantic refused."""
    assert isinstance(exc, RequestValidationError)
    return respond(request, problem_of_fields(exc.errors()))


async def on_store_away(request: Request, exc: Exception) -> Response:
    """The index or the database cannot serve this call."""
    logger.warning("a store is away: %s", type(exc).__name__)
    return respond(request, Problem(503, headers={"Retry-After": "60"}))


def respond(request: Request, problem: Problem) -> Response:
    """The problem, as the visitor can read it."""
    if request.url.path.startswith(AS_OPENAI):
        return JSONResponse(openai_error(problem), problem.status_code, problem.headers)
    if request.url.path.startswith(FOR_PROGRAMS):
        headers = {**(problem.headers or {}), "Content-Type": "application/problem+json"}
        return JSONResponse(problem.as_json(), problem.status_code, headers)
    name = "parts/problem.html" if request.headers.get("HX-Request") else "problem.html"
    page = parts_of(request).templates.render(name, problem.status_code, problem=problem)
    page.headers.update(problem.headers or {})
    return page
