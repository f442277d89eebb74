//! The recordings: where they are, and the schemas and cases in them.

use std::{
    cell::RefCell,
    collections::{BTreeMap, HashMap},
    env, fs,
    path::{Path, PathBuf},
    rc::Rc,
};

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value as Json;

use crate::arrays::{Archive, Array};

/// The folder of recordings.
pub(crate) struct Corpus {
    root: PathBuf,
    /// The app's nodes, by id.
    pub(crate) schemas: BTreeMap<String, Json>,
    /// The recorded calls.
    pub(crate) cases: Vec<Case>,
    archives: RefCell<HashMap<String, Rc<Archive>>>,
    inputs: String,
}

#[derive(Deserialize)]
struct Manifest {
    inputs_file: String,
    cases: Vec<Case>,
}

/// One recorded call.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) struct Case {
    pub(crate) id: String,
    #[serde(rename = "schemaId")]
    pub(crate) schema_id: String,
    /// By id of the input.
    pub(crate) inputs: BTreeMap<u32, Json>,
    /// By id of the output.
    #[serde(default)]
    pub(crate) outputs: BTreeMap<u32, Recorded>,
    /// For each item the iterated outputs.
    pub(crate) items: Option<Vec<Vec<Recorded>>>,
    /// What a collector was fed.
    pub(crate) sequence: Option<Vec<Json>>,
    /// The app refused.
    pub(crate) error: Option<Json>,
    pub(crate) tolerance: Option<Tolerance>,
    file: Option<String>,
}

/// A recorded output.
#[derive(Debug, Deserialize)]
pub(crate) struct Recorded {
    #[serde(rename = "type")]
    pub(crate) kind: String,
    #[serde(default)]
    pub(crate) value: Json,
    key: Option<String>,
}

/// How near a result has to be.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Tolerance {
    #[serde(default)]
    pub(crate) atol: f64,
    #[serde(default)]
    pub(crate) rtol: f64,
    #[serde(default)]
    pub(crate) max_bad_frac: f64,
    pub(crate) class: String,
}

impl Corpus {
    /// The recordings, or why there are none.
    pub(crate) fn find() -> Result<Self, String> {
        let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
        let root = env::var_os("CHAINNER_CORPUS").map_or(beside, PathBuf::from);
        let golden = root.join("golden");
        if !golden.join("manifest.json").is_file() {
            return Err("no recordings of the app at `../shared/corpus`; CHAINNER_CORPUS may name another place".into());
        }
        let manifest: Manifest = read(&golden.join("manifest.json"))?;
        let nodes = env::var_os("CHAINNER_NODES").map_or(root.join("nodes_public.json"), PathBuf::from);
        let schemas: Json = read(&nodes)?;
        let schemas = schemas["nodes"].as_array().ok_or_else(|| format!("`{}` has no `nodes`", nodes.display()))?;
        let id = |node: &Json| node["schemaId"].as_str().unwrap_or_default().to_owned();
        Ok(Self {
            root: golden,
            schemas: schemas.iter().map(|node| (id(node), node.clone())).collect(),
            cases: manifest.cases,
            archives: RefCell::default(),
            inputs: manifest.inputs_file,
        })
    }

    /// The folder that paths of the cases are relative to.
    pub(crate) fn golden(&self) -> &Path {
        &self.root
    }

    /// An input image by its name.
    pub(crate) fn input(&self, name: &str) -> Result<Rc<Array>, String> {
        self.array(&self.inputs, name)
    }

    /// The recorded pixels of an output.
    pub(crate) fn output(&self, case: &Case, recorded: &Recorded) -> Result<Rc<Array>, String> {
        match (&case.file, &recorded.key) {
            (Some(file), Some(key)) => self.array(file, key),
            _ => Err("the recording names no array".into()),
        }
    }

    fn array(&self, file: &str, key: &str) -> Result<Rc<Array>, String> {
        let known = self.archives.borrow().get(file).cloned();
        let archive = match known {
            Some(archive) => archive,
            None => {
                let archive = Rc::new(Archive::open(&self.root.join(file))?);
                self.archives.borrow_mut().insert(file.to_owned(), Rc::clone(&archive));
                archive
            }
        };
        archive.array(key)
    }
}

fn read<T: DeserializeOwned>(path: &Path) -> Result<T, String> {
    let text = fs::read(path).map_err(|error| format!("cannot read `{}`: {error}", path.display()))?;
    serde_json::from_slice(&text).map_err(|error| format!("cannot read `{}`: {error}", path.display()))
}
