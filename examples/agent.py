"""An agent on Python's standard library alone: it follows a session, and answers what people say in it.

    python3 examples/agent.py http://127.0.0.1:3000

It prints the address of its session; write there "a beat at 120", and "good night" to let it go.
"""

import json
import os
import re
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid

SERVER = sys.argv[1].rstrip("/") if len(sys.argv) > 1 else "http://127.0.0.1:3000"
HEADERS = {"content-type": "application/json"}
if os.environ.get("STRUDEL_TOKEN"):
    HEADERS["authorization"] = f"Bearer {os.environ['STRUDEL_TOKEN']}"
TRIES = 6


def call(method, path, body=None):
    """Calls the REST interface, and tries again where nothing or a server in trouble answered."""
    data = None if body is None else json.dumps(body).encode()
    for attempt in range(1, TRIES + 1):
        request = urllib.request.Request(f"{SERVER}/api{path}", data, HEADERS, method=method)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as refusal:
            if refusal.code < 500 or attempt == TRIES:
                raise SystemExit(f"{method} {path}: {refusal.read().decode()}") from refusal
        except OSError:
            if attempt == TRIES:
                raise
        time.sleep(0.1 * 2**attempt)


def say(session, text, changes=None):
    """Appends one message. Its id is made once, so that a second try stores it once."""
    message = {"client_id": str(uuid.uuid4()), "role": "assistant", "content": text}
    if changes:
        message["code_changes"] = changes
    call("POST", f"/messages/{session}", {"messages": [message]})


def events(session, after):
    """The live events of a session, over one connection."""
    asked = json.dumps({"sessions": [{"sessionId": session, "after": after}]})
    address = f"{SERVER}/trpc/live.watch?input={urllib.parse.quote(asked)}"
    # The server says something every five seconds: a connection that is silent for long is dead.
    with urllib.request.urlopen(urllib.request.Request(address, headers=HEADERS), timeout=20) as stream:
        kind = "message"
        for line in stream:
            field, _, value = line.decode().rstrip("\n").partition(": ")
            if field == "event":
                kind = value
            elif field == "data" and kind == "message":
                yield json.loads(value)
            elif field == "":
                kind = "message"


def follow(session):
    """The messages of a session, each once and in order, through connections that are lost."""
    last = -1
    while True:
        try:
            for event in events(session, last):
                if event["type"] == "gone":
                    return
                for message in event.get("messages", []):
                    last = message["messageIndex"]
                    yield message
        except urllib.error.HTTPError as refusal:
            if refusal.code < 500:
                raise SystemExit(f"live.watch: {refusal.read().decode()}") from refusal
        except OSError:
            pass
        time.sleep(0.5)


def answer(session, asked):
    """What the agent does about a message. Here is the place for a model."""
    tempo = re.search(r"\d+", asked)
    if not tempo:
        return say(session, "Tell me a tempo, such as: a beat at 120.")
    code = f'setcpm({tempo[0]}/4)\ns("bd*4, ~ cp, hh*8")'
    heard = call("POST", "/analyze", {"code": code})
    if not heard["ok"]:
        return say(session, f"That does not play: {heard['error']['message']}")
    clip = {"project_id": "agent-py", "clip_id": f"beat-{uuid.uuid4().hex[:8]}", "name": f"Beat at {tempo[0]}"}
    call("POST", "/clips", {**clip, "code": code})
    return say(session, f"I saved {clip['name']}.", [{"before": "", "after": code}])


session = call("POST", "/sessions", {"session_id": str(uuid.uuid4()), "session_name": "agent.py"})["session_id"]
print(f"{SERVER}/sessions/{session}", flush=True)
for said in follow(session):
    if said["role"] != "user":
        continue
    if "good night" in said["content"].lower():
        say(session, "Good night.")
        break
    answer(session, said["content"])
