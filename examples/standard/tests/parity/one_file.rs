//! Recorded readings of single files, made again by the node that reads whole directories.

use std::path::Path;

use chainner_sdk::{
    node::Node,
    sequence::Run,
    value::{OutputValue, Value},
};

use crate::{
    cases::output,
    corpus::{Case, Corpus},
    own_id,
};

/// The app's node that reads one file: gives the image, the directory and the name.
const LOAD: &str = "chainner:image:load";
/// The app's node that reads all files.
const LOAD_IMAGES: &str = "chainner:image:load_images";

/// The node that reads what was recorded, if it is there.
pub(crate) fn reader<'a>(nodes: &'a [Node], case: &Case) -> Option<&'a Node> {
    nodes.iter().find(|node| case.schema_id == LOAD && node.decl().id == own_id(LOAD_IMAGES))
}

/// Compares the item, the only one, with the recorded outputs.
pub(crate) fn judge(corpus: &Corpus, node: &Node, case: &Case) -> Result<(), String> {
    let path = case.inputs.get(&0).and_then(|input| input["$path"].as_str()).ok_or("the recording names no file")?;
    let path = corpus.golden().join(path);
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let directory = path.parent().unwrap_or(Path::new("")).to_owned();
    let [use_glob, recursive, use_limit, fail_fast] = [true, false, false, true].map(Value::Bool);
    let values = vec![
        Value::Path(directory.clone()),
        use_glob,
        recursive,
        Value::Text(name.into()),
        use_limit,
        Value::Integer(1),
        fail_fast,
    ];
    let Run::Generator(run) = node.start(values).map_err(|error| error.to_string())? else {
        return Err("the node makes no sequence".into());
    };
    let items = run.collect::<Result<Vec<_>, _>>().map_err(|error| error.to_string())?;
    let [item] = &items[..] else { return Err(format!("{} items, expected one", items.len())) };
    let [image, _, name, _] = &item[..] else { return Err(format!("an item has {} outputs", item.len())) };
    let directory = OutputValue::Directory(directory);
    for (id, value) in [(0, image), (1, &directory), (2, name)] {
        let recorded = case.outputs.get(&id).ok_or_else(|| format!("output {id} is not recorded"))?;
        output(corpus, case, recorded, value).map_err(|why| format!("output {id}: {why}"))?;
    }
    Ok(())
}
