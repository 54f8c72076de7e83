"""What every command shares: an option that takes one value takes one."""

from __future__ import annotations

from collections import Counter

import click


class Command(click.Command):
    """A command that refuses a second value of an option that takes one: one of the two would be lost."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read what was typed. Raises click's UsageError."""
        if not ctx.resilient_parsing:
            _, _, met = self.make_parser(ctx).parse_args([*args])
            for param, times in Counter(met).items():
                if times > 1 and isinstance(param, click.Option) and not (param.multiple or param.is_flag):
                    raise click.UsageError(
                        f"{param.opts[-1]}: expected one value, got {times}: leave all but one out", ctx
                    )
        return super().parse_args(ctx, args)
