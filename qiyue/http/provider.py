"""Sign-in at an OpenID Connect provider: authorization code with PKCE, state and nonce (extra `openid`).

The provider says who somebody is; what they may do stands in the account that bears their subject. An identity without
an account is refused and written to the audit log, so an administrator can give it one.
"""

import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from qiyue.accounts.keys import new_key
from schema.errors import QiyueError, UsageError

if TYPE_CHECKING:
    from authlib.integrations.httpx_client import OAuth2Client

    from qiyue.settings import Settings

MINUTES = 10
_MOST = 1000
_FRESH = 3600.0
_PATIENCE = 10.0
_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519")


@dataclass(frozen=True)
class _Attempt:
    """Somebody who was sent to the provider and is not back yet."""

    nonce: str
    verifier: str
    to: str
    until: float


@dataclass
class OpenId:
    """The provider of one server. Safe to use from several threads."""

    settings: "Settings"
    _attempts: dict[str, _Attempt] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _known: tuple[float, dict[str, Any]] = (0.0, {})

    def begin(self, back: str, to: str) -> tuple[str, str]:
        """Send somebody to the provider.

        Args:
            back: address the provider sends them back to.
            to: where they want to go.

        Returns:
            The provider's address, and the state their browser must bring back.

        Raises:
            UsageError: `not_found` when no provider is set.
            QiyueError: `executor_unreachable` when it does not answer.
        """
        state, attempt = new_key(), _Attempt(new_key(), new_key(), to, time.monotonic() + 60 * MINUTES)
        with self._client(back) as client:
            address, _ = client.create_authorization_url(
                self._metadata(client)["authorization_endpoint"],
                state=state,
                nonce=attempt.nonce,
                code_verifier=attempt.verifier,
            )
        with self._lock:
            now = time.monotonic()
            self._attempts = {key: value for key, value in self._attempts.items() if value.until > now}
            if len(self._attempts) >= _MOST:
                raise UsageError("too_many", "too many people are signing in")
            self._attempts[state] = attempt
        return str(address), state

    def end(self, back: str, state: str, code: str) -> tuple[str, str]:
        """Take somebody back.

        Args:
            back: as in `begin`.
            state: their browser brought.
            code: of the provider.

        Returns:
            Issuer and subject, as accounts bear it; where they want to go.

        Raises:
            UsageError: `link_used`, `sign_in_failed`.
            QiyueError: the provider does not answer.
        """
        with self._lock:
            attempt = self._attempts.pop(state, None)
        if attempt is None or attempt.until < time.monotonic():
            raise UsageError("link_used", "this sign-in was used already, or took too long", remedy="begin again")
        with self._client(back) as client:
            metadata = self._metadata(client)
            try:
                token = client.fetch_token(metadata["token_endpoint"], code=code, code_verifier=attempt.verifier)
                keys = client.request("GET", metadata["jwks_uri"], withhold_token=True).json()
                subject = _subject(token, keys, metadata, self.settings.openid_client_id, attempt.nonce)
            except Exception as error:  # whatever is wrong with the token, the door stays closed
                raise UsageError("sign_in_failed", "the provider did not vouch for this sign-in") from error
        return f"{self.settings.openid_issuer} {subject}", attempt.to

    def _client(self, back: str) -> "OAuth2Client":
        if not (self.settings.openid_issuer and self.settings.openid_client_id):
            raise UsageError("not_found", "no OpenID Connect provider is set")
        try:
            from authlib.integrations.httpx_client import OAuth2Client
        except ModuleNotFoundError as error:
            raise QiyueError(
                "tool_missing", "OpenID Connect is not installed", remedy="pip install 'qiyue[openid]'"
            ) from error
        return OAuth2Client(
            self.settings.openid_client_id,
            self.settings.openid_client_secret or None,
            scope="openid",
            redirect_uri=back,
            code_challenge_method="S256",
            timeout=_PATIENCE,
        )

    def _metadata(self, client: "OAuth2Client") -> dict[str, Any]:
        """What the provider says of itself; it must be the one that is set."""
        read_at, known = self._known
        if known and time.monotonic() - read_at < _FRESH:
            return known
        address = f"{self.settings.openid_issuer}/.well-known/openid-configuration"
        try:
            answer = client.request("GET", address, withhold_token=True)
            answer.raise_for_status()
            found: dict[str, Any] = answer.json()
        except Exception as error:  # of httpx, or of JSON
            raise QiyueError(
                "executor_unreachable",
                "the OpenID Connect provider does not answer",
                remedy="check QIYUE_OPENID_ISSUER",
            ) from error
        if str(found.get("issuer", "")).rstrip("/") != self.settings.openid_issuer:
            raise UsageError("setting_invalid", "the OpenID Connect provider gives itself another name")
        self._known = (time.monotonic(), found)
        return found


def _subject(token: dict[str, Any], keys: dict[str, Any], metadata: dict[str, Any], client: str, nonce: str) -> str:
    """The subject of an ID token, once signature, issuer, audience, times and nonce are right."""
    from authlib.oidc.core import CodeIDToken
    from joserfc import jwt
    from joserfc.jwk import KeySet
    from joserfc.jws import JWSRegistry

    offered = metadata.get("id_token_signing_alg_values_supported") or ["RS256"]
    registry = JWSRegistry(algorithms=[name for name in offered if name in _ALGORITHMS], strict_check_header=False)
    read = jwt.decode(token["id_token"], key=KeySet.import_key_set(keys), registry=registry)  # type: ignore[arg-type]
    options = {
        "iss": {"essential": True, "values": [metadata["issuer"]]},
        "aud": {"essential": True, "value": client},
        "exp": {"essential": True},
        "sub": {"essential": True},
        "nonce": {"essential": True, "value": nonce},
    }
    claims = CodeIDToken(read.claims, read.header, options, {"nonce": nonce, "client_id": client})
    claims.validate(leeway=60)
    return str(claims["sub"])
