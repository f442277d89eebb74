//! Writes the [`Description`] of a package from its declarations.

use crate::{
    declare::{DefaultValue, NodeDecl, OutputKind, PackageDecl},
    enforce::{InputSpec, OutputSpec},
    node::{Input, Node},
    registry, schema,
};

use super::{
    ChoiceDescription, Description, Fault, InputDescription, InputValues, NodeDescription, OutputDescription,
    OutputValues,
};

/// Describes a package: its schema, and what the schema leaves out.
pub(super) fn package(decl: &'static PackageDecl) -> Description {
    let nodes: Vec<Node> = registry::nodes_of(decl.package).into_iter().map(Node::new).collect();
    Description {
        sdk: env!("CARGO_PKG_VERSION").to_owned(),
        package: decl.package.to_owned(),
        schema: schema::document(decl, &nodes),
        nodes: nodes.iter().map(|one| node(decl, one)).collect(),
        requirements: decl.dependencies.iter().map(|pip| format!("{}=={}", pip.pypi, pip.version)).collect(),
        faults: faults(decl, &nodes),
    }
}

fn node(package: &PackageDecl, node: &Node) -> NodeDescription {
    let decl = node.decl();
    NodeDescription {
        id: decl.id.to_owned(),
        function: decl.function.to_owned(),
        name: decl.name.to_owned(),
        docs: decl.docs.to_owned(),
        place: decl.place.into(),
        replaces: package.replaced_by(decl).map(Into::into),
        inputs: node.inputs().iter().map(input).collect(),
        outputs: node.outputs().iter().map(output).collect(),
    }
}

fn input(input: &Input) -> InputDescription {
    let decl = input.decl;
    InputDescription {
        name: decl.name.to_owned(),
        label: decl.label.to_owned(),
        docs: decl.docs.to_owned(),
        id: decl.id,
        optional: decl.optional,
        iterated: decl.item.is_some(),
        place: decl.place.into(),
        kind: values(input),
    }
}

fn values(input: &Input) -> InputValues {
    // What comes through a connection only has no value by itself.
    let required = !input.decl.optional && (input.decl.item.is_some() || !input.decl.connected_only());
    match &input.spec {
        InputSpec::Integer(spec) => InputValues::Integer {
            default: required.then_some(spec.default),
            min: spec.min,
            max: spec.max,
            unit: spec.face.unit.map(str::to_owned),
        },
        InputSpec::Float(spec) => InputValues::Float {
            default: required.then_some(spec.default),
            min: spec.min,
            max: spec.max,
            unit: spec.face.unit.map(str::to_owned),
        },
        InputSpec::Text(spec) => InputValues::Text {
            default: spec.default.filter(|_| required).map(str::to_owned),
            min_length: spec.min_length,
            max_length: spec.max_length,
        },
        InputSpec::Bool(spec) => InputValues::Bool { default: (!spec.handle).then_some(spec.default) },
        InputSpec::Choice(spec) => InputValues::Choice {
            default: spec.table.variants[spec.default].id.into(),
            choices: spec
                .table
                .variants
                .iter()
                .map(|variant| ChoiceDescription {
                    id: variant.id.into(),
                    label: variant.label.to_owned(),
                    docs: variant.docs.to_owned(),
                })
                .collect(),
        },
        InputSpec::Image(spec) => InputValues::Image {
            channels: (!spec.channels.is_empty()).then(|| spec.channels.to_vec()),
            colors: spec.colors,
        },
        InputSpec::Color(spec) => InputValues::Color {
            default: spec
                .default
                .components()
                .iter()
                .filter(|_| required)
                .map(|&value| schema::shortest(value))
                .collect(),
            channels: (!spec.channels.is_empty()).then(|| spec.channels.to_vec()),
        },
        InputSpec::File(spec) => {
            InputValues::File { extensions: spec.filetypes.iter().map(|&extension| extension.to_owned()).collect() }
        }
        InputSpec::Directory(spec) => InputValues::Directory { must_exist: spec.must_exist },
        InputSpec::Seed(spec) => InputValues::Seed { default: spec.default },
        InputSpec::RelativePath(spec) => {
            InputValues::RelativePath { default: spec.text.default.filter(|_| required).map(str::to_owned) }
        }
        InputSpec::Clipboard(_) => InputValues::Clipboard,
        InputSpec::Any(_) => InputValues::Any,
        InputSpec::Handle(spec) => InputValues::Handle { type_name: spec.of.name() },
        InputSpec::ExecutionNumber(_) => InputValues::ExecutionNumber,
    }
}

fn output(output: &OutputSpec) -> OutputDescription {
    OutputDescription {
        label: output.label.to_owned(),
        docs: output.options.docs.to_owned(),
        iterated: output.iterated,
        kind: match output.kind {
            OutputKind::Image => OutputValues::Image,
            OutputKind::Integer { .. } => OutputValues::Integer,
            OutputKind::Float => OutputValues::Float,
            OutputKind::Text => OutputValues::Text,
            OutputKind::Bool => OutputValues::Bool,
            OutputKind::Color => OutputValues::Color,
            OutputKind::Directory => OutputValues::Directory,
            OutputKind::Seed => OutputValues::Seed,
            OutputKind::Any => OutputValues::Any,
            OutputKind::Handle(_) => OutputValues::Handle,
        },
    }
}

/// Mistakes that show only when everything is linked.
fn faults(decl: &PackageDecl, nodes: &[Node]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let schema = schema::document(decl, nodes);
    let packages = registry::packages_of(decl.package);
    if packages.len() > 1 {
        faults.push(Fault {
            code: "CH0101".to_owned(),
            message: "`package!` stands more than once".to_owned(),
            help: "keep one `package!` in the crate".to_owned(),
            places: packages.iter().rev().map(|decl| decl.place.into()).collect(),
        });
    }
    for pair in nodes.windows(2) {
        let [first, second] = [pair[0].decl(), pair[1].decl()];
        if first.id == second.id {
            faults.push(Fault {
                code: "CH0102".to_owned(),
                message: format!("two nodes have the id `{}`", first.id),
                help: "give one of them another id; saved chains know nodes by it".to_owned(),
                places: vec![second.place.into(), first.place.into()],
            });
        }
    }
    for (index, first) in nodes.iter().enumerate() {
        for second in &nodes[index + 1..] {
            let [first, second]: [&NodeDecl; 2] = [first.decl(), second.decl()];
            if first.function == second.function && first.id != second.id {
                faults.push(Fault {
                    code: "CH0103".to_owned(),
                    message: format!("two nodes are called `{}` in Python and on the command line", first.function),
                    help: "rename one of the functions".to_owned(),
                    places: vec![second.place.into(), first.place.into()],
                });
            }
        }
    }
    for node in nodes {
        let group = node.decl().group;
        if !decl.categories.contains(&group.category()) {
            faults.push(Fault {
                code: "CH0104".to_owned(),
                message: format!(
                    "node `{}` stands in category \"{}\", which `package!` does not list",
                    node.decl().id,
                    group.category().name
                ),
                help: "add the category to `categories: […]` of `package!`".to_owned(),
                places: vec![node.decl().place.into(), decl.place.into()],
            });
        }
        for of in schema::output_structs(node) {
            let definition = of.definition();
            if !defined(&schema, &definition) {
                faults.push(Fault {
                    code: "CH0167".to_owned(),
                    message: format!(
                        "the app never learns of the type `{}` that node `{}` returns",
                        of.name(),
                        node.decl().id
                    ),
                    help:
                        "types reach the app through inputs: give the node an input, or make a node that takes the type"
                            .to_owned(),
                    places: vec![node.decl().place.into()],
                });
            }
        }
        for feature in node.decl().features {
            if decl.features.iter().all(|listed| listed.id() != feature.id()) {
                faults.push(Fault {
                    code: "CH0160".to_owned(),
                    message: format!(
                        "node `{}` needs the feature `{}`, which `package!` does not list",
                        node.decl().id,
                        feature.id()
                    ),
                    help: "add the feature to `features: […]` of `package!`".to_owned(),
                    places: vec![node.decl().place.into(), decl.place.into()],
                });
            }
        }
        if let Some(DefaultValue::Text(text)) = node.inputs().iter().find_map(overlong) {
            faults.push(Fault {
                code: "CH0105".to_owned(),
                message: format!("a default text of node `{}` does not fit its own `length`: '{text}'", node.decl().id),
                help: "change `default` or `length`".to_owned(),
                places: vec![node.decl().place.into()],
            });
        }
    }
    faults
}

/// Whether an input brings the definition.
fn defined(schema: &serde_json::Value, definition: &str) -> bool {
    let list = |value: &serde_json::Value| value.as_array().cloned().unwrap_or_default();
    list(&schema["nodes"])
        .iter()
        .any(|node| list(&node["inputs"]).iter().any(|input| input["typeDefinitions"] == definition))
}

/// The default of a text input, where its own lengths refuse it.
fn overlong(input: &Input) -> Option<DefaultValue> {
    let InputSpec::Text(spec) = &input.spec else { return None };
    let text = spec.default?;
    let length = text.chars().count();
    let fits = length >= spec.min_length as usize && spec.max_length.is_none_or(|max| length <= max as usize);
    (!fits).then_some(DefaultValue::Text(text))
}
