"""`receipt`: the papers of sales and refunds, in every form."""

from pathlib import Path

from tests.cli.running import Run, refused, unchanged


def test_a_refund_has_its_own_paper(run: Run, till: Path, tmp_path: Path) -> None:
    assert run("ring", "--scan", "TF-SCARFx2", "--cash", "1180", till=till).code == 0
    assert run("refund", "1", "--line", "1", "--reason", "สี", till=till).code == 0
    with unchanged(till):
        assert "TST1-V000001" in run("receipt", "last", till=till).out
        paper = run(
            "receipt", "TST1-C000001", "--pdf", tmp_path / "c.pdf", "--text", "-", till=till
        )
        assert "TST1-C000001" in paper.out
        assert (tmp_path / "c.pdf").read_bytes().startswith(b"%PDF")
        refused(run("receipt", "TST1-C000002", till=till), "No receipt of this till has the number")
        refused(run("receipt", "x" * 5000, till=till), "No receipt of this till has the number")


def test_a_voided_sale_shows_it(run: Run, till: Path) -> None:
    assert run("ring", "--scan", "TF-SCARF", "--cash", "590", till=till).code == 0
    before = run("receipt", "last", till=till).out
    assert run("void", "last", "--reason", "ผิด", till=till).code == 0
    after = run("receipt", "last", till=till).out
    assert "ยกเลิก" in after
    assert "ยกเลิก" not in before
