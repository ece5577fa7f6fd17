"""A backfill started or resumed; a stopped one says how it goes on."""

from __future__ import annotations

import shlex

from cli.console.terminal import say, say_text
from cli.work.backfilling.options import find_given
from cli.work.backfilling.printing import print_backfill, print_plan
from core.errors import CopydeskError
from core.settings import Settings
from flows.backfill.request import BackfillRequest


def start_backfill(settings: Settings, request: BackfillRequest, dry_run: bool, as_json: bool) -> None:
    """Plan a backfill, print the plan of a dry run, and work the chunks of any other."""
    from flows.backfill.plan import plan_backfill

    plan = plan_backfill(settings, request)
    if dry_run:
        print_plan(plan, as_json)
    elif not plan.chunks:
        say("nothing to do: no article matches")
    else:
        from flows.backfill.work import begin_backfill

        backfill_id = begin_backfill(settings, request, plan=plan)
        try:
            work_chunks(settings, backfill_id, as_json)
        except CopydeskError:
            say_text(_tell_resumption(backfill_id), err=True)
            raise


def work_chunks(settings: Settings, backfill_id: str, as_json: bool) -> None:
    """Work the chunks that are left; if stopped, print how to resume."""
    from cli.console.progress import ProgressBar
    from cli.console.stopping import stoppable
    from flows.backfill.work import resume_backfill
    from flows.scheduling.run_flow import run_flow

    with stoppable(_tell_resumption(backfill_id)), ProgressBar() as progress:
        report = run_flow("backfill", resume_backfill, settings, backfill_id, progress=progress)
    print_backfill(report, as_json)


def _tell_resumption(backfill_id: str) -> str:
    """The line that resumes the backfill, with this call's --lake and --config."""
    given = find_given()
    options = [f"--{name}={given[name]}" for name in ("lake", "config") if given[name]]
    line = shlex.join(["copydesk", "backfill", "resume", backfill_id, *options])
    return f"The finished chunks of backfill {backfill_id} are kept. Resume it with:\n  {line}"
