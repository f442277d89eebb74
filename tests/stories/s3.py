"""S3: a team publishes to an index of its own, with CI, and its artists install, update, mix and roll back.

Needs what S1 needs. A folder served over HTTP stands for the index; there is no other network.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
import shutil
import sys
import zipfile
from pathlib import Path

from machine import NATIVE, App, Author, Done, edge, ids, index, item, wheels
from story import Story, expect, main

NODE = "studio_nodes:film:grain"
CHANGES = {
    "    size: usize,\n    seed: Seed,": "    width: usize,\n    seed: Seed,",
    "=> size,": "=> width,",
    "range = 0.0..=100.0": "range = 0.0..=200.0",
    "    Fine,\n    Coarse,\n": "    Fine,\n",
    "        Stock::Coarse => 3,\n": "",
}
"""What the second version changes in the node: an input renamed, a range widened, a choice removed."""


class S3(Story):
    """A team with developers, an index, CI and artists."""

    def step_1(self) -> None:
        """A package is made, with CI"""
        self.author = author = Author(self.place)
        author.install_tool(self.place)
        self.package, _ = author.new("studio-nodes", self.place, "--template", "filter")
        if not author.has_command("ci"):
            return self.not_yet("no CI: no command ci")
        author.chainner("ci", "init", "github", at=self.package)
        flows = list((self.package / ".github/workflows").glob("*.y*ml"))
        expect(flows, "a workflow", list(self.package.iterdir()))
        for flow in flows:
            text = flow.read_text("utf-8")
            used = re.findall(r"^\s*-?\s*uses:\s*(\S+)", text, re.MULTILINE)
            loose = [one for one in used if not one.startswith("./") and not re.search(r"@[0-9a-f]{40}$", one)]
            expect(used and not loose, "actions pinned by hash", loose or "no action")
            expect(re.search(r"^permissions:", text, re.MULTILINE), "permissions of the workflow", text)
            if importlib.util.find_spec("yaml") is not None:
                import yaml

                jobs = yaml.safe_load(text)["jobs"]
                wanted = {"test", "compatibility", "build", "sources", "publish"}
                expect(wanted <= set(jobs), f"the jobs {sorted(wanted)}", list(jobs))
        author.chainner("ci", "check", at=self.package)
        pinned = flows[0].read_text("utf-8")
        flows[0].write_text(re.sub(r"@[0-9a-f]{40}", "@main", pinned, count=1), "utf-8")
        author.chainner("ci", "check", at=self.package, code=None).says(r"error\[CH\d+\]", "@main|pin")
        flows[0].write_text(pinned, "utf-8")
        author.chainner("ci", "init", "github", at=self.package).says("Unchanged")
        flows[0].write_text(f"{pinned}# edited\n", "utf-8")
        author.chainner("ci", "init", "github", at=self.package, code=None).says(r"error\[CH1302\]", "--force")
        flows[0].write_text(pinned, "utf-8")

    def step_2(self) -> None:
        """Its tests pass, and nothing is wrong with it"""
        self.author.run("cargo", "test", at=self.package).says(r"test result: ok\. [2-9]\d* passed")
        self.author.chainner("check", at=self.package).says("1 node, 0 errors, 0 warnings")

    def step_3(self) -> None:
        """Wheels are built for several platforms, with one schema"""
        done = self.author.chainner("build", at=self.package)
        built = wheels(done, self.package)
        self.wheel = built[0]
        missing = [option for option in ("--target", "--schema-only") if not self.author.has_option("build", option)]
        if "--schema-only" not in missing:
            built += wheels(self.author.chainner("build", "--schema-only", at=self.package), self.package)
            self.bare = built[-1]
        if "--target" not in missing:
            (host,) = re.findall(r"^host: (\S+)", self.author.run("rustc", "-vV", at=self.place).out, re.MULTILINE)
            linkers = {name: shutil.which(name) for name in ("zig", "cargo-zigbuild")}
            for name, found in linkers.items():
                if found is not None:
                    (self.author.path / name).symlink_to(found)
            if "linux" in host and None in linkers.values():
                # What links for it is not on this machine: that is told with the command that brings it.
                told = self.author.chainner("build", "--target", host, at=self.package, code=1)
                told.says(r"error\[CH0513\]", "pip install ziglang cargo-zigbuild")
                print(f"           not built for {host}: no zig and cargo-zigbuild on PATH")
            else:
                built += wheels(self.author.chainner("build", "--target", host, at=self.package), self.package)
        digest = hashlib.sha256((self.package / "dist/schema.json").read_bytes()).hexdigest()
        for wheel in built:
            with zipfile.ZipFile(wheel) as archive:
                inside = hashlib.sha256(archive.read("studio_nodes/schema.json")).hexdigest()
            expect(inside == digest, f"the one schema in {wheel.name}", inside)
        if missing:
            self.not_yet(f"only for this machine: no option {' and no '.join(missing)} of build")

    def step_4(self) -> None:
        """They are published to the index, once"""
        self.index = self.place / "index"
        to = f"dir:{self.index}"
        told = self.author.chainner("publish", "--to", to, "--dry-run", at=self.package)
        told.says(re.escape(self.wheel.name), r"Would write .*studio-nodes/index\.html")
        told.says(*(rf"Checked {check}: " for check in ("wheels", "sources", "release", "schema", "systems", "names")))
        expect(not self.index.exists() or not any(self.index.iterdir()), "nothing written by a dry run")
        self.author.chainner("publish", "--to", to, at=self.package)
        (page,) = self.index.rglob("studio-nodes/index.html")
        digest = hashlib.sha256(self.wheel.read_bytes()).hexdigest()
        expect(f"{self.wheel.name}#sha256={digest}" in page.read_text("utf-8"), "the wheel with its hash in the page")
        before = contents(self.index)
        self.author.chainner("publish", "--to", to, at=self.package).says("^unchanged ", "already published")
        expect(contents(self.index) == before, "nothing to do for what is there already")
        # Other bytes under a name that is taken: a clock is all that has changed.
        later = {"SOURCE_DATE_EPOCH": "1700000000"}
        self.author.chainner("build", at=self.package, **later)
        again = self.author.chainner("publish", "--to", to, at=self.package, code=4, **later)
        again.says(r"error\[CH0908\]: studio-nodes 0\.1\.0 is already published", digest)
        expect(contents(self.index) == before, "an index that stays as it was")
        self.author.chainner("build", at=self.package)

    def step_5(self) -> None:
        """An artist installs it from the index, without a compiler"""
        self.app = app = App(self.place)
        print(f"           {app.backend.name} at {app.backend.source}, Python {sys.version.split()[0]}")
        app.pip("install", "-q", "--no-index", "--find-links", app.place / "links", "chainner-sdk")
        app.sdk("link")
        with app.running() as host:
            self.baseline = ids(host)
        before = app.installed()
        expect(shutil.which("cargo", path=app.environment["PATH"]) is None, "a machine without cargo")
        with index(self.index) as address:
            app.pip("install", "-q", "--index-url", address, "studio-nodes==0.1.0")
        expect(app.installed() - before == {"studio-nodes==0.1.0"}, "one package more", app.installed() ^ before)
        with app.running() as host:
            expect(ids(host) - self.baseline == {NODE}, "its node", ids(host) ^ self.baseline)
        told = app.sdk("doctor")
        told.says(
            r"^sdk: ", r"^python: .*CPython", r"^numpy: +\d", r"^link: .*chainner_sdk_link\.pth", "no problems found"
        )
        told.says(r"studio-nodes 0\.1\.0 \(installed\), 1 node,", r"^last start: .*nodes of \d+ packages? in")

    def step_6(self) -> None:
        """Installed goes before source, source before schema, and the nodes are the same"""
        app = self.app
        home = os.environ.get("CARGO_HOME", str(Path.home() / ".cargo"))
        cargo = {**self.author.environment, "CARGO_HOME": home}
        seen = {}

        def start(origin: str) -> None:
            with app.running() as host:
                seen[origin] = ids(host)
            (found,) = [one for one in app.last_start()["packages"] if one["name"] == "studio-nodes"]
            expect(found["origin"] == origin, f"the app to load it as {origin}", found)
            rows = json.loads(app.sdk("status", "--json", code=1 if origin == "schema" else 0).out)
            (row,) = [row for row in rows if row["name"] == "studio-nodes"]
            expect((row["origin"], row["version"]) == (origin, "0.1.0"), f"status to say {origin}", row)

        app.sdk("link", "--source", self.package)
        start("installed")
        app.pip("uninstall", "-q", "-y", "studio-nodes")
        # The machine of a developer: with cargo, where the app finds it.
        os.environ["PATH"], path = os.pathsep.join((str(self.author.path), os.environ["PATH"])), os.environ["PATH"]
        try:
            run = app.python("-c", "import chainner_sdk as c; print(c.load('studio-nodes').origin.value)", **cargo)
            expect(run.out.strip() == "source", "the checkout to be built and loaded", run.text)
            start("source")
        finally:
            os.environ["PATH"] = path
        app.sdk("link", "--no-sources")
        if "bare" in vars(self):
            app.pip("install", "-q", "--no-index", "--no-deps", self.bare)
        else:
            self.not_yet("no schema-only wheel: its place is taken by a wheel whose native half was removed")
            app.pip("install", "-q", "--no-index", self.wheel)
            for native in (app.site.directory / "studio_nodes").glob("_native.*"):
                native.unlink()
        start("schema")
        expect(seen["installed"] == seen["source"] == seen["schema"], "the same nodes in all three", seen)
        with app.running() as host:
            picture = black(app)
            code, answer = host.run(*chain(picture, app.place / "no.npy", [25, "coarse", 4, 3]))
            expect(code == 500 and "native module" in json.dumps(answer), "the run to say what is missing", answer)
            fix = "no wheel of it fits this platform" if "bare" in vars(self) else "reinstall it for this platform"
            expect(fix in json.dumps(answer), "the fix", answer)
        app.pip("uninstall", "-q", "-y", "studio-nodes")

    def step_7(self) -> None:
        """Changes that break saved chains are named, and ask for a version"""
        self.old = self.place / "old" / self.wheel.name
        self.old.parent.mkdir()
        shutil.copy(self.wheel, self.old)
        file, manifest = self.package / "src/grain.rs", self.package / "Cargo.toml"
        text = file.read_text("utf-8")
        # Without its own tests, which are about the first version.
        shutil.rmtree(self.package / "tests")
        text = text.replace("    size: usize,\n    seed", "    width: usize,\n    seed")
        for before, after in CHANGES.items():
            expect(before in text or after in text, "a line to change", before)
            text = text.replace(before, after)
        file.write_text(text, "utf-8")
        versions(manifest, "0.1.1")
        told = self.author.chainner("diff", self.old, at=self.package, code=1)
        told.says(r"^BREAKING .*choice `coarse` .* was removed", r"^minor .*0\.\.=100 -> 0\.\.=200")
        # Chains keep an input by its place: under another name it is the same one.
        told.says(r"^none .*`Size` -> `Width`", r"^verdict: 0\.1\.0 -> 0\.2\.0 required")
        versions(manifest, "0.2.0")
        self.author.chainner("diff", self.old, at=self.package)
        # What a declaration can keep is written into the sources: here a choice that got a new name.
        text = file.read_text("utf-8")
        try:
            file.write_text(text.replace("Custom", "Customized"), "utf-8")
            told = self.author.chainner("diff", self.old, at=self.package)
            told.says(r"^BREAKING .*choice `custom` .*looks renamed to `customized`")
            renamed = file.read_text("utf-8")
            told = self.author.chainner("diff", self.old, "--fix", "--dry-run", at=self.package)
            told.says(r"^--- a/src/grain\.rs", r'^\+ +#\[choice\(id = "custom"\)\]')
            expect(file.read_text("utf-8") == renamed, "nothing written by a dry run")
            told = self.author.chainner("diff", self.old, "--fix", at=self.package)
            told.says("^BREAKING .*choice `coarse` .* was removed")
            expect("looks renamed" not in told.out, "a choice that is kept", told.out)
            kept = '#[choice(id = "custom")]\n    Customized,'
            expect(file.read_text("utf-8") == renamed.replace("    Customized,", f"    {kept}"), "one line more", kept)
        finally:
            file.write_text(text, "utf-8")

    def step_8(self) -> None:
        """A node that reaches for the network without saying so is refused"""
        known = self.author.chainner("explain", at=self.place).out
        if "capabilit" not in known:
            return self.not_yet("nothing judges what a package may do: no code of `explain` speaks of capabilities")
        file = self.package / "src/grain.rs"
        text = file.read_text("utf-8")
        try:
            reach = '    let _ = std::net::TcpStream::connect(("localhost", 9));\n    let size = match stock {'
            file.write_text(text.replace("    let size = match stock {", reach), "utf-8")
            self.author.chainner("build", at=self.package, code=None).says("connect|network")
        finally:
            file.write_text(text, "utf-8")

    def step_9(self) -> None:
        """A node that became twice as slow is found"""
        base = self.place / "bench.json"
        words = ["bench", "--size", "1080p"]
        self.author.chainner(*words, "--save", base, at=self.package).says(r"^grain +1080p +\d")
        words += ["--baseline", base, "--fail-over", "1.9"]
        self.author.chainner(*words, at=self.package).says(r"^node .* ratio$")
        file = self.package / "src/grain.rs"
        text = file.read_text("utf-8")
        try:
            start = "    let size = match stock {"
            slow = "    for _ in 0..3 { std::hint::black_box(image.map_colors(|_, _, s| s.sin().exp())); }\n"
            expect(start in text, "a line to slow down", text)
            file.write_text(text.replace(start, slow + start), "utf-8")
            told = self.author.chainner(*words, at=self.package, code=1)
            told.says(r"error\[CH1401\]: node `grain` at 1080p takes \d+\.\d+ times as long", "Again")
        finally:
            file.write_text(text, "utf-8")

    def step_10(self) -> None:
        """A site without network gets one file, with hashes and a list of parts"""
        self.new = wheels(self.author.chainner("build", at=self.package), self.package)[0]
        bundle = self.place / "studio-nodes-0.2.0.zip"
        (link,) = (self.app.place / "links").glob("chainner_sdk-*.whl")
        self.author.chainner("bundle", "-o", bundle, "--sdk-wheel", link, at=self.package)
        first = bundle.read_bytes()
        self.author.chainner("bundle", "-o", bundle, "--sdk-wheel", link, at=self.package)
        expect(bundle.read_bytes() == first, "the same bundle twice")
        out = self.place / "bundle"
        with zipfile.ZipFile(bundle) as archive:
            archive.extractall(out)
        (sums,) = out.rglob("SHA256SUMS")
        for line in sums.read_text("utf-8").splitlines():
            digest, _, name = line.partition("  ")
            expect(hashlib.sha256((sums.parent / name).read_bytes()).hexdigest() == digest, f"the hash of {name}")
        expect(any('"CycloneDX"' in file.read_text("utf-8") for file in out.rglob("*.json")), "a list of parts")
        # The commands of its README, with the app's Python.
        commands = re.findall(r"^    python (-m .*)$", (out / "README.txt").read_text("utf-8"), re.MULTILINE)
        expect(len(commands) == 2, "two commands in the README", commands)
        for command in commands:
            self.app.python(*command.split(), at=out)
        expect("studio-nodes==0.2.0" in self.app.installed(), "the new version")
        self.app.pip("uninstall", "-q", "-y", "studio-nodes")

    def step_11(self) -> None:
        """After a roll back, a chain of the newer version is refused and the app goes on"""
        app = self.app
        app.pip("install", "-q", "--no-index", "--no-deps", self.new)
        expect("studio-nodes==0.2.0" in app.installed(), "the new version")
        picture, out = black(app), app.place / "rolled.npy"
        newer = [25, "custom", 9, 3]
        with app.running() as host:
            code, answer = host.run(*chain(picture, out, newer))
            expect(code == 200 and out.exists(), "a chain of the new version to run", answer)
        app.pip("install", "-q", "--no-index", "--no-deps", self.old)
        expect("studio-nodes==0.1.0" in app.installed(), "the old version")
        out.unlink()
        with app.running() as host:
            # A number beyond the old range is clamped, as the app does with its own; a choice it never had is refused.
            code, answer = host.run(*chain(picture, out, [150, "custom", 9, 3]))
            expect(code == 200 and out.exists(), "a value out of the old range to be clamped", answer)
            code, answer = host.run(*chain(picture, out, [25, "of the future", 9, 3]))
            expect(code == 500, "a choice of the future to be refused", answer)
            expect("of the future" in json.dumps(answer) and answer["source"]["schemaId"] == NODE, "its node", answer)
            gone = [item("future", "studio_nodes:film:future", 1), *chain(picture, out, newer)]
            try:
                code, answer = host.run(*gone)
            except ConnectionError as error:
                # A worker that gives no answer to a node it does not know; that it goes on is what counts.
                code, answer = 500, str(error)
            expect(code != 200, "a node of the future to be refused", answer)
            expect(ids(host) == self.baseline | {NODE}, "an app that goes on after a node that is not there", answer)
            expect(host.run(*chain(picture, out, newer))[0] == 200, "the next run")

    def step_12(self) -> None:
        """Of two packages that claim an id the first by name has it, and both are named"""
        app = self.app
        schema = json.loads((app.site.directory / "studio_nodes/schema.json").read_bytes())
        schema["package"] |= {"id": "other_nodes", "name": "Other Nodes"}
        names = set()
        for _ in range(2):
            native = f"{NATIVE}\nnodes = ({NODE!r},)\n\n\ndef call(*_):\n    return None\n"
            app.site.install("other-nodes", schema, native)
            with app.running() as host:
                shown = [one["schemaId"] for one in host.get("/nodes")["nodes"]]
            expect(shown.count(NODE) == 1, "the id once", shown.count(NODE))
            told: Done = app.sdk("doctor", code=1)
            claim = rf"{NODE} is claimed by other-nodes 1\.0 and studio-nodes 0\.1\.0"
            told.says(
                claim, rf"where: .*{re.escape('other_nodes')}.*{re.escape('studio_nodes')}", "kept that of other-nodes"
            )
            names.add(told.text.partition("problem:")[2].partition("problems found")[0])
            app.site.uninstall("other_nodes")
        expect(len(names) == 1, "the same each time", names)
        app.pip("uninstall", "-q", "-y", "studio-nodes")
        with app.running() as host:
            expect(ids(host) == self.baseline, "the nodes from the beginning", ids(host) ^ self.baseline)
        status = app.git_status()
        expect(not status, "an untouched checkout of the app", status)


def black(app: App) -> Path:
    """A black picture."""
    file = app.place / "black.npy"
    app.python("-c", f"import numpy; numpy.save({str(file)!r}, numpy.zeros((4, 4, 3), numpy.float32))")
    return file


def chain(picture: Path, out: Path, values: list[object]) -> list[dict[str, object]]:
    """An image through the node into a file."""
    return [
        item("read", "story_files:read", str(picture)),
        item("grain", NODE, edge("read"), *values),
        item("write", "story_files:write", str(out), edge("grain")),
    ]


def versions(manifest: Path, version: str) -> None:
    """Writes the version of a package."""
    text, line = manifest.read_text("utf-8"), f'version = "{version}"'
    manifest.write_text(re.sub(r'^version = ".*"$', line, text, count=1, flags=re.MULTILINE), "utf-8")


def contents(folder: Path) -> dict[str, bytes]:
    """All files below a folder."""
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


if __name__ == "__main__":
    sys.exit(main(S3))
