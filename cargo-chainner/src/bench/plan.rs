//! What a node is called with: images by its declaration, and otherwise what a new node has.

use chainner_sdk::library::{InputDescription, InputValues, NodeDescription};
use serde_json::json;

use crate::test::{
    case::{self, Case},
    recipe::Recipe,
};

use super::Size;

/// How a node is measured, or why it is not.
#[derive(Debug)]
pub(super) enum Plan {
    Measure(Vec<Subject>),
    Skip(String),
}

/// One thing to measure of a node.
#[derive(Debug, Clone, Default)]
pub(super) struct Subject {
    /// Size of all images; none for a node that takes no images.
    pub(super) size: Option<Size>,
    pub(super) case: Case,
    /// As the case, with small images.
    pub(super) warm_up: Case,
}

/// Side of the images of a warm-up, in pixels: enough that work is shared by threads.
const SMALL: usize = 192;

impl Plan {
    pub(super) fn of(node: &NodeDescription, sizes: &[Size]) -> Self {
        // What a file holds decides what it costs, and only the author knows which files are usual.
        let file = node.inputs.iter().find(|input| !input.optional && matches!(input.kind, InputValues::File { .. }));
        if let Some(input) = file {
            return Self::Skip(format!("it needs a file for '{}'", input.label));
        }
        let images: Vec<&InputDescription> = node.inputs.iter().filter(|input| takes_image(input)).collect();
        if images.is_empty() {
            return Self::Measure(vec![Subject::default()]);
        }
        let case = |width, height| {
            images.iter().fold(Case::default(), |case, input| {
                let value = json!(Recipe { width, height, ..usual(input) }.to_string());
                let value = if input.iterated { json!([value, value, value]) } else { value };
                case.with(&input.name, value)
            })
        };
        let subject = |size: &Size| Subject {
            case: case(size.width, size.height),
            warm_up: case(SMALL, SMALL),
            size: Some(size.clone()),
        };
        Self::Measure(sizes.iter().map(subject).collect())
    }
}

fn takes_image(input: &InputDescription) -> bool {
    !input.optional && matches!(input.kind, InputValues::Image { .. })
}

fn usual(input: &InputDescription) -> Recipe {
    let initial = case::given(input);
    initial.as_str().and_then(|text| text.parse().ok()).unwrap_or(case::USUAL)
}

#[cfg(test)]
mod tests {
    use chainner_sdk::library::Place;

    use super::*;

    fn input(name: &str, optional: bool, iterated: bool, kind: InputValues) -> InputDescription {
        let place = Place { file: String::new(), line: 1, column: 1 };
        let (label, docs) = (name.to_owned(), String::new());
        InputDescription { name: name.to_owned(), label, docs, id: 0, optional, iterated, place, kind }
    }

    fn plan(inputs: Vec<InputDescription>) -> Plan {
        let place = Place { file: String::new(), line: 1, column: 1 };
        let node = NodeDescription {
            id: "a:b:c".to_owned(),
            function: "c".to_owned(),
            name: "C".to_owned(),
            docs: String::new(),
            place,
            replaces: None,
            inputs,
            outputs: Vec::new(),
        };
        Plan::of(&node, &["8".parse().expect("a size"), "20x10".parse().expect("a size")])
    }

    fn image(channels: Option<Vec<u32>>) -> InputValues {
        InputValues::Image { channels, colors: false }
    }

    #[test]
    fn images_are_of_the_declared_channels_and_the_asked_size() {
        let inputs = vec![
            input("base", false, false, image(None)),
            input("mask", false, false, image(Some(vec![1]))),
            input("frames", false, true, image(Some(vec![4]))),
            input("over", true, false, image(None)),
        ];
        let Plan::Measure(subjects) = plan(inputs) else { panic!("it can be measured") };
        assert_eq!(subjects.len(), 2);
        let text = serde_json::to_string(&subjects[1].case).expect("JSON");
        let frame = r#""20x10x4:noise""#;
        assert_eq!(
            text,
            format!(r#"{{"base":"20x10x3:noise","frames":[{frame},{frame},{frame}],"mask":"20x10x1:noise"}}"#)
        );
    }

    #[test]
    fn without_images_there_is_no_size_and_files_are_left_alone() {
        let number = InputValues::Seed { default: 0 };
        let Plan::Measure(subjects) = plan(vec![input("seed", false, false, number)]) else { panic!("measurable") };
        assert!(matches!(subjects.as_slice(), [Subject { size: None, .. }]));
        let file = |optional| input("lut", optional, false, InputValues::File { extensions: Vec::new() });
        assert!(matches!(plan(vec![file(false)]), Plan::Skip(why) if why.contains("'lut'")));
        assert!(matches!(plan(vec![file(true)]), Plan::Measure(_)));
    }
}
