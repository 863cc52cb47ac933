"""What a page measures in headless Chromium, at the widths of a laptop and of a phone."""

import html
import json
import re
import shutil
import subprocess

import pytest

LAPTOP, PHONE = 1280, 390
PROBE = """<script>
addEventListener("load", () => {
  const size = (element) => element.getBoundingClientRect();
  const banner = document.querySelector(".pk-banner");
  parent.postMessage(JSON.stringify({
    name: "%s", width: innerWidth, page: document.documentElement.scrollWidth,
    clipped: [...document.querySelectorAll(".pk-scroll")].map((table) => table.scrollWidth - table.clientWidth),
    images: [...document.images].map((image) => image.complete && image.naturalWidth > 0 && size(image).width > 200),
    banner: banner ? [banner.textContent, size(banner).height] : [],
  }), "*");
});
</script>"""
FRAMES = """<!DOCTYPE html><meta charset="utf-8"><script>
addEventListener("message", (message) => {
  const line = document.createElement("pre");
  line.textContent = message.data;
  document.body.append(line);
});
</script><body>"""


def measured(pages, folder):
    """Measure pages in one start of the browser.

    ``pages`` holds HTML by name; the result has one dict for each (name, width). Widths under 500 would be
    widened by headless Chromium, so every page stands in a frame.
    """
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not program:
        pytest.skip("Chromium tidak terpasang; pasang dengan: apt-get install chromium")
    frames = [FRAMES]
    for name, content in pages.items():
        (folder / f"{name}.html").write_text(content.replace("</body>", PROBE % name + "</body>"), encoding="utf-8")
        frames += [
            f'<iframe src="{name}.html" width="{width}" height="900" frameborder="0"></iframe>'
            for width in (LAPTOP, PHONE)
        ]
    outer = folder / "bingkai.html"
    outer.write_text("".join(frames), encoding="utf-8")
    flags = (
        "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", f"--user-data-dir={folder / 'profil'}", "--window-size=1400,1000",
        "--virtual-time-budget=8000", "--dump-dom",
    )  # fmt: skip
    done = subprocess.run([program, *flags, outer.as_uri()], capture_output=True, timeout=120, check=True)
    lines = re.findall(r"<pre>(.*?)</pre>", done.stdout.decode(), re.DOTALL)
    found = [json.loads(html.unescape(line)) for line in lines]
    return {(each["name"], each["width"]): each for each in found}
