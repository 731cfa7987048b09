"""Check that modules and functions stay small (`make sizes`).

Limits stand in pyproject.toml under [tool.sizes]. Data files are exempt; test modules keep only the hard limits.
"""

import ast
import statistics
import sys
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Print each breach of a limit and a summary line; return 1 when there is a breach."""
    limits = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["sizes"]
    modules = [path for name in limits["packages"] for path in sorted((ROOT / name).rglob("*.py"))]
    tests = sorted((ROOT / "tests").rglob("*.py"))
    breaches = [b for path in (*modules, *tests) for b in module_breaches(path, limits)]
    lines = sorted(n for path in modules if (n := line_count(path)) > 3)
    middle, p90 = statistics.median(lines), lines[int(len(lines) * 0.9)]
    if middle > limits["median_lines"]:
        breaches.append(f"median of modules is {middle} lines, limit {limits['median_lines']}")
    if p90 > limits["p90_lines"]:
        breaches.append(f"p90 of modules is {p90} lines, limit {limits['p90_lines']}")
    print("\n".join(breaches))
    print(f"sizes: {len(lines)} modules, median {middle:g}, p90 {p90}, max {lines[-1]} lines")
    return 1 if breaches else 0


def line_count(path: Path) -> int:
    """Lines of a file."""
    return len(path.read_text(encoding="utf-8").splitlines())


def module_breaches(path: Path, limits: dict[str, Any]) -> list[str]:
    """What in one module exceeds the hard limits."""
    name, source = path.relative_to(ROOT), path.read_text(encoding="utf-8")
    count = len(source.splitlines())
    found = [f"{name}: {count} lines, limit {limits['max_lines']}"] if count > limits["max_lines"] else []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > limits["max_function_lines"]:
                found.append(f"{name}:{node.lineno}: {node.name} has {length} lines")
    return found


if __name__ == "__main__":
    sys.exit(main())
