//! `new`: writes a package that builds, from a template inside the tool.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};
use chainner_templates::{FILTER, MINIMAL, PYPROJECT, TemplateFile};

use crate::{
    cli::{NewArgs, Template},
    codes::Code,
    error::Failure,
    shell::Shell,
    wheel::PackageName,
};

/// Names of crates and Rust keywords that cargo refuses or warns of.
const TAKEN_IN_RUST: &str = "abstract alloc as async await become box break build const continue core crate deps do dyn else enum \
    examples extern false final fn for gen if impl in incremental let loop macro match mod move mut override priv proc-macro pub ref \
    return self static std struct super test trait true try type typeof unsafe unsized use virtual where while yield con prn aux nul";

/// Modules that Python, the app or the SDK have already: an `import` would find those.
const TAKEN_IN_PYTHON: &str = "abc api argparse array ast asyncio base64 binascii bisect builtins bz2 calendar chainner-sdk chainner-ext \
    cmath cmd code codecs collections colorsys configparser contextlib copy csv ctypes curses cv2 dataclasses datetime decimal difflib \
    dis doctest email encodings enum errno faulthandler filecmp fileinput fractions ftplib functools gc getopt getpass gettext glob \
    graphlib gzip hashlib heapq hmac html http imaplib importlib inspect io ipaddress itertools json keyword linecache locale logging \
    lzma mailbox marshal math mimetypes mmap multiprocessing netrc nodes numbers numpy opcode operator optparse os packages pathlib pdb \
    pickle pil pip pkgutil platform plistlib poplib posixpath pprint profile pstats pydoc queue random re readline reprlib resource \
    runpy sanic sched secrets select selectors server setuptools shelve shlex shutil signal site smtplib socket socketserver sqlite3 \
    ssl stat statistics string stringprep struct subprocess symtable sys sysconfig syslog tarfile tempfile termios textwrap threading \
    time timeit tkinter token tokenize tomllib torch trace traceback tracemalloc turtle types typing unicodedata unittest urllib uuid \
    venv warnings wave weakref webbrowser wheel xml xmlrpc zipapp zipfile zipimport zlib zoneinfo";

/// Writes a new package.
///
/// # Errors
/// The name is no package name, the directory is not empty, or the file system refuses. Nothing is left half written.
pub fn run(args: &NewArgs, shell: &Shell) -> Result<()> {
    let name = args.name.as_str();
    check_name(name)?;
    let directory = args.path.clone().unwrap_or_else(|| PathBuf::from(name));
    check_directory(&directory)?;
    let sdk = sdk_dependency(args.sdk_path.as_deref())?;
    let mut files = rendered(args.template, name, &sdk);
    let workspace = alone(&directory, &mut files)?;
    write(&directory, &files)?;
    tell(args, &directory, workspace.as_deref(), shell);
    Ok(())
}

/// The line of Cargo.toml for chainner-sdk: the published crate, or a checkout.
pub(crate) fn sdk_dependency(path: Option<&Path>) -> Result<String> {
    let Some(path) = path else { return Ok("chainner-sdk = \"0.1\"".to_owned()) };
    let path = sdk_directory(path)?;
    let path = path.to_str().with_context(|| format!("the path `{}` is not Unicode", path.display()))?;
    // JSON strings without control characters are TOML strings.
    Ok(format!("chainner-sdk = {{ path = {} }}", serde_json::to_string(path)?))
}

/// Makes the package a workspace of its own if the directory lies inside another, and returns that.
pub(crate) fn alone(directory: &Path, files: &mut [(&'static str, String)]) -> Result<Option<PathBuf>> {
    let workspace = workspace_around(directory);
    if workspace.is_some() {
        let manifest = files.iter_mut().find(|(path, _)| *path == "Cargo.toml");
        let (_, text) = manifest.context("the template has no Cargo.toml")?;
        text.push_str(
            "\n# The directory lies inside another workspace, and this package is none of its members.\n[workspace]\n",
        );
    }
    Ok(workspace)
}

/// Says how to make the package a member of the workspace around it.
pub(crate) fn tell_of_workspace(workspace: Option<&Path>, shell: &Shell) {
    if let Some(workspace) = workspace {
        shell.text(format_args!(
            "It stands alone: to make it a member of the workspace in {}, add it to `members` there and take `[workspace]` out of its \
             Cargo.toml.",
            workspace.display()
        ));
    }
}

fn tell(args: &NewArgs, directory: &Path, workspace: Option<&Path>, shell: &Shell) {
    let (template, node) = match args.template {
        Template::Filter => ("filter", "grain"),
        Template::Minimal => ("minimal", "invert"),
    };
    let shown = directory.display();
    shell.status("Created", format_args!("`{}` in {shown} (template {template}: 1 node, {node})", args.name));
    tell_of_workspace(workspace, shell);
    shell.text(format_args!(
        "\nNext:\n    cd {shown} && cargo test\n    cargo chainner run {node} photo.png -o out.png\n    cargo chainner build"
    ));
}

/// The name of a package as a title: `film-lab` is `Film Lab`.
pub fn title(name: &str) -> String {
    let words = name.split(['-', '_']).filter(|word| !word.is_empty());
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_uppercase().collect::<String>() + letters.as_str()).unwrap_or_default()
    };
    words.map(capital).collect::<Vec<_>>().join(" ")
}

/// Refuses what is no name of a package.
pub(crate) fn check_name(name: &str) -> Result<(), Failure> {
    match fault_of(name) {
        None => Ok(()),
        Some(fault) => Err(Failure::new(Code::BadName, format!("the name `{name}` {fault}"))
            .help(format!("try `cargo chainner new {}`", proposal(name)))),
    }
}

/// What keeps a name from being that of a package.
fn fault_of(name: &str) -> Option<String> {
    let fault = match name {
        "" => "is empty",
        name if !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_') => {
            "has other characters than letters, digits, `-` and `_`"
        }
        name if name.chars().any(|c| c.is_ascii_uppercase()) => "has capital letters, which pip would fold",
        name if is_taken(name, TAKEN_IN_RUST) => "is a word or crate of Rust",
        name if is_taken(name, TAKEN_IN_PYTHON) => {
            return Some(format!("is taken: `import {}` would find another module", name.replace('-', "_")));
        }
        name => match PackageName::from_crate(name) {
            // Characters are looked at above; what is left is the beginning, the end and the keywords.
            Err(_) if !name.starts_with(|c: char| c.is_ascii_alphabetic()) => "does not begin with a letter",
            Err(_) if !name.ends_with(|c: char| c.is_ascii_alphanumeric()) => "does not end with a letter or digit",
            Err(_) => "is a word of Python",
            Ok(_) => return None,
        },
    };
    Some(fault.to_owned())
}

fn is_taken(name: &str, taken: &str) -> bool {
    let name = name.replace('_', "-");
    taken.split_whitespace().any(|word| word == name)
}

/// A valid name like the one given.
fn proposal(name: &str) -> String {
    let mut words = String::new();
    let mut was_lower = false;
    for c in name.chars() {
        if c.is_ascii_uppercase() && was_lower {
            words.push('-');
        }
        words.push(if c.is_ascii_alphanumeric() || c == '_' { c.to_ascii_lowercase() } else { '-' });
        was_lower = c.is_ascii_lowercase() || c.is_ascii_digit();
    }
    let parts: Vec<&str> =
        words.split('-').map(|part| part.trim_matches('_')).filter(|part| !part.is_empty()).collect();
    let joined = parts.join("-");
    let letters = joined.trim_start_matches(|c: char| !c.is_ascii_alphabetic());
    match letters {
        "" => "my-nodes".to_owned(),
        letters if fault_of(letters).is_none() => letters.to_owned(),
        letters => format!("{letters}-nodes"),
    }
}

/// Refuses a directory that something is in.
pub(crate) fn check_directory(directory: &Path) -> Result<(), Failure> {
    let refuse = |what: &str| {
        let message = format!("`{}` {what}", directory.display());
        Err(Failure::new(Code::NotEmpty, message).help("choose another directory: `--path DIR`"))
    };
    match fs::read_dir(directory) {
        Ok(mut entries) => match entries.next() {
            Some(_) => refuse("exists and is not empty"),
            None => Ok(()),
        },
        Err(_) if directory.symlink_metadata().is_ok() => refuse("exists and is no directory"),
        Err(_) => Ok(()),
    }
}

/// The directory of the crate `chainner-sdk`, from that or from the checkout around it.
fn sdk_directory(given: &Path) -> Result<PathBuf, Failure> {
    let is_sdk = |directory: &Path| {
        fs::read_to_string(directory.join("Cargo.toml"))
            .is_ok_and(|text| text.lines().any(|line| line.replace(' ', "") == "name=\"chainner-sdk\""))
    };
    let found = [given.to_owned(), given.join("chainner-sdk")].into_iter().find(|directory| is_sdk(directory));
    found.and_then(|directory| directory.canonicalize().ok()).ok_or_else(|| {
        Failure::new(Code::SdkPath, format!("there is no crate chainner-sdk in `{}`", given.display()))
            .help("give the directory of a checkout, which holds `chainner-sdk/Cargo.toml`")
    })
}

/// The workspace that a package in this directory would be in.
fn workspace_around(directory: &Path) -> Option<PathBuf> {
    let directory = env::current_dir().ok()?.join(directory);
    let is_workspace = |directory: &&Path| {
        fs::read_to_string(directory.join("Cargo.toml"))
            .is_ok_and(|text| text.lines().any(|line| line.trim_start().starts_with("[workspace")))
    };
    directory.ancestors().skip(1).find(is_workspace).map(Path::to_owned)
}

/// The files of a package: path and text.
pub(crate) fn rendered(template: Template, name: &str, sdk: &str) -> Vec<(&'static str, String)> {
    let files: &[TemplateFile] = match template {
        Template::Filter => FILTER,
        Template::Minimal => MINIMAL,
    };
    let module = name.replace('-', "_");
    let title = title(name);
    files
        .iter()
        .chain([&PYPROJECT])
        .map(|file| {
            let text = file.text.replace("{{name}}", name).replace("{{module}}", &module);
            (file.path, text.replace("{{title}}", &title).replace("{{sdk}}", sdk))
        })
        .collect()
}

/// Writes all files beside the directory, then gives it its name.
pub(crate) fn write(directory: &Path, files: &[(&str, String)]) -> Result<()> {
    let refused = || format!("cannot write `{}`", directory.display());
    let parent = directory.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(parent).with_context(refused)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".new-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // What `create_dir` asks for; the umask takes its share. Temporary directories are private by default.
        builder.permissions(fs::Permissions::from_mode(0o777));
    }
    let temporary = builder.tempdir_in(parent).with_context(refused)?;
    for (path, text) in files {
        let path = temporary.path().join(path);
        fs::create_dir_all(path.parent().unwrap_or(parent)).with_context(refused)?;
        fs::write(path, text).with_context(refused)?;
    }
    if directory.is_dir() {
        // It is empty; not every system renames over a directory.
        fs::remove_dir(directory).with_context(refused)?;
    }
    fs::rename(temporary.path(), directory).with_context(refused)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fit_cargo_and_python() {
        for name in ["film-lab", "film_lab", "lut3d", "a"] {
            assert_eq!(check_name(name), Ok(()), "{name}");
        }
        for (name, better) in [
            ("Film Lab", "film-lab"),
            ("FilmLab", "film-lab"),
            ("3d-luts", "d-luts"),
            ("film-", "film"),
            ("_film", "film"),
            ("größe", "gr-e"),
            ("", "my-nodes"),
            ("123", "my-nodes"),
            ("match", "match-nodes"),
            ("lambda", "lambda-nodes"),
            ("json", "json-nodes"),
            ("chainner_sdk", "chainner_sdk-nodes"),
            ("../film", "film"),
        ] {
            let failure = check_name(name).expect_err(name);
            assert_eq!(failure.help, Some(format!("try `cargo chainner new {better}`")), "{name}");
            assert_eq!(check_name(better), Ok(()), "{better}");
        }
    }

    #[test]
    fn titles_are_words() {
        assert_eq!(["film-lab", "lut_3d", "x"].map(title), ["Film Lab", "Lut 3d", "X"]);
    }

    #[test]
    fn nothing_is_left_to_fill_in() {
        for template in [Template::Filter, Template::Minimal] {
            for (path, text) in rendered(template, "film-lab", "chainner-sdk = \"0.1\"") {
                assert!(!text.contains("{{"), "{path}");
            }
        }
    }

    #[test]
    fn the_library_of_a_new_package_is_short() {
        for template in [Template::Filter, Template::Minimal] {
            let files = rendered(template, "film-lab", "");
            let (_, library) = files.iter().find(|(path, _)| *path == "src/lib.rs").expect("a library");
            assert!(library.lines().count() < 40, "{template:?}");
        }
    }

    #[test]
    fn only_an_empty_directory_is_written_to() {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let new = directory.path().join("a/b");
        write(&new, &[("src/lib.rs", "text".to_owned())]).expect("written");
        assert_eq!(fs::read_to_string(new.join("src/lib.rs")).expect("there"), "text");
        assert_eq!(check_directory(&new).expect_err("not empty").code, Code::NotEmpty);
        assert_eq!(check_directory(&new.join("src/lib.rs")).expect_err("a file").code, Code::NotEmpty);
        assert_eq!(fs::read_dir(directory.path().join("a")).expect("there").count(), 1);
    }

    #[test]
    fn a_workspace_around_is_seen() {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let new = directory.path().join("nodes/film");
        assert_ne!(workspace_around(&new).as_deref(), Some(directory.path()));
        fs::write(directory.path().join("Cargo.toml"), "[workspace]\nmembers = []\n").expect("written");
        assert_eq!(workspace_around(&new).as_deref(), Some(directory.path()));
    }

    #[test]
    fn the_sdk_is_found_from_its_checkout() {
        let crate_directory =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../chainner-sdk").canonicalize().expect("there");
        assert_eq!(sdk_directory(&crate_directory).as_ref(), Ok(&crate_directory));
        assert_eq!(sdk_directory(&crate_directory.join("..")).as_ref(), Ok(&crate_directory));
        assert_eq!(sdk_directory(Path::new("src")).expect_err("none").code, Code::SdkPath);
    }
}
