"""Make sample.docx, sample.html and sample.pdf from sample.txt, the sample plan of our own writing.

    python scripts/make_sample.py

The PDF is the Word file printed by LibreOffice (SOFFICE names another program than soffice).
"""

import os
import subprocess
import tempfile
from pathlib import Path

from render_plan import blocks, to_docx, to_html

FOLDER = Path(__file__).parent.parent / "src/xietong/plans/sample"
TITLE = "云汀市减污降碳协同增效实施方案"
LIMIT_KB = 300


def main() -> None:
    """Write the three files beside the text."""
    parts = blocks((FOLDER / "sample.txt").read_text(encoding="utf-8"), TITLE)
    (FOLDER / "sample.html").write_text(to_html(parts, TITLE), encoding="utf-8")
    to_docx(parts, FOLDER / "sample.docx")
    print_pdf(FOLDER / "sample.docx")
    for path in sorted(FOLDER.iterdir()):
        size_kb = path.stat().st_size / 1024
        print(f"{path.name}: {size_kb:.0f} kB" + (" TOO LARGE" if size_kb > LIMIT_KB else ""))


def print_pdf(word: Path) -> None:
    """Print a Word file to PDF beside it."""
    with tempfile.TemporaryDirectory() as profile:
        command = [
            os.environ.get("SOFFICE", "soffice"),
            "--headless",
            f"-env:UserInstallation=file://{profile}",
            "--convert-to",
            "pdf",
            "--outdir",
            str(word.parent),
            str(word),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=180)


if __name__ == "__main__":
    main()
