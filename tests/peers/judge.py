"""What a person, an application and a service do, with clients that others made. Started by `run`; the argument is a
folder for data."""
import html
import os
import re
import socket
import subprocess
import sys
import time
import traceback
from urllib.parse import parse_qs, urlparse

import pyotp
import requests
from authlib.common.security import generate_token
from authlib.integrations.requests_client import OAuth2Session
from authlib.jose import JsonWebKey, JsonWebToken

tree = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
program = os.path.join(tree, "build/release/tenantry")
data = os.path.join(sys.argv[1], "data")
own_machine = "00000000-0000-7000-8000-000000000004"
redirect_uri = "http://127.0.0.1:9999/callback"
login, password = "head@oak.example", "correct horse battery"


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


port = free_port()
url = f"http://127.0.0.1:{port}"


def bearer(token, **headers):
    return {"Authorization": f"Bearer {token}", **headers}


def found_school(operator):
    made = requests.post(f"{url}/v1/tenants", headers=bearer(operator),
                         json={"slug": "oak", "name": "Oak", "timezone": "Europe/London"})
    assert made.status_code == 201, made.text
    of_oak = bearer(operator, **{"X-Tenant": "oak"})
    head = requests.post(f"{url}/v1/administrators", headers=of_oak, json={"login": login, "name": "The head"})
    invited = requests.post(f"{url}/v1/administrators/{head.json()['id']}/invitation", headers=of_oak)
    chosen = requests.post(f"{url}/oauth/password", data={"invitation": invited.json()["invitation"],
                                                          "password": password, "password_again": password})
    assert chosen.status_code == 200, chosen.text
    return head.json()["id"]


def discovered():
    return requests.get(f"{url}/.well-known/openid-configuration").json()


def client(scope):
    return OAuth2Session(own_machine, scope=scope, redirect_uri=redirect_uri, code_challenge_method="S256",
                         token_endpoint_auth_method="none")


def sent_back(session, verifier, code=""):
    """Where the browser is sent with the right password, and the state that it was sent with."""
    address, state = session.create_authorization_url(discovered()["authorization_endpoint"], code_verifier=verifier,
                                                      tenant="oak", nonce="n-0S6_WzA2Mj")
    browser = requests.Session()
    page = browser.get(address, headers={"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"})
    assert page.status_code == 200, page.text
    form = html.unescape(re.search('name="form" value="([^"]*)"', page.text).group(1))
    answer = browser.post(f"{url}/oauth/login", headers={"Origin": "null"}, allow_redirects=False,
                          data={"form": form, "login": login, "password": password, "one_time_code": code})
    return answer, state


def log_in(scope="openid", code=""):
    session, verifier = client(scope), generate_token(48)
    answer, state = sent_back(session, verifier, code)
    assert answer.status_code == 303, answer.status_code
    tokens = session.fetch_token(discovered()["token_endpoint"], authorization_response=answer.headers["Location"],
                                 code_verifier=verifier, state=state)
    return session, tokens


def status(token, path="/v1/me"):
    return requests.get(url + path, headers=bearer(token)).status_code


def a_person_logs_in_and_the_id_token_is_of_them():
    _, tokens = log_in("openid roster:read")
    keys = JsonWebKey.import_key_set(requests.get(discovered()["jwks_uri"]).json())
    claims = JsonWebToken(discovered()["id_token_signing_alg_values_supported"]).decode(
        tokens["id_token"], keys, claims_options={"iss": {"essential": True, "value": url},
                                                  "aud": {"essential": True, "value": own_machine},
                                                  "nonce": {"essential": True, "value": "n-0S6_WzA2Mj"}})
    claims.validate()
    assert claims["sub"] == head, claims
    assert status(tokens["access_token"], "/v1/students") == 200
    assert status(tokens["access_token"], "/v1/users") == 403
    assert status(tokens["id_token"]) == 401


def a_refresh_token_is_good_once():
    session, tokens = log_in()
    again = session.refresh_token(discovered()["token_endpoint"], refresh_token=tokens["refresh_token"])
    assert status(again["access_token"]) == 200
    try:
        session.refresh_token(discovered()["token_endpoint"], refresh_token=tokens["refresh_token"])
    except Exception as refused:  # of Authlib, by the server's error
        assert "invalid_grant" in str(refused), refused
    else:
        raise AssertionError("a refresh token was good twice")
    assert status(again["access_token"]) == 403


def a_session_is_revoked():
    session, tokens = log_in()
    revoked = session.revoke_token(discovered()["revocation_endpoint"], token=tokens["refresh_token"],
                                   token_type_hint="refresh_token")
    assert revoked.status_code == 200, revoked.text
    assert status(tokens["access_token"]) == 403


def a_service_gets_tokens_and_introspects():
    _, tokens = log_in()
    key = requests.post(f"{url}/v1/service-keys", headers=bearer(tokens["access_token"]),
                        json={"name": "Timetable", "permissions": [{"permission": "roster:read"}]}).json()
    for method in ("client_secret_basic", "client_secret_post"):
        service = OAuth2Session(key["id"], key["key"], token_endpoint_auth_method=method)
        given = service.fetch_token(discovered()["token_endpoint"], grant_type="client_credentials")
        assert status(given["access_token"], "/v1/students") == 200
        told = service.introspect_token(discovered()["introspection_endpoint"], token=tokens["access_token"])
        assert told.json()["active"] and told.json()["sub"] == head, told.text
        told = service.introspect_token(discovered()["introspection_endpoint"], token="unknown")
        assert told.json() == {"active": False}, told.text


def an_authenticator_makes_the_codes():
    _, tokens = log_in()
    mine = bearer(tokens["access_token"])
    factor = requests.post(f"{url}/v1/me/second-factor", headers=mine).json()
    codes = pyotp.parse_uri(factor["uri"])
    assert codes.name == login, codes.name
    confirmed = requests.post(f"{url}/v1/me/second-factor/confirm", headers=mine,
                              json={"id": factor["id"], "code": codes.at(time.time() - 30)})
    assert confirmed.status_code == 200, confirmed.text
    assert sent_back(client("openid"), generate_token(48))[0].status_code == 403
    code = codes.now()
    log_in(code=code)
    assert sent_back(client("openid"), generate_token(48), code)[0].status_code == 403


def main():
    global head
    operator = subprocess.check_output([program, "operator-key", "--data", data, "--name", "Olga"], text=True).strip()
    server = subprocess.Popen([program, "serve", "--data", data, "--port", str(port), "--public-url", url],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    passed = failed = 0
    try:
        for _ in range(200):
            try:
                requests.get(f"{url}/livez", timeout=5)
                break
            except requests.ConnectionError:
                time.sleep(0.1)
        head = found_school(operator)
        for judge in (a_person_logs_in_and_the_id_token_is_of_them, a_refresh_token_is_good_once, a_session_is_revoked,
                      a_service_gets_tokens_and_introspects, an_authenticator_makes_the_codes):
            try:
                judge()
                passed += 1
            except Exception:
                traceback.print_exc()
                print(f"FAILED: {judge.__name__}")
                failed += 1
    finally:
        server.terminate()
        server.wait(30)
    print(f"{passed} passed, {failed} failed")
    return 0 if failed == 0 and passed > 0 else 1


sys.exit(main())
