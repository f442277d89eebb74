//! The generated sources, run by Python where there is one.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::super::fixture::Library;
use super::super::{Extension, PackageName, PythonVersion, WheelError};
use super::{PythonSources, sample};
use chainner_sdk::library::Description;

fn extension() -> Extension {
    Library::exporting("_native").read().unwrap()
}

fn generate(description: &Description) -> Result<PythonSources, WheelError> {
    let name = PackageName::from_crate(&description.package).unwrap();
    let version = PythonVersion::from_cargo(&"0.1.0".parse().unwrap()).unwrap();
    PythonSources::generate(description, &name, &version, Some(&extension()))
}

/// Writes the sample package, with a stand-in for the native part, and runs a script beside it.
#[track_caller]
fn run(native: &str, script: &str) {
    if Command::new("python3").arg("--version").output().is_err() {
        eprintln!("skipped: there is no python3 on PATH");
        return;
    }
    let description = sample::description();
    let sources = generate(&description).unwrap();
    let directory = tempfile::tempdir().unwrap();
    let package = directory.path().join("film_lab");
    fs::create_dir(&package).unwrap();
    let write = |name: &str, text: &str| fs::write(package.join(name), text).unwrap();
    write("__init__.py", &sources.module);
    write("schema.json", &description.schema.to_string());
    if !native.is_empty() {
        write("_native.py", native);
    }
    python(directory.path(), script);
}

#[track_caller]
fn python(directory: &Path, script: &str) {
    let output =
        Command::new("python3").args(["-W", "error", "-B", "-c", script]).current_dir(directory).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

const ECHO: &str = "def call(*values, **how):\n    return (*values, how) if how else values\n";

#[test]
fn importing_loads_no_other_module() {
    run(
        ECHO,
        r#"
import sys
import __future__
import unicodedata  # the compiler itself, for a name that is not ASCII
before = set(sys.modules)
import film_lab
assert set(sys.modules) - before == {"film_lab"}, set(sys.modules) - before
assert film_lab.__version__ == "0.1.0"
assert film_lab.__doc__.startswith('Film Lab 0.1.0: nodes of chaiNNer as functions.\n\nFilm grain, "halation"'), film_lab.__doc__
film_lab.vignette(None)
assert "film_lab._native" in sys.modules
"#,
    );
}

#[test]
fn signatures_have_names_order_and_real_defaults() {
    run(
        ECHO,
        r##"
import inspect
import film_lab
required = inspect.Parameter.empty
def defaults(function):
    return {name: one.default for name, one in inspect.signature(function).parameters.items()}
assert defaults(film_lab.vignette) == {"image": required, "amount": 1.0, "shape": "round"}
assert list(defaults(film_lab.vignette)) == ["image", "amount", "shape"]
assert defaults(film_lab.every_kind) == {
    "integer": -3, "float": 1e-7, "text": "it's\n", "bool": True, "choice": 2,
    "color": (1.0, 0.5, 0.0), "hex": "#336699", "seed": 7, "image": required, "file": required,
    "directory": required, "edge": required, "mask": None, "maybe": None, "limit": None,
}
assert list(defaults(film_lab.lambda_)) == ["from_", "from__", "_call_", "schema_", "größe", "type"]
assert defaults(film_lab.lambda_)["from_"] == float("inf")
kinds = inspect.signature(film_lab.every_kind).parameters
assert kinds["seed"].kind is inspect.Parameter.POSITIONAL_OR_KEYWORD
assert kinds["image"].kind is inspect.Parameter.KEYWORD_ONLY
assert kinds["limit"].kind is inspect.Parameter.KEYWORD_ONLY
assert kinds["maybe"].annotation == """Literal['round', 'oval', 'say "hi"\\\\'] | None""", kinds["maybe"].annotation
"##,
    );
}

#[test]
fn calls_pass_the_id_and_the_values_in_input_order() {
    run(
        ECHO,
        r#"
import film_lab
expected = ("film_lab:light:vignette", 1, 2, "round")
assert film_lab.vignette(1, 2) == expected
assert film_lab.vignette(amount=2, image=1) == expected
assert film_lab.vignette(1, 2) == expected
assert film_lab.every_kind(image=1, file=2, directory=3, edge=4)[9:] == (1, 2, 3, 4, None, None, None)
assert film_lab.float_() == ("film_lab:light:float",)
assert film_lab._call.__module__ == "film_lab._native"
"#,
    );
}

#[test]
fn sequences_are_iterables_and_iterators() {
    run(
        ECHO,
        r#"
import inspect
import film_lab
for attempt in range(2):
    assert film_lab.bracket(1) == ("film_lab:light:bracket", 1)
    assert film_lab.thin([1]) == ("film_lab:light:thin", [1])
    assert film_lab.stack([1], [2]) == ("film_lab:light:stack", [1], [2], "round", {"collect": True})
image = "numpy.typing.NDArray[numpy.float32]"
stack = inspect.signature(film_lab.stack)
assert stack.parameters["images"].annotation == f"Iterable[{image}]"
assert stack.parameters["weights"].annotation == "Iterable[float | None]"
assert stack.parameters["weights"].default is inspect.Parameter.empty
assert stack.return_annotation == image
assert inspect.signature(film_lab.bracket).return_annotation == f"Iterator[tuple[{image}, float]]"
assert inspect.signature(film_lab.thin).return_annotation == f"Iterator[{image}]"
text = inspect.getdoc(film_lab.bracket)
assert text.endswith("""
    An iterator over tuples of:
    - Image. Pixels in the order B, G, R(, A), each 0 to 1; a 2-D array if there is one channel.
    - Stop.
    Its attribute `statics` is a tuple of:
    - Directory."""), text
text = inspect.getdoc(film_lab.stack)
assert "images: What is stacked. An iterable; each item: Pixels in the order" in text, text
"#,
    );
}

#[test]
fn functions_are_documented_and_pickle() {
    run(
        ECHO,
        r#"
import inspect
import pickle
import film_lab
for name in film_lab.__all__:
    function = getattr(film_lab, name)
    assert function.__module__ == "film_lab" and function.__qualname__ == name
    assert pickle.loads(pickle.dumps(function)) is function
    assert function.__doc__
text = inspect.getdoc(film_lab.vignette)
assert text == '''Darkens the corners of an image, as a fast lens does.

The centre is left as it is.

Args:
    image: IMAGE. Pixels in the order B, G, R(, A), each 0 to 1.
    amount: Darkening of the far corner, in stops. 0.0 to 8.0 EV.
    shape: How the darkening falls off. One of:
        - "round": Round.
        - "oval": Oval (fit). Follows the proportions
          of the image.
        - 'say "hi"\\\\': Odd """ label.

Returns:
    Image. Pixels in the order B, G, R(, A), each 0 to 1; a 2-D array if there is one channel.''', text
odd = inspect.getdoc(film_lab.lambda_)
assert odd.startswith(' "Quoted" \\N{x} \\ and """triple""" größe 名 \u202e\0     tab\n\n    code \\\n\nEnds with "\n\nArgs:\n'.strip(" ")), odd
assert 'from_: ends with \\. 0.0 to 8.0 EV.' in odd, odd
assert inspect.getdoc(film_lab.open).startswith("One quote at the end\\\n")
"#,
    );
}

#[test]
fn the_schema_is_parsed_anew() {
    run(
        ECHO,
        r#"
import film_lab
one, other = film_lab.schema(), film_lab.schema()
assert one == other and one is not other
assert one["package"]["name"] == "Film Lab"
names = {}
exec("from film_lab import *", names)
assert set(film_lab.__all__) <= set(names)
assert set(film_lab.__all__) == {"schema", "vignette", "every_kind", "lambda_", "float_", "open", "round", "split", "bracket", "stack", "thin"}
assert {"schema", "vignette", "__version__"} <= set(dir(film_lab))
assert "_call" not in dir(film_lab) and "annotations" not in dir(film_lab)
"#,
    );
}

#[test]
fn a_native_part_that_does_not_load_says_what_and_why() {
    let script = |reason: &str, missing: &str| {
        format!(
            r#"
import sys
import film_lab
for attempt in range(2):
    try:
        film_lab.vignette(1)
    except ImportError as error:
        text, cause = str(error), error.__cause__
        assert error.name == "film_lab._native" and error.path.endswith("_native.abi3.so")
    else:
        raise AssertionError("no error")
    assert "film_lab cannot run its nodes" in text
    assert "_native.abi3.so{missing}\n" in text, text
    assert "{reason}" in text and "{reason}".partition(": ")[2] in str(cause), text
    assert "built for: CPython 3.10 or newer on many" in text
    assert "running:   CPython %d.%d" % sys.version_info[:2] in text
    assert sys.executable in text and "-m pip install --force-reinstall film-lab" in text
"#
        )
    };
    run("", &script("ModuleNotFoundError: No module named 'film_lab._native'", " (missing)"));
    run("raise ImportError('GLIBC_2.99 not found')", &script("ImportError: GLIBC_2.99 not found", " (missing)"));
    run("raise SystemError('broken')", &script("SystemError: broken", " (missing)"));
    run("", &format!("open('film_lab/_native.abi3.so', 'w').write('x')\n{}", script("ImportError: ", "")));
}

#[test]
fn an_error_of_a_node_passes_unchanged() {
    run(
        "def call(*values):\n    raise ValueError('amount')\n",
        r#"
import film_lab
for attempt in range(2):
    try:
        film_lab.vignette(1)
    except ValueError as error:
        assert error.args == ("amount",) and error.__cause__ is None and error.__context__ is None
"#,
    );
}

#[test]
fn the_stub_has_the_signatures_of_the_module() {
    let sources = generate(&sample::description()).unwrap();
    assert!(sources.stub.contains("\nimport os\nimport pathlib\nfrom collections.abc import Iterable, Iterator, Sequence\nfrom typing import Any, Literal\n\nimport numpy\n"));
    assert!(sources.stub.contains("    image: numpy.typing.NDArray[numpy.float32],\n    amount: float = 1.0,\n"));
    assert!(sources.stub.contains("    shape: Literal[\"round\", \"oval\", 'say \"hi\"\\\\'] = \"round\",\n"));
    assert!(sources.stub.contains("    file: str | os.PathLike[str],\n"));
    assert!(sources.stub.contains("    hex: str | Sequence[float] = \"#336699\",\n"));
    assert!(sources.stub.contains("    tuple[float, ...],\n    pathlib.Path,\n    int,\n]:\n"));
    if Command::new("python3").arg("--version").output().is_err() {
        eprintln!("skipped: there is no python3 on PATH");
        return;
    }
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("module.py"), &sources.module).unwrap();
    fs::write(directory.path().join("stub.pyi"), &sources.stub).unwrap();
    python(
        directory.path(),
        r#"
import ast
def functions(path):
    tree = ast.parse(open(path, encoding="utf-8").read())
    return {
        one.name: (ast.unparse(one.args), ast.unparse(one.returns), ast.get_docstring(one))
        for one in tree.body
        if isinstance(one, ast.FunctionDef) and not one.name.startswith("_")
    }
module, stub = functions("module.py"), functions("stub.pyi")
assert len(stub) == 11 and module == stub, (module, stub)
"#,
    );
}

#[test]
fn a_package_without_nodes_imports_only_what_it_names() {
    let description = Description { nodes: Vec::new(), ..sample::description() };
    let sources = generate(&description).unwrap();
    assert!(!sources.stub.contains("numpy") && !sources.stub.contains("Literal"));
    assert!(sources.stub.contains("\nfrom typing import Any\n"));
}

#[test]
fn two_nodes_of_one_function_are_refused() {
    let error = generate(&sample::with_two_nodes_of_one_function()).unwrap_err();
    assert!(
        matches!(&error, WheelError::DuplicateFunction { function, first, second }
        if function == "vignette" && first == "film_lab:light:vignette" && second == "film_lab:other:vignette"),
        "{error}"
    );
}

#[test]
fn names_that_are_no_python_names_are_refused() {
    for change in [
        |description: &mut Description| description.nodes[0].function = "a-b".to_owned(),
        |description: &mut Description| description.nodes[0].inputs[0].name = "a\nimport os".to_owned(),
    ] {
        let mut description = sample::description();
        change(&mut description);
        let error = generate(&description).unwrap_err();
        assert!(matches!(&error, WheelError::PythonName { node, .. } if node == "film_lab:light:vignette"), "{error}");
    }
}

#[test]
fn ruff_has_nothing_to_change() {
    if Command::new("ruff").arg("--version").output().is_err() {
        eprintln!("skipped: there is no ruff on PATH");
        return;
    }
    let sources = generate(&sample::description()).unwrap();
    let directory = tempfile::tempdir().unwrap();
    let package = directory.path().join("film_lab");
    fs::create_dir(&package).unwrap();
    fs::write(package.join("__init__.py"), &sources.module).unwrap();
    fs::write(package.join("__init__.pyi"), &sources.stub).unwrap();
    for arguments in [&["check"][..], &["format", "--diff"]] {
        let output =
            Command::new("ruff").args(arguments).args(["--isolated", "."]).current_dir(&directory).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }
}
