"""docs/http.md, from the description of the API itself."""

from typing import Any

Json = dict[str, Any]

EXAMPLE = """import httpx

with httpx.Client(base_url="http://127.0.0.1:8400", headers={"Authorization": f"Bearer {token}"}, timeout=60) as http:
    found = http.get("/v1/clauses", params={"q": "违约金", "where": "penalty.rate>=0.0005"}).json()
    for hit in found["hits"]:
        print(hit["citation"], hit["page"], hit["text"])
"""
"""A client is one call; a test runs it as it stands here."""

_HEAD = f"""# HTTP API

Generated from the API's own description (`GET /v1/openapi.json`, OpenAPI 3.1). `qiyue serve` answers at
`http://127.0.0.1:8400`; a program sends a token of `qiyue token create NAME --scope read`.

```python
{EXAMPLE}```

An import is one call as well; the answer names the job, whose events tell what becomes of each file:

```
curl -H "Authorization: Bearer $TOKEN" -F file=@采购合同.pdf -F folder=采购/2026 http://127.0.0.1:8400/v1/imports
curl -H "Authorization: Bearer $TOKEN" -N http://127.0.0.1:8400/v1/jobs/7/events
```

## Who may do what

- `qiyue serve` listens on this machine alone and prints a link that signs its owner in once. Any other address needs
  accounts (`qiyue account add NAME --admin`) and TLS: `--tls-cert` and `--tls-key`, or a proxy named in
  `QIYUE_PUBLIC_URL`.
- An account is an administrator's, or has the role reader or editor in folders and those below them; `.` on the command
  line is the whole collection, contracts outside all folders included. What lies elsewhere is not there: the same 404,
  no count, no facet, no suggestion.
- A token has the rights of its account within its scopes: `read`, `write`, `admin`, `calendar` (only
  `/v1/calendar.ics`), `metrics`. It is shown once, kept as a hash, and expires.
- Browsers have a session; what changes something must carry the secret of `GET /v1/me` as `X-CSRF-Token` or as the
  field `csrf` of a form.
- Five failed attempts to sign in from one place to one name, or twenty from one place, close the door for a quarter of
  an hour.
- With `QIYUE_OPENID_ISSUER`, `_CLIENT_ID` and `_CLIENT_SECRET`, people sign in at an OpenID Connect provider
  (`/sign-in/openid`); `qiyue account add NAME --openid SUBJECT` says who is who.
- Who saw, changed, exported or imported what is written to a log that is only added to and chained by hashes.

## What holds everywhere

- Errors are problems (RFC 9457) with a `code` of docs/errors.md and a `remedy`.
- Lists are read on with the `cursor` of the last page.
- A change of a fact sends the `ETag` of the record as `If-Match`; if somebody was quicker, the answer is 412.
- 429 and 503 say in `Retry-After` when it is worth trying again.
- The record, hits and comparisons are those of the command line (`--json`); fields may be added within `/v1`.
"""


def http_page() -> str:
    """The whole page."""
    from qiyue.http.app import build_app

    described = build_app(None).openapi()
    by_tag: dict[str, list[str]] = {}
    for path, ways in described["paths"].items():
        for method, operation in ways.items():
            by_tag.setdefault(operation["tags"][0], []).append(_operation(method, path, operation, described))
    parts = [f"## {tag.capitalize()}\n\n" + "\n".join(texts) for tag, texts in by_tag.items()]
    return "\n".join([_HEAD, *parts])


def _operation(method: str, path: str, operation: Json, described: Json) -> str:
    lines = [f"### {method.upper()} {path}", "", f"{operation['summary']}. {_joined(operation['description'])}", ""]
    rows = [_parameter(parameter) for parameter in operation.get("parameters", [])]
    if "requestBody" in operation:
        rows += _body(operation["requestBody"], described)
    if rows:
        lines += ["| name | where | type | what |", "| --- | --- | --- | --- |", *rows, ""]
    good = [f"{status} {_answer(answer)}" for status, answer in operation["responses"].items() if status < "4"]
    bad = [status for status in operation["responses"] if status >= "4"]
    return "\n".join([*lines, f"Answers {', '.join(good)}" + (f"; problems {', '.join(bad)}." if bad else "."), ""])


def _parameter(parameter: Json) -> str:
    words = parameter.get("description") or parameter["schema"].get("description", "")
    return f"| `{parameter['name']}` | {parameter['in']} | {_type(parameter['schema'])} | {_cell(words)} |"


def _body(body: Json, described: Json) -> list[str]:
    kind, content = next(iter(body["content"].items()))
    shape = content["schema"]
    if "$ref" in shape:
        shape = described["components"]["schemas"][shape["$ref"].rpartition("/")[2]]
    where = "JSON" if kind == "application/json" else "form"
    rows = []
    for name, inner in shape.get("properties", {}).items():
        rows.append(f"| `{name}` | {where} | {_type(inner)} | {_cell(inner.get('description', ''))} |")
    return rows


def _type(shape: Json) -> str:
    if "enum" in shape:
        return ", ".join(f"`{value}`" for value in shape["enum"])
    if "anyOf" in shape:
        return " or ".join(_type(inner) for inner in shape["anyOf"] if inner.get("type") != "null")
    if "$ref" in shape:
        return str(shape["$ref"].rpartition("/")[2])
    if shape.get("type") == "array":
        return f"{_type(shape.get('items', {}))}, repeatable"
    return "file" if shape.get("format") == "binary" else str(shape.get("type", "any"))


def _answer(answer: Json) -> str:
    """Media type and shape of a good answer."""
    contents = []
    for kind, content in answer.get("content", {}).items():
        ref = content.get("schema", {}).get("$ref", "").rpartition("/")[2]
        contents.append(f"`{kind}`" + (f" {ref}" if ref else ""))
    return " or ".join(contents) or "and nothing else"


def _joined(text: str) -> str:
    return " ".join(text.split())


def _cell(text: str) -> str:
    return _joined(text).replace("|", "\\|")
