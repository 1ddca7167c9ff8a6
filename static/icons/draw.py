"""Draws the PNG icons from icon.svg in a browser: python static/icons/draw.py [browser]"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

HERE = Path(__file__).parent
SIDE = 512
PAPER = '<rect width="512" height="512" fill="#FBF8F3"/>'


def drawings() -> Iterator[tuple[str, int, str]]:
    """Each file: its name, its side in pixels, what is in it."""
    whole = (HERE / "icon.svg").read_text(encoding="utf-8")
    mark = re.search(r"<g id=.*</g>", whole, re.DOTALL)[0]  # type: ignore[index]
    yield "icon-192.png", 192, whole
    yield "icon-512.png", 512, whole
    # A launcher may cut to a circle of 80 %, iOS rounds the corners itself: paper to the edge.
    yield "icon-maskable-512.png", 512, svg(PAPER + scaled(mark, 0.8))
    yield "apple-touch-icon.png", 180, svg(PAPER + scaled(mark, 0.94))
    # Android paints whatever is not transparent in one colour.
    yield "badge-96.png", 96, svg(scaled(stencil(mark), 1.3))


def svg(inside: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}">{inside}</svg>'


def scaled(mark: str, factor: float) -> str:
    """The mark, larger or smaller around the middle."""
    edge = SIDE / 2 * (1 - factor)
    return f'<g transform="translate({edge} {edge}) scale({factor})">{mark}</g>'


def stencil(mark: str) -> str:
    """Edge, spine and line as white strokes on nothing, thick enough for 24 pixels."""
    outline, spine, _gap, line = re.findall(r' d="([^"]+)"', mark)
    return (
        '<mask id="open"><rect width="512" height="512" fill="#fff"/>'
        f'<path d="{line}" fill="none" stroke="#000" stroke-width="92" stroke-linecap="round"/>'
        '</mask><g fill="none" stroke="#fff" stroke-linecap="round" stroke-linejoin="round">'
        f'<path d="{outline}" stroke-width="30"/>'
        f'<path d="{spine}" stroke-width="22" mask="url(#open)"/>'
        f'<path d="{line}" stroke-width="44"/></g>'
    )


def draw(browser: Browser, name: str, side: int, content: str) -> None:
    page = browser.new_page(viewport={"width": side, "height": side})
    page.set_content(
        f"<style>body{{margin:0}}svg{{display:block;width:{side}px;height:{side}px}}</style>"
        + content
    )
    page.screenshot(path=HERE / name, omit_background=True)
    page.close()


def main(chromium: str | None = None) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for drawing in drawings():
            draw(browser, *drawing)


if __name__ == "__main__":
    main(*sys.argv[1:])
