"""Upload, review, backup: what changes the workspace."""

import zipfile
from importlib.resources import files

from playwright.sync_api import expect

from xietong.app.plans.importing import import_file
from xietong.app.plans.queries import documents, row, rows
from xietong.app.plans.review import review
from xietong.app.workspace import open_desk

SAMPLE = files("xietong.plans") / "sample"


def upload(here, name: str, data: bytes) -> None:
    field = here.page.locator('input[type="file"]')
    field.set_input_files({"name": name, "mimeType": "text/plain", "buffer": data})


def test_a_document_is_looked_at_before_anything_is_stored(busy, visit, language):
    desk = open_desk(busy.folder)
    if language == "en":
        import_file(desk, str(SAMPLE / "sample.txt"))
    before = documents(desk).total
    here = visit(busy, "/plans/upload", language)
    upload(here, "方案.txt", (SAMPLE / "sample.txt").read_bytes())
    expect(here.marked("preview")).to_be_visible()
    expect(here.marked("preview").locator(".ag-row").first).to_be_visible()
    assert documents(desk).total == before
    if language == "zh":
        expect(here.marked("status")).to_have_text(here.t("upload.status.new"))
        here.marked("discard").click()
        expect(here.marked("preview")).to_have_count(0)
        assert documents(desk).total == before
        assert not list((busy.folder / "plans" / "uploads").glob("*.txt"))
        upload(here, "方案.txt", (SAMPLE / "sample.txt").read_bytes())
        here.marked("store").click()
        here.page.wait_for_url("**jobs=**")
        here.page.reload()  # the job goes on without the page
        expect(here.marked("stored")).to_contain_text("云汀市", timeout=40_000)
        assert documents(desk).total == before + 1
    else:
        expect(here.marked("status")).to_have_text(here.t("upload.status.unchanged"))
        expect(here.marked("store")).to_have_count(0)
    desk.workspace.close()


def test_a_file_that_is_no_plan_is_refused_in_words(busy, visit, language):
    here = visit(busy, "/plans/upload", language)
    upload(here, "方案.pdf", b"this is no PDF at all")
    expect(here.marked("problem")).to_contain_text("方案.pdf")
    upload(here, "../../evil.txt", b"x" * 10)
    expect(here.marked("problem")).to_have_count(2)
    assert not list(busy.folder.parent.glob("**/evil.txt"))


def test_a_plan_without_an_outline_is_refused_under_its_own_name(busy, visit, language):
    here = visit(busy, "/plans/upload", language)
    upload(here, "通知.txt", "关于开会的通知\n请准时参加。\n".encode())
    problem = here.marked("problem")
    expect(problem).to_contain_text("通知.txt" if language == "zh" else "Not a plan document")
    told = problem.inner_text()
    assert "sha" not in told and ".txt" not in told.replace("通知.txt", "").replace("或 .txt", "")
    assert ("请确认" in told) is (language == "zh")
    assert ("Check" in told) is (language == "en")


def test_a_person_confirms_corrects_rejects_and_takes_back(busy, visit, language):
    desk = open_desk(busy.folder)
    plan = "liaocheng-synergy" if language == "zh" else "qingdao-synergy"
    here = visit(busy, f"/plans/review?plan={plan}", language)
    waiting = here.count()
    here.cell(0, "what").click()
    expect(here.marked("state")).to_have_text(here.t("status.extracted"))
    here.marked("do-confirm").click()
    expect(here.marked("count")).to_have_text(here.t("grid.rows", n=waiting - 1))
    targets = [one for one in rows(desk, "targets").items if one["plan"] == plan]
    target = targets[0]["id"]
    here.page.goto(f"{busy.url}/plans/review?plan={plan}&table=targets&row={target}")
    here.marked("do-reject").click()
    expect(here.page.locator(".xt-told")).to_contain_text("理由" if language == "zh" else "reason")
    here.page.get_by_label(here.t("review.reason")).fill("核对原文")
    here.marked("do-correct").click()
    here.page.get_by_label(here.t("field.value"), exact=True).fill("12.5")
    here.button("correct.store").click()
    expect(here.marked("count")).to_have_text(here.t("grid.rows", n=waiting - 2))
    found = row(desk, "targets", target)
    assert (found["status"], found["value"]) == ("corrected", 12.5)
    assert found["reviews"][-1]["reason"] == "核对原文"
    here.page.goto(f"{busy.url}/plans/review?table=targets&row={target}")
    expect(here.page.locator(".xt-history")).to_contain_text("12.5")
    here.marked("do-reopen").click()
    expect(here.marked("state")).to_have_text(here.t("status.extracted"))
    assert row(desk, "targets", target)["value"] == targets[0]["value"]
    desk.workspace.close()


def test_two_people_at_one_row_are_told_and_nothing_is_lost(busy, visit, language):
    desk = open_desk(busy.folder)
    number = rows(desk, "milestones").items[0 if language == "zh" else 1]["id"]
    here = visit(busy, f"/plans/review?table=milestones&row={number}", language)
    expect(here.marked("state")).to_have_text(here.t("status.extracted"))
    review(desk, "milestones", number, "reject", reason="另一人先改了")
    here.marked("do-confirm").click()
    expect(here.marked("conflict")).to_contain_text(here.t("review.conflict"))
    assert row(desk, "milestones", number)["status"] == "rejected"
    here.marked("reload").click()
    expect(here.marked("state")).to_have_text(here.t("status.rejected"))
    desk.workspace.close()


def test_ticked_rows_are_confirmed_together(busy, visit):
    desk = open_desk(busy.folder)
    here = visit(busy, "/plans/review?plan=jinan-peak")
    waiting = here.count()
    boxes = here.page.locator(".ag-row .ag-checkbox-input")
    boxes.nth(0).click()
    boxes.nth(1).click()
    here.marked("confirm-chosen").click()
    expect(here.marked("count")).to_have_text(here.t("grid.rows", n=waiting - 2))
    desk.workspace.close()


def test_a_backup_is_made_as_a_job_and_can_be_taken_away(busy, visit, language, tmp_path):
    here = visit(busy, "/admin/backups", language)
    here.marked("make-backup").click()
    here.page.wait_for_url("**/admin/jobs")
    expect(here.cell(0, "state")).to_have_text(here.t("state.done"), timeout=40_000)
    here.page.goto(busy.url + "/admin/backups")
    with here.page.expect_download() as waiting:
        here.cell(0, "name").click()
    waiting.value.save_as(tmp_path / "backup.zip")
    assert "manifest.json" in zipfile.ZipFile(tmp_path / "backup.zip").namelist()


def test_a_plan_is_removed_after_telling_what_goes_with_it(busy, visit, language):
    desk = open_desk(busy.folder)
    plan = {"zh": "jinan-peak", "en": "shandong-peak"}[language]
    here = visit(busy, f"/plans/{plan}", language)
    here.marked("remove").click()
    dialog = here.marked("removal")
    expect(dialog).to_contain_text(here.t("removal.clauses"))
    here.marked("do-remove").click()
    expect(here.page.locator(".xt-told")).to_contain_text("理由" if language == "zh" else "reason")
    here.marked("removal-reason").fill("重复导入")
    here.marked("do-remove").click()
    here.page.wait_for_url("**/plans")
    expect(here.page.get_by_role("grid")).not_to_contain_text("2030年前碳达峰")
    assert plan not in [one["code"] for one in documents(desk).items]
    here.page.goto(f"{busy.url}/admin/audit?action=plan.remove")
    expect(here.cell(0, "reason")).to_have_text("重复导入")
    desk.workspace.close()
