"""What stands in `deploy/` names only what exists, gives no process more rights than it needs, and can be read."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.domain import Answer, Outcome
from assistant.settings import Settings
from tests.conftest import REPOSITORY
from web.metrics import Metrics

DEPLOY = REPOSITORY / "deploy"
SETTINGS = {name.upper() for name in Settings.model_fields}
OF_OTHERS = {"PATH", "HOME", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "HF_HUB_OFFLINE", "TORCH_INDEX"}
NAME = r"\b([A-Z_]+)="
YAML = sorted(DEPLOY.rglob("*.yaml"))


def documents(path: Path) -> list[Any]:
    return list(yaml.safe_load_all(path.read_text(encoding="utf-8")))


def pods() -> Iterator[dict[str, Any]]:
    """Every pod of the Kubernetes files."""
    for path in (DEPLOY / "kubernetes").glob("*.yaml"):
        for document in documents(path):
            if document["kind"] in {"Deployment", "StatefulSet"}:
                yield document["spec"]["template"]["spec"]


def services(name: str) -> dict[str, Any]:
    services: dict[str, Any] = documents(DEPLOY / name)[0]["services"]
    return services


@pytest.mark.parametrize("path", YAML, ids=lambda path: str(path.relative_to(DEPLOY)))
def test_every_yaml_file_can_be_read(path: Path) -> None:
    assert all(documents(path))


def test_every_setting_that_is_given_exists() -> None:
    image = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    unit = (DEPLOY / "systemd" / "markewijzer.service").read_text(encoding="utf-8")
    given = [name for line in re.findall(r"^Environment=(.*)$", unit, re.MULTILINE) for name in re.findall(NAME, line)]
    named = {*re.findall(r"^    ?(?:ENV )?([A-Z_]+)=", image, re.MULTILINE), *given}
    named |= set(documents(DEPLOY / "kubernetes" / "settings.yaml")[0]["data"])
    for pod in pods():
        named |= {variable["name"] for container in pod["containers"] for variable in container["env"]}
    for name in ("compose.yaml", "compose.cluster.yaml"):
        ours = [service for service in services(name).values() if service["image"] == "markewijzer"]
        named |= {variable for service in ours for variable in service["environment"]}

    assert {"DATA_DIR", "QDRANT_URL", "DATABASE_URL", "METRICS_FROM", "TRUSTED_PROXIES"} <= named
    assert named <= SETTINGS | OF_OTHERS


def test_no_container_of_ours_is_root_or_writes_outside_its_folders() -> None:
    for pod in pods():
        assert pod["securityContext"]["runAsNonRoot"] is True
        for container in [*pod["containers"], *pod.get("initContainers", [])]:
            assert container["securityContext"]["readOnlyRootFilesystem"] is True
            assert container["securityContext"]["allowPrivilegeEscalation"] is False
            assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}
            assert "memory" in container["resources"]["limits"]
    for name in ("compose.yaml", "compose.cluster.yaml"):
        for service in services(name).values():
            if service["image"] == "markewijzer":
                assert (service["user"], service["read_only"], service["cap_drop"]) == ("10001:10001", True, ["ALL"])
    assert "\nUSER 10001:10001\n" in (DEPLOY / "Dockerfile").read_text(encoding="utf-8")


def test_running_answers_get_the_time_that_the_server_gives_them() -> None:
    from web.serving import PATIENCE

    assert all(pod["terminationGracePeriodSeconds"] > PATIENCE + 10 for pod in pods())
    for name in ("compose.yaml", "compose.cluster.yaml"):
        ours = [s for s in services(name).values() if s["image"] == "markewijzer" and "restart" in s]
        assert all(int(s["stop_grace_period"].rstrip("s")) > PATIENCE + 10 for s in ours if s["restart"] != "no")


def test_only_one_process_refreshes_where_there_are_several() -> None:
    cluster = services("compose.cluster.yaml")

    assert cluster["web"]["environment"]["REFRESH_AT"] == "off"
    assert cluster["desk"]["environment"]["REFRESH_AT"] != "off"
    assert cluster["desk"].get("deploy", {}).get("replicas", 1) == 1


def test_the_image_holds_every_package_that_the_server_imports() -> None:
    image = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    ignored = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()

    for name in ("assistant", "ingest", "web", "corpus"):
        assert re.search(rf"^COPY {name} ", image, re.MULTILINE)
        assert f"!{name}" in ignored
    assert ignored[1] == "*"


def test_what_a_start_reads_is_derived_before_nothing_can_be_written_any_more() -> None:
    image = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    unit = (DEPLOY / "systemd" / "markewijzer.service").read_text(encoding="utf-8")
    recipe = (REPOSITORY / "Makefile").read_text(encoding="utf-8")

    assert image.index("COPY web web") < image.index("-m assistant.beforehand") < image.index("COPY --from=build /app")
    assert "after `make install`" in unit
    assert re.search(r"^install: \$\(VENV\)/\.derived ", recipe, re.MULTILINE)
    assert re.search(
        r"^\$\(VENV\)/\.derived:.*\n(?:\t.*\n)*\t\$\(BIN\)/python -m assistant\.beforehand\n", recipe, re.MULTILINE
    )


def names_of_figures() -> set[str]:
    """Every figure that a server may tell."""
    metrics = Metrics()
    metrics.request("GET", "/", 200, 0.1)
    metrics.answer(Answer(Outcome.ANSWERED, ""), {"WriteAnswer": 1.0}, is_kept=False)
    metrics.feedback("helped")
    metrics.part("index", works=True)
    metrics.index({"sources": 1})
    metrics.refresh({"failed": 0})
    return set(re.findall(r"^([a-z_]+)[ {]", metrics.text().decode(), re.MULTILINE))


@pytest.mark.parametrize("name", ["monitoring/alerts.yaml", "monitoring/grafana-dashboard.json"])
def test_what_is_watched_is_what_a_server_tells(name: str) -> None:
    used = set(re.findall(r"\b((?:markewijzer|process)_[a-z_]+)", (DEPLOY / name).read_text(encoding="utf-8")))

    assert used
    assert used <= names_of_figures()


def test_the_dashboard_has_panels_that_do_not_lie_over_each_other() -> None:
    board = json.loads((DEPLOY / "monitoring" / "grafana-dashboard.json").read_text(encoding="utf-8"))

    places = [(panel["gridPos"]["x"], panel["gridPos"]["y"]) for panel in board["panels"]]
    assert len(places) == len(set(places)) >= 12
    assert all(target["expr"] for panel in board["panels"] for target in panel["targets"])


def test_every_alert_points_at_a_part_of_the_manual_that_exists() -> None:
    manual = (REPOSITORY / "docs" / "operations.md").read_text(encoding="utf-8")
    parts = {
        re.sub(r"[^a-z ]", "", h.lower()).replace(" ", "-") for h in re.findall(r"^#+ (.+)$", manual, re.MULTILINE)
    }
    rules = documents(DEPLOY / "monitoring" / "alerts.yaml")[0]["groups"][0]["rules"]

    assert {rule["annotations"]["runbook"].partition("#")[2] for rule in rules} <= parts


def test_nginx_can_read_its_file(tmp_path: Path) -> None:
    program = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/bin")
    if program is None or shutil.which("openssl") is None:
        pytest.skip("no nginx or openssl found: run `apt-get install nginx openssl`")
    subprocess.run(
        "openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=x -keyout privkey.pem -out fullchain.pem".split(),
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    ours = (DEPLOY / "nginx" / "markewijzer.conf").read_text(encoding="utf-8")
    for name, real in {
        "/etc/nginx/certificates": str(tmp_path),
        "/var/log/nginx": str(tmp_path),
        "server web:8000": "server 127.0.0.1:8000",
        "server desk:8000": "server 127.0.0.1:8000",
    }.items():
        ours = ours.replace(name, real)
    whole = f"pid {tmp_path}/pid; error_log stderr; events {{}} http {{ {ours} }}"
    (tmp_path / "nginx.conf").write_text(whole, encoding="utf-8")

    checked = subprocess.run(
        [program, "-t", "-c", str(tmp_path / "nginx.conf"), "-e", "stderr"], capture_output=True, text=True
    )

    assert checked.returncode == 0, checked.stderr


def test_systemd_can_read_its_unit(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd-analyze found: run `apt-get install systemd`")
    unit = (DEPLOY / "systemd" / "markewijzer.service").read_text(encoding="utf-8")
    copy = tmp_path / "markewijzer.service"
    copy.write_text(unit.replace("/opt/markewijzer/.venv/bin/python", "/bin/true"), encoding="utf-8")

    checked = subprocess.run(["systemd-analyze", "verify", str(copy)], capture_output=True, text=True)

    complaints = [line for line in checked.stderr.splitlines() if "markewijzer.service" in line]
    assert complaints == []
