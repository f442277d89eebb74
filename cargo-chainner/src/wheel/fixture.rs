//! Small ELF libraries for tests, made by the C compiler that Rust links with anyway.

#[path = "../../tests/foreign/mod.rs"]
pub(super) mod foreign;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use super::{Extension, WheelError};

/// A library to be compiled.
pub(super) struct Library {
    source: String,
    links: Vec<String>,
    versions: Vec<(String, String)>,
    flags: Vec<String>,
}

impl Library {
    /// A library that exports nothing.
    pub(super) fn empty() -> Self {
        Self { source: String::from("int unrelated;\n"), links: Vec::new(), versions: Vec::new(), flags: Vec::new() }
    }

    /// A library that exports `PyInit_<stem>`.
    pub(super) fn exporting(stem: &str) -> Self {
        let mut library = Self::empty();
        let _ = writeln!(library.source, "void *PyInit_{stem}(void) {{ return 0; }}");
        library
    }

    /// Refers to a function that the library does not have.
    pub(super) fn uses(mut self, function: &str) -> Self {
        let _ = writeln!(self.source, "void {function}(void); void use_{function}(void) {{ {function}(); }}");
        self
    }

    /// Adds a string constant.
    pub(super) fn holds(mut self, text: &str) -> Self {
        let _ = writeln!(self.source, "const char held[] = {text:?};");
        self
    }

    /// Links a library of this name.
    pub(super) fn links(mut self, name: &str) -> Self {
        self.links.push(name.to_owned());
        self
    }

    /// Links a library of this name, and needs a symbol version of it.
    pub(super) fn needs_version(mut self, provider: &str, version: &str) -> Self {
        self.versions.push((provider.to_owned(), version.to_owned()));
        self
    }

    /// Adds a compiler flag.
    pub(super) fn flag(mut self, flag: &str) -> Self {
        self.flags.push(flag.to_owned());
        self
    }

    /// Compiles and judges the library.
    pub(super) fn read(self) -> Result<Extension, WheelError> {
        Extension::from_bytes(self.bytes(), Path::new("libfixture.so"), None)
    }

    /// Compiles the library.
    pub(super) fn bytes(mut self) -> Vec<u8> {
        let directory = tempfile::tempdir().unwrap();
        let at = |name: &str| directory.path().join(name).to_str().unwrap().to_owned();
        let mut arguments = vec!["-Wl,--no-as-needed".to_owned()];
        for name in &self.links {
            compile(&at(&format!("{name}.c")), "", &[format!("-Wl,-soname,{name}"), "-o".to_owned(), at(name)]);
            arguments.push(at(name));
        }
        for (number, (provider, version)) in self.versions.iter().enumerate() {
            let function = format!("versioned_{number}");
            let script = at("versions.map");
            fs::write(&script, format!("{version} {{ global: {function}; }};\n")).unwrap();
            let flags = [
                format!("-Wl,-soname,{provider}"),
                format!("-Wl,--version-script={script}"),
                "-o".to_owned(),
                at(provider),
            ];
            compile(&at(&format!("{provider}.c")), &format!("void {function}(void) {{}}\n"), &flags);
            let _ = writeln!(self.source, "void {function}(void); void use_{function}(void) {{ {function}(); }}");
            arguments.push(at(provider));
        }
        let output = at("libfixture.so");
        arguments.extend(self.flags);
        arguments.extend(["-o".to_owned(), output.clone()]);
        compile(&at("fixture.c"), &self.source, &arguments);
        fs::read(output).unwrap()
    }
}

fn compile(path: &str, source: &str, arguments: &[String]) {
    fs::write(path, source).unwrap();
    let output = Command::new("cc")
        .args(["-shared", "-fPIC", "-nostdlib", "-Wno-builtin-declaration-mismatch", path])
        .args(arguments)
        .output()
        .expect("a C compiler, which Rust needs for linking");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
