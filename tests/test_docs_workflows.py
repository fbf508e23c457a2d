"""The workflows keep strangers' text out of scripts and strangers' code out of the checker."""

from __future__ import annotations

import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from archives import COMMAND, ROOT, commit, copy_tiny, environment, git, plan_archive
from plan_archive.cli import command

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
SCRIPTED = (
    "Leave only texts in the head",
    "Check every file",
    "Build the site",
    "Tell what changes",
    "Show the changes in the summary",
)
"""The steps of the pull-request workflow that are run here as they stand."""


def _load(file: Path) -> dict[Any, Any]:
    document = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert isinstance(document, dict)
    return document


def _events(workflow: dict[Any, Any]) -> dict[str, Any]:
    return workflow[True]  # YAML 1.1 reads the key `on` as yes


def _steps(workflow: dict[Any, Any]) -> Iterator[dict[str, Any]]:
    for job in workflow["jobs"].values():
        yield from job["steps"]


def _step(name: str) -> dict[str, Any]:
    return next(step for step in _steps(_load(ROOT / ".github/workflows/check.yml")) if step.get("name") == name)


def _scripts() -> Iterator[tuple[str, str]]:
    """Every line of script of every workflow, with its file's name."""
    for file in WORKFLOWS:
        for step in _steps(_load(file)):
            yield from ((file.name, line) for line in step.get("run", "").split("\n"))
    for job in _load(ROOT / ".gitlab-ci.yml").values():
        if isinstance(job, dict):
            yield from ((".gitlab-ci.yml", line) for line in job.get("script", ()))


def test_the_two_workflows_are_there() -> None:
    """There is one workflow for pull requests and one for publishing, and no other that these rules would miss."""
    assert [file.name for file in WORKFLOWS] == ["check.yml", "publish.yml"]


def test_pull_requests_start_the_check_alone() -> None:
    """Pull requests run with the rights of the pull request: never pull_request_target, never workflow_run."""
    assert list(_events(_load(WORKFLOWS[0]))) == ["pull_request"]
    assert set(_events(_load(WORKFLOWS[1]))) == {"push", "schedule", "workflow_dispatch"}


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_tokens_can_only_read(file: Path) -> None:
    """A workflow's token reads the contents; only the job that publishes may write, and only to the pages."""
    workflow = _load(file)
    own = {name: job["permissions"] for name, job in workflow["jobs"].items() if "permissions" in job}
    assert workflow["permissions"] == {"contents": "read"}
    assert own == ({"deploy": {"pages": "write", "id-token": "write"}} if file.name == "publish.yml" else {})


def test_the_job_that_may_write_runs_no_script() -> None:
    """What may write to the pages is one action, not a script and not the repository's code."""
    steps = _load(WORKFLOWS[1])["jobs"]["deploy"]["steps"]
    assert [re.sub(r"@.*", "", step["uses"]) for step in steps] == ["actions/deploy-pages"]


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_no_secrets(file: Path) -> None:
    """No workflow reads a secret or the token."""
    text = "\n".join(line for line in file.read_text(encoding="utf-8").split("\n") if not line.lstrip().startswith("#"))
    assert re.findall(r"secrets|github\.token|GITHUB_TOKEN", text) == []


def test_nothing_is_written_into_a_script() -> None:
    """A script holds no `${{ }}`: what it needs comes through the environment."""
    lines = list(_scripts())
    assert len(lines) > 10
    assert [line for line in lines if "${{" in line[1]] == []


def test_environments_hold_no_words_of_strangers() -> None:
    """Even the environment takes hashes and numbers only, never a title, a text or a branch's name."""
    taken = {
        found
        for file in WORKFLOWS
        for found in re.findall(r"\$\{\{(.*?)\}\}", file.read_text(encoding="utf-8"))
        if "github.event" in found or "head_ref" in found
    }
    assert {found.strip() for found in taken} == {
        "github.event.pull_request.base.sha",
        "github.event.pull_request.number",
        "github.event.pull_request.head.repo.full_name == github.repository && github.sha"
        " || github.event.pull_request.base.sha",
    }


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_checkouts_bring_the_history_and_leave_no_token(file: Path) -> None:
    """Every checkout fetches the whole history and leaves no token behind for scripts to find."""
    checkouts = [step["with"] for step in _steps(_load(file)) if step.get("uses", "").startswith("actions/checkout")]
    assert checkouts
    assert [(given["fetch-depth"], given["persist-credentials"]) for given in checkouts] == [(0, False)] * len(
        checkouts
    )


def test_gitlab_fetches_the_history() -> None:
    """GitLab fetches the whole history too."""
    assert _load(ROOT / ".gitlab-ci.yml")["variables"]["GIT_DEPTH"] == "0"


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)
def test_actions_are_githubs_own_at_a_major_version(file: Path) -> None:
    """Only GitHub's own actions are used, each at a major version."""
    used = [step["uses"] for step in _steps(_load(file)) if "uses" in step]
    assert used
    assert [name for name in used if not re.fullmatch(r"actions/[a-z-]+@v[0-9]+", name)] == []


def test_tests_run_for_branches_of_this_repository_only() -> None:
    """The job that runs the head's own code does not start for a fork."""
    job = _load(WORKFLOWS[0])["jobs"]["software"]
    assert job["if"] == "github.event.pull_request.head.repo.full_name == github.repository"


def test_the_checker_of_a_fork_comes_from_the_base() -> None:
    """What is installed is the base's checkout, which for a fork is the base's commit."""
    assert _step("Install the checker")["run"].split()[-1] == "./base"
    assert _step("Fetch the checker and the theme")["with"]["ref"].rstrip(" }").endswith("pull_request.base.sha")


def test_workflows_use_commands_and_options_that_exist() -> None:
    """Each `plan-archive` line in a workflow is understood by the command line."""
    lines = [line for _, line in _scripts() if line.strip().startswith("plan-archive")]
    assert len(lines) >= 8
    for line in lines:
        words = [word for word in shlex.split(line)[1:] if word not in ("-C", "head")]
        one = command.commands[words[0]]
        one.make_context(words[0], words[1:], resilient_parsing=False, parent=click.Context(command, obj=ROOT))


def test_the_pre_commit_hook_checks_when_a_plan_changes() -> None:
    """The hook runs the check for plans, archive and help pages, and for nothing else."""
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert (hook["entry"], hook["language"], hook["pass_filenames"]) == ("plan-archive check", "python", False)
    starts = re.compile(hook["files"])
    assert all(starts.search(name) for name in ("plans/cypp/2007.md", "archive/x/plan.yml", "docs/about/index.md"))
    assert not any(starts.search(name) for name in ("README.md", "tests/plans/x.md", "mkdocs_plugins/plan.py"))


HOSTILE = "\n::stop-commands::x and $(touch was-run) and `touch was-run` tell @everyone to see www.evil.example\n"
"""A sentence of a text that is a command to a runner, to a shell and to a forge."""


def _evil(mark: Path) -> str:
    return f"from pathlib import Path\nPath({str(mark)!r}).write_text('run')\n"


@pytest.fixture(scope="module")
def after_a_hostile_pull_request(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The workspace after the workflow's scripts met a head that tries to run its own code, and that code's mark."""
    space = tmp_path_factory.mktemp("workspace")
    mark = tmp_path_factory.mktemp("mark") / "was-run"
    base = copy_tiny(space / "base")
    commit(base)
    git(space, "clone", "--quiet", "base", "head")
    head = space / "head"
    for name in ("hook.py", "mkdocs.py", "yaml.py", "sitecustomize.py", "plan_archive.py"):
        (head / name).write_text(_evil(mark), encoding="utf-8")
    (head / "mkdocs.yml").unlink()
    (space / "victim.yml").write_text("untouched\n", encoding="utf-8")
    (head / "mkdocs.yml").symlink_to("../victim.yml")
    text = head / "plans" / "alpha" / "2007.md"
    text.write_text(
        text.read_text(encoding="utf-8") + "\nA new last sentence.\n" + HOSTILE, encoding="utf-8", newline="\n"
    )
    git(head, "add", "--all")
    git(head, "commit", "--quiet", "--message", "Hostile")
    path = f"{Path(COMMAND).parent}:{environment()['PATH']}"
    (space / "temp").mkdir()
    (space / "summary.md").write_text("# Before\n", encoding="utf-8")
    runner = {"RUNNER_TEMP": str(space / "temp"), "GITHUB_STEP_SUMMARY": str(space / "summary.md")}
    given = environment(PATH=path, GITHUB_WORKSPACE=str(space), BASE_SHA=git(base, "rev-parse", "HEAD"), **runner)
    for name in SCRIPTED:
        script = ["bash", "-eo", "pipefail", "-c", _step(name)["run"]]
        done = subprocess.run(script, cwd=space, env=given, capture_output=True, text=True, check=False)
        assert done.returncode == 0, (name, done.stdout, done.stderr)
        assert "::stop" not in done.stdout + done.stderr, name
    return space, mark


@pytest.mark.site
def test_no_code_of_a_fork_is_run(after_a_hostile_pull_request: tuple[Path, Path]) -> None:
    """Neither hooks nor modules that a fork brings are run."""
    _, mark = after_a_hostile_pull_request
    assert not mark.exists()


@pytest.mark.site
def test_a_link_in_a_forks_head_is_not_written_through(after_a_hostile_pull_request: tuple[Path, Path]) -> None:
    """A fork's mkdocs.yml that is a link is replaced; what it led to stays as it was."""
    space, _ = after_a_hostile_pull_request
    assert (space / "victim.yml").read_text(encoding="utf-8") == "untouched\n"
    assert (space / "head" / "mkdocs.yml").read_bytes() == (space / "base" / "mkdocs.yml").read_bytes()


@pytest.mark.site
def test_the_preview_shows_the_forks_text(after_a_hostile_pull_request: tuple[Path, Path]) -> None:
    """The reviewer gets the site with the fork's text, and a report of what changed."""
    space, _ = after_a_hostile_pull_request
    page = (space / "preview" / "site" / "plans" / "alpha" / "2007" / "index.html").read_text(encoding="utf-8")
    report = (space / "preview" / "changes.html").read_text(encoding="utf-8")
    assert page.count("A new last sentence.") == 1
    assert report.count("A new last sentence.") == 1
    assert "1 edition differs" in report


@pytest.mark.site
def test_the_summary_tells_what_changed_and_nothing_in_it_is_alive(
    after_a_hostile_pull_request: tuple[Path, Path],
) -> None:
    """The job's summary gains the report; a fork's words in it are no command, no markup, no mention and no link."""
    space, _ = after_a_hostile_pull_request
    summary = (space / "summary.md").read_text(encoding="utf-8")
    assert summary.startswith("# Before\n")
    assert "A new last sentence" in summary
    assert "stop\\-commands" in summary
    assert [sign for sign in ("::", "`", "$(", "@", "www.") if sign in summary] == []
    assert not list(space.rglob("was-run"))


@pytest.mark.site
def test_a_build_runs_no_module_that_lies_in_the_archive(tmp_path: Path) -> None:
    """A file in the archive that is named like a library is never run by a build."""
    archive = copy_tiny(tmp_path / "archive")
    mark = tmp_path / "was-run"
    for name in ("mkdocs.py", "yaml.py", "material.py"):
        (archive / name).write_text(_evil(mark), encoding="utf-8")
    ran = plan_archive(archive, "build")
    assert ran.code == 0, ran.err
    assert not mark.exists()
