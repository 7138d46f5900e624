#!/usr/bin/env python3
"""Rules of this repository that no compiler checks: lengths of files and functions, and what stands at the top."""

import pathlib
import re
import subprocess
import sys

LONGEST_FILE = 500
LONGEST_FUNCTION = 80
FOLDERS = {"Sources", "Tests", "examples", "schemas", "terraform", "docs", "Benchmarks", "deploy", ".ci"}
FILES = {
    "Package.swift", "Package.resolved", "Makefile", "README.md", "CONTRIBUTING.md", "LICENSE", ".gitignore", ".swift-format",
}
# The files are formatted, so a function ends at the first closing brace with its own indentation.
FUNCTION = re.compile(
    r"^(?P<indent> *)(?:@\w+(?:\([^)]*\))? )*(?:(?:package|public|private|fileprivate|internal|static|override|final|mutating"
    r"|nonmutating|nonisolated|convenience|required|indirect) )*(?:func|init|deinit|subscript)\b"
)


def long_functions(lines: list[str]):
    for start, line in enumerate(lines):
        match = FUNCTION.match(line)
        if not match or line.rstrip().endswith("}"):
            continue
        closing = match["indent"] + "}"
        for end in range(start + 1, len(lines)):
            text = lines[end]
            if text.startswith(closing):
                if end - start + 1 > LONGEST_FUNCTION:
                    yield start + 1, end - start + 1
                break
            indentation = len(text) - len(text.lstrip())
            if text.strip() and indentation < len(match["indent"]):
                break  # A requirement of a protocol has no body.


def main() -> int:
    root = pathlib.Path(__file__).resolve().parent.parent
    listing = subprocess.run(["git", "ls-files"], cwd=root, check=True, capture_output=True, text=True)
    complaints = []
    for name in listing.stdout.splitlines():
        path = pathlib.PurePosixPath(name)
        if len(path.parts) > 1 and path.parts[0] not in FOLDERS or len(path.parts) == 1 and name not in FILES:
            complaints.append(f"{name}: does not belong at the top of the repository")
        if path.suffix != ".swift" or not (root / path).exists():
            continue
        lines = (root / path).read_text(encoding="utf-8").splitlines()
        if len(lines) > LONGEST_FILE:
            complaints.append(f"{name}: {len(lines)} lines; {LONGEST_FILE} are the limit")
        for line, length in long_functions(lines):
            complaints.append(f"{name}:{line}: a function of {length} lines; {LONGEST_FUNCTION} are the limit")
    print("\n".join(complaints) if complaints else "Lengths and places are as they should be.")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
