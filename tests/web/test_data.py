"""Data review and one's own tokens, through the browser, as the people who do it."""

import json
import urllib.error
import urllib.request

import pytest
from filled_in import fuel_use
from playwright.sync_api import expect
from web_server import PASSWORD


def sign_in(here, name: str) -> None:
    here.page.get_by_label(here.t("login.name"), exact=True).fill(name)
    here.page.get_by_label(here.t("login.password"), exact=True).fill(PASSWORD)
    here.button("login.in").click()


def test_data_go_their_way_from_draft_to_accepted_and_locked(guarded, visit, language):
    year = {"zh": 2022, "en": 2023}[language]
    file = {
        "name": "fuel_use.csv",
        "mimeType": "text/csv",
        "buffer": fuel_use(("370200", year, "100")),
    }
    here = visit(guarded, "/admin/data", language)
    sign_in(here, "li")
    field = here.page.locator('input[type="file"]')
    field.set_input_files({**file, "buffer": fuel_use(("370100", year, "1"))})
    expect(here.marked("problem")).to_contain_text("370100")
    field.set_input_files(file)
    expect(here.marked("handed-in").first).to_contain_text(
        here.t("data.handed_in", parts=1, rows=1)
    )
    here.cell(0, "year").click()
    card = here.marked("submission")
    expect(card).to_contain_text("示例电厂")
    here.page.wait_for_url("**row=**")
    address = here.page.url
    here.marked("step-submit").click()
    expect(here.marked("state")).to_have_text(here.t("state.submitted"))
    expect(here.marked("step-accept")).to_have_count(0)  # not one's own
    field.set_input_files(file)
    expect(here.marked("problem").first).to_contain_text("submitted")

    other = visit(guarded, address.removeprefix(guarded.url), language)
    sign_in(other, "he")
    expect(other.marked("state")).to_have_text(other.t("state.submitted"))
    other.marked("step-return").click()
    expect(other.page.locator(".xt-told")).to_contain_text({"zh": "理由", "en": "reason"}[language])
    other.page.get_by_label(other.t("data.reason")).fill("缺柴油")
    other.marked("step-return").click()
    expect(other.marked("state")).to_have_text(other.t("state.returned"))

    again = visit(guarded, address.removeprefix(guarded.url), language)
    sign_in(again, "li")
    expect(again.marked("submission")).to_contain_text("缺柴油")
    again.marked("step-submit").click()
    expect(again.marked("state")).to_have_text(again.t("state.submitted"))

    last = visit(guarded, address.removeprefix(guarded.url), language)
    sign_in(last, "he")
    last.marked("step-accept").click()
    expect(last.marked("locked")).to_be_visible()
    expect(last.marked("step-unlock")).to_have_count(0)


def test_without_data_the_page_says_what_to_do(empty, visit, language):
    here = visit(empty, "/admin/data", language)
    expect(here.marked("empty")).to_have_text(here.t("empty.data"))
    with here.page.expect_download() as waiting:
        here.marked("template").click()
    assert waiting.value.suggested_filename.endswith(".xlsx")


def test_a_token_is_made_shown_once_used_and_ended(guarded, visit, language):
    here = visit(guarded, "/admin/tokens", language)
    sign_in(here, "qian")
    name = f"python-{language}"
    here.marked("make-token").click()
    here.marked("token-label").fill(name)
    here.marked("token-days").fill("4000")
    here.marked("token-form").get_by_role("button", name=here.t("tokens.make")).click()
    expect(here.page.locator(".xt-told")).to_contain_text("4000")
    here.marked("token-days").fill("30")
    here.marked("token-form").get_by_role("button", name=here.t("tokens.make")).click()
    token = here.marked("token").inner_text()
    assert ask(guarded, token) == "qian"
    here.marked("kept").click()
    expect(here.page.get_by_text(token)).to_have_count(0)
    here.page.reload()
    row = here.page.locator(".ag-row", has_text=name)
    expect(row).to_contain_text(here.t("state.valid"))
    assert token not in here.page.content()
    row.get_by_text(name).click()
    here.marked("end-token").click()
    expect(row).to_contain_text(here.t("state.revoked"))
    with pytest.raises(urllib.error.HTTPError, match="401"):
        ask(guarded, token)


def ask(site, token: str) -> str:
    """Who the API says that the token belongs to."""
    request = urllib.request.Request(
        site.url + "/api/v1/session", headers={"Authorization": f"Bearer {token}"}
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.load(answer)["user"]["name"]


def test_without_accounts_there_are_no_tokens(empty, visit, language):
    here = visit(empty, "/admin/tokens", language)
    expect(here.marked("empty")).to_have_text(here.t("tokens.single"))
    expect(here.marked("make-token")).to_have_count(0)
