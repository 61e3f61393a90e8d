"""What stands before the pages: content security, size of uploads, how often one may try."""

import http.client
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from xietong.app.workspace import open_desk
from xietong.store.clock import now
from xietong.store.models import SignInAttempt
from xietong.web.pages import PAGES

POLICY = {
    "default-src 'self'",
    "connect-src 'self'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
}


def test_every_page_sends_the_policy_and_breaks_it_nowhere(site, visit):
    here = visit(site, "/login")
    nonces = set()
    for page in PAGES:
        answer = here.page.goto(site.url + page.path.replace("{key}", "jinan-peak"))
        policy = set(answer.headers["content-security-policy"].split("; "))
        assert policy >= POLICY, page.path
        scripts = next(one for one in policy if one.startswith("script-src")).split()[1:]
        assert "'unsafe-inline'" not in scripts
        nonces |= {one for one in scripts if one.startswith("'nonce-")}
        expect(here.page.locator(".xt-main")).to_be_visible()
        here.page.wait_for_timeout(150)  # what is drawn late may break it as well
    assert len(nonces) == len(PAGES)
    # what the browser says of a broken policy is an error, of which ``visit`` allows none


def test_the_policy_stops_scripts_and_requests_that_are_not_ours(site, visit):
    here = visit(site, "/admin/roles")
    expect(here.page.locator(".ag-row").first).to_be_visible()
    found = here.page.evaluate(
        """async () => {
        const broken = [];
        document.addEventListener('securitypolicyviolation',
            event => broken.push(event.effectiveDirective));
        const script = document.createElement('script');
        script.textContent = 'window.injected = true';
        document.body.append(script);
        document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="window.injected = true">');
        await fetch('http://127.0.0.2:1/').catch(() => 0);
        await new Promise(done => setTimeout(done, 300));
        return [window.injected ?? false, [...new Set(broken)].sort()];
        }"""
    )
    assert found == [False, ["connect-src", "script-src-attr", "script-src-elem"]]
    here.outside.clear()
    here.errors.clear()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Content-Length": str(2**30)}, 413),
        ({"Content-Length": str(52 * 2**20)}, 413),
        ({"Transfer-Encoding": "chunked"}, 411),
    ],
)
def test_a_body_too_large_is_refused_before_it_is_read(site, visit, headers, status):
    here = visit(site, "/plans/upload")
    with here.page.expect_request("**/upload/**") as sent:
        field = here.page.locator('input[type="file"]')
        field.set_input_files({"name": "a.txt", "mimeType": "text/plain", "buffer": b"x"})
    expect(here.marked("problem")).to_be_visible()
    at = urlsplit(sent.value.url)
    connection = http.client.HTTPConnection(at.hostname, at.port, timeout=20)
    connection.putrequest("POST", at.path)
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders()  # and not a byte of the body
    answer = connection.getresponse()
    assert answer.status == status
    assert answer.headers["content-type"] == "application/problem+json"
    connection.close()
    assert here.page.request.post(site.url + "/login", data=b"x" * (2**20 + 1)).status == 413


def test_after_too_many_failures_the_login_says_how_long_to_wait(guarded, visit, language):
    desk = open_desk(guarded.folder)
    with desk.workspace.database.writing() as session:
        session.add_all(SignInAttempt(address="127.0.0.1", at=now()) for _ in range(30))
    try:
        here = visit(guarded, "/login", language)
        here.page.get_by_label(here.t("login.name"), exact=True).fill("zhou")
        here.page.get_by_label(here.t("login.password"), exact=True).fill("Gruenes-Wasser-1")
        here.button("login.in").click()
        wait = {"zh": "请等 15 分钟", "en": "wait 15 minutes"}[language]
        expect(here.page.get_by_role("alert")).to_contain_text(wait)
    finally:
        with desk.workspace.database.writing() as session:
            session.query(SignInAttempt).delete()
        desk.workspace.close()
