"""`python -m tofan_pos` opens the counter."""

from tofan_pos.cli.counter import main

main()
