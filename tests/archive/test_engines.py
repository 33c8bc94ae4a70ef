"""The engines give the same archive byte for byte, and a process that is killed costs its tasks alone."""

from __future__ import annotations

import os
import signal
import threading
import time
from datetime import date
from pathlib import Path

import pytest

from dateline.archive import LocalEngine, RayEngine, read_archive
from dateline.archive.engines import Engine
from dateline.errors import SourceError

pytest.importorskip("ray", reason="Ray is not installed")

TASK = 3
"""Articles a task here, so that a few reports are several tasks."""


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve reports of two days, and one in another language."""
    folder = tmp_path_factory.mktemp("news")
    for number in range(12):
        text = f"The council will vote on plan {number} on Friday, the mayor of Merrow said. The lock was shut on Tuesday."
        (folder / f"{number}.txt").write_text(
            f"date {date(2024, 5, 1 + number % 2)}\n{text}\n", encoding="utf-8"
        )
    french = "Le conseil a voté mardi la fermeture du pont, qui sera réparé avant l'hiver, a annoncé la maire de la ville."
    (folder / "fr.txt").write_text(f"date 2024-05-02\n{french}\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def local(news: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return archive(news, tmp_path_factory.mktemp("local"), LocalEngine())


def archive(news: Path, out: Path, engine: Engine) -> dict[str, bytes]:
    """The files of the archive that `engine` makes, by name."""
    report = read_archive([str(news)], out, engine=engine, smallest_task=TASK, largest_part=TASK)
    assert (report.read, report.problems) == (13, [])
    return {str(p.relative_to(out)): p.read_bytes() for p in out.rglob("*.parquet")}


def test_ray_gives_what_this_machine_gives_though_a_process_is_killed(
    news: Path, local: dict[str, bytes], tmp_path: Path
) -> None:
    killed: list[int] = []

    def kill_one() -> None:
        until = time.monotonic() + 120
        while not killed and time.monotonic() < until:
            for worker in our_workers()[:1]:
                os.kill(worker, signal.SIGKILL)
                killed.append(worker)
            time.sleep(0.02)

    # the first task loads the model, so that it is met at work
    killer = threading.Thread(target=kill_one)
    killer.start()
    assert archive(news, tmp_path / "ray", RayEngine(workers=2)) == local
    killer.join()
    assert killed


def our_workers() -> list[int]:
    """The processes of Ray that read for this one's cluster."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if (folder / "cmdline").read_bytes().startswith(b"ray::_read_all"):
                found.append(int(folder.name))
        except OSError:
            continue
    return found


def test_a_cluster_of_two_machines_gives_the_same(
    news: Path, local: dict[str, bytes], tmp_path: Path
) -> None:
    from ray.cluster_utils import Cluster

    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    try:
        cluster.add_node(num_cpus=1)
        assert archive(news, tmp_path / "cluster", RayEngine(address=cluster.address)) == local
    finally:
        cluster.shutdown()


def test_where_no_cluster_answers_it_is_said(news: Path, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"127\.0\.0\.1:1: no cluster of Ray answers"):
        archive(news, tmp_path / "none", RayEngine(address="127.0.0.1:1"))
