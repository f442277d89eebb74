//! A sound package for the tests of the rules, and ways to spoil it.

use chainner_sdk::library::{
    ChoiceDescription, ChoiceId, Description, InputDescription, InputValues, NodeDescription, OutputDescription,
    OutputValues, Place,
};
use serde_json::{Value, json};

use crate::{
    codes::Code,
    shell::Level,
    sources::{SourceMacro, SourceNode, Sources},
};

use super::{Findings, ManifestFacts, Package, Subject, findings};

/// Positions of the inputs of the one node.
pub(super) const IMAGE: usize = 0;
pub(super) const AMOUNT: usize = 1;
pub(super) const SHAPE: usize = 2;

/// All that the rules look at.
#[derive(Clone)]
pub(super) struct Fixture {
    pub(super) description: Description,
    pub(super) sources: Sources,
    pub(super) manifest: ManifestFacts,
}

impl Fixture {
    /// A package in which no rule finds anything.
    pub(super) fn sound() -> Self {
        let node = NodeDescription {
            id: "film_lab:light:vignette".to_owned(),
            function: "vignette".to_owned(),
            name: "Vignette".to_owned(),
            docs: "Darkens the corners.".to_owned(),
            place: place(20),
            replaces: None,
            inputs: vec![
                input(0, "image", "Image", InputValues::Image { channels: None, colors: false }),
                input(1, "amount", "Amount", slider()),
                input(2, "shape", "Shape", choice()),
                input(3, "aspect", "Aspect", slider()),
            ],
            outputs: vec![OutputDescription {
                label: "Image".to_owned(),
                docs: String::new(),
                iterated: false,
                kind: OutputValues::Image,
            }],
        };
        let schema = json!({"package": package(), "categories": [category()], "nodes": [node_schema()]});
        Self {
            description: Description {
                sdk: "0.1.0".to_owned(),
                package: "film-lab".to_owned(),
                schema,
                nodes: vec![node],
                requirements: Vec::new(),
                faults: Vec::new(),
            },
            sources: Sources {
                nodes: vec![SourceNode { function: "vignette".to_owned(), place: place(20), stray: None }],
                packages: vec![SourceMacro { place: place(3), stray: None, has_dependencies: false }],
                is_broken: false,
            },
            manifest: ManifestFacts { file: "Cargo.toml".to_owned(), description: true, license: true, readme: true },
        }
    }

    /// A part of the schema, to be spoilt.
    pub(super) fn schema_at(&mut self, pointer: &str) -> &mut Value {
        self.description.schema.pointer_mut(pointer).expect("part of the schema")
    }

    /// Spoils an input of the one node, in the schema.
    pub(super) fn change_input(&mut self, input: usize, changes: Value) {
        let keys = self.schema_at(&format!("/nodes/0/inputs/{input}")).as_object_mut().expect("an object");
        keys.extend(changes.as_object().expect("an object").clone());
    }

    /// Adds the one node a second time.
    pub(super) fn repeat_node(&mut self) {
        self.description.nodes.push(self.description.nodes[0].clone());
        let copy = self.schema_at("/nodes/0").clone();
        self.schema_at("/nodes").as_array_mut().expect("a list").push(copy);
    }

    /// Adds a choice of this type to the one node.
    pub(super) fn add_choice(&mut self, name: &str, definitions: &str) {
        self.description.nodes[0].inputs.push(input(4, "other", "Other", choice()));
        let mut copy = self.schema_at("/nodes/0/inputs/2").clone();
        (copy["id"], copy["label"]) = (json!(4), json!("Other"));
        (copy["type"], copy["typeDefinitions"]) = (json!(name), json!(definitions));
        self.schema_at("/nodes/0/inputs").as_array_mut().expect("a list").push(copy);
        self.schema_at("/nodes/0/groupLayout").as_array_mut().expect("a list").push(json!(4));
    }

    /// What the rules find.
    pub(super) fn findings(&self) -> Findings {
        findings(self.subject())
    }

    /// What the rules look at.
    pub(super) fn subject(&self) -> Subject<'_> {
        let Self { description, sources, manifest } = self;
        Subject::of_package(Package { description, sources, manifest })
    }
}

/// Codes of the errors.
pub(super) fn errors(fixture: &Fixture) -> Vec<Code> {
    codes(fixture, Level::Error)
}

/// Codes of the warnings.
pub(super) fn warnings(fixture: &Fixture) -> Vec<Code> {
    codes(fixture, Level::Warning)
}

fn codes(fixture: &Fixture, level: Level) -> Vec<Code> {
    fixture.findings().0.into_iter().filter(|finding| finding.level == level).map(|finding| finding.code).collect()
}

fn place(line: u32) -> Place {
    Place { file: "src/lib.rs".to_owned(), line, column: 5 }
}

fn input(id: u32, name: &str, label: &str, kind: InputValues) -> InputDescription {
    InputDescription {
        name: name.to_owned(),
        label: label.to_owned(),
        docs: "What it does.".to_owned(),
        id,
        optional: false,
        iterated: false,
        place: place(21 + id),
        kind,
    }
}

fn slider() -> InputValues {
    InputValues::Float { default: Some(1.0), min: Some(0.0), max: Some(8.0), unit: None }
}

fn choice() -> InputValues {
    let variant = |id: &str, label: &str| ChoiceDescription {
        id: ChoiceId::Text(id.to_owned()),
        label: label.to_owned(),
        docs: String::new(),
    };
    InputValues::Choice {
        default: ChoiceId::Text("round".to_owned()),
        choices: vec![variant("round", "Round"), variant("oval", "Oval")],
    }
}

fn package() -> Value {
    json!({
        "id": "film_lab",
        "name": "Film Lab",
        "description": "Film grain and vignettes.",
        "icon": "MdCameraRoll",
        "color": "#B7791F",
        "dependencies": [],
        "features": [],
        "settings": [],
        "disabled": false,
        "disabledReason": null,
    })
}

fn category() -> Value {
    json!({
        "id": "film lab",
        "name": "Film Lab",
        "description": "Looks of photographic film.",
        "icon": "MdCameraRoll",
        "color": "#B7791F",
        "installHint": null,
        "groups": [{"id": "film lab/light", "category": "film lab", "name": "Light", "order": []}],
    })
}

fn node_schema() -> Value {
    let common = |id: u32, kind: &str, label: &str, own: Value| {
        let mut input = json!({
            "id": id,
            "type": "any",
            "conversions": [],
            "adapt": null,
            "typeDefinitions": null,
            "kind": kind,
            "label": label,
            "optional": false,
            "hasHandle": kind != "dropdown",
            "description": "What it does.",
            "hint": false,
            "suggest": false,
            "fused": null,
        });
        let keys = input.as_object_mut().expect("an object");
        keys.extend(own.as_object().expect("an object").clone());
        input
    };
    let number = |step: f64| {
        json!({
            "type": {"type": "interval", "min": 0, "max": 8},
            "min": 0,
            "max": 8,
            "def": 1,
            "precision": 1,
            "controlsStep": step,
            "unit": null,
            "noteExpression": null,
            "hideTrailingZeros": false,
            "labelStyle": "default",
            "ends": [null, null],
            "sliderStep": step,
            "gradient": null,
            "scale": "linear",
        })
    };
    let shape = json!({
        "type": "film_lab::Shape",
        "typeDefinitions": "let film_lab::Shape = film_lab::Shape::Round | film_lab::Shape::Oval;\n\
                            struct film_lab::Shape::Round;\nstruct film_lab::Shape::Oval;",
        "options": [
            {"option": "Round", "value": "round", "type": "film_lab::Shape::Round", "icon": null, "condition": null},
            {"option": "Oval", "value": "oval", "type": "film_lab::Shape::Oval", "icon": null, "condition": null},
        ],
        "def": "round",
        "preferredStyle": "dropdown",
        "labelStyle": "default",
        "groups": [],
    });
    json!({
        "schemaId": "film_lab:light:vignette",
        "name": "Vignette",
        "category": "film lab",
        "nodeGroup": "film lab/light",
        "inputs": [
            common(0, "generic", "Image", json!({"type": "Image"})),
            common(1, "slider", "Amount", number(0.1)),
            common(2, "dropdown", "Shape", shape),
            common(3, "slider", "Aspect", number(0.01)),
        ],
        "outputs": [{
            "id": 0,
            "type": "Image",
            "label": "Image",
            "neverReason": null,
            "kind": "generic",
            "hasHandle": true,
            "passthroughOf": 0,
            "description": null,
            "suggest": false,
        }],
        "groupLayout": [0, 1, 2, {
            "id": 0,
            "kind": "conditional",
            "options": {"condition": {"kind": "enum", "enum": 2, "values": ["oval"]}},
            "items": [3],
        }],
        "iteratorInputs": [],
        "iteratorOutputs": [],
        "keyInfo": null,
        "suggestions": [],
        "description": "Darkens the corners.",
        "seeAlso": [],
        "icon": "MdVignette",
        "kind": "regularNode",
        "hasSideEffects": false,
        "deprecated": false,
        "features": [],
    })
}
