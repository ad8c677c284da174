"""The container setup says the same as run.sh and the launcher; nobody can start Docker here, so the files are read."""

import re
from pathlib import Path

import pytest
import yaml

from jiaxing_titles.engines.postgres import SETTINGS

ROOT = Path(__file__).resolve().parents[2]
REQUIRED = re.compile(r"\$\{(\w+):\?\w+\}")
ANY_VARIABLE = re.compile(r"\$\{(\w+)")


@pytest.fixture(scope="module")
def compose() -> dict:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


def test_services_and_what_scales(compose):
    services = compose["services"]
    assert set(services) == {"postgres", "redis", "migrate", "web", "worker", "beat", "nginx"}
    for name in ("web", "worker"):
        assert not {"ports", "container_name"} & set(services[name]), f"{name} could not be scaled"


def test_only_the_proxy_can_be_reached(compose):
    assert [name for name, service in compose["services"].items() if service.get("ports")] == ["nginx"]
    assert compose["networks"]["inside"] == {"internal": True}
    for name, service in compose["services"].items():
        assert service["networks"] == (["inside", "outside"] if name == "nginx" else ["inside"])


def test_every_lasting_service_has_a_health_check(compose):
    for name, service in compose["services"].items():
        assert ("healthcheck" in service) != (name == "migrate"), name


def test_nothing_starts_before_the_tables_are_ready(compose):
    services = compose["services"]
    for name in ("web", "worker", "beat"):
        assert services[name]["depends_on"] == {"migrate": {"condition": "service_completed_successfully"}}
    assert services["migrate"]["depends_on"]["postgres"] == {"condition": "service_healthy"}


def test_roles_are_kept_apart(compose):
    services = compose["services"]
    assert "jiaxing_owner:" in services["migrate"]["environment"]["DATABASE_URL"]
    for name in ("web", "worker", "beat"):
        environment = services[name]["environment"]
        assert "jiaxing_app:" in environment["DATABASE_URL"]
        assert not any("OWNER" in str(value) or "ADMIN" in str(value) for value in environment.values()), name
        assert not any("TALLY" in str(value) for value in environment.values()), "nobody signs in as tally"


def test_no_secret_in_the_file_and_every_variable_explained(compose):
    text = (ROOT / "docker-compose.yml").read_text()
    used, required = set(ANY_VARIABLE.findall(text)), set(REQUIRED.findall(text))
    assert used - required == {"HTTP_PORT", "HTTPS_PORT"}, "a secret with a default is known to everybody"
    example = dict(
        line.split("=", 1) for line in (ROOT / "deploy/env.example").read_text().splitlines() if line[:1] not in "#"
    )
    assert set(example) == required
    assert set(example.values()) == {""}
    for service in compose["services"].values():
        for name, value in service.get("environment", {}).items():
            if re.search("PASSWORD|SECRET|KEY|TOKEN", name):
                assert REQUIRED.fullmatch(value), name


def test_the_database_log_keeps_as_quiet_as_the_demo(compose):
    words = compose["services"]["postgres"]["command"]
    given = dict(word.split("=", 1) for word in words if "=" in word)
    assert given == {name: value.strip("'") for name, value in SETTINGS.items() if name in given}
    assert {name for name in SETTINGS if name.startswith("log_")} - {"log_timezone"} == set(given)


def test_image_and_launcher_install_the_same_pdf_libraries():
    launcher = re.search(r'^PDF_PACKAGES="(.+)"$', (ROOT / "run.sh").read_text(), re.M)
    image = re.search(r"--no-install-recommends (.+?) \\$", (ROOT / "deploy/Dockerfile").read_text(), re.M)
    assert launcher and image
    assert launcher[1].split() == image[1].split()


def test_image_gets_everything_the_product_needs_and_no_secret():
    text = (ROOT / "deploy/Dockerfile").read_text()
    copied = set(re.findall(r"^COPY (\w+) \1$", text, re.M))
    assert copied == {
        "jiaxing_titles", "enterprises", "applications", "reviews", "certificates", "templates", "static", "deploy",
    }  # fmt: skip
    assert "--require-hashes" in text
    assert ".env" in (ROOT / ".dockerignore").read_text().split()
    assert re.search(r"^USER (?!root)", text, re.M)


def test_mounted_and_named_files_exist(compose):
    for service in compose["services"].values():
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            if source.startswith("./"):
                assert (ROOT / source).exists(), source
        for word in service.get("command", []):
            if word.startswith("deploy/"):
                assert (ROOT / word).exists(), word
