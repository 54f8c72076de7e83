"""Write the choices into the signatures of the library's functions: `python -P scripts/make_signatures.py`.

Every option is said in `voiceguide/choices/`. Editors complete and check what stands in a signature, so this script
writes the keywords there, between `# choices` and `# own`; a test compares.
"""

from __future__ import annotations

import re
from pathlib import Path

from voiceguide.choices import Choice, Choices, Label, Levels, Options, table

FILE = Path(__file__).parents[1] / "voiceguide" / "session" / "__init__.py"
TAKEN = {
    "plan": table(Choices),
    "render": (*table(Choices), *table(Levels), *table(Label), *table(Options)),
    "preview": table(Choices),
    "say": tuple(each for each in table(Choices) if each.field in ("voice", "pace", "language")),
}
"""What each function takes."""

_CHOICES = re.compile(r"(?<=    # choices\n).*?(?=    # own\n)", re.DOTALL)


def keyword(choice: Choice) -> str:
    """Return a choice as a line of a signature."""
    default = choice.default if isinstance(choice.default, (str, bool, int, float, tuple, type(None))) else None
    written = repr(str(choice.default)) if default is None and choice.default is not None else repr(default)
    optional = " | None" if choice.default is None else ""
    return f"    {choice.field}: {choice.kind.annotation}{optional} = {written},\n".replace("'", '"')


def signed(source: str) -> str:
    """Return the module with every signature as the table has it."""
    for function, choices in TAKEN.items():
        start = source.index(f"def {function}(")
        lines = "".join(map(keyword, choices))
        source = source[:start] + _CHOICES.sub(lines, source[start:], count=1)
    return source


if __name__ == "__main__":
    FILE.write_text(signed(FILE.read_text("utf-8")), "utf-8", newline="\n")
    print(FILE)
