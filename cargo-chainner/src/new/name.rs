//! Names of packages: for cargo, for Python, for the app.

use crate::{codes::Code, error::Failure, wheel::PackageName};

/// Names of crates and Rust keywords that cargo refuses or warns of.
const TAKEN_IN_RUST: &str = "abstract alloc as async await become box break build const continue core crate deps do dyn else enum \
    examples extern false final fn for gen if impl in incremental let loop macro match mod move mut override priv proc-macro pub ref \
    return self static std struct super test trait true try type typeof unsafe unsized use virtual where while yield con prn aux nul \
    com1 com2 com3 com4 com5 com6 com7 com8 com9 lpt1 lpt2 lpt3 lpt4 lpt5 lpt6 lpt7 lpt8 lpt9";

/// Modules that some Python, the app or the SDK have already: an `import` would find those.
const TAKEN_IN_PYTHON: &str = "abc aifc annotationlib antigravity api argparse array ast asynchat asyncio asyncore atexit audioop base64 bdb binascii \
    bisect builtins bz2 cProfile calendar cgi cgitb chainner-ext chainner-sdk chunk cmath cmd code codecs codeop \
    collections colorsys compileall compression concurrent configparser contextlib contextvars copy copyreg crypt csv \
    ctypes curses cv2 dataclasses datetime dbm decimal difflib dis distutils doctest email encodings ensurepip enum errno \
    faulthandler fcntl filecmp fileinput fnmatch fractions ftplib functools gc genericpath getopt getpass gettext glob \
    graphlib grp gzip hashlib heapq hmac html http idlelib imaplib imghdr imp importlib inspect io ipaddress itertools \
    json keyword lib2to3 linecache locale logging lzma mailbox mailcap marshal math mimetypes mmap modulefinder msilib \
    msvcrt multiprocessing netrc nis nntplib nodes nt ntpath nturl2path numbers numpy opcode operator optparse os \
    ossaudiodev packages pathlib pdb pickle pickletools pil pip pipes pkgutil platform plistlib poplib posix posixpath \
    pprint profile pstats pty pwd py-compile pyclbr pydoc pydoc-data pyexpat queue quopri random re readline reprlib \
    resource rlcompleter runpy sanic sched secrets select selectors server setuptools shelve shlex shutil signal site \
    smtpd smtplib sndhdr socket socketserver spwd sqlite3 sre-compile sre-constants sre-parse ssl stat statistics string \
    stringprep struct subprocess sunau symtable sys sysconfig syslog tabnanny tarfile telnetlib tempfile termios textwrap \
    this threading time timeit tkinter token tokenize tomllib torch trace traceback tracemalloc tty turtle turtledemo \
    types typing unicodedata unittest urllib uu uuid venv warnings wave weakref webbrowser wheel winreg winsound wsgiref \
    xdrlib xml xmlrpc zipapp zipfile zipimport zlib zoneinfo";

/// The name of a package as a title: `film-lab` is `Film Lab`.
pub(crate) fn title(name: &str) -> String {
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
            ("com1", "com1-nodes"),
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
}
