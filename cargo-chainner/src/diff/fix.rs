//! Saying in the author's sources what keeps saved chains whole, and making sure that it does.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::Result;
use chainner_sdk::library::{NodeDescription, Place};
use proc_macro2::Literal;
use serde_json::{Value, json};

use crate::{
    codes::Code,
    describe::Described,
    error::Failure,
    files,
    shell::{Level, MessageFormat, Shell},
};

use super::{
    Edition, Reader,
    edit::{self, Edit, Source as SourceFile},
    keep::{self, Keep, What},
    source::Source,
};

/// Writes ids and values into the sources of the newer package, or prints them as a patch.
///
/// # Errors
/// The newer one is no package, a file cannot be read or written, or the sources do not do what they were written for; then they are as
/// they were.
pub(super) fn run(old: &Edition, source: &Source, reader: &Reader<'_>, is_dry: bool) -> Result<()> {
    let shell = reader.shell;
    let described = reader.described(source)?;
    let wanted = keep::all(&old.schema, &described.description.schema);
    let mut mending = Mending { described: &described, files: BTreeMap::new(), said: Vec::new() };
    for keep in &wanted {
        if let Err(failure) = mending.add(keep) {
            shell.message(
                Level::Warning,
                Some(failure.code),
                &failure.message,
                &failure.places,
                failure.help.as_deref(),
            );
        }
    }
    if mending.said.is_empty() {
        shell.status("Unchanged", "there is nothing that a declaration could keep");
        return Ok(());
    }
    mending.tell(is_dry, shell)?;
    if is_dry {
        return Ok(());
    }
    mending.write()?;
    match mending.is_kept(old, source, reader, &wanted) {
        Ok(true) => Ok(()),
        Ok(false) => Err(mending.restored("saved chains would still lose what the ids were written for")?.into()),
        Err(error) => Err(mending.restored(&format!("with the ids written, {error}"))?.into()),
    }
}

/// The edits of a package.
struct Mending<'a> {
    described: &'a Described,
    files: BTreeMap<PathBuf, FileEdits>,
    said: Vec<Said>,
}

/// A source file and what is to be changed in it.
struct FileEdits {
    source: SourceFile,
    edits: Vec<Edit>,
}

/// An edit in words.
struct Said {
    node: String,
    message: String,
    place: Place,
}

impl Mending<'_> {
    /// Adds the edit that says one thing.
    fn add(&mut self, keep: &Keep) -> Result<(), Failure> {
        let nodes = &self.described.description.nodes;
        let Some(node) = nodes.iter().find(|node| node.id == keep.node) else { return Ok(()) };
        let input = |id: i64| node.inputs.iter().find(|input| i64::from(input.id) == id);
        let (message, path, edit) = match &keep.what {
            What::Id(id) => {
                let (path, file) = self.file(&node.place, node)?;
                let edit = file.node(&node.function, node.place.line).and_then(|found| file.node_id(found, id));
                (format!("the id `{id}` of node `{}`", node.function), path, edit)
            }
            What::Input { now, id } => {
                let Some(input) = input(*now) else { return Ok(()) };
                let (path, file) = self.file(&node.place, node)?;
                let found = file.node(&node.function, node.place.line);
                let edit = found.and_then(|found| file.input_id(found, &input.name, *id));
                (format!("the id {id} of input `{}` of node `{}`", input.name, node.function), path, edit)
            }
            What::Choice { input: id, place, value } => {
                let Some(input) = input(*id) else { return Ok(()) };
                let message =
                    format!("the value {value} of a choice of input `{}` of node `{}`", input.name, node.function);
                let literal = match value {
                    Value::String(text) => Literal::string(text),
                    other => Literal::i64_unsuffixed(other.as_i64().unwrap_or_default()),
                };
                let (_, file) = self.file(&node.place, node)?;
                let name =
                    file.node(&node.function, node.place.line).and_then(|found| edit::type_of(found, &input.name));
                let found = name.and_then(|name| self.choice(&name, *place, &literal));
                match found {
                    Some((path, edit)) => (message, path, Some(edit)),
                    None => (message, PathBuf::new(), None),
                }
            }
        };
        let Some(edit) = edit else { return Err(not_found(&message, &node.place)) };
        let shown = self.described.package.shown(&path);
        let line = {
            let file = self.files.entry(path).or_insert_with_key(|path| FileEdits {
                // It was read above.
                source: read(path).unwrap_or_else(|| SourceFile::parse(String::new()).expect("nothing is Rust")),
                edits: Vec::new(),
            });
            let line = file.source.text[..edit.at.start].matches('\n').count() + 1;
            // Two nodes may take one choice.
            if !file.edits.contains(&edit) {
                file.edits.push(edit);
            }
            line
        };
        let place = Place { file: shown, line: line.try_into().unwrap_or(0), column: 0 };
        self.said.push(Said { node: keep.node.clone(), message, place });
        Ok(())
    }

    /// The file of a place, parsed.
    fn file(&self, place: &Place, node: &NodeDescription) -> Result<(PathBuf, SourceFile), Failure> {
        let package = &self.described.package;
        let roots = [package.workspace.as_path(), package.directory(), Path::new(".")];
        let found = roots.iter().map(|root| root.join(&place.file)).find(|path| path.is_file());
        found
            .and_then(|path| read(&path).map(|file| (path, file)))
            .ok_or_else(|| not_found(&format!("node `{}`", node.function), place))
    }

    /// The edit of a variant, in whatever file of the package its enum stands.
    fn choice(&self, name: &str, place: usize, value: &Literal) -> Option<(PathBuf, Edit)> {
        let root = self.described.package.library.src_path.as_std_path().parent()?;
        let files = crate::sources::rust_files(root);
        let mut found = files.into_iter().filter_map(|path| {
            let file = read(&path)?;
            let edit = file.variant_id(file.choice(name)?, place, value)?;
            Some((path, edit))
        });
        // Of two enums of one name, nobody knows which it is.
        found.next().filter(|_| found.next().is_none())
    }

    fn tell(&self, is_dry: bool, shell: &Shell) -> Result<()> {
        let verb = if is_dry { "Would write" } else { "Writing" };
        let patch: String = self
            .files
            .iter()
            .map(|(path, file)| edit::patch(&self.described.package.shown(path), &file.source.text, &file.edits))
            .collect();
        for (index, Said { node, message, place }) in self.said.iter().enumerate() {
            shell.status(verb, format_args!("{message} ({}:{})", place.file, place.line));
            if shell.format() == MessageFormat::Json {
                let is_last = index + 1 == self.said.len();
                let keys = json!({
                    "node": node, "message": message, "file": place.file, "line": place.line, "dry_run": is_dry,
                    "patch": is_last.then_some(&patch),
                });
                shell.record("chainner-fix", keys)?;
            }
        }
        if shell.format() != MessageFormat::Json && is_dry {
            crate::shell::data(patch.as_bytes())?;
        }
        Ok(())
    }

    fn write(&self) -> Result<(), Failure> {
        for (path, FileEdits { source, edits }) in &self.files {
            let written = files::write(path, edit::edited(&source.text, edits).as_bytes());
            if let Err(failure) = written {
                self.restore()?;
                return Err(failure);
            }
        }
        Ok(())
    }

    fn restore(&self) -> Result<(), Failure> {
        self.files.iter().try_for_each(|(path, file)| files::write(path, file.source.text.as_bytes()))
    }

    /// Undoes all, and says why.
    fn restored(&self, why: &str) -> Result<Failure, Failure> {
        self.restore()?;
        Ok(Failure::new(Code::FixFailed, format!("{why}; the sources are as they were"))
            .help("`--dry-run` shows what would be written: write the part of it that is right by hand"))
    }

    /// Whether nothing of what was written has to be said any more, and nothing else has come.
    fn is_kept(&self, old: &Edition, source: &Source, reader: &Reader<'_>, before: &[Keep]) -> Result<bool> {
        let after = reader.read(source)?;
        let left = keep::all(&old.schema, &after.schema).len();
        let breaking = |schema: &Value| {
            let changes = super::compare(&old.schema, schema);
            changes.iter().filter(|change| change.level() == super::Level::Breaking).count()
        };
        let is_better = breaking(&after.schema) < breaking(&self.described.description.schema);
        Ok(left + self.said.len() <= before.len() && is_better)
    }
}

fn read(path: &Path) -> Option<SourceFile> {
    SourceFile::parse(fs::read_to_string(path).ok()?)
}

fn not_found(what: &str, place: &Place) -> Failure {
    Failure {
        places: vec![Place { column: 0, ..place.clone() }],
        ..Failure::new(Code::FixSource, format!("cannot write {what}: it is not found in the sources"))
    }
    .help("write it by hand where the declaration is made; the table of `cargo chainner diff` says what")
}
