"""Compares what another project's ESC/POS reader prints of our bytes with our own picture.

    npm install --prefix build/npos --ignore-scripts npos@0.1.19
    python -m tests.golden.compare

Needs node; everything it writes goes to build/golden.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.receipt import day, samples
from tofan_pos.domain.till import ReceiptLanguage
from tofan_pos.printing.compose import compose
from tofan_pos.printing.escpos import receipt_bytes
from tofan_pos.printing.raster import Bitmap, ensure_gui, raster
from tofan_pos.receipt.document import Document
from tofan_pos.receipt.paper import MM58, MM80
from tofan_pos.receipt.report import till_report

ROOT = Path(__file__).resolve().parents[2]
READER = ROOT / "build" / "npos" / "node_modules"
TARGET = ROOT / "build" / "golden"


def main() -> int:
    """Compare receipts of all lengths, widths and languages, and Zs; return how many differ."""
    ensure_gui()
    TARGET.mkdir(parents=True, exist_ok=True)
    differ = 0
    for paper in (MM58, MM80):
        for name, document in papers():
            bitmap = raster(compose(document, paper))
            path = TARGET / f"{paper.width}-{name}.escpos"
            path.write_bytes(receipt_bytes(bitmap))
            same = printed(path, bitmap)
            differ += not same
            sys.stdout.write(f"{path.name}: {'the same' if same else 'DIFFERENT'}\n")
    return differ


def papers() -> Iterator[tuple[str, Document]]:
    """Yield the papers to compare, each with a name."""
    figures = day.report()
    for language in ReceiptLanguage:
        for count in (1, 3, 10, 40):
            whole = samples.basket(count, discounted=True)
            yield f"{count}-{language}", samples.document(whole, language=language)
        yield (
            f"z-{language}",
            till_report(
                figures,
                profile=samples.profile(language=language),
                words=samples.WORDS,
                z=day.closed(figures),
                code=day.code(900),
            ),
        )


def printed(path: Path, bitmap: Bitmap) -> bool:
    """Tell whether the other reader prints the bitmap, dot for dot."""
    ran = subprocess.run(
        ["node", str(Path(__file__).with_name("decode.cjs")), str(path), str(bitmap.width)],
        env=os.environ | {"NODE_PATH": str(READER)},
        capture_output=True,
        check=True,
        timeout=120,
    )
    header = f"P4\n{bitmap.width} {bitmap.height}\n".encode()
    return ran.stdout == header + bitmap.data


if __name__ == "__main__":
    sys.exit(main())
