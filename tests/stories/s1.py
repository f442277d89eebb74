"""S1: someone who knows Rust and has no Python makes a package; then chaiNNer shows and runs it, and forgets it again.

Needs cargo, and a Python with pip, numpy and hatchling. With CHAINNER_REPO, the checkout of a chaiNNer whose needs that
Python meets, steps 9 to 11 are done with the real backend, else with the stand-in of `python/tests`.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import sys
import zipfile
from pathlib import Path

import picture
from machine import App, Author, edge, ids, item, wheels
from story import Story, expect, main

COMMANDS = "new run test dev build check schema docs bench port verify diff publish ci doctor".split()
NODE = "sepia_tools:film:grain"
LOOK = {"amount": 25, "stock": "coarse", "seed": 3}


class S1(Story):
    """A new author, with cargo only, up to a node in chaiNNer and back."""

    def step_0(self) -> None:
        """There is no Python"""
        self.author = Author(self.place)
        for name in ("python", "python3", "pip", "uv"):
            expect(shutil.which(name, path=str(self.author.path)) is None, f"no {name} on PATH")
        self.author.run("sh", "-c", "command -v python3", at=self.place, code=None)

    def step_1(self) -> None:
        """The tool is installed from its sources"""
        self.author.install_tool(self.place).says(r"Installed package `cargo-chainner v\d")

    def step_2(self) -> None:
        """The tool says what it can do"""
        self.author.chainner("--version", at=self.place).says(r"^cargo-chainner \d")
        missing = [command for command in COMMANDS if not self.author.has_command(command)]
        if missing:
            self.not_yet(f"no command {', '.join(missing)}")
        for command in set(COMMANDS) - set(missing):
            self.author.chainner(command, "--help", at=self.place).says(r"^Usage: cargo chainner")

    def step_3(self) -> None:
        """A package is made, and the next three commands are told"""
        self.package, done = self.author.new("sepia-tools", self.place, "--template", "filter")
        done.says("Created.*sepia-tools", "Next")
        # A line may hold two commands: `cd sepia-tools && cargo test`.
        told = re.findall(r"cargo (?:test|chainner \w+)", done.text.partition("Next")[2])
        expect(len(told) == 3, "three commands", told)
        names = {file.relative_to(self.package).as_posix() for file in self.package.rglob("*") if file.is_file()}
        wanted = {"Cargo.toml", "src/lib.rs", "README.md", "LICENSE", ".gitignore", "pyproject.toml"}
        expect(wanted <= names, f"the files {sorted(wanted)}", sorted(names))
        expect(any(name.startswith("tests/") for name in names), "tests", sorted(names))
        expect(
            not {name for name in names if name == "build.rs" or name.startswith(".cargo")}, "no build.rs and no .cargo"
        )
        library = (self.package / "src/lib.rs").read_text("utf-8")
        expect(len(library.splitlines()) < 40, "a library of less than 40 lines", len(library.splitlines()))
        sources = "".join(file.read_text("utf-8") for file in self.package.rglob("*.rs"))
        expect("pyo3" not in sources + (self.package / "Cargo.toml").read_text("utf-8"), "no word of pyo3")

    def step_4(self) -> None:
        """Its tests pass, without Python"""
        self.author.run("cargo", "test", at=self.package).says(r"test result: ok\. [2-9]\d* passed")

    def step_5(self) -> None:
        """The node runs as a program, and refuses what it does not take"""
        picture.write(self.package / "in.png", 512, 512)
        usage = self.author.chainner("run", "grain", "--help", at=self.package)
        usage.says("Usage", "--image", r"--amount <0\.\.=100>", r"\[default: 10\]", r"--stock <fine\|coarse\|custom>")
        usage.says("How far a sample moves at most", "Adds the grain of photographic film")
        words = ["run", "grain", "in.png", *(word for key in LOOK for word in (f"--{key}", LOOK[key]))]
        done = self.author.chainner(*words, "-o", "out.png", at=self.package)
        done.says(r"grain: 512×512 RGB -> 512×512 RGB in \d+(\.\d+)? (ms|s)")
        before, after = picture.read(self.package / "in.png"), picture.read(self.package / "out.png")
        expect(before[:2] == after[:2], "an output of the same size", after[:2])
        expect(before[2] != after[2], "an output that differs from the input")
        words = ["run", "grain", "in.png", "-o", "no.png", "--amount", "180"]
        self.author.chainner(*words, at=self.package, code=2).says(
            r"error\[CH\d+\]: --amount = 180 is outside 0\.\.=100"
        )
        expect(not (self.package / "no.png").exists(), "no file after a refusal")

    def step_6(self) -> None:
        """Two misspelt words are told in one run of the compiler, each where it stands"""
        file = self.package / "src/grain.rs"
        text = file.read_text("utf-8")
        try:
            wrong = text.replace("default = 10.0", "defualt = 10.0").replace(
                "stock == Stock::Custom", "stcok == Stock::Custom"
            )
            expect(wrong.count("defualt") == wrong.count("stcok") == 1, "two words to misspell", text)
            file.write_text(wrong, "utf-8")
            done = self.author.run("cargo", "build", at=self.package, code=101)
            done.says(r"unknown key `defualt`", "`default`", r"`stcok`", "`stock`")
            lines = wrong.splitlines()
            for word in ("defualt", "stcok"):
                line = next(number for number, line in enumerate(lines) if word in line)
                done.says(rf"src/grain\.rs:{line + 1}:{lines[line].index(word) + 1}\b")
        finally:
            file.write_text(text, "utf-8")

    def step_7(self) -> None:
        """It is checked; a node that breaks its contract is found"""
        self.author.chainner("check", at=self.package).says("1 node, 0 errors, 0 warnings")
        if not self.author.has_command("test"):
            return self.not_yet("nothing runs the nodes against their declarations: no command test")
        # The tests of step 4 have passed, and there is no Python to put a wheel into.
        words = ["test", "--no-cargo", "--no-wheel"]
        self.author.chainner(*words, at=self.package)
        file = self.package / "src/grain.rs"
        text = file.read_text("utf-8")
        try:
            # The scale of 8-bit samples, the commonest fault of nodes.
            file.write_text(text.replace("sample + amount", "255.0 * sample + amount"), "utf-8")
            expect(file.read_text("utf-8") != text, "a line to spoil", text)
            self.author.chainner(*words, at=self.package, code=None).says(r"error\[CH\d+\]", "grain")
        finally:
            file.write_text(text, "utf-8")

    def step_8(self) -> None:
        """A wheel is built, the same each time"""
        digests = []
        for _ in range(2):
            shutil.rmtree(self.package / "dist", ignore_errors=True)
            done = self.author.chainner("build", at=self.package)
            (self.wheel,) = wheels(done, self.package)
            digests.append(hashlib.sha256(self.wheel.read_bytes()).hexdigest())
            done.says(digests[-1])
        expect(digests[0] == digests[1], "the same bytes from the same sources", digests)
        expect(re.fullmatch(r"sepia_tools-0\.1\.0-cp310-abi3-\S+\.whl", self.wheel.name), "a wheel", self.wheel.name)
        judge(self.wheel)
        schema = json.loads((self.package / "dist/schema.json").read_bytes())
        expect([one["schemaId"] for one in schema["nodes"]] == [NODE], "the node in schema.json")
        with zipfile.ZipFile(self.wheel) as archive:
            expect(json.loads(archive.read("sepia_tools/schema.json")) == schema, "the same schema in the wheel")
        if not self.author.has_option("build", "--schema-only"):
            return self.not_yet("no schema-only wheel: no option --schema-only of build")
        (bare,) = wheels(self.author.chainner("build", "--schema-only", at=self.package), self.package)
        expect(bare.name == "sepia_tools-0.1.0-py3-none-any.whl", "a wheel for everywhere", bare.name)
        judge(bare)

    def step_9(self) -> None:
        """It is installed and linked, and chaiNNer shows and runs it beside its own nodes"""
        self.app = app = App(self.place)
        print(
            f"           {app.backend.name} at {app.backend.source}, {sys.implementation.name} {sys.version.split()[0]}"
        )
        with app.running() as host:
            own = ids(host)
        expect(own, "nodes of the app itself")
        app.pip("install", "-q", "--no-index", "--find-links", app.place / "links", "chainner-sdk")
        self.files_before = app.files()
        before = app.installed()
        app.sdk("link").says(r"chainner_sdk_link\.pth", "verified")
        with app.running() as host:
            self.nodes_before = ids(host)
        expect(self.nodes_before >= own, "every node of the app itself", own - self.nodes_before)
        app.pip("install", "-q", "--no-index", "--find-links", self.package / "dist", "sepia-tools")
        expect(app.installed() - before == {"sepia-tools==0.1.0"}, "one line more of pip", app.installed() ^ before)
        receipt = json.loads((app.site.directory / "chainner_sdk_link.json").read_bytes())
        expect("chainner_sdk_link.pth" in receipt["files"], "a receipt", receipt)
        with app.running() as host:
            expect(ids(host) - self.nodes_before == {NODE}, "one node more", ids(host) ^ self.nodes_before)
            expect(ids(host) >= self.nodes_before, "every node from before")
            categories = {one["id"] for one in host.get("/nodes")["categories"]}
            expect(any("sepia" in one for one in categories), "the category", categories)
            shown = {one["id"] for one in host.get("/packages")}
            expect("sepia_tools" in shown, "the package", shown)
            for new in (False, True) if app.backend.has_new_executor else (False,):
                self._run_in(host, new)

    def _run_in(self, host: object, new: bool) -> None:
        """Pixels that went through chaiNNer are those of a direct call, and of the program without Python."""
        width, height, samples = picture.read(self.package / "in.png")
        (self.place / "in.rgb").write_bytes(samples)
        given, made = self.place / "in.npy", self.place / f"out {new}.npy"
        script = f"import numpy; raw = numpy.fromfile({str(self.place / 'in.rgb')!r}, numpy.uint8)"
        script += (
            f".reshape({height}, {width}, 3); numpy.save({str(given)!r}, raw[..., ::-1].astype(numpy.float32) / 255)"
        )
        self.app.python("-c", script)
        chain = [
            item("read", "story_files:read", str(given)),
            item("grain", NODE, edge("read"), LOOK["amount"], LOOK["stock"], 4, LOOK["seed"]),
            item("write", "story_files:write", str(made), edge("grain")),
        ]
        code, answer = host.run(*chain, new=new)
        expect(code == 200, "the chain to run", answer)
        script = f"""
import numpy, sepia_tools
seen, direct = numpy.load({str(made)!r}), sepia_tools.grain(numpy.load({str(given)!r}), **{LOOK!r})
print(float(abs(seen - direct).max()), seen.dtype, seen.shape)
numpy.floor(seen[..., ::-1] * 255 + 0.5).astype(numpy.uint8).tofile({str(self.place / "out.rgb")!r})"""
        said = self.app.python("-c", script).out.strip()
        expect(said == f"0.0 float32 ({height}, {width}, 3)", "a largest difference of 0 from a direct call", said)
        differences = zip((self.place / "out.rgb").read_bytes(), picture.read(self.package / "out.png")[2], strict=True)
        worst = max(abs(one - other) for one, other in differences)
        expect(worst == 0, "a largest difference of 0 from `cargo chainner run`", worst)

    def step_10(self) -> None:
        """Without its native half the node stays, and says what to do when it is run"""
        app = self.app
        (native,) = (app.site.directory / "sepia_tools").glob("_native.*")
        native.unlink()
        with app.running() as host:
            expect(ids(host) == self.nodes_before | {NODE}, "the same nodes", ids(host) ^ self.nodes_before)
            chain = [item("read", "story_files:read", str(self.place / "in.npy"))]
            chain += [item("grain", NODE, edge("read"), 25, "coarse", 4, 3)]
            chain += [item("write", "story_files:write", str(self.place / "never.npy"), edge("grain"))]
            code, answer = host.run(*chain)
            expect(code == 500, "the run to fail", code)
            expect(re.search("native module.*missing.*reinstall", json.dumps(answer)), "the reason and the fix", answer)
            expect(answer["source"]["schemaId"] == NODE, "the node in the answer", answer)
            expect(ids(host), "an app that goes on")
        app.sdk("doctor", code=1).says(
            "sepia-tools cannot run its nodes", "fix: .*pip install --force-reinstall sepia-tools"
        )

    def step_11(self) -> None:
        """It is uninstalled and unlinked, and nothing is left"""
        app = self.app
        app.pip("uninstall", "-q", "-y", "sepia-tools")
        with app.running() as host:
            expect(ids(host) == self.nodes_before, "the nodes from before", ids(host) ^ self.nodes_before)
        app.sdk("unlink").says(r"chainner_sdk_link\.pth", r"chainner_sdk_link\.json")
        expect(app.files() == self.files_before, "the files from before", app.files() ^ self.files_before)
        status = app.git_status()
        if status is not None:
            expect(status == "", "an untouched checkout of the app", status)


def judge(wheel: Path) -> None:
    """What every wheel of ours promises."""
    with zipfile.ZipFile(wheel) as archive:
        expect(archive.testzip() is None, "a whole archive")
        names = archive.namelist()
        metadata = archive.read(next(name for name in names if name.endswith(".dist-info/METADATA"))).decode()
    expect("Requires-Dist" not in metadata, "no requirement", metadata)
    expect(not [name for name in names if name.endswith((".pth", ".start"))], "no start-up file", names)


if __name__ == "__main__":
    sys.exit(main(S1))
