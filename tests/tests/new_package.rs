//! A package made by `new` outside this repository: tested, run and built without Python, then installed and called.

use std::{
    env, fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::Command,
};

use system_tests::{Environment, interpreters, root, run, scratch, target_dir, tool};

/// What compiling needs, and nothing else.
const PROGRAMS: &[&str] =
    &["cargo", "rustc", "rustdoc", "cc", "gcc", "ld", "ld.bfd", "as", "ar", "ranlib", "strip", "uname", "sh", "env"];

/// A directory with links to the compilers: a `PATH` without Python.
fn path_without_python() -> PathBuf {
    let directory = scratch("path without python");
    for program in PROGRAMS {
        let found = env::split_paths(&env::var_os("PATH").unwrap_or_default())
            .map(|directory| directory.join(program))
            .find(|path| path.is_file());
        if let Some(found) = found {
            symlink(found, directory.join(program)).expect("links can be made");
        }
    }
    directory
}

#[test]
fn a_new_package_is_tested_run_and_built_without_python_and_then_installed() {
    let path = path_without_python();
    assert!(!path.join("python3").exists());
    let directory = tempfile::tempdir().expect("a temporary directory can be made");
    assert!(!directory.path().starts_with(root()), "the package stands outside the repository");
    let isolated = |program: &Path, words: &[&str], at: &Path| {
        let mut command = Command::new(program);
        command.args(words).current_dir(at).env("PATH", &path).env_remove("CARGO");
        command.env("CARGO_TARGET_DIR", target_dir().join("system").join("new-target"));
        run(&mut command).succeeded()
    };
    let cargo = path.join("cargo");
    let sdk = root().to_str().expect("the checkout has a Unicode path");

    isolated(tool(), &["new", "first-light", "--template", "filter", "--sdk-path", sdk], directory.path());
    let package = directory.path().join("first-light");
    // The versions of this workspace, so that nothing has to be fetched.
    fs::copy(root().join("Cargo.lock"), package.join("Cargo.lock")).expect("Cargo.lock can be copied");

    let tested = isolated(&cargo, &["test"], &package);
    assert!(tested.stdout.contains("test result: ok. 4 passed"), "{}", tested.stdout);

    let picture = directory.path().join("in.png");
    picture_of_a_ramp(&picture);
    let picture = picture.to_str().expect("Unicode");
    isolated(tool(), &["run", "grain", picture, "-o", "out.png"], &package);
    assert!(package.join("out.png").metadata().is_ok_and(|file| file.len() > 0));

    isolated(tool(), &["check"], &package);
    let built = isolated(tool(), &["build"], &package);
    let wheel = built.stdout.lines().find(|line| line.ends_with(".whl")).expect("the wheel is named on stdout");
    assert!(package.join("dist/schema.json").is_file());

    let environment = Environment::fresh_at(&interpreters()[0], directory.path().join("environment"));
    let mut pip = environment.python();
    run(pip.args(["-m", "pip", "install", "--quiet", "numpy"]).arg(package.join(wheel))).succeeded();
    let script = "\
import first_light, numpy
picture = numpy.full((20, 30, 3), 0.5, numpy.float32)
result = first_light.grain(picture, seed=3)
assert result.shape == picture.shape and not numpy.array_equal(result, picture)
print(first_light.schema()['package']['name'])";
    let said = run(environment.python().args(["-c", script])).succeeded();
    assert_eq!(said.stdout.trim(), "First Light");
}

/// A template, the words of `run` for its node with what these print, and Python that calls the installed package.
struct Promise {
    template: &'static str,
    run: Option<(&'static [&'static str], &'static str)>,
    call: &'static str,
}

/// What each template promises.
const PROMISES: &[Promise] = &[
    Promise {
        template: "filter",
        run: Some((&["grain", "in.png", "-o", "out.png"], "")),
        call: "assert m.grain(gray, seed=3).shape == gray.shape and not numpy.array_equal(m.grain(gray, seed=3), gray)",
    },
    Promise {
        template: "minimal",
        run: Some((&["invert", "in.png", "-o", "out.png"], "")),
        call: "assert numpy.allclose(m.invert(gray * 0.5), 0.75)",
    },
    Promise {
        template: "blend",
        run: Some((&["blend", "in.png", "#ff0000", "--mode", "multiply", "-o", "out.png"], "")),
        call: "assert numpy.allclose(m.blend(gray, gray, mode='screen'), 0.75)",
    },
    Promise {
        template: "generator",
        run: Some((&["checkerboard", "--width", "8", "--square", "2", "-o", "out.png"], "")),
        call: "\
tiles = list(m.tiles(gray, columns=3, rows=2))
assert [index for _, index in tiles] == list(range(6)), tiles
assert sum(tile.shape[0] * tile.shape[1] for tile, _ in tiles) == gray.shape[0] * gray.shape[1]",
    },
    Promise {
        template: "collector",
        run: Some((&["average", "in.png", "in.png", "-o", "out.png"], "Count: 2")),
        call: "\
mean, count = m.average([gray * 0, gray, gray])
assert count == 3 and numpy.allclose(mean, 1 / 3)",
    },
    Promise {
        template: "file-output",
        run: Some((&["save_pfm", "in.png", "--directory", ".", "--name", "out"], "")),
        call: "\
import pathlib, tempfile
with tempfile.TemporaryDirectory() as directory:
    m.save_pfm(gray, directory, 'gray')
    saved = pathlib.Path(directory, 'gray.pfm').read_bytes()
assert saved.startswith(b'PF\\n30 20\\n-1.0\\n'), saved[:20]
assert numpy.allclose(numpy.frombuffer(saved[14:], '<f4'), 0.5)",
    },
    Promise {
        template: "analysis",
        run: Some((&["statistics", "in.png"], "Report: 2×1, mean ")),
        call: "\
mean, deviation, clipped, report = m.statistics(gray)
assert abs(mean - 0.5) < 1e-6 and clipped == 0 and report.startswith('30×20, '), report",
    },
    Promise {
        template: "custom-type",
        run: None,
        call: "assert numpy.allclose(m.apply_palette(gray, m.extract_palette(gray)), gray, atol=1e-6)",
    },
    Promise {
        template: "workspace",
        run: Some((&["-p", "new-workspace-tone", "levels", "in.png", "--black", "5", "-o", "out.png"], "")),
        call: "\
import new_workspace_detail as detail, new_workspace_tone as tone
assert numpy.allclose(tone.levels(gray, black=25.0, white=75.0), 0.5)
assert numpy.allclose(detail.sharpen(gray), gray)",
    },
];

/// One directory for what cargo makes of all templates, so that what they depend on is compiled once.
#[test]
fn every_template_is_tested_checked_run_built_verified_and_installed() {
    let templates: Vec<&str> = PROMISES.iter().map(|promise| promise.template).collect();
    assert_eq!(templates, cargo_chainner_templates(), "each template has a promise");
    let directory = tempfile::tempdir().expect("a temporary directory can be made");
    let at = |program: &Path, words: &[&str], at: &Path| {
        let mut command = Command::new(program);
        command.args(words).current_dir(at).env("CARGO_NET_OFFLINE", "true");
        command.env("CARGO_TARGET_DIR", target_dir().join("system").join("new-target"));
        run(&mut command).succeeded()
    };
    let cargo = Path::new(env!("CARGO"));
    let sdk = root().to_str().expect("the checkout has a Unicode path");
    let mut wheels = Vec::new();
    for Promise { template, run, .. } in PROMISES {
        let name = format!("new-{template}");
        let created = at(tool(), &["new", &name, "--template", template, "--sdk-path", sdk], directory.path());
        let next: Vec<&str> = created.stderr.split("Next:\n").nth(1).expect("what to do next").lines().collect();
        assert_eq!(next.len(), 3, "{}", created.stderr);
        let package = directory.path().join(&name);
        fs::copy(root().join("Cargo.lock"), package.join("Cargo.lock")).expect("Cargo.lock can be copied");

        at(cargo, &["fmt", "--all", "--check"], &package);
        let tested = at(cargo, &["test", "--workspace"], &package);
        let passed = |line: &str| line.strip_prefix("test result: ok. ")?.split(' ').next()?.parse::<u32>().ok();
        assert!(tested.stdout.lines().filter_map(passed).sum::<u32>() >= 1, "{template}: {}", tested.stdout);
        let checked = at(tool(), &["check", "--all", "--debug", "-v"], &package);
        assert!(!checked.stderr.contains("warning") || checked.stderr.contains(" 0 warnings"), "{}", checked.stderr);

        let called = at(tool(), &["test", "--all", "--no-cargo", "--no-wheel", "--debug"], &package).stderr;
        assert!(called.contains(" 0 errors, 0 warnings") && !called.contains("CH08"), "{template}: {called}");

        picture_of_a_ramp(&package.join("in.png"));
        if let Some((words, printed)) = run {
            let said = at(tool(), &[&["run", "--debug"], *words].concat(), &package);
            assert!(said.stdout.contains(printed), "{template}: {}", said.stdout);
            let is_result = |name: &str| package.join(name).metadata().is_ok_and(|file| file.len() > 0);
            assert!(!printed.is_empty() || is_result("out.png") || is_result("out.pfm"), "{template} wrote nothing");
        }
        let built = at(tool(), &["build", "--all", "--debug"], &package);
        let own: Vec<PathBuf> =
            built.stdout.lines().filter(|line| line.ends_with(".whl")).map(|line| package.join(line)).collect();
        assert!(!own.is_empty(), "{template}: {}", built.stdout);
        for wheel in &own {
            at(tool(), &["verify", wheel.to_str().expect("Unicode")], &package);
        }
        wheels.extend(own);
    }

    let environment = Environment::with(&interpreters()[0], &["numpy"]);
    let installed = directory.path().join("installed");
    let mut pip = environment.python();
    pip.args(["-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target"]).arg(&installed);
    run(pip.args(&wheels)).succeeded();
    for Promise { template, call, .. } in PROMISES {
        let module = format!("new_{}", template.replace('-', "_"));
        let import = if *template == "workspace" { String::new() } else { format!("import {module} as m\n") };
        let script = format!("import numpy\ngray = numpy.full((20, 30, 3), 0.5, numpy.float32)\n{import}{call}");
        run(environment.python().args(["-c", &script]).env("PYTHONPATH", &installed)).succeeded();
    }
}

/// The templates that `new` offers, as a wrong one makes it list them.
fn cargo_chainner_templates() -> Vec<String> {
    let refused = run(Command::new(tool()).args(["new", "x", "--template", "?"])).ended_with(2);
    let list = refused.stderr.split("possible values: ").nth(1).expect("the possible values are listed");
    list.split(']').next().unwrap_or_default().split(',').map(|name| name.trim().to_owned()).collect()
}

/// No name is taken that another module of Python has.
#[test]
fn modules_of_python_are_no_names() {
    let script = "import sys; print('\\n'.join(n for n in sys.stdlib_module_names if not n.startswith('_')))";
    let modules = run(Command::new(&interpreters()[0]).args(["-c", script])).succeeded().stdout;
    let directory = scratch("taken names");
    let allowed: Vec<&str> = modules
        .lines()
        .filter(|name| run(Command::new(tool()).args(["new", name, "-q"]).current_dir(&directory)).code != Some(2))
        .collect();
    assert!(modules.lines().count() > 150);
    assert_eq!(allowed, [""; 0], "`import` would find modules of Python");
}

/// A picture to run a node on.
fn picture_of_a_ramp(path: &Path) {
    // 2×1 pixels of 8-bit RGB: a PNG small enough to be written by hand.
    const PNG: &[u8] = &[
        0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52, 0x00, 0x00,
        0x00, 0x02, 0x00, 0x00, 0x00, 0x01, 0x08, 0x02, 0x00, 0x00, 0x00, 0x7b, 0x40, 0xe8, 0xdd, 0x00, 0x00, 0x00,
        0x0f, 0x49, 0x44, 0x41, 0x54, 0x78, 0xda, 0x63, 0x70, 0x68, 0x38, 0xd0, 0xd0, 0xd0, 0x00, 0x00, 0x0a, 0x07,
        0x03, 0x01, 0x08, 0x35, 0xfe, 0x66, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
    ];
    fs::write(path, PNG).expect("the picture can be written");
}
