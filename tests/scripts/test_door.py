"""Any Python that somebody has can read the scripts, and says in a line which one is needed."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest
from scripts_for_tests import loaded

SCRIPTS = Path(__file__).parents[2] / "scripts"
NEW = (
    *(ast.AnnAssign, ast.AsyncFor, ast.AsyncFunctionDef, ast.AsyncWith, ast.Await, ast.JoinedStr, ast.MatMult),
    *(ast.Match, ast.NamedExpr, ast.Nonlocal, ast.Starred, ast.YieldFrom),
)
"""What Python 2.7 has no syntax for."""

door = loaded("door")


@pytest.mark.parametrize("name", ["door", "voiceguide", "test", "check"])
def test_any_python_can_read_the_script(name: str) -> None:
    """A newer syntax would be a SyntaxError where a sentence should be; so would `print`, or a letter outside ASCII."""
    text = (SCRIPTS / f"{name}.py").read_bytes().decode("ascii")
    for node in ast.walk(ast.parse(text)):
        assert not isinstance(node, NEW), ast.unparse(node)
        match node:
            case ast.FunctionDef(returns=returns, args=arguments):
                assert returns is None
                assert not arguments.kwonlyargs
                assert not arguments.posonlyargs
                assert all(each.annotation is None for each in arguments.args)
            case ast.Raise(cause=cause):
                assert cause is None
            case ast.Call(func=ast.Name(id="print")):
                pytest.fail("print is a statement there")
            case ast.ImportFrom(module=module):
                assert module in {"door", "environment"}


def test_a_python_too_old_is_told_which_is_needed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It ends in one line and exit code 1; nothing else is done."""
    monkeypatch.setattr(door, "OLDEST", (99, 1))
    with pytest.raises(SystemExit) as ended:
        door.enter(pytest.fail)
    assert ended.value.code == 1
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert "Python 99.1 or newer is needed" in said.err
    assert sys.executable in said.err


def test_ctrl_c_is_an_answer(capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever a script was at, it ends with 130 and one line."""

    def interrupted() -> None:
        raise KeyboardInterrupt

    with pytest.raises(SystemExit) as ended:
        door.enter(interrupted)
    assert ended.value.code == 130
    assert capsys.readouterr().err == "voiceguide: Interrupted: nothing was written.\n"
