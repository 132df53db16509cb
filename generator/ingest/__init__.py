"""Use case: raw files → article pages.

Understanding a raw file is pure and may run in several processes; deciding what happens to its pages and
writing them is one process's work, file by file, so that one bad file costs only itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.errors import UsageError
from generator.ingest.filing import Filing, Options
from generator.ingest.places import find_articles
from generator.ingest.report import Outcome, Progress, Report, Result
from generator.settings import Settings
from generator.storage import RAW, Project

__all__ = ["Options", "Outcome", "Progress", "Report", "Result", "file_settled", "ingest"]


def ingest(
    project: Project,
    settings: Settings,
    places: Sequence[str],
    options: Options,
    progress: Progress | None = None,
) -> Report:
    """Bring the pages up to date with the raw files below `places`: raw files and folders, and pages, which stand for
    their raw articles. `refresh` touches only what is named.

    `progress` is told of every raw file and every article.

    Raises:
        UsageError: a place is not there, or --url/--source stand with more than one file.
    """
    named = find_articles(project, places)
    names = list(dict.fromkeys(project.raw_files(named.files or (RAW,))))
    if (options.url or options.source) and len(names) != 1:
        raise UsageError(f"--url and --source speak of one raw file; {len(names)} are named")
    report = Report()
    progress = progress or Progress()
    filing = Filing(project, settings, options, progress.step, named.articles)
    progress.begin(len(names))
    try:
        for result in filing.run(names, everything=not places):
            report.results.append(result)
            progress.tell(result)
    finally:
        progress.end()
    return report


def file_settled(project: Project, settings: Settings, options: Options) -> Report:
    """File the held pages that an editor has settled, and do nothing else."""
    return Report(list(Filing(project, settings, options).file_settled()))
