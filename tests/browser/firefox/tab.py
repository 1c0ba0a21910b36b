"""A tab: one page open in Firefox, with what it asked for and what its console said."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from .session import BidiError, Session

EVENTS = ("log.entryAdded", "network.responseCompleted", "network.fetchError")
KEYS = {"Tab": "\ue004", "Enter": "\ue007", "Escape": "\ue00c", "Space": " "}  # WebDriver § 17.4.2
# A breach of the content policy is no entry of the log, so the page itself tells of it.
TELL_BREACHES = """() => addEventListener('securitypolicyviolation',
    event => console.error(`${event.violatedDirective} blocks ${event.blockedURI}`), true)"""


class Tab:
    """Hold a tab; `evaluate` takes functions as Playwright's pages do, so both share checks."""

    def __init__(self, session: Session, width: int, height: int) -> None:
        self._session = session
        self._address = ""
        self.requests: list[str] = []
        self.complaints: list[str] = []
        session.listeners.append(self._hear)
        self._context = session.call("browsingContext.create", type="tab")["context"]
        scope = {"contexts": [self._context]}
        session.call("session.subscribe", events=list(EVENTS), **scope)
        session.call("script.addPreloadScript", functionDeclaration=TELL_BREACHES, **scope)
        self._on_page("browsingContext.setViewport", viewport={"width": width, "height": height})

    def go(self, address: str) -> None:
        """Open a page and wait until it and its parts are loaded."""
        self._address = address
        self._on_page("browsingContext.navigate", url=address, wait="complete")

    def evaluate(self, function: str, argument: object = None) -> Any:
        """Call a function's source with a JSON value in the page; give what it returns."""
        result = self._session.call(
            "script.evaluate",
            expression=f"(async () => JSON.stringify(await ({function})"
            f"({json.dumps(argument)})) ?? 'null')()",
            target={"context": self._context},
            awaitPromise=True,
        )
        if result["type"] == "exception":
            raise BidiError(result["exceptionDetails"]["text"])
        return json.loads(result["result"]["value"])

    def press(self, key: str) -> None:
        """Press and release a key of KEYS."""
        steps = [{"type": kind, "value": KEYS[key]} for kind in ("keyDown", "keyUp")]
        self._act({"type": "key", "id": "keyboard", "actions": steps})

    def click(self, selector: str, number: int = 0) -> None:
        """Bring the element into sight and click its middle with the mouse."""
        x, y = self.evaluate(
            """([selector, number]) => {
                const element = document.querySelectorAll(selector)[number];
                element.scrollIntoView({block: 'center', behavior: 'instant'});
                const box = element.getClientRects()[0];
                return [Math.floor(box.left + box.width / 2), Math.floor(box.top + box.height / 2)];
            }""",
            [selector, number],
        )
        steps = [
            {"type": "pointerMove", "x": x, "y": y},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        self._act({"type": "pointer", "id": "mouse", "actions": steps})

    def close(self) -> None:
        """Close the tab and hear no more of it."""
        self._on_page("browsingContext.close")
        self._session.listeners.remove(self._hear)

    def _act(self, source: Mapping[str, Any]) -> None:
        self._on_page("input.performActions", actions=[source])

    def _on_page(self, method: str, **parameters: Any) -> None:
        self._session.call(method, context=self._context, **parameters)

    def _hear(self, event: str, said: Mapping[str, Any]) -> None:
        context = said.get("context", said.get("source", {}).get("context"))
        if context != self._context:
            return
        if event == "log.entryAdded":
            if said["level"] in ("error", "warn"):
                self.complaints.append(said["text"])
            return
        address = said["request"]["url"]
        self.requests.append(address)
        if event == "network.fetchError":
            self.complaints.append(f"{address}: {said['errorText']}")
        elif said["response"]["status"] >= 400 and address != self._address:
            self.complaints.append(f"{address}: {said['response']['status']}")
