"""A group of commands whose error for an unknown name says which one is nearest."""

from __future__ import annotations

from difflib import get_close_matches

import click


class NearGroup(click.Group):
    """A group that answers an unknown command with the nearest one; a small group lists all of its commands."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that was called. Raises a usage error for an unknown one."""
        known = self.list_commands(ctx)
        if args[0] not in known and not args[0].startswith("-"):
            near = get_close_matches(args[0].lower(), known, 1)
            few = f"there are {', '.join(known)}" if len(known) < 8 else "`copydesk --help` lists the verbs."
            hint = f"did you mean {near[0]!r}?" if near else few
            raise click.UsageError(f"No such command {args[0]!r}; {hint}", ctx)
        return super().resolve_command(ctx, args)
