//! What a command line asks for.

use std::path::{Path, PathBuf};

use chainner_sdk::library::{InputValues, NodeDescription};
use clap::ArgMatches;

use crate::{
    child::{Argument, Call},
    codes::Code,
    error::Failure,
};

use super::{
    super::picture::{self, Depth},
    command::{DEPTH, FILES, OUTPUT, is_image, option_id, picture_outputs},
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
        let mut files = match matches.try_get_many::<String>(FILES) {
            Ok(files) => files.into_iter().flatten(),
            Err(_) => None.into_iter().flatten(),
        };
        let mut arguments = Vec::with_capacity(node.inputs.len());
        for input in &node.inputs {
            let reader = Reader { node, input };
            arguments.push(match &input.kind {
                InputValues::Image { colors, .. } => {
                    let option = matches.get_one::<PathBuf>(&option_id(input));
                    let given = option.map(PathBuf::as_path).or_else(|| files.next().map(Path::new));
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
        if let Some(surplus) = files.next() {
            let count = node.inputs.iter().filter(|input| is_image(input)).count();
            let message = format!("`{surplus}` is one file too many: node {} has {count} image inputs", node.function);
            return Err(Failure::new(Code::TooManyFiles, message).help(see_help(node)));
        }
        let depth = matches.try_get_one::<String>(DEPTH).ok().flatten();
        let depth = depth.map(|bits| if bits == "16" { Depth::Sixteen } else { Depth::Eight });
        let files = outputs(node, matches, depth)?;
        Ok(Self { call: Call { node: node.id.clone(), arguments, files, depth, progress: None } })
    }
}

/// The files for the image outputs.
fn outputs(
    node: &NodeDescription,
    matches: &ArgMatches,
    depth: Option<Depth>,
) -> Result<Vec<Option<PathBuf>>, Failure> {
    let labels = picture_outputs(node);
    let given: Vec<&PathBuf> = match matches.try_get_many::<PathBuf>(OUTPUT) {
        Ok(files) => files.into_iter().flatten().collect(),
        Err(_) => Vec::new(),
    };
    if given.len() != labels.len() {
        let names: Vec<String> = labels.iter().map(|label| file_name(label)).collect();
        let help = format!("add {}", names.iter().map(|name| format!("`-o {name}`")).collect::<Vec<_>>().join(" "));
        let message = match (labels.as_slice(), given.len()) {
            ([label], 0) => format!("there is no file for the output \"{label}\" of node {}", node.function),
            (labels, count) => format!(
                "node {} has {} image outputs ({}), and there are {count} `-o`",
                node.function,
                labels.len(),
                labels.join(", ")
            ),
        };
        return Err(Failure::new(Code::Outputs, message).help(help));
    }
    let mut files: Vec<Option<PathBuf>> = Vec::new();
    for file in given {
        if file.as_os_str() == "-" {
            files.push(None);
            continue;
        }
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

/// A file name made from a label: `Color Mask` is `color-mask.png`.
pub(crate) fn file_name(label: &str) -> String {
    let words: Vec<String> = label
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    format!("{}.png", if words.is_empty() { "out".to_owned() } else { words.join("-") })
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
}
