"""Sending what changed to an address that somebody gave for it, and to no other."""

from __future__ import annotations

import json
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from dateline.errors import DatelineError
from dateline.sources.extras import needed_for
from dateline.sources.fetching import USER_AGENT

_MOST_WAITING = 100
"""Messages kept for an address that does not answer; then the oldest are given up."""


@dataclass(slots=True)
class Webhook:
    """An address to which messages are posted as JSON, in order; one that does not arrive goes out with the next.

    Redirects are not followed, so nothing is sent but to the address that was given. `sleep` may be replaced to test the pauses.

    Raises DatelineError where `address` is none, or httpx is not installed.
    """

    address: str
    tries: int = 3
    seconds: float = 20.0
    sleep: Callable[[float], None] = time.sleep
    waiting: deque[dict[str, Any]] = field(default_factory=deque)

    def __post_init__(self) -> None:
        try:
            parts = urlsplit(self.address)
            fits = parts.scheme in ("http", "https") and parts.hostname
        except ValueError:
            fits = None
        if not fits:
            raise DatelineError(
                f"{self.address}: this is no address to post to; give one with http:// or https://"
            )
        with needed_for("a webhook", "sources"):
            import httpx  # noqa: F401

    def send(self, message: dict[str, Any]) -> str | None:
        """Post `message` after those that are waiting; returns what went wrong, in words, or None."""
        self.waiting.append(message)
        return self.deliver()

    def deliver(self) -> str | None:
        """Post what is waiting; returns what went wrong, in words, or None."""
        given_up = ""
        while len(self.waiting) > _MOST_WAITING:
            self.waiting.popleft()
            given_up = "; the oldest were given up"
        while self.waiting:
            if fault := self._post(self.waiting[0]):
                count = len(self.waiting)
                wait = "1 message waits" if count == 1 else f"{count} messages wait"
                return f"the webhook {fault}; {wait} to be sent{given_up}"
            self.waiting.popleft()
        return None

    def _post(self, message: dict[str, Any]) -> str | None:
        import httpx

        fault = ""
        for attempt in range(self.tries):
            if attempt:
                self.sleep(2.0**attempt)
            try:
                answer = httpx.post(
                    self.address,
                    content=json.dumps(message, ensure_ascii=False).encode("utf-8", "replace"),
                    headers={
                        "content-type": "application/json",
                        "user-agent": USER_AGENT,
                    },
                    timeout=self.seconds,
                    trust_env=False,
                    follow_redirects=False,
                )
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                fault = f"could not be reached ({error or type(error).__name__})"
                continue
            if answer.is_success:
                return None
            fault = f"answered {answer.status_code}"
            if answer.status_code < 500 and answer.status_code != 429:
                break
        return fault
