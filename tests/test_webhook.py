"""Messages to a webhook: as JSON, in order, kept while nobody answers, and to no other address."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from dateline.errors import DatelineError
from dateline.webhook import Webhook


@dataclass
class Receiver:
    """What was posted, and what is answered: statuses in turn, then 204."""

    address: str
    answers: list[int] = field(default_factory=list)
    got: list[tuple[str, str | None, dict[str, object]]] = field(default_factory=list)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            received.got.append((self.path, self.headers["Content-Type"], body))
            self.send_response(received.answers.pop(0) if received.answers else 204)
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    received = Receiver(f"http://127.0.0.1:{server.server_port}/hook")
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield received
    server.shutdown()
    server.server_close()


def hook(receiver: Receiver) -> Webhook:
    return Webhook(receiver.address, sleep=lambda _: None)


def test_a_message_is_posted_as_json(receiver: Receiver) -> None:
    assert hook(receiver).send({"text": "Lünd"}) is None
    assert receiver.got == [("/hook", "application/json", {"text": "Lünd"})]


def test_a_busy_receiver_is_tried_again(receiver: Receiver) -> None:
    receiver.answers = [503, 429]
    assert hook(receiver).send({"n": 1}) is None
    assert len(receiver.got) == 3


def test_what_does_not_arrive_goes_out_in_order_with_the_next(receiver: Receiver) -> None:
    sending = hook(receiver)
    receiver.answers = [500] * 3
    assert sending.send({"n": 1}) == "the webhook answered 500; 1 message waits to be sent"
    receiver.got.clear()
    assert sending.send({"n": 2}) is None
    assert [body for _, _, body in receiver.got] == [{"n": 1}, {"n": 2}]
    assert sending.deliver() is None


def test_a_receiver_that_says_no_is_not_pressed_and_a_redirect_not_followed(receiver: Receiver) -> None:
    for status in (404, 302):
        receiver.got.clear()
        receiver.answers = [status]
        assert f"answered {status}" in str(hook(receiver).send({"n": 1}))
        assert [path for path, _, _ in receiver.got] == ["/hook"]


def test_messages_that_nobody_takes_are_given_up_at_last() -> None:
    sending = Webhook("http://127.0.0.1:1/hook", tries=1)
    for number in range(102):
        fault = sending.send({"n": number})
    assert "could not be reached" in str(fault)
    assert "100 messages wait to be sent; the oldest were given up" in str(fault)
    assert sending.waiting[0] == {"n": 2}


@pytest.mark.parametrize("address", ["example.org/hook", "file:///etc/passwd", "http:///x", "http://[bad/"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(DatelineError, match="http"):
        Webhook(address)
