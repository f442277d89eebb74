//! The page of a project: its files, in JSON (PEP 691, 700) and in HTML (PEP 503).

use serde_json::{Map, Value, json};

use crate::verify::{canonical, distribution_of};

/// The version of the pages that are written (PEP 700: with versions and sizes).
const API_VERSION: &str = "1.1";

/// The page of a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Page {
    /// Name of the project, as PEP 503 compares it.
    pub(crate) name: String,
    /// Its files, in the order of the page.
    pub(crate) files: Vec<File>,
}

/// A file of a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct File {
    /// Name of the file.
    pub(crate) name: String,
    /// Where it is, relative to the page, or absolute; without the hash.
    pub(crate) url: String,
    /// SHA-256 in hexadecimal, if the index tells it.
    pub(crate) sha256: Option<String>,
    /// `Requires-Python`, if the index tells it.
    pub(crate) requires_python: Option<String>,
    /// Whether `URL.metadata` gives the METADATA (PEP 658, 714).
    pub(crate) metadata: Option<CoreMetadata>,
    /// Size in bytes, if the index tells it.
    pub(crate) size: Option<u64>,
    /// Why the file is not to be installed any more (PEP 592); may be empty.
    pub(crate) yanked: Option<String>,
}

/// What an index tells of a METADATA that lies beside its wheel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum CoreMetadata {
    /// That it is there.
    There,
    /// SHA-256 in hexadecimal.
    Sha256(String),
}

/// The list of projects.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Projects(pub(crate) Vec<String>);

impl Page {
    /// Reads a page of PEP 691.
    ///
    /// # Errors
    /// What is wrong with it, in a few words.
    pub(crate) fn from_json(text: &[u8]) -> Result<Self, String> {
        let page = document(text)?;
        let name = page["name"].as_str().ok_or("it has no `name`")?;
        let files = page["files"].as_array().ok_or("it has no list `files`")?;
        let files = files.iter().enumerate().map(|(index, file)| {
            let text = |key: &str| file[key].as_str().map(str::to_owned);
            let missing = |key: &str| format!("file {index} has no `{key}`");
            let metadata = [&file["core-metadata"], &file["dist-info-metadata"]].into_iter().find(|one| !one.is_null());
            Ok(File {
                name: text("filename").ok_or_else(|| missing("filename"))?,
                url: text("url").ok_or_else(|| missing("url"))?,
                sha256: file["hashes"]["sha256"].as_str().map(str::to_ascii_lowercase),
                requires_python: text("requires-python"),
                metadata: metadata.and_then(|metadata| match (metadata["sha256"].as_str(), metadata.as_bool()) {
                    (Some(hash), _) => Some(CoreMetadata::Sha256(hash.to_ascii_lowercase())),
                    (None, Some(false)) => None,
                    (None, _) => Some(CoreMetadata::There),
                }),
                size: file["size"].as_u64(),
                yanked: text("yanked").or_else(|| (file["yanked"] == true).then(String::new)),
            })
        });
        Ok(Self { name: canonical(name), files: files.collect::<Result<_, String>>()? })
    }

    /// Writes a page of PEP 691. The same page gives the same bytes.
    pub(crate) fn to_json(&self) -> String {
        let mut versions: Vec<&str> = Vec::new();
        for version in self.files.iter().filter_map(|file| Some(distribution_of(&file.name)?.1)) {
            if !versions.contains(&version) {
                versions.push(version);
            }
        }
        let files: Vec<Value> = self.files.iter().map(File::to_json).collect();
        let page = json!({
            "meta": {"api-version": API_VERSION},
            "name": self.name,
            "versions": versions,
            "files": files,
        });
        format!("{page:#}\n")
    }
}

impl File {
    fn to_json(&self) -> Value {
        let mut file = Map::new();
        let hashes = self.sha256.as_ref().map_or_else(|| json!({}), |hash| json!({"sha256": hash}));
        file.insert("filename".to_owned(), json!(self.name));
        file.insert("url".to_owned(), json!(self.url));
        file.insert("hashes".to_owned(), hashes);
        if let Some(requires) = &self.requires_python {
            file.insert("requires-python".to_owned(), json!(requires));
        }
        if let Some(metadata) = &self.metadata {
            let metadata = match metadata {
                CoreMetadata::There => json!(true),
                CoreMetadata::Sha256(hash) => json!({"sha256": hash}),
            };
            // Before PEP 714, pip knew only the older key.
            file.insert("core-metadata".to_owned(), metadata.clone());
            file.insert("dist-info-metadata".to_owned(), metadata);
        }
        if let Some(size) = self.size {
            file.insert("size".to_owned(), json!(size));
        }
        if let Some(reason) = &self.yanked {
            file.insert("yanked".to_owned(), if reason.is_empty() { json!(true) } else { json!(reason) });
        }
        Value::Object(file)
    }
}

impl Projects {
    /// Reads a list of PEP 691.
    ///
    /// # Errors
    /// What is wrong with it, in a few words.
    pub(crate) fn from_json(text: &[u8]) -> Result<Self, String> {
        let list = document(text)?;
        let projects = list["projects"].as_array().ok_or("it has no list `projects`")?;
        let names =
            projects.iter().map(|project| project["name"].as_str().map(canonical).ok_or("a project has no `name`"));
        Ok(Self(names.collect::<Result<_, _>>()?))
    }

    /// Writes a list of PEP 691.
    pub(crate) fn to_json(&self) -> String {
        let projects: Vec<Value> = self.0.iter().map(|name| json!({"name": name})).collect();
        format!("{:#}\n", json!({"meta": {"api-version": API_VERSION}, "projects": projects}))
    }
}

/// A document of PEP 691 in a version that can be read: PEP 629 has clients refuse a newer first number.
fn document(text: &[u8]) -> Result<Value, String> {
    let document: Value = serde_json::from_slice(text).map_err(|error| format!("it is no JSON: {error}"))?;
    let version = document["meta"]["api-version"].as_str().ok_or("it has no `api-version`")?;
    match version.split('.').next() {
        Some("1") => Ok(document),
        _ => Err(format!("it is of version {version}, and only 1 is known")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(crate) fn page() -> Page {
        let file = |name: &str| File {
            name: name.to_owned(),
            url: name.to_owned(),
            sha256: Some("ab".repeat(32)),
            requires_python: Some(">=3.10,<4".to_owned()),
            metadata: Some(CoreMetadata::Sha256("cd".repeat(32))),
            size: Some(12),
            yanked: None,
        };
        let wheel = file("film_lab-0.1.0-cp310-abi3-win_amd64.whl");
        let sdist =
            File { metadata: None, yanked: Some("a \"bug\" & more".to_owned()), ..file("film_lab-0.2.0.tar.gz") };
        let elsewhere = File {
            url: "https://example.com/a%20b/film_lab-0.0.1-py3-none-any.whl".to_owned(),
            sha256: None,
            size: None,
            metadata: Some(CoreMetadata::There),
            yanked: Some(String::new()),
            ..file("film_lab-0.0.1-py3-none-any.whl")
        };
        Page { name: "film-lab".to_owned(), files: vec![wheel, sdist, elsewhere] }
    }

    #[test]
    fn pages_are_read_as_they_are_written() {
        assert_eq!(Page::from_json(page().to_json().as_bytes()), Ok(page()));
        // HTML tells no sizes.
        let mut sizeless = page();
        sizeless.files.iter_mut().for_each(|file| file.size = None);
        assert_eq!(Page::from_html("film-lab", page().to_html().as_bytes()), Ok(sizeless));
        let json: Value = serde_json::from_str(&page().to_json()).unwrap();
        assert_eq!(json["versions"], json!(["0.1.0", "0.2.0", "0.0.1"]));

        let projects = Projects(vec!["film-lab".to_owned(), "studio".to_owned()]);
        assert_eq!(Projects::from_json(projects.to_json().as_bytes()), Ok(projects.clone()));
        assert_eq!(Projects::from_html(projects.to_html().as_bytes()), projects);
    }

    #[test]
    fn pages_of_others_are_read() {
        let html = "<!DOCTYPE html><html><head><base href='https://files.example/x/'></head><body>\n\
            <A HREF=a/Film_Lab-1.0-py3-none-any.whl#SHA256=ABAB data-yanked>x</A><br/>\
            <a href='b/film%5Flab-1.0.tar.gz?token=1#md5=00' data-dist-info-metadata=true data-requires-python='&gt;=3.8'>y</a>\
            <a href='../'>up</a>";
        let page = Page::from_html("film-lab", html.as_bytes()).unwrap();
        let found: Vec<_> = page.files.iter().map(|file| (file.name.as_str(), file.url.as_str())).collect();
        let base = "https://files.example/x/";
        assert_eq!(
            found,
            [
                ("Film_Lab-1.0-py3-none-any.whl", &*format!("{base}a/Film_Lab-1.0-py3-none-any.whl")),
                ("film_lab-1.0.tar.gz", &*format!("{base}b/film%5Flab-1.0.tar.gz?token=1")),
            ]
        );
        assert_eq!((page.files[0].sha256.as_deref(), page.files[0].yanked.as_deref()), (Some("abab"), Some("")));
        assert_eq!((&page.files[1].sha256, &page.files[1].metadata), (&None, &Some(CoreMetadata::There)));
        assert_eq!(page.files[1].requires_python.as_deref(), Some(">=3.8"));
    }

    #[test]
    fn pages_that_are_none_are_told() {
        for (text, reason) in [
            ("<html>", "it is no JSON"),
            ("{}", "no `api-version`"),
            (r#"{"meta": {"api-version": "2.0"}}"#, "version 2.0"),
            (r#"{"meta": {"api-version": "1.0"}, "name": "x"}"#, "no list `files`"),
            (r#"{"meta": {"api-version": "1.0"}, "name": "x", "files": [{"filename": "x"}]}"#, "file 0 has no `url`"),
        ] {
            let found = Page::from_json(text.as_bytes()).unwrap_err();
            assert!(found.contains(reason), "{found}");
        }
        let newer = b"<meta name='pypi:repository-version' content='2.0'><a href='x-1-py3-none-any.whl'>x</a>";
        assert!(Page::from_html("x", newer).unwrap_err().contains("version 2.0"));
    }
}
