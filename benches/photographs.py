"""A chain of the app over many photographs, with its own nodes and with ours in their place.

    CHAINNER_REPO=… CHAINNER_PYTHON=… python3 benches/photographs.py [--photographs N] [--size W H] [--rounds N]

Makes the photographs, starts the real backend with and without `link --replace chainner_native`, runs the same
saved chain in both (load, resize, Gaussian blur, hue and saturation, levels, unsharp mask, blend with the
blurred one, statistics, save), and compares the pictures that were saved. Prints the time of each run and the
ratio of the medians; loading and saving, which both do alike, are part of it.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
import time
from pathlib import Path

from real_app import PACKAGE, backend, environment, in_the_apps_interpreter
from standard import TARGET

OVERLAY = 9
LANCZOS = 1


def photograph(place: Path, seed: int, width: int, height: int) -> None:
    """Noise on smooth colours, as photographs have, as a JPEG."""
    import cv2
    import numpy as np

    random = np.random.default_rng(seed)
    small = random.random((height // 160 + 2, width // 160 + 2, 3), dtype=np.float32)
    smooth = cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC)
    fine = random.standard_normal((height, width, 1), dtype=np.float32)
    picture = np.clip((smooth * 0.8 + 0.1 + fine * 0.02) * 255, 0, 255).astype(np.uint8)
    assert cv2.imwrite(str(place / f"{seed:03}.jpg"), picture, [cv2.IMWRITE_JPEG_QUALITY, 92])


def chain(photographs: Path, out: Path) -> list:
    """The chain, as the app saves it."""
    from hosts import edge, item

    def image(name: str, what: str, *inputs: object):
        return item(name, f"chainner:image:{what}", *inputs)

    return [
        image("load", "load_images", str(photographs), 0, 1, "**/*", 0, 10, 0),
        image("small", "resize", edge("load"), 0, 75, 1, 1, LANCZOS, 0),
        image("blurred", "gaussian_blur", edge("small"), 6, 6),
        image("hue", "hue_and_saturation", edge("small"), 8, 15, 2),
        image("levels", "color_levels", edge("hue"), 1, 1, 1, 0, 0.05, 0.95, 1.1, 0, 1),
        image("sharp", "sharpen", edge("levels"), 2, 0.8, 0),
        image("glow", "blend", edge("sharp"), edge("blurred"), OVERLAY, "centered", 0, 0, 0, 0, 0),
        image("statistics", "image_statistics", edge("glow"), 50),
        image("view", "get_dims", edge("glow")),
        image(
            "save", "save", edge("glow"), str(out), None, edge("load", 3), "png", "u8", 0, 95, 2167057, 0, "u8", 5,
            "BC1_UNORM_SRGB", 0, 0, 0, 0, 0, "4:2:0", 0,
        ),
    ]  # fmt: skip


def difference(one: Path, other: Path) -> tuple[int, float]:
    """The largest difference of any sample of the pictures of two directories, in steps of 8 bits, and the mean one."""
    import cv2
    import numpy as np

    names = sorted(path.name for path in one.iterdir())
    assert names == sorted(path.name for path in other.iterdir()), "other pictures"
    worst, means = 0, []
    for name in names:
        a, b = (cv2.imread(str(place / name), cv2.IMREAD_UNCHANGED).astype(np.int16) for place in (one, other))
        off = np.abs(a - b)
        worst = max(worst, int(off.max()))
        means.append(float(off.mean()))
    return worst, statistics.fmean(means)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photographs", type=int, default=50)
    parser.add_argument("--size", type=int, nargs=2, default=(3000, 2000), metavar=("WIDTH", "HEIGHT"))
    parser.add_argument("--rounds", type=int, default=2, help="runs of each, in turns")
    parser.add_argument("--no-build", action="store_true", help="measure what was built before")
    arguments = parser.parse_args()
    in_the_apps_interpreter()
    from hosts import Host

    site = environment(TARGET / "app", packages=TARGET / "packages" if arguments.no_build else None)
    place = Path(tempfile.mkdtemp(prefix="chain-", dir=TARGET))
    try:
        photographs = place / "photographs"
        photographs.mkdir()
        for seed in range(arguments.photographs):
            photograph(photographs, seed, *arguments.size)
        width, height = arguments.size
        print(f"{arguments.photographs} photographs of {width} × {height} pixels")
        times: dict[str, list[float]] = {"the app's own nodes": [], "ours in their place": []}
        outs = {}
        for turn in range(arguments.rounds):
            for which, series in times.items():
                link = ("link", "--replace", PACKAGE) if which.startswith("ours") else ("unlink",)
                site.sdk(*link)
                run = place / f"{which[:4].strip()}-{turn}"
                outs[which] = run / "out"
                for directory in (run, outs[which], run / "warm"):
                    directory.mkdir()
                with Host.running(backend(), site, run) as host:
                    # The first run of a process imports and fills caches.
                    first = photographs / "first"
                    first.mkdir()
                    shutil.copy(photographs / "000.jpg", first)
                    ok = (200, {"type": "success"})
                    assert host.run(*chain(first, run / "warm")) == ok, host.said()
                    shutil.rmtree(first)
                    start = time.perf_counter()
                    assert host.run(*chain(photographs, outs[which])) == ok, host.said()
                    series.append(time.perf_counter() - start)
                print(f"{which}: {series[-1]:.1f} s", flush=True)
        worst, mean = difference(*outs.values())
        print(f"the same pictures within {worst} of 255 steps, {mean:.4f} in the mean")
        own, ours = (statistics.median(series) for series in times.values())
        print(f"| {own:.1f} s | {ours:.1f} s | {own / ours:.1f}× |")
    finally:
        shutil.rmtree(place, ignore_errors=True)


if __name__ == "__main__":
    main()
