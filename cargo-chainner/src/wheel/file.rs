//! The wheel as a whole: what is in it, what it is called, and how it comes onto the disk.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use chainner_sdk::library::Description;
use sha2::{Digest as _, Sha256};

use super::archive::{self, Entry};
use super::platform::Tags;
use super::record::{self, Row};
use super::{Extension, LocalPaths, Metadata, PythonSources, Timestamp, WheelError, dist_info};
use crate::shell::Level;
use crate::verify;

/// Everything a wheel is made of.
#[derive(Debug, Clone)]
pub struct Wheel {
    /// What Cargo.toml says. The requirements of the description come on top.
    pub metadata: Metadata,
    /// What the compiled package says.
    pub description: Description,
    /// The bytes of `schema.json`.
    pub schema: Vec<u8>,
    /// The built library. Without one, the nodes can be seen on every system and run on none.
    pub extension: Option<Extension>,
    /// What the library is made of: a CycloneDX document.
    pub sbom: Option<Vec<u8>>,
    /// Strings no file may hold.
    pub local_paths: LocalPaths,
    /// The time all files bear.
    pub timestamp: Timestamp,
}

/// A wheel on the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenWheel {
    /// The file.
    pub path: PathBuf,
    /// Its size in bytes.
    pub size: u64,
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
    /// Its tags, one for each platform tag, e.g. `cp310-abi3-manylinux_2_17_x86_64`.
    pub tags: Vec<String>,
}

impl Wheel {
    /// Name of the file, e.g. `film_lab-0.1.0-cp310-abi3-manylinux_2_28_x86_64.whl`.
    #[must_use]
    pub fn file_name(&self) -> String {
        let Metadata { name, version, .. } = &self.metadata;
        format!("{}-{version}-{}.whl", name.file_component(), self.tags().compressed())
    }

    fn tags(&self) -> Tags {
        Tags(self.extension.as_ref().map(Extension::platform))
    }

    /// Writes the wheel into `directory`, which is made if it does not exist.
    ///
    /// The same contents give the same bytes. The file appears under its name only when it was written, read back and
    /// found good; otherwise an older file of that name stays as it is, and nothing new is left.
    ///
    /// # Errors
    ///
    /// Every [`WheelError`] but those of [`Extension::read`].
    pub fn write(&self, directory: &Path) -> Result<WrittenWheel, WheelError> {
        let entries = self.entries()?;
        self.local_paths.check(&entries)?;
        let bytes = archive::write(&entries, self.timestamp)?;
        let path = directory.join(self.file_name());
        self.place(&bytes, directory, &path).inspect(|()| sync_directory(directory))?;
        Ok(WrittenWheel {
            path,
            size: bytes.len() as u64,
            sha256: Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect(),
            tags: self.tags().expanded(),
        })
    }

    /// All files, sorted, `.dist-info` after the package, RECORD last.
    fn entries(&self) -> Result<Vec<Entry>, WheelError> {
        let file = |path: String, contents: Vec<u8>| Entry { path, executable: false, contents };
        let package = module(&self.metadata, &self.description, &self.schema, self.extension.as_ref())?;
        let dist_info = self.metadata.dist_info();
        let metadata = self.metadata.clone().requiring(&self.description.requirements);
        let mut information: Vec<Entry> = dist_info::known_before_the_build(&metadata)?
            .into_iter()
            .map(|(path, contents)| file(format!("{dist_info}/{path}"), contents))
            .collect();
        information.push(file(format!("{dist_info}/WHEEL"), dist_info::wheel(self.tags()).into_bytes()));
        if let Some(sbom) = &self.sbom {
            information
                .push(file(format!("{dist_info}/sboms/{}.cyclonedx.json", self.metadata.name.module()), sbom.clone()));
        }
        information.sort_by(|one, other| one.path.cmp(&other.path));

        let mut entries = package;
        entries.append(&mut information);
        check_distinct(&entries)?;
        let record = format!("{dist_info}/RECORD");
        let mut rows: Vec<Row> = entries.iter().map(|entry| Row::of(&entry.path, &entry.contents)).collect();
        rows.push(Row::of_record(&record));
        entries.push(file(record, record::render(&rows).into_bytes()));
        Ok(entries)
    }

    /// Writes beside, verifies, renames. A temporary file that is not renamed removes itself.
    fn place(&self, bytes: &[u8], directory: &Path, path: &Path) -> Result<(), WheelError> {
        let refuse = |action| move |source| WheelError::Io { action, path: directory.to_owned(), source };
        fs::create_dir_all(directory).map_err(refuse("make the directory"))?;
        let mut file = temporary_file(directory).map_err(refuse("make a file in"))?;
        file.write_all(bytes).map_err(refuse("write a file in"))?;
        file.as_file().sync_all().map_err(refuse("write a file in"))?;
        let written = fs::read(file.path()).map_err(refuse("read a file in"))?;
        judge(&self.file_name(), &written)?;
        file.persist(path).map_err(|error| WheelError::Io {
            action: "rename the finished file to",
            path: path.to_owned(),
            source: error.error,
        })?;
        Ok(())
    }
}

/// The files of the package's module, sorted.
///
/// # Errors
///
/// Those of [`PythonSources::generate`].
pub(crate) fn module(
    metadata: &Metadata,
    description: &Description,
    schema: &[u8],
    extension: Option<&Extension>,
) -> Result<Vec<Entry>, WheelError> {
    let sources = PythonSources::generate(description, &metadata.name, &metadata.version, extension)?;
    let module = metadata.name.module();
    let file = |name: &str, contents: Vec<u8>| Entry { path: format!("{module}/{name}"), executable: false, contents };
    let mut files = vec![
        file("__init__.py", sources.module.into_bytes()),
        file("__init__.pyi", sources.stub.into_bytes()),
        file("py.typed", Vec::new()),
        file("schema.json", schema.to_vec()),
    ];
    if let Some(extension) = extension {
        files.push(Entry { executable: true, ..file(extension.file_name(), extension.contents().to_vec()) });
    }
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(files)
}

/// Judges the finished file by the rules for all wheels.
fn judge(file_name: &str, bytes: &[u8]) -> Result<(), WheelError> {
    let findings = verify::findings(file_name, bytes, false);
    match findings.0.into_iter().find(|finding| finding.level == Level::Error) {
        Some(finding) => Err(WheelError::Verification { code: finding.code, reason: finding.message }),
        None => Ok(()),
    }
}

/// Installers on file systems that ignore case would let one file overwrite the other.
fn check_distinct(entries: &[Entry]) -> Result<(), WheelError> {
    let mut seen = HashSet::new();
    match entries.iter().find(|entry| !seen.insert(entry.path.to_lowercase())) {
        Some(entry) => Err(WheelError::DuplicateFile { file: entry.path.clone() }),
        None => Ok(()),
    }
}

fn temporary_file(directory: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".wheel-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // What `File::create` asks for; the umask takes its share. Temporary files are private by default.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(directory)
}

/// Makes the rename last through a power failure, where the system can. The file itself is complete either way.
fn sync_directory(directory: &Path) {
    let _ = File::open(directory).and_then(|directory| directory.sync_all());
}

#[cfg(test)]
mod tests {
    use crate::codes::Code;

    use super::super::fixture::Library;
    use super::super::python::sample;
    use super::super::{LicenseFile, PackageName, PythonVersion};
    use super::*;

    fn wheel() -> Wheel {
        let description = sample::description();
        let name = PackageName::from_crate(&description.package).unwrap();
        let version = PythonVersion::from_cargo(&"0.1.0".parse().unwrap()).unwrap();
        Wheel {
            metadata: Metadata {
                summary: Some("Film grain.".to_owned()),
                license: Some("MIT".to_owned()),
                license_files: vec![LicenseFile { path: "LICENSE, 100% \u{e9}".to_owned(), contents: b"MIT".to_vec() }],
                ..Metadata::new(name, version)
            },
            schema: serde_json::to_vec(&description.schema).unwrap(),
            description,
            extension: Some(Library::exporting("_native").holds("local /build/place here").read().unwrap()),
            sbom: None,
            local_paths: LocalPaths::default(),
            timestamp: Timestamp::default(),
        }
    }

    fn names(directory: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn the_wheel_is_named_after_its_contents_and_complete() {
        let directory = tempfile::tempdir().unwrap();
        let wheel = wheel();
        let written = wheel.write(&directory.path().join("dist")).unwrap();
        let platform = wheel.extension.as_ref().unwrap().platform();
        let file_name = format!("film_lab-0.1.0-{}.whl", platform.compressed_tag());
        assert_eq!(written.path, directory.path().join("dist").join(&file_name));
        assert_eq!(names(&directory.path().join("dist")), [file_name]);
        assert_eq!(written.tags, platform.expanded_tags());

        let bytes = fs::read(&written.path).unwrap();
        assert_eq!(written.size, bytes.len() as u64);
        let digest: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(written.sha256, digest);
        let archive = zip::ZipArchive::new(io::Cursor::new(bytes)).unwrap();
        let listed: Vec<_> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
        assert_eq!(
            listed,
            [
                "film_lab/__init__.py",
                "film_lab/__init__.pyi",
                "film_lab/_native.abi3.so",
                "film_lab/py.typed",
                "film_lab/schema.json",
                "film_lab-0.1.0.dist-info/METADATA",
                "film_lab-0.1.0.dist-info/WHEEL",
                "film_lab-0.1.0.dist-info/entry_points.txt",
                "film_lab-0.1.0.dist-info/licenses/LICENSE, 100% \u{e9}",
                "film_lab-0.1.0.dist-info/RECORD",
            ]
        );
    }

    #[test]
    fn requirements_of_the_description_are_in_the_metadata() {
        let directory = tempfile::tempdir().unwrap();
        let mut wheel = wheel();
        wheel.metadata.requirements = vec!["scipy".to_owned(), "numpy>=1.24".to_owned()];
        wheel.description.requirements = vec!["numpy>=1.24".to_owned(), "rich".to_owned()];
        let written = wheel.write(directory.path()).unwrap();
        let mut archive = zip::ZipArchive::new(File::open(written.path).unwrap()).unwrap();
        let metadata = archive.by_name("film_lab-0.1.0.dist-info/METADATA").unwrap();
        let metadata = io::read_to_string(metadata).unwrap();
        let required = metadata.lines().filter_map(|line| line.strip_prefix("Requires-Dist: ")).collect::<Vec<_>>();
        assert_eq!(required, ["scipy", "numpy>=1.24", "rich"]);
    }

    #[test]
    fn writing_twice_gives_the_same_bytes() {
        let directory = tempfile::tempdir().unwrap();
        let wheel = wheel();
        let one = wheel.write(&directory.path().join("one")).unwrap();
        let other = wheel.write(&directory.path().join("other")).unwrap();
        assert_eq!(fs::read(&one.path).unwrap(), fs::read(&other.path).unwrap());
        let later = Wheel { timestamp: Timestamp::from_source_date_epoch(Some("1700000000")).unwrap(), ..wheel };
        assert_ne!(later.write(directory.path()).unwrap().sha256, one.sha256);
    }

    #[test]
    fn a_newer_wheel_replaces_the_older() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join(wheel().file_name());
        fs::write(&path, "older").unwrap();
        let written = wheel().write(directory.path()).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().len(), written.size);
    }

    #[test]
    fn a_failure_leaves_the_older_file_and_nothing_else() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join(wheel().file_name());
        fs::write(&path, "older").unwrap();
        let schema_twice = LicenseFile { path: "license, 100% \u{e9}".to_owned(), contents: Vec::new() };
        let license_outside = LicenseFile { path: "../LICENSE".to_owned(), contents: Vec::new() };
        let mut failing = vec![
            Wheel { local_paths: LocalPaths::new(["/build/place"]), ..wheel() },
            Wheel { description: sample::with_two_nodes_of_one_function(), ..wheel() },
            wheel(),
            wheel(),
            wheel(),
        ];
        failing[2].metadata.license_files.push(schema_twice);
        failing[3].metadata.license_files.push(license_outside);
        failing[4].metadata.license = Some("none".to_owned());
        let mut kinds = Vec::new();
        for wheel in failing {
            let error = wheel.write(directory.path()).unwrap_err();
            kinds.push(error.to_string());
            assert_eq!(fs::read_to_string(&path).unwrap(), "older", "{error}");
            assert_eq!(names(directory.path()).len(), 1, "{error}");
        }
        for (message, expected) in
            kinds.iter().zip(["local path \"/build/place\"", "both be", "twice", "`../LICENSE`", "SPDX"])
        {
            assert!(message.contains(expected), "{message}");
        }
    }

    #[test]
    fn the_finished_file_is_judged_by_the_rules_for_all_wheels() {
        let directory = tempfile::tempdir().unwrap();
        let wheel = wheel();
        let mut bytes = fs::read(wheel.write(directory.path()).unwrap().path).unwrap();
        judge(&wheel.file_name(), &bytes).unwrap();
        // The last byte of the data of the first entry, so that its checksum no longer fits.
        let second = bytes[4..].windows(4).position(|window| window == b"PK\x03\x04").unwrap() + 4;
        bytes[second - 1] ^= 0x55;
        let error = judge(&wheel.file_name(), &bytes).unwrap_err();
        assert!(matches!(&error, WheelError::Verification { code: Code::WheelDamaged, .. }), "{error}");
        assert!(error.to_string().contains("(CH0403)"), "{error}");
        assert!(
            judge("film_lab-0.1.0-py3-none-any.whl", &fs::read(directory.path().join(wheel.file_name())).unwrap())
                .is_err()
        );
    }

    #[test]
    fn a_file_that_cannot_be_renamed_leaves_nothing() {
        let directory = tempfile::tempdir().unwrap();
        // A directory that is not empty cannot be replaced by a file.
        fs::create_dir_all(directory.path().join(wheel().file_name()).join("x")).unwrap();
        let error = wheel().write(directory.path()).unwrap_err();
        assert!(matches!(error, WheelError::Io { .. }), "{error}");
        assert_eq!(names(directory.path()), [wheel().file_name()]);
    }

    #[test]
    fn a_directory_that_cannot_be_made_is_named() {
        let directory = tempfile::tempdir().unwrap();
        fs::write(directory.path().join("file"), "").unwrap();
        let error = wheel().write(&directory.path().join("file/dist")).unwrap_err();
        assert!(error.to_string().contains("file/dist`: cannot make the directory"), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn the_file_is_as_readable_as_any_other() {
        use std::os::unix::fs::PermissionsExt as _;
        let directory = tempfile::tempdir().unwrap();
        File::create(directory.path().join("any")).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
        let written = wheel().write(directory.path()).unwrap();
        assert_eq!(mode(&written.path), mode(&directory.path().join("any")));
    }
}
