#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Countersign authors
# SPDX-License-Identifier: Apache-2.0
"""MSAL Python on a token cache file. Nothing is networked.

usage: msalpython.py find CACHE CLIENT TENANT SCOPE…   prints the accounts and the token it finds for each, as JSON
       msalpython.py contract CACHE                    writes what MSAL's own test adds (contract C12)
       msalpython.py add CACHE                         adds another person's tokens, as after a sign-in
       msalpython.py rewrite CACHE                     reads and writes
"""
import base64
import json
import sys
import time

import msal

HOST = "login.microsoftonline.com"


class Discovery:
    """The HTTP client: knows the tenant's document and refuses everything else."""

    def __init__(self, url):
        base = url.split("/v2.0/")[0]
        self.status_code, self.headers = 200, {}
        self.text = json.dumps({
            "issuer": base + "/v2.0",
            "authorization_endpoint": base + "/oauth2/v2.0/authorize",
            "token_endpoint": base + "/oauth2/v2.0/token"})

    def raise_for_status(self):
        pass


class Http:
    def get(self, url, **kwargs):
        return Discovery(url)

    def post(self, url, **kwargs):
        raise RuntimeError("a cached token must not need the network")

    def close(self):
        pass


def encoded(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def id_token(**claims):
    return ".".join([encoded({"alg": "none"}), encoded(claims), "signature"])


def load(path):
    cache = msal.SerializableTokenCache()
    with open(path, encoding="utf-8") as file:
        cache.deserialize(file.read())
    return cache


def save(cache, path):
    with open(path, "w", encoding="utf-8") as file:
        file.write(cache.serialize())


def find(path, client, tenant, *scopes):
    app = msal.PublicClientApplication(
        client, authority="https://%s/%s" % (HOST, tenant), token_cache=load(path), http_client=Http(),
        instance_discovery=False)
    found = []
    for account in app.get_accounts():
        token = app.acquire_token_silent(list(scopes), account) or {}
        found.append({"username": account["username"], "home": account["home_account_id"],
                      "token": token.get("access_token")})
    print(json.dumps(found))


def contract(path):
    cache = msal.SerializableTokenCache()
    cache.add({
        "client_id": "my_client_id",
        "scope": ["s1", "s2", "s3"],  # sorted, as later versions do by themselves
        "token_endpoint": "https://login.example.com/contoso/v2/token",
        "response": {
            "token_type": "Bearer", "access_token": "an access token", "refresh_token": "a refresh token",
            "client_info": encoded({"uid": "uid", "utid": "utid"}), "expires_in": 3600,
            "id_token": id_token(aud="my_client_id", iss="i", sub="s", exp=int(time.time()) + 3600, iat=1000,
                                 oid="object1234", preferred_username="John Doe")}}, now=1000)
    save(cache, path)


def add(path):
    cache = load(path)
    cache.add({
        "client_id": "app", "scope": ["s1"], "token_endpoint": "https://%s/contoso/oauth2/v2.0/token" % HOST,
        "response": {
            "token_type": "Bearer", "access_token": "from MSAL Python", "refresh_token": "a refresh token of it",
            "client_info": encoded({"uid": "zoe", "utid": "contoso"}), "expires_in": 3600,
            "id_token": id_token(aud="app", iss="i", sub="zoe", exp=int(time.time()) + 3600, iat=1000,
                                 oid="zoe", preferred_username="zoë@example.com")}})
    save(cache, path)


if __name__ == "__main__":
    {"find": find, "contract": contract, "add": add,
     "rewrite": lambda path: save(load(path), path)}[sys.argv[1]](*sys.argv[2:])
