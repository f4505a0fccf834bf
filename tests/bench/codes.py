"""What is scanned: codes of the large catalogue, without what it takes to make that."""

import random

from tofan_pos.domain.catalogue import ean13_check_digit


def barcodes(count: int, *, seed: int, products: int) -> list[str]:
    """Return scans of different products, the same on every run."""
    chosen = random.Random(seed).sample(range(products), count)
    return [(digits := f"20{n:010d}") + ean13_check_digit(digits) for n in chosen]
