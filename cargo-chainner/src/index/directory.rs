//! An index of plain files: `NAME/index.html`, `NAME/index.json` and the files of each project beside them. Any web server serves
//! it, and `pip --index-url file://…` reads it as it is.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::{codes::Code, error::Failure, files};

use super::{CoreMetadata, File, Page, Projects, sha256};

/// A directory that is an index, or is to become one.
#[derive(Debug)]
pub(crate) struct Directory {
    root: PathBuf,
}

/// A file that is to be in the index.
#[derive(Debug)]
pub(crate) struct Addition<'a> {
    /// Name of the file.
    pub(crate) name: &'a str,
    /// Its contents.
    pub(crate) contents: &'a [u8],
    /// `Requires-Python` of its metadata.
    pub(crate) requires_python: Option<String>,
    /// METADATA of a wheel, which is laid beside it (PEP 658).
    pub(crate) metadata: Option<&'a [u8]>,
}

/// How a file stands to the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Standing {
    /// The index has no file of that name.
    New,
    /// The index has it.
    Same,
    /// The index has a file of that name with another hash; nothing if it does not tell which.
    Other(Option<String>),
}

/// A file that is to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Write {
    /// Where.
    pub(crate) path: PathBuf,
    /// What.
    pub(crate) contents: Vec<u8>,
    /// Whether a file that is there may be replaced: those of packages never are.
    pub(crate) replace: bool,
}

impl Directory {
    /// The index in a directory, which need not be there yet.
    ///
    /// # Errors
    /// Something else than a directory is there, or the index is one below it.
    pub(crate) fn open(root: &Path) -> Result<Self, Failure> {
        if root.exists() && !root.is_dir() {
            let error = io::Error::from(io::ErrorKind::NotADirectory);
            return Err(Failure::unwritable(root, &error));
        }
        let below = root.join("simple");
        if below.is_dir() && !root.join("index.html").exists() {
            let message = format!("`{}` is no index, but holds one in `simple`", root.display());
            return Err(
                Failure::new(Code::PublishDestination, message).help(format!("write `--to dir:{}`", below.display()))
            );
        }
        Ok(Self { root: root.to_owned() })
    }

    /// Directory of a project.
    pub(crate) fn project(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// The page of a project, without files if there is none yet.
    ///
    /// # Errors
    /// There is one, but it cannot be read.
    pub(crate) fn page(&self, name: &str) -> Result<Page, Failure> {
        let mut page = Page { name: name.to_owned(), files: Vec::new() };
        for (path, text) in self.pages(&self.project(name))? {
            let is_json = path.ends_with("index.json");
            let read = if is_json { Page::from_json(&text) } else { Page::from_html(name, &text) };
            for file in read.map_err(|reason| unreadable(&path, &reason))?.files {
                if page.files.iter().all(|known| known.name != file.name) {
                    page.files.push(file);
                }
            }
        }
        Ok(page)
    }

    fn projects(&self) -> Result<Projects, Failure> {
        let mut projects = Projects::default();
        for (path, text) in self.pages(&self.root)? {
            let read =
                if path.ends_with("index.json") { Projects::from_json(&text) } else { Ok(Projects::from_html(&text)) };
            projects.0.extend(read.map_err(|reason| unreadable(&path, &reason))?.0);
        }
        Ok(projects)
    }

    /// The pages of a directory, that which tells more first.
    fn pages(&self, directory: &Path) -> Result<Vec<(PathBuf, Vec<u8>)>, Failure> {
        let mut pages = Vec::new();
        for name in ["index.json", "index.html"] {
            let path = directory.join(name);
            match fs::read(&path) {
                Ok(text) => pages.push((path, text)),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(Failure::unreadable(&path, &error)),
            }
        }
        Ok(pages)
    }

    /// How a file stands to the index: by what lies there, else by what the page says.
    ///
    /// # Errors
    /// What lies there cannot be read.
    pub(crate) fn standing(&self, page: &Page, name: &str, hash: &str) -> Result<Standing, Failure> {
        let path = self.project(&page.name).join(name);
        let found = match fs::read(&path) {
            Ok(contents) => Some(sha256(&contents)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                match page.files.iter().find(|file| file.name == name) {
                    Some(file) => file.sha256.clone(),
                    None => return Ok(Standing::New),
                }
            }
            Err(error) => return Err(Failure::unreadable(&path, &error)),
        };
        Ok(if found.as_deref() == Some(hash) { Standing::Same } else { Standing::Other(found) })
    }

    /// What has to be written for the index to have these files of a project: nothing that is there as it should be. Who reads the index
    /// meanwhile finds pages of files that are there: these come before their pages, and the page of the project before the list.
    ///
    /// # Errors
    /// What is there cannot be read.
    pub(crate) fn plan(&self, name: &str, additions: &[Addition<'_>]) -> Result<Vec<Write>, Failure> {
        let mut page = self.page(name)?;
        let directory = self.project(name);
        let mut writes = Vec::new();
        for addition in additions {
            let file = addition.file();
            if !directory.join(addition.name).exists() {
                let known = page.files.iter().any(|known| known.name == file.name && known.url != file.url);
                if known {
                    // It lies where the page says.
                    continue;
                }
                let contents = addition.contents.to_vec();
                writes.push(Write { path: directory.join(addition.name), contents, replace: false });
            }
            if let Some(metadata) = addition.metadata {
                let path = directory.join(format!("{}.metadata", addition.name));
                writes.extend(Write::unless_there(path, metadata.to_vec()));
            }
            match page.files.iter_mut().find(|known| known.name == file.name) {
                Some(known) => *known = File { yanked: known.yanked.take(), ..file },
                None => page.files.push(file),
            }
        }
        page.files.sort_by(|one, other| one.name.cmp(&other.name));
        let mut projects = self.projects()?;
        projects.0.push(name.to_owned());
        projects.0.sort();
        projects.0.dedup();
        for (path, text) in [
            (directory.join("index.json"), page.to_json()),
            (directory.join("index.html"), page.to_html()),
            (self.root.join("index.json"), projects.to_json()),
            (self.root.join("index.html"), projects.to_html()),
        ] {
            writes.extend(Write::unless_there(path, text.into_bytes()));
        }
        Ok(writes)
    }
}

impl Addition<'_> {
    fn file(&self) -> File {
        File {
            name: self.name.to_owned(),
            url: self.name.to_owned(),
            sha256: Some(sha256(self.contents)),
            requires_python: self.requires_python.clone(),
            metadata: self.metadata.map(|metadata| CoreMetadata::Sha256(sha256(metadata))),
            size: Some(self.contents.len() as u64),
            yanked: None,
        }
    }
}

impl Write {
    fn unless_there(path: PathBuf, contents: Vec<u8>) -> Option<Self> {
        let is_there = fs::read(&path).is_ok_and(|found| found == contents);
        (!is_there).then_some(Self { path, contents, replace: true })
    }

    /// Writes it.
    ///
    /// # Errors
    /// The system refuses, or somebody else has written the file meanwhile.
    pub(crate) fn apply(&self) -> Result<(), Failure> {
        match self.replace {
            true => files::write(&self.path, &self.contents),
            false => files::write_new(&self.path, &self.contents),
        }
    }
}

fn unreadable(path: &Path, reason: &str) -> Failure {
    Failure::new(Code::IndexPage, format!("`{}` is no page of an index: {reason}", path.display()))
        .help("repair the page or remove it; nothing was written")
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAME: &str = "film_lab-0.1.0-py3-none-any.whl";

    fn add(index: &Directory, contents: &[u8]) -> Vec<String> {
        let addition = Addition { name: NAME, contents, requires_python: None, metadata: Some(b"Name: film-lab\n") };
        let writes = index.plan("film-lab", &[addition]).unwrap();
        writes.iter().for_each(|write| write.apply().unwrap());
        let name = |write: &Write| write.path.strip_prefix(&index.root).unwrap().to_string_lossy().into_owned();
        writes.iter().map(name).collect()
    }

    #[test]
    fn files_come_before_their_pages_and_once() {
        let place = tempfile::tempdir().unwrap();
        let index = Directory::open(&place.path().join("new")).unwrap();
        let wheel = format!("film-lab/{NAME}");
        let pages = ["film-lab/index.json", "film-lab/index.html", "index.json", "index.html"];
        assert_eq!(
            add(&index, b"one"),
            [&*wheel, &format!("{wheel}.metadata"), pages[0], pages[1], pages[2], pages[3]]
        );
        assert!(add(&index, b"one").is_empty());
        let page = index.page("film-lab").unwrap();
        assert_eq!(index.standing(&page, NAME, &sha256(b"one")).unwrap(), Standing::Same);
        assert_eq!(index.standing(&page, NAME, &sha256(b"two")).unwrap(), Standing::Other(Some(sha256(b"one"))));
        assert_eq!(index.standing(&page, "other.whl", &sha256(b"one")).unwrap(), Standing::New);
    }

    #[test]
    fn what_others_have_published_stays() {
        let place = tempfile::tempdir().unwrap();
        let project = place.path().join("film-lab");
        fs::create_dir_all(&project).unwrap();
        let old = "https://example.com/film_lab-0.0.1-py3-none-any.whl";
        fs::write(project.join("index.html"), format!("<a href='{old}#sha256=00' data-yanked='old'>x</a>")).unwrap();
        fs::write(place.path().join("index.html"), "<a href='studio-nodes/'>studio-nodes</a>").unwrap();
        let index = Directory::open(place.path()).unwrap();
        add(&index, b"one");
        let page = Page::from_json(&fs::read(project.join("index.json")).unwrap()).unwrap();
        assert_eq!((page.files[0].url.as_str(), page.files[0].yanked.as_deref()), (old, Some("old")));
        assert_eq!(page.files[1].name, NAME);
        assert_eq!(index.projects().unwrap().0[..2], ["film-lab", "studio-nodes"]);
        let standing = index.standing(&page, "film_lab-0.0.1-py3-none-any.whl", "11").unwrap();
        assert_eq!(standing, Standing::Other(Some("00".to_owned())));
    }

    #[test]
    fn a_page_that_cannot_be_read_is_not_replaced() {
        let place = tempfile::tempdir().unwrap();
        fs::create_dir_all(place.path().join("film-lab")).unwrap();
        fs::write(place.path().join("film-lab/index.json"), "{").unwrap();
        let index = Directory::open(place.path()).unwrap();
        assert_eq!(index.page("film-lab").unwrap_err().code, Code::IndexPage);
        fs::create_dir(place.path().join("simple")).unwrap();
        assert!(Directory::open(place.path()).unwrap_err().help.unwrap().ends_with("simple`"));
        assert_eq!(Directory::open(&place.path().join("film-lab/index.json")).unwrap_err().code, Code::Unwritable);
    }
}
