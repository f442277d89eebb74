//! A description with every kind of input and output, and with texts and names that are hard on Python.

use chainner_sdk::library::{
    ChoiceDescription, ChoiceId, Description, InputDescription, InputValues, NodeDescription, OutputDescription,
    OutputValues, Place,
};

fn place() -> Place {
    Place { file: "src/lib.rs".to_owned(), line: 1, column: 1 }
}

fn input(name: &str, docs: &str, optional: bool, kind: InputValues) -> InputDescription {
    InputDescription {
        name: name.to_owned(),
        label: name.to_uppercase(),
        docs: docs.to_owned(),
        id: 0,
        optional,
        iterated: false,
        place: place(),
        kind,
    }
}

fn output(label: &str, docs: &str, kind: OutputValues) -> OutputDescription {
    OutputDescription { label: label.to_owned(), docs: docs.to_owned(), iterated: false, kind }
}

fn node(function: &str, docs: &str, inputs: Vec<InputDescription>, outputs: Vec<OutputDescription>) -> NodeDescription {
    NodeDescription {
        id: format!("film_lab:light:{function}"),
        function: function.to_owned(),
        name: "Name of the node".to_owned(),
        docs: docs.to_owned(),
        place: place(),
        replaces: None,
        inputs,
        outputs,
    }
}

fn image() -> InputValues {
    InputValues::Image { channels: None, colors: false }
}

fn float(default: Option<f64>) -> InputValues {
    InputValues::Float { default, min: Some(0.0), max: Some(8.0), unit: Some("EV".to_owned()) }
}

fn choice(id: &str, label: &str, docs: &str) -> ChoiceDescription {
    ChoiceDescription { id: ChoiceId::Text(id.to_owned()), label: label.to_owned(), docs: docs.to_owned() }
}

fn shape() -> InputValues {
    InputValues::Choice {
        default: ChoiceId::Text("round".to_owned()),
        choices: vec![
            choice("round", "Round", ""),
            choice("oval", "Oval (fit)", "Follows the proportions\nof the image."),
            choice("say \"hi\"\\", "Odd \"\"\" label", ""),
        ],
    }
}

/// A whole package.
pub(in crate::wheel) fn description() -> Description {
    let vignette = node(
        "vignette",
        "Darkens the corners of an image, as a fast lens does.\n\nThe centre is left as it is.",
        vec![
            input("image", "", false, image()),
            input("amount", "Darkening of the far corner, in stops.", false, float(Some(1.0))),
            input("shape", "How the darkening falls off", false, shape()),
        ],
        vec![output("Image", "", OutputValues::Image)],
    );
    let every_kind = node(
        "every_kind",
        "",
        vec![
            input(
                "integer",
                "",
                false,
                InputValues::Integer { default: Some(-3), min: None, max: Some(9), unit: None },
            ),
            input("float", "", false, float(Some(1e-7))),
            input(
                "text",
                "",
                false,
                InputValues::Text { default: Some("it's\n".to_owned()), min_length: 1, max_length: Some(9) },
            ),
            input("bool", "", false, InputValues::Bool { default: Some(true) }),
            input(
                "choice",
                "",
                false,
                InputValues::Choice {
                    default: ChoiceId::Number(2),
                    choices: vec![ChoiceDescription {
                        id: ChoiceId::Number(2),
                        label: "Two".to_owned(),
                        docs: String::new(),
                    }],
                },
            ),
            input("color", "", false, InputValues::Color { default: vec![1.0, 0.5, 0.0], channels: Some(vec![3, 4]) }),
            input("hex", "", false, InputValues::Color { default: vec![0.2, 0.4, 0.6], channels: None }),
            input("seed", "", false, InputValues::Seed { default: 7 }),
            input("image", "", false, InputValues::Image { channels: Some(vec![1]), colors: true }),
            input("file", "", false, InputValues::File { extensions: vec![".png".to_owned(), ".jpg".to_owned()] }),
            input("directory", "", false, InputValues::Directory { must_exist: true }),
            input("edge", "", false, InputValues::Bool { default: None }),
            input("mask", "", true, image()),
            input("maybe", "", true, shape()),
            input(
                "limit",
                "",
                true,
                InputValues::Integer { default: None, min: Some(0), max: None, unit: Some("px".to_owned()) },
            ),
        ],
        vec![
            output("Image", "The result", OutputValues::Image),
            output("Integer", "", OutputValues::Integer),
            output("Float", "", OutputValues::Float),
            output("Text", "", OutputValues::Text),
            output("Bool", "", OutputValues::Bool),
            output("Color", "", OutputValues::Color),
            output("Directory", "", OutputValues::Directory),
            output("Seed", "", OutputValues::Seed),
        ],
    );
    let odd = node(
        "lambda",
        "\"Quoted\" \\N{x} \\ and \"\"\"triple\"\"\" größe 名 \u{202e}\u{0}\t tab\n\n    code \\\n\n\n\nEnds with \"",
        vec![
            input("from", "ends with \\", false, float(Some(f64::INFINITY))),
            input("from_", "multi\n\n- line \"\"\"", false, float(Some(0.0))),
            input("_call", "", false, float(Some(0.0))),
            input("schema", "", false, float(Some(0.0))),
            input("größe", "", false, float(Some(0.0))),
            input("r#type".trim_start_matches("r#"), "", false, float(Some(0.0))),
        ],
        Vec::new(),
    );
    let builtin = node("float", "\"", Vec::new(), vec![output("Value", "", OutputValues::Float)]);
    let short = node(
        "round",
        "",
        vec![input("value", "", false, float(None)), input("digits", "", true, float(None))],
        vec![output("Value", "", OutputValues::Float)],
    );
    let split = node(
        "split",
        "",
        Vec::new(),
        ["Blue", "Green", "Red"].map(|label| output(label, "", OutputValues::Image)).to_vec(),
    );
    let pathological =
        node("open", "One quote at the end\\", Vec::new(), vec![output("Directory", "", OutputValues::Directory)]);
    let iterated = |mut input: InputDescription| {
        input.iterated = true;
        input
    };
    let given = |label, kind| {
        let mut output = output(label, "", kind);
        output.iterated = true;
        output
    };
    let generator = node(
        "bracket",
        "",
        vec![input("image", "", false, image())],
        vec![
            given("Image", OutputValues::Image),
            given("Stop", OutputValues::Float),
            output("Directory", "", OutputValues::Directory),
        ],
    );
    let collector = node(
        "stack",
        "",
        vec![
            iterated(input("images", "What is stacked.", false, image())),
            iterated(input("weights", "", true, float(None))),
            input("shape", "", false, shape()),
        ],
        vec![output("Image", "", OutputValues::Image)],
    );
    let transformer = node(
        "thin",
        "",
        vec![iterated(input("images", "", false, image()))],
        vec![given("Image", OutputValues::Image)],
    );
    Description {
        sdk: "0.1.0".to_owned(),
        package: "film-lab".to_owned(),
        schema: serde_json::json!({
            "package": {"name": "Film Lab", "description": "Film grain, \"halation\" and vignettes."},
            "categories": [],
            "nodes": [],
        }),
        nodes: vec![vignette, every_kind, odd, builtin, pathological, short, split, generator, collector, transformer],
        requirements: Vec::new(),
        faults: Vec::new(),
    }
}

/// A package with two nodes that are one Python function.
pub(in crate::wheel) fn with_two_nodes_of_one_function() -> Description {
    let mut description = description();
    let mut other = description.nodes[0].clone();
    other.id = "film_lab:other:vignette".to_owned();
    description.nodes.push(other);
    description
}
