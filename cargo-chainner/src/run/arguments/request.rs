//! What a command line asks for.

use std::{
    collections::VecDeque,
    path::{Path, PathBuf},
};

use chainner_sdk::{
    declare::NodeKind,
    library::{InputDescription, InputValues, NodeDescription, WireValue},
};
use clap::ArgMatches;

use crate::{
    child::{Argument, Call},
    codes::Code,
    error::Failure,
};

use super::{
    super::{
        conveyor::NUMBER,
        picture::{self, Depth},
    },
    command::{DEPTH, FILES, OUTPUT, is_image, option_id, option_name, picture_outputs},
    reader::{Reader, see_help},
};

/// What the command line of a node asks for.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// The call.
    pub call: Call,
}

impl Request {
    /// Reads the values of a command line.
    ///
    /// # Errors
    /// A value is missing, or not one that its input takes; files do not match inputs or outputs.
    pub fn new(node: &NodeDescription, matches: &ArgMatches) -> Result<Self, Failure> {
        let mut files: VecDeque<&String> = match matches.try_get_many::<String>(FILES) {
            Ok(files) => files.into_iter().flatten().collect(),
            Err(_) => VecDeque::new(),
        };
        let mut arguments = Vec::with_capacity(node.inputs.len());
        let mut columns = Vec::new();
        for (index, input) in node.inputs.iter().enumerate() {
            let reader = Reader { node, input };
            if input.iterated {
                // Those behind it need a file each.
                let is_waiting = |other: &&InputDescription| {
                    is_image(other) && !other.optional && !matches.contains_id(&option_id(other))
                };
                let behind = node.inputs[index + 1..].iter().filter(is_waiting).count();
                let count = if is_image(input) { files.len().saturating_sub(behind) } else { 0 };
                let positional: Vec<PathBuf> = files.drain(..count).map(PathBuf::from).collect();
                columns.push(Column { reader, given: items(&Reader { node, input }, matches, positional)? });
                arguments.push(Argument::Value(WireValue::Missing));
                continue;
            }
            arguments.push(match &input.kind {
                InputValues::Image { colors, .. } => {
                    let option = matches.get_one::<PathBuf>(&option_id(input));
                    let given = option.map(PathBuf::as_path).or_else(|| files.pop_front().map(Path::new));
                    match given {
                        Some(file) => reader.picture(file, *colors)?,
                        None => reader.without()?,
                    }
                }
                InputValues::File { .. } | InputValues::Directory { .. } => {
                    match matches.get_one::<PathBuf>(&option_id(input)) {
                        Some(path) => reader.path(path)?,
                        None => reader.without()?,
                    }
                }
                kind => match matches.get_one::<String>(&option_id(input)) {
                    Some(text) => Argument::Value(reader.value(kind, text)?),
                    None => reader.without()?,
                },
            });
        }
        if let Some(surplus) = files.pop_front() {
            let count = node.inputs.iter().filter(|input| is_image(input)).count();
            let message = format!("`{surplus}` is one file too many: node {} has {count} image inputs", node.function);
            return Err(Failure::new(Code::TooManyFiles, message).help(see_help(node)));
        }
        let items = if node.kind() == NodeKind::Regular { None } else { Some(rows(node, &columns)?) };
        let depth = matches.try_get_one::<String>(DEPTH).ok().flatten();
        let depth = depth.map(|bits| if bits == "16" { Depth::Sixteen } else { Depth::Eight });
        let files = outputs(node, matches, depth)?;
        let is_iterated = picture_outputs(node).into_iter().map(|(_, iterated)| iterated);
        let (item_files, files): (Vec<_>, Vec<_>) = files.into_iter().zip(is_iterated).partition(|(_, is)| *is);
        let without_kind = |files: Vec<(Option<PathBuf>, bool)>| files.into_iter().map(|(file, _)| file).collect();
        let (item_files, files) = (without_kind(item_files), without_kind(files));
        Ok(Self { call: Call { node: node.id.clone(), arguments, items, files, item_files, depth, progress: None } })
    }
}

/// An iterated input and its values, if it is given any.
struct Column<'a> {
    reader: Reader<'a>,
    given: Option<Vec<Argument>>,
}

/// The values of an iterated input, one for each item.
fn items(
    reader: &Reader<'_>,
    matches: &ArgMatches,
    positional: Vec<PathBuf>,
) -> Result<Option<Vec<Argument>>, Failure> {
    let option = option_id(reader.input);
    let paths = || matches.get_many::<PathBuf>(&option).into_iter().flatten();
    let values: Vec<Argument> = match &reader.input.kind {
        InputValues::Image { colors, .. } => {
            let mut pictures = Vec::new();
            for given in paths().chain(&positional) {
                match reader.pictures(given)? {
                    Some(several) => pictures.extend(several.into_iter().map(Argument::Picture)),
                    None => pictures.push(reader.picture(given, *colors)?),
                }
            }
            pictures
        }
        InputValues::File { .. } | InputValues::Directory { .. } => {
            paths().map(|path| reader.path(path)).collect::<Result<_, _>>()?
        }
        kind => {
            let texts = matches.get_many::<String>(&option).into_iter().flatten();
            texts.map(|text| reader.value(kind, text).map(Argument::Value)).collect::<Result<_, _>>()?
        }
    };
    Ok(Some(values).filter(|values| !values.is_empty()))
}

/// The items: for each a value of each iterated input. What is not given has the value of a new node in all of them.
fn rows(node: &NodeDescription, columns: &[Column<'_>]) -> Result<Vec<Vec<Argument>>, Failure> {
    let given = |column: &Column<'_>| Some((option_name(column.reader.input), column.given.as_ref()?.len()));
    let lengths: Vec<(String, usize)> = columns.iter().filter_map(given).collect();
    let Some((first, length)) = lengths.first() else {
        return match columns.first() {
            None => Ok(Vec::new()),
            Some(column) => Err(column.reader.no_items()),
        };
    };
    if let Some((other, count)) = lengths.iter().find(|(_, count)| count != length) {
        let message = format!("--{first} has {length} items, and --{other} {count} (node {})", node.function);
        return Err(Failure::new(Code::ItemCount, message).help("give each item a value of both"));
    }
    let value = |column: &Column<'_>, index: usize| match &column.given {
        Some(values) => Ok(values[index].clone()),
        None => column.reader.without(),
    };
    (0..*length).map(|index| columns.iter().map(|column| value(column, index)).collect()).collect()
}

/// The files for the image outputs.
fn outputs(
    node: &NodeDescription,
    matches: &ArgMatches,
    depth: Option<Depth>,
) -> Result<Vec<Option<PathBuf>>, Failure> {
    let pictures = picture_outputs(node);
    let given: Vec<&PathBuf> = match matches.try_get_many::<PathBuf>(OUTPUT) {
        Ok(files) => files.into_iter().flatten().collect(),
        Err(_) => Vec::new(),
    };
    if given.len() != pictures.len() {
        let names: Vec<String> = pictures.iter().map(|(label, iterated)| suggested(label, *iterated)).collect();
        let help = format!("add {}", names.iter().map(|name| format!("`-o {name}`")).collect::<Vec<_>>().join(" "));
        let message = match (pictures.as_slice(), given.len()) {
            ([(label, _)], 0) => format!("there is no file for the output \"{label}\" of node {}", node.function),
            (pictures, count) => format!(
                "node {} has {} image outputs ({}), and there are {count} `-o`",
                node.function,
                pictures.len(),
                pictures.iter().map(|(label, _)| *label).collect::<Vec<_>>().join(", ")
            ),
        };
        return Err(Failure::new(Code::Outputs, message).help(help));
    }
    let mut files: Vec<Option<PathBuf>> = Vec::new();
    for (given, (label, iterated)) in given.into_iter().zip(pictures) {
        if given.as_os_str() == "-" {
            files.push(None);
            continue;
        }
        let file = &if iterated { pattern(given, label, node)? } else { given.clone() };
        let format = picture::Format::of(file)?;
        if format == picture::Format::Jpeg && depth == Some(Depth::Sixteen) {
            let message = format!("JPEG has 8 bits for each sample: `{}`", file.display());
            let help = format!("write a PNG: `-o {}`", file.with_extension("png").display());
            return Err(Failure::new(Code::PictureFormat, message).help(help));
        }
        let directory = file.parent().filter(|parent| !parent.as_os_str().is_empty());
        if let Some(directory) = directory.filter(|directory| !directory.is_dir()) {
            let message = format!("there is no directory `{}` for `{}`", directory.display(), file.display());
            return Err(
                Failure::new(Code::Outputs, message).help(format!("make it: `mkdir -p {}`", directory.display()))
            );
        }
        if files.iter().flatten().any(|other| other == file) {
            let message = format!("two outputs would be written to `{}`", file.display());
            return Err(Failure::new(Code::Outputs, message).help("give each `-o` a file of its own"));
        }
        files.push(Some(file.clone()));
    }
    Ok(files)
}

/// The file of each item, with the place of its number: as it is given, or in a directory.
fn pattern(given: &Path, label: &str, node: &NodeDescription) -> Result<PathBuf, Failure> {
    let is_directory = given.is_dir() || given.to_string_lossy().ends_with(['/', '\\']);
    if is_directory {
        return Ok(given.join(format!("{NUMBER}.png")));
    }
    if given.file_name().is_some_and(|name| name.to_string_lossy().contains(NUMBER)) {
        return Ok(given.to_owned());
    }
    let message = format!(
        "`{}` is one file, and the output \"{label}\" of node {} is a sequence of images",
        given.display(),
        node.function
    );
    let stem = given.file_stem().unwrap_or_default().to_string_lossy();
    let extension = given.extension().map_or("png".into(), |extension| extension.to_string_lossy());
    let named = given.with_file_name(format!("{stem}-{NUMBER}.{extension}"));
    let help = format!("give each item a file, `-o '{}'`, or all of them a directory", named.display());
    Err(Failure::new(Code::Outputs, message).help(help))
}

/// A file name made from a label: `Color Mask` is `color-mask.png`.
pub(crate) fn file_name(label: &str) -> String {
    let words: Vec<String> = label
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    format!("{}.png", if words.is_empty() { "out".to_owned() } else { words.join("-") })
}

/// As [`file_name`], and for a sequence `'color-mask-{}.png'`, as a shell takes it.
fn suggested(label: &str, iterated: bool) -> String {
    let name = file_name(label);
    if iterated { format!("'{}-{NUMBER}.png'", name.trim_end_matches(".png")) } else { name }
}

#[cfg(test)]
mod tests {
    use chainner_sdk::library::{InputValues, OutputValues, WireValue};

    use super::{
        super::{
            command,
            fixture::{input, node, read},
        },
        *,
    };

    #[test]
    fn files_go_to_the_image_inputs_in_order() {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let [a, b] = ["a.png", "b.png"].map(|name| {
            let path = directory.path().join(name);
            std::fs::write(&path, "").expect("written");
            path
        });
        let [a_text, b_text] = [&a, &b].map(|path| path.to_str().expect("Unicode"));
        let image = |colors| InputValues::Image { channels: None, colors };
        let inputs = || {
            vec![
                input("base", false, image(false)),
                input("over", false, image(true)),
                input("mask", true, image(false)),
            ]
        };
        let node = node(inputs(), &[]);
        let picture = |path: &PathBuf| Argument::Picture(path.clone());
        let missing = Argument::Value(WireValue::Missing);
        let given = |words: &[&str]| read(&node, words).map(|request| request.call.arguments);
        assert_eq!(given(&[a_text, b_text]), Ok(vec![picture(&a), picture(&b), missing.clone()]));
        assert_eq!(given(&[b_text, "--base", a_text]), Ok(vec![picture(&a), picture(&b), missing.clone()]));
        let white = Argument::Value(WireValue::Color(vec![1.0; 3]));
        assert_eq!(given(&[a_text, "#fff"]), Ok(vec![picture(&a), white, missing]));
        let code = |words: &[&str]| given(words).expect_err("refused").code;
        assert_eq!(code(&[a_text]), Code::MissingValue);
        assert_eq!(code(&["#fff", a_text]), Code::BadValue);
        assert_eq!(code(&[a_text, "none.png"]), Code::BadValue);
        assert_eq!(code(&[a_text, a_text, a_text, a_text]), Code::TooManyFiles);
    }

    #[test]
    fn each_image_output_has_its_file() {
        let two = node(vec![], &[OutputValues::Image, OutputValues::Float, OutputValues::Image]);
        let files = read(&two, &["-o", "a.png", "-o", "-"]).expect("read").call.files;
        assert_eq!(files, [Some(PathBuf::from("a.png")), None]);
        let failure = |words: &[&str]| read(&two, words).expect_err("refused");
        assert_eq!(failure(&["-o", "a.png"]).code, Code::Outputs);
        assert_eq!(failure(&["-o", "a.png", "-o", "a.png"]).code, Code::Outputs);
        assert_eq!(failure(&["-o", "a.png", "-o", "no/such/b.png"]).code, Code::Outputs);
        assert_eq!(failure(&["-o", "a.webp", "-o", "-"]).code, Code::PictureFormat);
        assert_eq!(failure(&["-o", "a.jpg", "-o", "-", "--depth", "16"]).code, Code::PictureFormat);
        let none = node(vec![], &[OutputValues::Text]);
        assert!(command(&none).try_get_matches_from(["-o", "a.png"]).is_err());
    }

    #[test]
    fn names_that_are_taken_give_way() {
        let kind = || InputValues::Seed { default: 0 };
        let inputs = ["output", "depth", "help", "message_format"].map(|name| input(name, false, kind()));
        let node = node(inputs.to_vec(), &[OutputValues::Image]);
        let request = read(&node, &["--input-depth", "-5", "-o", "a.png"]).expect("read");
        assert_eq!(request.call.arguments[1], Argument::Value(WireValue::Seed(-5)));
    }

    #[test]
    fn a_sequence_takes_the_files_that_no_other_image_needs() {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let paths: Vec<PathBuf> = ["a.png", "b.png", "c.jpg", "d.txt"].map(|name| directory.path().join(name)).to_vec();
        for path in &paths {
            std::fs::write(path, "").expect("written");
        }
        let words: Vec<&str> = paths.iter().map(|path| path.to_str().expect("Unicode")).collect();
        let image = || InputValues::Image { channels: None, colors: false };
        let iterated = |name: &str, kind| InputDescription { iterated: true, ..input(name, false, kind) };
        let weights =
            || iterated("weights", InputValues::Float { default: Some(1.0), min: None, max: None, unit: None });
        let node = node(
            vec![input("base", false, image()), iterated("frames", image()), weights(), input("mask", false, image())],
            &[],
        );
        let request = |words: &[&str]| read(&node, words).map(|request| request.call);
        let picture = |index: usize| Argument::Picture(paths[index].clone());
        let number = |value: f64| Argument::Value(WireValue::Float(value.into()));

        let call = request(&[words[0], words[1], words[2], words[1]]).expect("read");
        assert_eq!(call.arguments[0], picture(0));
        assert_eq!(call.arguments[3], picture(1));
        assert_eq!(call.items, Some(vec![vec![picture(1), number(1.0)], vec![picture(2), number(1.0)]]));

        // A directory stands for its pictures in their order, a pattern for those that fit.
        let own = directory.path().to_str().expect("Unicode");
        let items = |frames: &str| {
            let given = request(&[words[0], words[1], "--frames", frames, "--weights", "2", "-3", "0.5"]);
            given.map(|call| call.items.unwrap_or_default())
        };
        let expected = [(0, 2.0), (1, -3.0), (2, 0.5)].map(|(index, weight)| vec![picture(index), number(weight)]);
        assert_eq!(items(own), Ok(expected.to_vec()));
        let refused = |frames: &str| items(frames).expect_err("refused").code;
        assert_eq!(refused(&format!("{own}/?.png")), Code::ItemCount);
        assert_eq!(refused(&format!("{own}/z*.png")), Code::BadValue);
        assert_eq!(request(&[words[0], words[1]]).expect_err("refused").code, Code::MissingValue);
    }

    #[test]
    fn a_sequence_of_images_has_a_file_for_each_item() {
        let mut tiles = node(vec![], &[OutputValues::Image, OutputValues::Image]);
        tiles.outputs[0].iterated = true;
        let directory = tempfile::tempdir().expect("a temporary directory");
        let own = directory.path().to_str().expect("Unicode");
        let call = read(&tiles, &["-o", own, "-o", "whole.png"]).expect("read").call;
        assert_eq!(call.item_files, [Some(directory.path().join("{}.png"))]);
        assert_eq!(call.files, [Some(PathBuf::from("whole.png"))]);
        let call = read(&tiles, &["-o", "tile-{}.jpg", "-o", "-"]).expect("read").call;
        assert_eq!((call.item_files, call.files), (vec![Some(PathBuf::from("tile-{}.jpg"))], vec![None]));
        let failure = |words: &[&str]| read(&tiles, words).expect_err("refused");
        let one = failure(&["-o", "tile.jpg", "-o", "-"]);
        assert_eq!(
            (one.code, one.help.as_deref().unwrap_or_default().contains("-o 'tile-{}.jpg'")),
            (Code::Outputs, true)
        );
        assert_eq!(failure(&["-o", "no/such/{}.png", "-o", "-"]).code, Code::Outputs);
        assert_eq!(failure(&["-o", "{}.webp", "-o", "-"]).code, Code::PictureFormat);
        assert!(failure(&[]).help.expect("help").contains("`-o 'image-{}.png'` `-o image.png`"));
    }
}
