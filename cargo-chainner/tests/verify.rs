//! `cargo chainner verify` as its users have it: a good wheel passes, and each of its broken copies is told by its code.

#![allow(clippy::unwrap_used, reason = "a test ends where something is missing")]

mod foreign;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::Read as _,
    path::Path,
    process::{Command, Output},
    sync::OnceLock,
};

use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use cargo_chainner::{
    codes::Code,
    shell::Level,
    verify,
    wheel::{Extension, LicenseFile, LocalPaths, Metadata, PackageName, PythonVersion, Timestamp, Wheel},
};
use flate2::Crc;
use foreign::{ARM64, MachO, Pe, X86_64, universal};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

const INFORMATION: &str = "film_lab-0.1.0.dist-info";
const NATIVE: &str = "film_lab/_native.abi3.so";

/// Compiles a library, with other libraries to link or to need symbol versions of.
#[derive(Default)]
struct Library<'a> {
    source: &'a str,
    /// Names of libraries to link.
    links: &'a [&'a str],
    /// A library and the symbol version of it to need.
    needs: Option<(&'a str, &'a str)>,
    flags: &'a [&'a str],
}

const INIT: &str = "void *PyInit__native(void) { return 0; }\n";

impl Library<'_> {
    fn bytes(&self) -> Vec<u8> {
        let directory = tempfile::tempdir().unwrap();
        let at = |name: &str| directory.path().join(name).to_str().unwrap().to_owned();
        let compile = |name: &str, source: &str, flags: &[String]| {
            let file = at(&format!("{name}.c"));
            fs::write(&file, source).unwrap();
            let mut command = Command::new("cc");
            command.args(["-shared", "-fPIC", "-nostdlib", "-o", &at(name), &file]).args(flags);
            let output = command.output().expect("a C compiler, which Rust needs for linking");
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        };
        let mut flags = vec!["-Wl,--no-as-needed".to_owned()];
        let mut source = self.source.to_owned();
        for name in self.links {
            compile(name, "", &[format!("-Wl,-soname,{name}")]);
            flags.push(at(name));
        }
        if let Some((name, version)) = self.needs {
            fs::write(at("map"), format!("{version} {{ global: versioned; }};\n")).unwrap();
            let script = format!("-Wl,--version-script={}", at("map"));
            compile(name, "void versioned(void) {}\n", &[format!("-Wl,-soname,{name}"), script]);
            source += "void versioned(void); void use_versioned(void) { versioned(); }\n";
            flags.push(at(name));
        }
        flags.extend(self.flags.iter().map(|flag| (*flag).to_owned()));
        compile("library.so", &source, &flags);
        fs::read(at("library.so")).unwrap()
    }
}

fn exporting(source: &str) -> Vec<u8> {
    Library { source, ..Library::default() }.bytes()
}

/// The good wheel, as the writer writes it: its file name and bytes.
fn good_wheel() -> &'static (String, Vec<u8>) {
    static WHEEL: OnceLock<(String, Vec<u8>)> = OnceLock::new();
    WHEEL.get_or_init(|| {
        let schema = json!({
            "package": {"id": "film_lab", "name": "Film Lab", "dependencies": []},
            "categories": [],
            "nodes": [],
        });
        let description = json!({
            "sdk": "0.1.0", "package": "film-lab", "schema": schema, "nodes": [], "requirements": ["numpy>=1.24"], "faults": [],
        });
        let name = PackageName::from_crate("film-lab").unwrap();
        let version = PythonVersion::from_cargo(&"0.1.0".parse().unwrap()).unwrap();
        let wheel = Wheel {
            metadata: Metadata {
                summary: Some("Film grain.".to_owned()),
                authors: vec!["Ada <ada@example.com>".to_owned()],
                license: Some("MIT".to_owned()),
                license_files: vec![LicenseFile { path: "LICENSE".to_owned(), contents: b"MIT".to_vec() }],
                homepage: Some("https://example.com".to_owned()),
                readme: Some("# Film Lab\n\nGrain.\n".to_owned()),
                ..Metadata::new(name, version)
            },
            schema: serde_json::to_vec(&schema).unwrap(),
            description: serde_json::from_value(description).unwrap(),
            extension: Some(Extension::from_bytes(exporting(INIT), Path::new("libfilm_lab.so"), None).unwrap()),
            sbom: None,
            local_paths: LocalPaths::default(),
            timestamp: Timestamp::default(),
        };
        let directory = tempfile::tempdir().unwrap();
        let written = wheel.write(directory.path()).unwrap();
        (written.path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(written.path).unwrap())
    })
}

/// A file of a wheel to be packed, with what its headers say.
#[derive(Clone)]
struct Member {
    path: String,
    contents: Vec<u8>,
    method: u16,
    mode: u32,
    /// Date as MS-DOS writes it.
    date: u16,
    crc: Option<u32>,
    /// Name in the local header, if it is another.
    local_path: Option<String>,
}

impl Member {
    fn new(path: &str, contents: &[u8]) -> Self {
        let contents = contents.to_vec();
        Self {
            path: path.to_owned(),
            contents,
            method: 0,
            mode: 0o100_644,
            date: (44 << 9) | (6 << 5) | 1,
            crc: None,
            local_path: None,
        }
    }
}

/// A wheel taken apart, to be packed with a fault.
#[derive(Clone)]
struct Draft {
    file_name: String,
    members: Vec<Member>,
    /// Changes the text of RECORD, which is otherwise made anew.
    record: fn(String) -> String,
    /// Changes the packed file.
    bytes: fn(Vec<u8>) -> Vec<u8>,
    comment: &'static [u8],
}

impl Draft {
    fn good() -> Self {
        let (file_name, bytes) = good_wheel();
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let mut members = Vec::new();
        for index in 0..archive.len() {
            let mut file = archive.by_index(index).unwrap();
            let mut contents = Vec::new();
            file.read_to_end(&mut contents).unwrap();
            members.push(Member::new(&file.name().unwrap(), &contents));
        }
        Self { file_name: file_name.clone(), members, record: |text| text, bytes: |bytes| bytes, comment: b"" }
    }

    fn member(&mut self, path: &str) -> &mut Member {
        let path = match path {
            "METADATA" | "WHEEL" | "entry_points.txt" => format!("{INFORMATION}/{path}"),
            path => path.to_owned(),
        };
        self.members.iter_mut().find(|member| member.path == path).expect("a file of the good wheel")
    }

    fn add(&mut self, path: &str, contents: &[u8]) -> &mut Member {
        let last = self.members.len() - 1;
        self.members.insert(last, Member::new(path, contents));
        &mut self.members[last]
    }

    fn remove(&mut self, path: &str) {
        let before = self.members.len();
        self.members.retain(|member| member.path != path);
        assert_eq!(self.members.len() + 1, before, "{path}");
    }

    /// Replaces text in a file, which has to be there.
    fn replace(&mut self, path: &str, from: &str, to: &str) {
        let member = self.member(path);
        let text = String::from_utf8(member.contents.clone()).unwrap();
        assert!(text.contains(from), "{from:?} in {text}");
        member.contents = text.replace(from, to).into_bytes();
    }

    /// Adds a field to METADATA.
    fn field(&mut self, line: &str) {
        self.replace("METADATA", "Summary: ", &format!("{line}\nSummary: "));
    }

    fn rename(&mut self, from: &str, to: &str) {
        assert!(self.file_name.contains(from));
        self.file_name = self.file_name.replace(from, to);
    }

    /// Changes the tags, of the file name and of WHEEL.
    fn retag(&mut self, python: &str, platform: &str) {
        self.file_name = format!("film_lab-0.1.0-{python}-{platform}.whl");
        let wheel = self.member("WHEEL");
        let text = String::from_utf8(wheel.contents.clone()).unwrap();
        let kept: String =
            text.lines().filter(|line| !line.starts_with("Tag:")).map(|line| format!("{line}\n")).collect();
        wheel.contents = format!("{kept}Tag: {python}-{platform}\n").into_bytes();
    }

    fn native(&mut self, contents: Vec<u8>) {
        self.member(NATIVE).contents = contents;
    }

    /// Makes it a wheel for macOS.
    fn for_macos(&mut self, platform: &str, library: Vec<u8>) {
        self.retag("cp310-abi3", platform);
        self.native(library);
    }

    /// Makes it a wheel for Windows.
    fn for_windows(&mut self, library: Vec<u8>) {
        self.retag("cp310-abi3", "win_amd64");
        self.native(library);
        self.member(NATIVE).path = NATIVE.replace(".abi3.so", ".pyd");
    }

    fn pack(&self) -> Vec<u8> {
        let mut members = self.members.clone();
        let mut rows = String::new();
        let mut seen = BTreeSet::new();
        for member in members.iter().filter(|member| !member.path.ends_with("/RECORD")) {
            if seen.insert(&member.path) && !member.path.ends_with('/') {
                let digest = URL_SAFE_NO_PAD.encode(Sha256::digest(&member.contents));
                rows += &format!("{},sha256={digest},{}\n", member.path, member.contents.len());
            }
        }
        if let Some(record) = members.iter_mut().find(|member| member.path.ends_with("/RECORD")) {
            record.contents = (self.record)(format!("{rows}{},,\n", record.path)).into_bytes();
        }
        (self.bytes)(zip(&members, self.comment))
    }
}

/// Packs entries as they are, whatever their headers say.
fn zip(members: &[Member], comment: &[u8]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for member in members {
        let mut crc = Crc::new();
        crc.update(&member.contents);
        let crc = member.crc.unwrap_or(crc.sum());
        let size = u32::try_from(member.contents.len()).unwrap();
        let offset = u32::try_from(bytes.len()).unwrap();
        let fields = |name: &str| {
            let mut fields = Vec::new();
            for field in [20, 1 << 11, member.method, 0, member.date] {
                fields.extend(u16::to_le_bytes(field));
            }
            for field in [crc, size, size] {
                fields.extend(u32::to_le_bytes(field));
            }
            fields.extend(u16::to_le_bytes(u16::try_from(name.len()).unwrap()));
            fields.extend([0, 0]);
            fields
        };
        let local = member.local_path.as_deref().unwrap_or(&member.path);
        bytes.extend(b"PK\x03\x04");
        bytes.extend(fields(local));
        bytes.extend(local.as_bytes());
        bytes.extend(&member.contents);
        directory.extend(b"PK\x01\x02\x14\x03");
        directory.extend(fields(&member.path));
        directory.extend([0; 6]);
        directory.extend((member.mode << 16).to_le_bytes());
        directory.extend(offset.to_le_bytes());
        directory.extend(member.path.as_bytes());
    }
    let count = u16::try_from(members.len()).unwrap().to_le_bytes();
    let start = u32::try_from(bytes.len()).unwrap().to_le_bytes();
    let length = u32::try_from(directory.len()).unwrap().to_le_bytes();
    bytes.extend(directory);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    for part in [&count[..], &count, &length, &start] {
        bytes.extend(part);
    }
    bytes.extend(u16::try_from(comment.len()).unwrap().to_le_bytes());
    bytes.extend(comment);
    bytes
}

/// One broken copy of the good wheel, and the codes that tell what is wrong with it.
struct Mutation {
    row: &'static str,
    what: &'static str,
    codes: &'static [&'static str],
    /// Whether only PyPI minds.
    pypi: bool,
    change: fn(&mut Draft),
}

const fn row(
    row: &'static str,
    what: &'static str,
    codes: &'static [&'static str],
    change: fn(&mut Draft),
) -> Mutation {
    Mutation { row, what, codes, pypi: false, change }
}

const fn pypi(
    row: &'static str,
    what: &'static str,
    codes: &'static [&'static str],
    change: fn(&mut Draft),
) -> Mutation {
    Mutation { row, what, codes, pypi: true, change }
}

/// One fault a wheel: 60 that at least one installer, interpreter, index or the app minds, and 5 harmless changes.
const TABLE: [Mutation; 65] = [
    row("01", "RECORD: wrong digest", &["CH0432"], |draft| {
        draft.record = |text| {
            let start = text.find("sha256=").unwrap() + 7;
            format!("{}{}{}", &text[..start], URL_SAFE_NO_PAD.encode(Sha256::digest("another")), &text[start + 43..])
        };
    }),
    row("02", "RECORD: row missing", &["CH0435"], |draft| {
        draft.record = |text| text.split_once('\n').unwrap().1.to_owned();
    }),
    row("03", "RECORD: row without a file", &["CH0436"], |draft| {
        draft.record = |text| format!("film_lab/ghost.py,sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU,0\n{text}");
    }),
    row("04", "RECORD: standard base64 with padding", &["CH0433"], |draft| {
        draft.record = |text| {
            let start = text.find("sha256=").unwrap() + 7;
            let digest = URL_SAFE_NO_PAD.decode(&text[start..start + 43]).unwrap();
            format!("{}{}{}", &text[..start], STANDARD.encode(digest), &text[start + 43..])
        };
    }),
    row("05", "RECORD: md5", &["CH0433"], |draft| {
        draft.record = |text| text.replacen("sha256=", "md5=", 1);
    }),
    row("06", "RECORD: wrong size", &["CH0434"], |draft| {
        draft.record = |text| text.replacen('\n', "0\n", 1);
    }),
    row("07", "RECORD: backslashes", &["CH0437"], |draft| {
        draft.record = |text| text.replacen('/', "\\", 1);
    }),
    row("08", "file name: hyphen in the name", &["CH0411"], |draft| draft.rename("film_lab", "film-lab")),
    row("09", "file name: upper case", &["CH0412", "CH0413"], |draft| draft.rename("film_lab", "Film_Lab")),
    row("10", "file name: another version", &["CH0413", "CH0415"], |draft| draft.rename("0.1.0", "0.2.0")),
    row("11", "dist-info: hyphen in the name", &["CH0413"], |draft| {
        for member in &mut draft.members {
            member.path = member.path.replace("film_lab-0", "film-lab-0");
        }
    }),
    row("12", "file name: tag that WHEEL has not", &["CH0421"], |draft| draft.rename("_2_17_", "_2_28_")),
    row("13", "needs a newer glibc than the tag says", &["CH0486"], |draft| {
        draft.native(Library { source: INIT, needs: Some(("libc.so.6", "GLIBC_2.34")), ..Library::default() }.bytes());
    }),
    pypi("14", "platform linux", &["CH0422"], |draft| {
        draft.retag("cp310-abi3", &format!("linux_{}", std::env::consts::ARCH));
    }),
    row("15", "cp37-abi3, but needs 3.10", &["CH0485"], |draft| {
        draft.retag("cp37-abi3", &format!("manylinux_2_17_{}", std::env::consts::ARCH));
        let uses = "void PyModule_AddObjectRef(void); void use(void) { PyModule_AddObjectRef(); }";
        draft.native(exporting(&format!("{INIT}{uses}")));
    }),
    row("16", "py3-none-any with compiled code", &["CH0464"], |draft| draft.retag("py3-none", "any")),
    row("17", "Root-Is-Purelib: true", &["CH0463"], |draft| {
        draft.replace("WHEEL", "Root-Is-Purelib: false", "Root-Is-Purelib: true");
    }),
    row("18", "Wheel-Version: 2.0", &["CH0462"], |draft| {
        draft.replace("WHEEL", "Wheel-Version: 1.0", "Wheel-Version: 2.0");
    }),
    row("19", "no WHEEL", &["CH0461"], |draft| draft.remove("film_lab-0.1.0.dist-info/WHEEL")),
    row("20", "pre-release of semver", &["CH0411", "CH0416"], |draft| {
        draft.rename("0.1.0", "0.1.0_nightly.1");
        draft.replace("METADATA", "Version: 0.1.0", "Version: 0.1.0-nightly.1");
    }),
    row("21", "METADATA: line break in the summary", &["CH0442"], |draft| {
        draft.replace("METADATA", "Summary: Film grain.", "Summary: Film grain,\nand halation.");
    }),
    row("22", "METADATA: no SPDX licence", &["CH0447"], |draft| {
        draft.replace("METADATA", "License-Expression: MIT", "License-Expression: Public Domain");
    }),
    row("23", "licence file missing", &["CH0448"], |draft| draft.remove("film_lab-0.1.0.dist-info/licenses/LICENSE")),
    row("24", "METADATA: unreadable Requires-Dist", &["CH0445"], |draft| draft.field("Requires-Dist: numpy >>= 1")),
    row("25", "METADATA: unreadable Requires-Python", &["CH0446"], |draft| {
        draft.replace("METADATA", "Requires-Python: >=3.10", "Requires-Python: 3.10 or later");
    }),
    row("26", "METADATA: two names", &["CH0444"], |draft| draft.field("Name: film-lab")),
    row("27", "METADATA: no name", &["CH0444"], |draft| draft.replace("METADATA", "Name: film-lab\n", "")),
    row("28", "METADATA: unknown version", &["CH0443"], |draft| {
        draft.replace("METADATA", "Metadata-Version: 2.4", "Metadata-Version: 9.9");
    }),
    row("29", "METADATA: Latin-1", &["CH0441"], |draft| {
        let member = draft.member("METADATA");
        let at = member.contents.windows(6).position(|bytes| bytes == b"grain.").unwrap();
        member.contents[at] = 0xe9;
    }),
    row("30", "METADATA: CRLF (harmless)", &[], |draft| draft.replace("METADATA", "\n", "\r\n")),
    row("31", "METADATA: no Metadata-Version", &["CH0443"], |draft| {
        draft.replace("METADATA", "Metadata-Version: 2.4\n", "");
    }),
    pypi("32", "METADATA: unknown classifier", &["CH0455"], |draft| {
        draft.field("Classifier: Programming Language :: Rusty");
    }),
    row("33", "METADATA: another name", &["CH0414"], |draft| {
        draft.replace("METADATA", "Name: film-lab", "Name: film-studio");
    }),
    row("34", "entry points: syntax", &["CH0466"], |draft| {
        draft.replace("entry_points.txt", "[chainner.packages]", "[chainner.packages");
    }),
    row("35", "entry points: target missing", &["CH0467", "CH0492"], |draft| {
        draft.replace("entry_points.txt", "= film_lab", "= film_lab.nowhere");
    }),
    pypi("36", "METADATA: Markdown without a content type", &["CH0449"], |draft| {
        draft.replace("METADATA", "Description-Content-Type: text/markdown\n", "");
    }),
    row("37", "mode 0 (harmless)", &[], |draft| draft.member(NATIVE).mode = 0),
    row("38", "mode 0600 (harmless)", &[], |draft| draft.member(NATIVE).mode = 0o100_600),
    row("39", "path with backslashes", &["CH0405", "CH0435", "CH0436", "CH0437", "CH0495"], |draft| {
        draft.add("film_lab\\extra.py", b"");
    }),
    row("40", "path with `..`", &["CH0405", "CH0495"], |draft| {
        draft.add("film_lab/../../evil.py", b"");
    }),
    row("41", "bzip2", &["CH0406"], |draft| draft.member("film_lab/py.typed").method = 12),
    row("42", "LZMA", &["CH0406"], |draft| draft.member("film_lab/py.typed").method = 14),
    row("43", "one name twice", &["CH0404"], |draft| {
        let twin = draft.member("film_lab/__init__.py").contents.clone();
        draft.add("film_lab/__init__.py", &twin);
    }),
    row("44", "cut short", &["CH0401"], |draft| draft.bytes = |bytes| bytes[..bytes.len() / 2].to_vec()),
    row("45", "wrong checksum", &["CH0403"], |draft| draft.member("film_lab/schema.json").crc = Some(7)),
    row("46", "absolute path", &["CH0405", "CH0495"], |draft| {
        draft.add("/etc/evil.py", b"");
    }),
    row("47", "no PyInit", &["CH0482"], |draft| draft.native(exporting("void *PyInit_other(void) { return 0; }"))),
    row("48", "wrong suffix", &["CH0483"], |draft| {
        draft.member(NATIVE).path = "film_lab/_native.cpython-312-x86_64-linux-gnu.so".to_owned();
    }),
    row("49", "another architecture", &["CH0484"], |draft| {
        // `e_machine`: AArch64, or x86-64 where that is the own one.
        let other = if std::env::consts::ARCH == "aarch64" { 62 } else { 183 };
        draft.member(NATIVE).contents[18] = other;
    }),
    row("50", "no __init__.py", &["CH0493"], |draft| draft.remove("film_lab/__init__.py")),
    row("51", "links libpython", &["CH0487"], |draft| {
        draft.native(Library { source: INIT, links: &["libpython3.11.so.1.0"], ..Library::default() }.bytes());
    }),
    row("52", "links libssl", &["CH0488"], |draft| {
        draft.native(Library { source: INIT, links: &["libssl.so.3"], ..Library::default() }.bytes());
    }),
    row("53", "absolute RPATH", &["CH0489"], |draft| {
        draft.native(Library { source: INIT, flags: &["-Wl,-rpath,/opt/lib"], ..Library::default() }.bytes());
    }),
    row("54", "left-over", &["CH0471"], |draft| {
        draft.add("film_lab/__pycache__/__init__.cpython-310.pyc", b"");
    }),
    row("55", "stray library", &["CH0495"], |draft| {
        draft.add("stray.abi3.so", &exporting("void *PyInit_stray(void) { return 0; }"));
    }),
    row("56", "dates of 1980 (harmless)", &[], |draft| {
        for member in &mut draft.members {
            member.date = (1 << 5) | 1;
        }
    }),
    row("57", "script that is not executable (harmless)", &[], |draft| {
        draft.add("film_lab-0.1.0.data/scripts/film", b"#!python\n");
    }),
    row("58", "unknown scheme below .data", &["CH0465"], |draft| {
        draft.add("film_lab-0.1.0.data/nowhere/film", b"");
    }),
    pypi("59", "comment in the archive", &["CH0407"], |draft| draft.comment = b"made by hand"),
    row("60", "library cut short", &["CH0481"], |draft| {
        let member = draft.member(NATIVE);
        member.contents.truncate(member.contents.len() / 2);
    }),
    row("61", "METADATA: name not in its normal form", &["CH0491"], |draft| {
        draft.replace("METADATA", "Name: film-lab", "Name: Film_Lab");
    }),
    pypi("62", "local version", &["CH0451"], |draft| {
        draft.rename("0.1.0", "0.1.0+cuda");
        draft.replace("METADATA", "Version: 0.1.0", "Version: 0.1.0+cuda");
        for member in &mut draft.members {
            member.path = member.path.replace("film_lab-0.1.0", "film_lab-0.1.0+cuda");
        }
    }),
    pypi("63", "METADATA: direct URL", &["CH0452"], |draft| {
        draft.field("Requires-Dist: rich @ https://example.com/rich-1.0-py3-none-any.whl");
    }),
    pypi("64", "METADATA: License and License-Expression", &["CH0454"], |draft| draft.field("License: MIT")),
    row("65", "RECORD: directory", &["CH0438"], |draft| {
        draft.members.insert(0, Member::new("film_lab/", b""));
        draft.record = |text| format!("film_lab/,,\n{text}");
    }),
];

/// What the table leaves open.
const MORE: &[Mutation] = &[
    row("", "local header with another name", &["CH0402"], |draft| {
        draft.member("film_lab/py.typed").local_path = Some("film_lab/py.hidden".to_owned());
    }),
    row("", "bytes before the archive", &["CH0401"], |draft| {
        draft.bytes = |bytes| [&b"#!/bin/sh\n"[..], &bytes].concat();
    }),
    row("", "bytes between entries and directory", &["CH0402"], |draft| {
        draft.bytes = |mut bytes| {
            let end = bytes.len() - 22;
            let start = u32::from_le_bytes(bytes[end + 16..end + 20].try_into().unwrap());
            bytes[end + 16..end + 20].copy_from_slice(&(start + 4).to_le_bytes());
            let start = usize::try_from(start).unwrap();
            [&bytes[..start], b"hide", &bytes[start..]].concat()
        };
    }),
    pypi("", "bytes behind the archive", &["CH0407"], |draft| {
        draft.bytes = |bytes| [&bytes, &b"more"[..]].concat();
    }),
    row("", "two names that differ in case", &["CH0404", "CH0495"], |draft| {
        draft.add("film_lab/PY.typed", b"");
    }),
    row("", "a file that is also a directory", &["CH0404", "CH0495"], |draft| {
        draft.add("film_lab/py.typed/more.py", b"");
    }),
    row("", "no METADATA", &["CH0441"], |draft| draft.remove("film_lab-0.1.0.dist-info/METADATA")),
    row("", "no RECORD", &["CH0431"], |draft| draft.remove("film_lab-0.1.0.dist-info/RECORD")),
    row("", "unreadable RECORD", &["CH0431"], |draft| draft.record = |_| "no record".to_owned()),
    row("", "RECORD: one row twice", &["CH0439"], |draft| {
        draft.record = |text| format!("{}\n{text}", text.lines().next().unwrap());
    }),
    row("", "two dist-info directories", &["CH0413"], |draft| {
        draft.add("other-1.0.dist-info/METADATA", b"");
    }),
    row("", "no entry point", &["CH0492"], |draft| draft.replace("entry_points.txt", "chainner.packages", "other")),
    row("", "no schema.json", &["CH0493"], |draft| draft.remove("film_lab/schema.json")),
    row("", "no library", &["CH0493"], |draft| draft.remove(NATIVE)),
    row("", "schema.json is no JSON", &["CH0494"], |draft| {
        draft.member("film_lab/schema.json").contents = b"{".to_vec();
    }),
    row("", "schema.json asks for more than METADATA", &["CH0494"], |draft| {
        draft.replace("film_lab/schema.json", "\"dependencies\":[]", "\"dependencies\":[{\"pypiName\":\"opencv\"}]");
    }),
    row("", "links musl under manylinux", &["CH0486", "CH0488"], |draft| {
        draft.native(Library { source: INIT, links: &["libc.so"], ..Library::default() }.bytes());
    }),
    row("", "internal symbol of Python", &["CH0485"], |draft| {
        draft.native(exporting(&format!(
            "{INIT}void _PyObject_GetDictPtr(void); void use(void) {{ _PyObject_GetDictPtr(); }}"
        )));
    }),
    row("", "a Windows suffix on Linux", &["CH0483"], |draft| {
        draft.member(NATIVE).path = "film_lab/_native.pyd".to_owned();
    }),
    row("", "unknown content type", &["CH0449"], |draft| {
        draft.replace("METADATA", "text/markdown", "text/html");
    }),
    pypi("", "long summary", &["CH0453"], |draft| {
        draft.replace("METADATA", "Film grain.\n", &("x".repeat(513) + "\n"))
    }),
    pypi("", "long label of an address", &["CH0456"], |draft| {
        draft.field(&format!("Project-URL: {}, https://example.com", "x".repeat(33)));
    }),
    pypi("", "malformed mail", &["CH0457"], |draft| draft.replace("METADATA", "ada@example.com", "ada")),
    row("", "macOS: newer system than the tag", &["CH0496"], |draft| {
        draft.for_macos("macosx_11_0_arm64", MachO { oldest: Some((15, 0)), ..MachO::default() }.bytes());
    }),
    row("", "macOS: another machine", &["CH0484"], |draft| {
        draft.for_macos("macosx_11_0_arm64", MachO { machine: X86_64, ..MachO::default() }.bytes());
    }),
    row("", "macOS: half of universal2", &["CH0484"], |draft| {
        draft.for_macos("macosx_11_0_universal2", MachO { machine: ARM64, ..MachO::default() }.bytes());
    }),
    row("", "macOS: no module function", &["CH0482"], |draft| {
        draft.for_macos("macosx_11_0_arm64", MachO { exports: &["PyInit_lab"], ..MachO::default() }.bytes());
    }),
    row("", "macOS: not signed", &["CH0481"], |draft| {
        draft.for_macos("macosx_11_0_arm64", MachO { is_signed: false, ..MachO::default() }.bytes());
    }),
    row("", "macOS: cut short", &["CH0481"], |draft| {
        let library = MachO::default().bytes();
        draft.for_macos("macosx_11_0_arm64", library[..library.len() - 20].to_vec());
    }),
    row("", "macOS: later symbol than the tag", &["CH0485"], |draft| {
        draft.for_macos("macosx_11_0_arm64", MachO { imports: &["PyType_GetName"], ..MachO::default() }.bytes());
    }),
    row("", "macOS: links Python", &["CH0487"], |draft| {
        let links = &["/Library/Frameworks/Python.framework/Versions/3.11/Python"];
        draft.for_macos("macosx_11_0_arm64", MachO { links, ..MachO::default() }.bytes());
    }),
    row("", "macOS: links a library of this machine", &["CH0488"], |draft| {
        let links = &["/opt/homebrew/lib/libpng.dylib"];
        draft.for_macos("macosx_11_0_arm64", MachO { links, ..MachO::default() }.bytes());
    }),
    row("", "macOS: run path of this machine", &["CH0489"], |draft| {
        draft.for_macos("macosx_11_0_arm64", MachO { run_paths: &["/opt/lib"], ..MachO::default() }.bytes());
    }),
    row("", "macOS: library of Windows", &["CH0484"], |draft| {
        draft.for_macos("macosx_11_0_arm64", Pe::default().bytes());
    }),
    row("", "Windows: another machine", &["CH0484"], |draft| {
        draft.for_windows(Pe { machine: 0xaa64, ..Pe::default() }.bytes());
    }),
    row("", "Windows: no module function", &["CH0482"], |draft| {
        draft.for_windows(Pe { exports: &[], ..Pe::default() }.bytes());
    }),
    row("", "Windows: suffix of Linux", &["CH0483"], |draft| {
        draft.retag("cp310-abi3", "win_amd64");
        draft.native(Pe::default().bytes());
    }),
    row("", "Windows: cut short", &["CH0481"], |draft| {
        let library = Pe::default().bytes();
        draft.for_windows(library[..library.len() - 20].to_vec());
    }),
    row("", "Windows: later symbol than the tag", &["CH0485"], |draft| {
        draft.for_windows(Pe { imports: &[("python3.dll", &["PyType_GetName"])], ..Pe::default() }.bytes());
    }),
    row("", "Windows: one version of Python", &["CH0487"], |draft| {
        draft.for_windows(Pe { imports: &[("python311.dll", &["Py_IncRef"])], ..Pe::default() }.bytes());
    }),
    row("", "Windows: runtime of the compiler", &["CH0488"], |draft| {
        draft.for_windows(Pe { imports: &[("libwinpthread-1.dll", &["f"])], ..Pe::default() }.bytes());
    }),
    row("", "Windows: library of macOS", &["CH0484"], |draft| draft.for_windows(MachO::default().bytes())),
];

/// The codes of errors and warnings.
fn codes(file_name: &str, bytes: &[u8], pypi: bool) -> BTreeMap<&'static str, String> {
    let findings = verify::findings(file_name, bytes, pypi).0.into_iter();
    let told = findings.filter(|finding| finding.level < Level::Note);
    told.map(|finding| (finding.code.id(), finding.message)).collect()
}

fn failures<'a>(mutations: impl IntoIterator<Item = &'a Mutation>) -> Vec<String> {
    let mut failures = Vec::new();
    for Mutation { row, what, codes: expected, pypi, change } in mutations {
        let mut draft = Draft::good();
        change(&mut draft);
        let bytes = draft.pack();
        let found = codes(&draft.file_name, &bytes, *pypi);
        println!("| {row} | {what}{} | {} |", if *pypi { " (--pypi)" } else { "" }, expected.join(", "));
        let is_expected = found.keys().eq(expected.iter());
        // What only PyPI minds is nobody else's trouble.
        let is_silent = !pypi || codes(&draft.file_name, &bytes, false).is_empty();
        if !is_expected || !is_silent {
            failures.push(format!("{row} {what}: expected {expected:?}, found {found:#?}"));
        }
    }
    failures
}

/// Writes the wheels of the table, each into a directory of its own, and `table.json`: what `benches/validators.py` shows to the
/// validators of others.
fn write_table(directory: &Path) {
    let write = |row: &str, file_name: &str, bytes: &[u8]| {
        let place = directory.join(row);
        fs::create_dir_all(&place).unwrap();
        fs::write(place.join(file_name), bytes).unwrap();
    };
    let (file_name, bytes) = good_wheel();
    write("00", file_name, bytes);
    let mut rows = vec![json!({"row": "00", "what": "the good wheel", "codes": [], "pypi": false, "file": file_name})];
    for Mutation { row, what, codes, pypi, change } in &TABLE {
        let mut draft = Draft::good();
        change(&mut draft);
        write(row, &draft.file_name, &draft.pack());
        rows.push(json!({"row": row, "what": what, "codes": codes, "pypi": pypi, "file": draft.file_name}));
    }
    fs::write(directory.join("table.json"), serde_json::to_vec(&rows).unwrap()).unwrap();
}

#[test]
fn every_mutation_is_told_by_its_code() {
    if let Some(directory) = std::env::var_os("BROKEN_WHEELS") {
        write_table(Path::new(&directory));
    }
    println!("| row | mutation | code |\n|---|---|---|");
    let failures = failures(&TABLE);
    println!("{}/{}", TABLE.len() - failures.len(), TABLE.len());
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn further_mutations_are_told_by_their_codes() {
    let failures = failures(MORE);
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn every_code_of_a_wheel_has_a_mutation() {
    // The first is about no wheel, the second needs a great one, the third is a note.
    let elsewhere = [Code::WheelUnreadable, Code::WheelBomb, Code::WheelNotJudged];
    for code in Code::ALL.iter().filter(|code| code.id().starts_with("CH04") && !elsewhere.contains(code)) {
        assert!(TABLE.iter().chain(MORE).any(|mutation| mutation.codes.contains(&code.id())), "{code}");
    }
}

#[test]
fn the_good_wheel_passes_as_written_and_as_packed_anew() {
    let (file_name, bytes) = good_wheel();
    for pypi in [false, true] {
        assert_eq!(codes(file_name, bytes, pypi), BTreeMap::new());
        assert_eq!(codes(file_name, &Draft::good().pack(), pypi), BTreeMap::new());
    }
}

#[test]
fn sound_wheels_for_other_systems_pass() {
    let both = || [MachO::default(), MachO { machine: X86_64, oldest: Some((10, 12)), ..MachO::default() }];
    let mut drafts = vec![Draft::good(), Draft::good(), Draft::good(), Draft::good()];
    drafts[0].for_macos("macosx_11_0_arm64", MachO::default().bytes());
    drafts[1].for_macos("macosx_10_12_universal2", universal(&both()));
    drafts[2].for_windows(Pe::default().bytes());
    // Without native code, for all systems.
    drafts[3].remove(NATIVE);
    drafts[3].retag("py3-none", "any");
    drafts[3].replace("WHEEL", "Root-Is-Purelib: false", "Root-Is-Purelib: true");
    for draft in &drafts {
        assert_eq!(codes(&draft.file_name, &draft.pack(), true), BTreeMap::new(), "{}", draft.file_name);
    }
}

#[test]
fn an_archive_that_unpacks_to_far_more_is_not_unpacked() {
    let mut draft = Draft::good();
    draft.add("film_lab/zeros", b"");
    let mut bytes = draft.pack();
    // The unpacked size, as the central directory tells it.
    let name = bytes.windows(14).rposition(|window| window == b"film_lab/zeros").unwrap();
    let header = bytes[..name].windows(4).rposition(|window| window == b"PK\x01\x02").unwrap();
    bytes[header + 24..header + 28].copy_from_slice(&0xf000_0000_u32.to_le_bytes());
    let found = codes(&draft.file_name, &bytes, false);
    assert!(found.contains_key("CH0408"), "{found:?}");
}

#[test]
fn no_bytes_make_it_panic() {
    let (file_name, written) = good_wheel();
    let packed = Draft::good().pack();
    // xorshift: the same bytes in each run.
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 1).unwrap()
    };
    for bytes in [written, &packed] {
        for end in (0..bytes.len()).step_by(97).chain(bytes.len().saturating_sub(200)..bytes.len()) {
            verify::findings(file_name, &bytes[..end], true);
        }
        for _ in 0..400 {
            let mut broken = bytes.clone();
            for _ in 0..=random() % 8 {
                let at = random() % broken.len();
                broken[at] ^= 1 << (random() % 8);
            }
            verify::findings(file_name, &broken, true);
        }
    }
    // Behind sound checksums: every file of the wheel.
    for index in 0..Draft::good().members.len() {
        for _ in 0..80 {
            let mut draft = Draft::good();
            let contents = &mut draft.members[index].contents;
            if contents.is_empty() {
                break;
            }
            match random() % 3 {
                0 => contents.truncate(random() % contents.len()),
                1 => {
                    let at = random() % contents.len();
                    contents[at] = u8::try_from(random() % 256).unwrap();
                }
                _ => {
                    // The headers of a library are where a word counts.
                    let at = random() % contents.len().min(4096);
                    let end = (at + 8).min(contents.len());
                    contents[at..end].fill(0xff);
                }
            }
            verify::findings(file_name, &draft.pack(), true);
        }
    }
    for name in
        ["", ".whl", "-.whl", "-----.whl", "é-1-é-é-é.whl", "a-1-cp-abi3-manylinux__.whl", "a-1-cp3-abi3-any.whl"]
    {
        verify::findings(name, written, true);
    }
}

fn tool(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-chainner"));
    command.arg("verify").args(arguments).env_remove("CARGO_TERM_COLOR").output().expect("the program starts")
}

#[test]
fn exit_code_and_output_tell_the_verdict() {
    let directory = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = directory.path().join(name);
        fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (name, bytes) = good_wheel();
    let good = file(name, bytes);
    let mut draft = Draft::good();
    draft.replace("METADATA", "Requires-Python: >=3.10", "Requires-Python: yes");
    draft.rename("-0.1.0-", "-0.1.0-1-");
    let broken = file(&draft.file_name, &draft.pack());

    let output = tool(&[&good, "--pypi"]);
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(text(&output.stderr), format!("    Verified {name}: 0 errors, 0 warnings\n"));
    assert!(output.stdout.is_empty());

    let output = tool(&[&good, &broken]);
    assert_eq!(output.status.code(), Some(3));
    let stderr = text(&output.stderr);
    for part in ["error[CH0446]: `Requires-Python: yes`", "--> film_lab-0.1.0.dist-info/METADATA", "help: write e.g."] {
        assert!(stderr.contains(part), "{part:?} in {stderr}");
    }

    let output = tool(&[&broken, "--message-format", "json"]);
    assert_eq!(output.status.code(), Some(3));
    let lines: Vec<Value> = text(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["reason"], "chainner-check");
    assert_eq!(lines[0]["id"], "CH0446");
    assert_eq!(lines[0]["level"], "error");
    assert_eq!(lines[0]["file"], "film_lab-0.1.0.dist-info/METADATA");
    assert_eq!(lines[1], json!({"reason": "chainner-finished", "v": 1, "success": false, "exit": 3}));

    assert_eq!(tool(&[]).status.code(), Some(2));
    let output = tool(&[directory.path().join("none.whl").to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("error[CH0409]"));
}

/// Wheels of several tools and systems: setuptools, flit, hatchling, poetry, meson, maturin, scikit-build; mypyc and cffi.
const FOREIGN: &[(&[&str], &[&str])] = &[
    (
        &["manylinux_2_28_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64", "manylinux_2_12_x86_64"],
        &[
            "numpy==2.4.6",
            "pillow==11.3.0",
            "markupsafe==3.0.2",
            "ruff==0.12.0",
            "six==1.17.0",
            "cffi==1.17.1",
            "hatchling==1.27.0",
            "poetry-core==2.1.3",
            "psutil==7.2.2",
            "pydantic-core==2.50.4",
            "packaging==25.0",
            "cryptography==45.0.0",
            "black==25.1.0",
            "cmake==4.0.2",
        ],
    ),
    (&["musllinux_1_2_x86_64"], &["markupsafe==3.0.2"]),
    (
        &[
            "macosx_11_0_arm64",
            "macosx_10_9_universal2",
            "macosx_11_0_universal2",
            "macosx_14_0_arm64",
            "macosx_10_15_universal2",
        ],
        &[
            "markupsafe==3.0.2",
            "pillow==11.3.0",
            "cryptography==45.0.0",
            "psutil==7.2.2",
            "cffi==1.17.1",
            "pydantic-core==2.50.4",
            "black==25.1.0",
            "numpy==2.4.6",
        ],
    ),
    (
        &["macosx_10_12_x86_64", "macosx_10_9_x86_64", "macosx_10_13_x86_64"],
        &["markupsafe==3.0.2", "pydantic-core==2.50.4"],
    ),
    (
        &["win_amd64"],
        &[
            "markupsafe==3.0.2",
            "pillow==11.3.0",
            "cryptography==45.0.0",
            "psutil==7.2.2",
            "cffi==1.17.1",
            "pydantic-core==2.50.4",
            "black==25.1.0",
            "numpy==2.4.6",
        ],
    ),
    (&["win_arm64"], &["markupsafe==3.0.2", "ruff==0.12.0"]),
];

/// Wheels among them that do not hold what they promise.
const LYING: &[(&str, &[&str])] = &[
    // For macOS 10.9 by its tag; for 10.13 by what its library says.
    ("cryptography-45.0.0-cp311-abi3-macosx_10_9_universal2.whl", &["CH0496"]),
    // Retagged without writing RECORD anew.
    ("black-25.1.0-cp311-cp311-macosx_11_0_arm64.whl", &["CH0432"]),
];

#[test]
fn good_wheels_of_other_tools_pass() {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("foreign-wheels");
    for (platforms, requirements) in FOREIGN {
        let platform = platforms[0];
        let target = directory.join(platform);
        if fs::read_dir(&target).map_or(0, Iterator::count) < requirements.len() {
            let mut pip = Command::new("python3");
            pip.args(["-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]).args([
                "--only-binary=:all:",
                "--python-version",
                "3.11",
                "--retries",
                "0",
                "--timeout",
                "20",
            ]);
            for platform in platforms.iter() {
                pip.args(["--platform", platform]);
            }
            let output = pip.arg("--dest").arg(&target).args(*requirements).output();
            if !output.as_ref().is_ok_and(|output| output.status.success()) {
                let reason = output
                    .map_or_else(|error| error.to_string(), |output| String::from_utf8_lossy(&output.stderr).into());
                eprintln!("note: skipped, pip cannot download the wheels for {platform}: {reason}");
                continue;
            }
        }
        for entry in fs::read_dir(&target).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            let found = codes(name, &fs::read(&path).unwrap(), false);
            let expected: &[&str] = LYING.iter().find(|(lying, _)| *lying == name).map_or(&[], |(_, codes)| codes);
            println!("{name} {}", expected.join(", "));
            assert!(found.keys().eq(expected.iter()), "{name}: {found:#?}");
        }
    }
}
