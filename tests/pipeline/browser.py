#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Opens an HTML file in headless Chromium and tells what happened, as JSON on stdout:

    browser.py PAGE [--dark] [--open] [--width PX] [--screenshot FILE] [--viewport]

messages: what the console and the browser's log say; requests: every URL asked for but the page itself;
numbers: [attribute, pointer, value, text shown] of each <data>; load_ms; elements: counts of what a
hostile page could have smuggled in; overflow: by how many pixels the page is wider than the window."""

import argparse
import base64
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import time

COLLECT = """(() => ({
    numbers: [...document.querySelectorAll('data')].map(e => {
        const kind = e.dataset.json === undefined ? 'sum' : 'json';
        return [kind, e.dataset[kind], e.value, e.textContent];
    }),
    elements: {
        script: document.querySelectorAll('script, img, iframe, object, embed, form, base').length,
        handlers: [...document.querySelectorAll('*')].filter(
            e => e.getAttributeNames().some(n => n.startsWith('on') || n === 'style')).length,
        outside: [...document.querySelectorAll('[href], [src]')].filter(
            e => !/^(#|data:,$)/.test(e.getAttribute('href') ?? e.getAttribute('src'))).length,
    },
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    title: document.title,
    text: document.body.innerText,
    background: getComputedStyle(document.body).backgroundColor,
    focusable: document.querySelectorAll('summary, a[href], [tabindex="0"]').length,
}))()"""


class Browser:
    """DevTools over a pair of pipes: no port, no network."""

    def __init__(self, profile):
        to_read, self.commands = os.pipe()
        self.events, to_write = os.pipe()
        # The browser reads on 3 and writes on 4, whatever these pipes are called here.
        script = f'exec 3<&{to_read} 4>&{to_write}; exec "$@"'
        self.process = subprocess.Popen(
            ["bash", "-c", script, "bash", shutil.which("chromium"), "--headless=new", "--no-sandbox",
             "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--hide-scrollbars",
             "--disable-background-networking", "--disable-component-update", "--remote-debugging-pipe",
             f"--user-data-dir={profile}", "about:blank"],
            pass_fds=(to_read, to_write), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env={**os.environ, "HOME": profile})
        os.close(to_read)
        os.close(to_write)
        self.buffer = b""
        self.seen = []
        self.count = 0

    def message(self):
        while b"\0" not in self.buffer:
            chunk = os.read(self.events, 1 << 20)
            if not chunk:
                raise SystemExit("browser.py: chromium ended early")
            self.buffer += chunk
        text, _, self.buffer = self.buffer.partition(b"\0")
        return json.loads(text)

    def call(self, method, session=None, **params):
        self.count += 1
        command = {"id": self.count, "method": method, "params": params}
        if session:
            command["sessionId"] = session
        os.write(self.commands, json.dumps(command).encode() + b"\0")
        while True:
            message = self.message()
            if message.get("id") == self.count:
                if "error" in message:
                    raise SystemExit(f"browser.py: {method}: {message['error']}")
                return message["result"]
            self.seen.append(message)

    def wait(self, method):
        while not any(m.get("method") == method for m in self.seen):
            self.seen.append(self.message())

    def close(self):
        self.call("Browser.close")
        self.process.wait(timeout=30)


def visit(browser, arguments, url):
    target = browser.call("Target.createTarget", url="about:blank")["targetId"]
    session = browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
    call = lambda method, **params: browser.call(method, session, **params)
    for domain in ("Page", "Runtime", "Log", "Network"):
        call(domain + ".enable")
    call("Emulation.setDeviceMetricsOverride", width=arguments.width, height=900, deviceScaleFactor=1,
         mobile=False)
    call("Emulation.setEmulatedMedia",
         features=[{"name": "prefers-color-scheme", "value": "dark" if arguments.dark else "light"}])
    browser.seen.clear()
    begin = time.monotonic()
    call("Page.navigate", url=url)
    browser.wait("Page.loadEventFired")
    # Two frames later it has been drawn.
    call("Runtime.evaluate", awaitPromise=True, expression="new Promise(r => requestAnimationFrame("
         "() => requestAnimationFrame(r)))")
    elapsed = (time.monotonic() - begin) * 1000
    if arguments.open:
        call("Runtime.evaluate",
             expression="document.querySelectorAll('details').forEach(d => d.open = true)")
    found = call("Runtime.evaluate", expression=COLLECT, returnByValue=True)["result"]["value"]
    if arguments.screenshot:
        picture = call("Page.captureScreenshot", format="png",
                       captureBeyondViewport=not arguments.viewport)
        pathlib.Path(arguments.screenshot).write_bytes(base64.b64decode(picture["data"]))
    return found | {"load_ms": elapsed}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("page", type=pathlib.Path)
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--open", action="store_true", help="open all details first")
    parser.add_argument("--viewport", action="store_true", help="a picture of the first screen only")
    parser.add_argument("--width", type=int, default=1280)
    parser.add_argument("--screenshot")
    arguments = parser.parse_args()
    url = arguments.page.resolve().as_uri()
    with tempfile.TemporaryDirectory() as profile:
        browser = Browser(profile)
        found = visit(browser, arguments, url)
        browser.close()
    named = lambda method: [m["params"] for m in browser.seen if m.get("method") == method]
    found["messages"] = [json.dumps(m) for m in
                         named("Runtime.consoleAPICalled") + named("Runtime.exceptionThrown") +
                         named("Log.entryAdded")]
    found["requests"] = [m["request"]["url"] for m in named("Network.requestWillBeSent")
                         if m["request"]["url"] not in (url, "data:,")]
    print(json.dumps(found))


if __name__ == "__main__":
    main()
