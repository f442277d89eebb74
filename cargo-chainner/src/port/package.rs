//! The files: where the nodes, their enums, categories and groups stand.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde_json::Value as Json;

use super::{
    names,
    read::{Category, Node, Package, Schema},
    recognise::{self, Choices, Declaration, Inexpressible, literal},
    write::{self, Frame},
};

/// More nodes than this are spread over a module for each category.
const ONE_FILE: usize = 12;

/// What ids of the app's own nodes start with.
const RESERVED: &str = "chainner:";

/// Why `unused_variables` is allowed.
const UNWRITTEN: &str = "#![allow(unused_variables, reason = \"bodies are still to be written\")]\n";

/// Nodes as declarations.
pub(super) struct Ported<'a> {
    schema: &'a Schema,
    /// Module of the package, which its own types and ids start with.
    module: String,
    nodes: Vec<PortedNode<'a>>,
    choices: Choices,
    constants: Constants<'a>,
    /// Nodes that cannot be declared, each with the reason.
    pub(super) refused: Vec<(&'a str, String)>,
}

struct PortedNode<'a> {
    node: &'a Node,
    function: String,
    declaration: Declaration,
    choices: BTreeSet<usize>,
    category: &'a Category,
}

/// Names of the constants, by the ids of what they hold.
#[derive(Default)]
struct Constants<'a> {
    categories: Vec<(&'a Category, String)>,
    groups: HashMap<&'a str, String>,
    features: Vec<(&'a str, String)>,
}

/// A file of the sources.
pub(super) struct Source {
    pub(super) path: String,
    pub(super) text: String,
}

impl<'a> Ported<'a> {
    /// Declares the nodes for the package with this module.
    pub(super) fn new(schema: &'a Schema, nodes: &[&'a Node], module: &str) -> Self {
        let mut ported = Self {
            schema,
            module: module.to_owned(),
            nodes: Vec::new(),
            choices: Choices::default(),
            constants: Constants::default(),
            refused: Vec::new(),
        };
        for (node, function) in nodes.iter().zip(function_names(nodes)) {
            match ported.declared(node, function) {
                Ok(node) => ported.nodes.push(node),
                Err(Inexpressible(why)) => ported.refused.push((&node.schema_id, why)),
            }
        }
        ported.constants = ported.constants();
        ported
    }

    fn declared(&mut self, node: &'a Node, function: String) -> Result<PortedNode<'a>, Inexpressible> {
        let missing = || Inexpressible(format!("the schema has no group `{}`", node.node_group));
        let (category, _) = self.schema.group(&node.node_group).ok_or_else(missing)?;
        let own = recognise::choices_of(node, &mut self.choices, self.nodes.len())?;
        let declaration = recognise::declaration(node, &function, &self.choices, &own)?;
        Ok(PortedNode { node, function, declaration, choices: own.into_iter().flatten().collect(), category })
    }

    /// Number of nodes that are declared.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// A function to try.
    pub(super) fn first_function(&self) -> Option<&str> {
        self.nodes.first().map(|node| node.function.as_str())
    }

    /// Names of the category constants, in order.
    pub(super) fn category_constants(&self) -> Vec<&str> {
        self.constants.categories.iter().map(|(_, name)| name.as_str()).collect()
    }

    /// Whether ids had to be changed.
    pub(super) fn has_new_ids(&self) -> bool {
        self.nodes.iter().any(|node| node.node.schema_id.starts_with(RESERVED))
    }

    fn constants(&self) -> Constants<'a> {
        let used = |group: &str| self.nodes.iter().any(|node| node.node.node_group == group);
        let groups_of = |category: &'a Category| category.groups.iter().filter(|group| used(&group.id));
        let mut taken = HashSet::new();
        let mut constants = Constants::default();
        for category in &self.schema.categories {
            if groups_of(category).next().is_some() {
                let name = names::free(&mut taken, &[names::constant(&category.name)]);
                constants.categories.push((category, name));
            }
        }
        let all = || constants.categories.iter().flat_map(|(category, _)| groups_of(category));
        let mut count: HashMap<String, usize> = HashMap::new();
        for group in all() {
            *count.entry(names::constant(&group.name)).or_default() += 1;
        }
        let mut groups = HashMap::new();
        for (category, category_name) in &constants.categories {
            for group in groups_of(category) {
                let own = names::constant(&group.name);
                let long = format!("{category_name}_{own}");
                let candidates = if count[&own] == 1 { vec![own, long] } else { vec![long] };
                groups.insert(group.id.as_str(), names::free(&mut taken, &candidates));
            }
        }
        constants.groups = groups;
        for node in &self.nodes {
            for feature in &node.node.features {
                if !constants.features.iter().any(|(id, _)| id == feature) {
                    let name = names::free(&mut taken, &[names::constant(feature)]);
                    constants.features.push((feature, name));
                }
            }
        }
        constants
    }

    /// The id a node has here: those of the app itself are not to be taken.
    fn id(&self, id: &str) -> String {
        let ported = self.nodes.iter().any(|node| node.node.schema_id == id);
        match id.strip_prefix(RESERVED) {
            Some(rest) if ported => format!("{}:{rest}", self.module),
            _ => id.to_owned(),
        }
    }

    fn node(&self, node: &PortedNode<'_>) -> String {
        let schema = node.node;
        let id = self.id(&schema.schema_id);
        let see_also: Vec<String> = schema.see_also.iter().map(|id| self.id(id)).collect();
        let of = |feature: &String| self.constants.features.iter().find(|(id, _)| id == feature);
        let features: Vec<String> =
            schema.features.iter().filter_map(of).map(|(_, constant)| constant.clone()).collect();
        let frame = Frame {
            function: &node.function,
            id: &id,
            was: (id != schema.schema_id).then_some(&schema.schema_id),
            group: self.constants.groups.get(schema.node_group.as_str()).map(String::as_str).unwrap_or_default(),
            icon: Some(schema.icon.as_str()).filter(|icon| *icon != node.category.icon),
            see_also: &see_also,
            features: &features,
        };
        write::node(&node.declaration, &frame)
    }

    /// Nodes, each enum before the first that has it.
    fn nodes(&self, nodes: &[&PortedNode<'_>], elsewhere: &BTreeSet<usize>) -> Result<String, Inexpressible> {
        let mut written = elsewhere.clone();
        let mut text = String::new();
        for node in nodes {
            for choice in &node.choices {
                if written.insert(*choice) {
                    text += "\n";
                    text += &write::choice(&self.choices.list[*choice], &self.module)?;
                }
            }
            text += "\n";
            text += &self.node(node);
        }
        Ok(text)
    }

    /// The constants of categories, groups and features.
    fn places(&self) -> String {
        let mut text = String::new();
        for (category, name) in &self.constants.categories {
            let (title, description) = (literal(&category.name), literal(&category.description));
            text += &format!("\npub const {name}: Category = Category::new({title}, {description})");
            text += &format!(".icon({}).color({})", literal(&category.icon), literal(&category.color));
            if let Some(hint) = &category.install_hint {
                text += &format!(".install_hint({})", literal(hint));
            }
            text += ";\n";
            for group in &category.groups {
                let Some(constant) = self.constants.groups.get(group.id.as_str()) else { continue };
                text += &format!("pub const {constant}: Group = {name}.group({})", literal(&group.name));
                if !group.order.is_empty() {
                    let order: Vec<String> = group.order.iter().map(|id| self.id(id)).collect();
                    text += &format!(".order(&{})", write::texts(&order));
                }
                text += ";\n";
            }
        }
        for (id, name) in &self.constants.features {
            let known = self.schema.package.iter().flat_map(|package| &package.features);
            let known = known.into_iter().find(|feature| feature.id == *id);
            let (title, description) = known.map_or((*id, ""), |feature| (&feature.name, &feature.description));
            text += &format!(
                "\n/// What {} needs.\npub const {name}: Feature = Feature::new({}, {}, {}, || {{\n    \
                 FeatureState::disabled(\"Nothing looks for it yet.\")\n}});\n",
                "some of the nodes",
                literal(id),
                literal(title),
                literal(description)
            );
        }
        text
    }

    /// Everything in one file, for a package that is there already.
    pub(super) fn file(&self) -> Result<String, Inexpressible> {
        let nodes: Vec<&PortedNode<'_>> = self.nodes.iter().collect();
        Ok(write::formatted(&format!(
            "//! Nodes whose bodies are still to be written.\n{UNWRITTEN}\nuse chainner_sdk::prelude::*;\n{}{}",
            self.places(),
            self.nodes(&nodes, &BTreeSet::new())?
        )))
    }

    /// The sources of a new package.
    pub(super) fn sources(&self, title: &str) -> Result<Vec<Source>, Inexpressible> {
        let (settings, settings_type) = self.settings()?;
        let head = format!(
            "//! {title}: nodes for chaiNNer.\n{UNWRITTEN}\nuse chainner_sdk::prelude::*;\n\n{}{}{settings}",
            self.package(title, settings_type.as_deref()),
            self.places()
        );
        if self.nodes.len() <= ONE_FILE || self.constants.categories.len() == 1 {
            let nodes: Vec<&PortedNode<'_>> = self.nodes.iter().collect();
            let text = head + &self.nodes(&nodes, &BTreeSet::new())?;
            return Ok(vec![Source { path: "src/lib.rs".to_owned(), text: write::formatted(&text) }]);
        }
        let module_of = |category: &Category| names::lower(&category.name.replace(['(', ')'], ""), "category");
        let mut users: HashMap<usize, HashSet<&str>> = HashMap::new();
        for node in &self.nodes {
            for choice in &node.choices {
                users.entry(*choice).or_default().insert(&node.category.id);
            }
        }
        let shared: BTreeSet<usize> =
            users.iter().filter(|(_, modules)| modules.len() > 1).map(|(choice, _)| *choice).collect();
        let mut sources = Vec::new();
        let mut modules = Vec::new();
        for (category, _) in &self.constants.categories {
            let nodes: Vec<&PortedNode<'_>> =
                self.nodes.iter().filter(|node| node.category.id == category.id).collect();
            let mut used: BTreeSet<&str> = BTreeSet::new();
            for node in &nodes {
                used.extend(self.constants.groups.get(node.node.node_group.as_str()).map(String::as_str));
                used.extend(node.choices.intersection(&shared).map(|choice| self.choices.list[*choice].name.as_str()));
                let features =
                    self.constants.features.iter().filter(|(id, _)| node.node.features.iter().any(|of| of == id));
                used.extend(features.map(|(_, name)| name.as_str()));
            }
            let used: Vec<&str> = used.into_iter().collect();
            let text = format!(
                "//! {}.\n\nuse chainner_sdk::prelude::*;\n\nuse crate::{{{}}};\n{}",
                category.name,
                used.join(", "),
                self.nodes(&nodes, &shared)?
            );
            let module = module_of(category);
            sources.push(Source { path: format!("src/{module}.rs"), text: write::formatted(&text) });
            modules.push(format!("pub mod {};\n", names::written(&module)));
        }
        modules.sort();
        let mut library = head.replacen("\nuse chainner_sdk", &format!("\n{}\nuse chainner_sdk", modules.concat()), 1);
        for choice in &shared {
            library += "\n";
            library += &write::choice(&self.choices.list[*choice], &self.module)?;
        }
        sources.push(Source { path: "src/lib.rs".to_owned(), text: write::formatted(&library) });
        Ok(sources)
    }

    fn package(&self, title: &str, settings: Option<&str>) -> String {
        let first = self.constants.categories.first().map(|(category, _)| *category);
        let usual = |of: fn(&Category) -> &str, otherwise: &'static str| first.map_or(otherwise, of).to_owned();
        let mut keys = match &self.schema.package {
            Some(Package { name, description, icon, color, .. }) => {
                let texts = [("name", name), ("description", description), ("icon", icon), ("color", color)];
                texts.map(|(key, text)| format!("{key}: {}", literal(text))).to_vec()
            }
            None => vec![
                format!("name: {}", literal(title)),
                format!("description: {}", literal(&format!("The nodes of {title}."))),
                format!("icon: {}", literal(&usual(|category| &category.icon, "BsImage"))),
                format!("color: {}", literal(&usual(|category| &category.color, "#777777"))),
            ],
        };
        keys.push(format!("categories: [{}]", self.category_constants().join(", ")));
        let groups = self.constants.categories.iter().flat_map(|(category, _)| {
            let groups = category.groups.iter();
            groups.filter_map(|group| Some((group, self.constants.groups.get(group.id.as_str())?)))
        });
        let groups: Vec<_> = groups.collect();
        // By themselves they stand in the order of their names.
        let in_order = groups.windows(2).all(|pair| {
            let category = |group: usize| pair[group].0.id.split('/').next();
            category(0) != category(1) || pair[0].0.name <= pair[1].0.name
        });
        if !in_order {
            let groups: Vec<&str> = groups.iter().map(|(_, name)| name.as_str()).collect();
            keys.push(format!("groups: [{}]", groups.join(", ")));
        }
        if !self.constants.features.is_empty() {
            let features: Vec<&str> = self.constants.features.iter().map(|(_, name)| name.as_str()).collect();
            keys.push(format!("features: [{}]", features.join(", ")));
        }
        keys.extend(settings.map(|settings| format!("settings: {settings}")));
        let dependencies = self.schema.package.iter().flat_map(|package| &package.dependencies);
        let dependencies: Vec<String> = dependencies
            .map(|pip| {
                let (name, pypi) = (literal(&pip.display_name), literal(&pip.pypi_name));
                let mut text = format!(
                    "name: {name}, pypi: {pypi}, version: {}, size: {}",
                    literal(&pip.version),
                    pip.size_estimate
                );
                if !pip.auto_update {
                    text += ", auto_update: false";
                }
                text + &pip.find_link.iter().map(|link| format!(", find_link: {}", literal(link))).collect::<String>()
            })
            .map(|fields| format!("        {{ {fields} }},\n"))
            .collect();
        if !dependencies.is_empty() {
            keys.push(format!("dependencies: [\n{}    ]", dependencies.concat()));
        }
        let keys: String = keys.iter().map(|key| format!("    {},\n", write::wrapped(key, 4, 1))).collect();
        format!("package! {{\n{keys}}}\n")
    }

    /// The struct of the settings, and its name.
    fn settings(&self) -> Result<(String, Option<String>), Inexpressible> {
        let Some(package) = self.schema.package.as_ref().filter(|package| !package.settings.is_empty()) else {
            return Ok((String::new(), None));
        };
        let name = format!("{}Settings", names::pascal(&package.name));
        let (mut enums, mut fields) = (String::new(), String::new());
        for setting in &package.settings {
            let text = |key: &str| setting[key].as_str().unwrap_or_default();
            let field = names::lower(text("key"), "setting");
            let mut keys = Vec::new();
            if names::title_of_snake(&field) != text("label") {
                keys.push(format!("label = {}", literal(text("label"))));
            }
            if field != text("key") {
                keys.push(format!("key = {}", literal(text("key"))));
            }
            let ty = match text("type") {
                "toggle" => {
                    if setting["default"] == true {
                        keys.push("default = true".to_owned());
                    }
                    "bool".to_owned()
                }
                "number" => {
                    let number = |key: &str| setting[key].as_f64().unwrap_or_default();
                    let all = ["default", "min", "max"].map(number);
                    let all_fit = |least: f64, most: f64| {
                        all.iter().all(|value| value.fract() == 0.0 && (least..=most).contains(value))
                    };
                    let ty = if all_fit(0.0, u32::MAX.into()) {
                        "u32"
                    } else if all_fit(i32::MIN.into(), i32::MAX.into()) {
                        "i32"
                    } else {
                        "f64"
                    };
                    let [default, min, max] =
                        all.map(|value| if ty == "f64" { format!("{value:?}") } else { value.to_string() });
                    keys.push(format!("default = {default}"));
                    keys.push(format!("range = {min}..={max}"));
                    ty.to_owned()
                }
                "dropdown" => {
                    let choice = names::pascal(text("label"));
                    enums += &setting_choice(&choice, setting);
                    choice
                }
                "cache" => {
                    keys.push(format!("directory = {}", literal(text("directory"))));
                    "Option<CacheDir>".to_owned()
                }
                other => return Err(Inexpressible(format!("a setting of the type `{other}`"))),
            };
            if setting["disabled"] == true {
                keys.push("disabled".to_owned());
            }
            fields += &write::docs(text("description"), "    ");
            if !keys.is_empty() {
                fields += &write::attribute("setting", &keys, "    ");
            }
            fields += &format!("    pub {}: {ty},\n", names::written(&field));
        }
        let text = format!(
            "{enums}\n/// What can be set for the whole package.\n#[derive(Settings)]\npub struct {name} {{\n{fields}}}\n"
        );
        Ok((text, Some(name)))
    }
}

/// The enum of a dropdown among the settings.
fn setting_choice(name: &str, setting: &Json) -> String {
    let mut text = format!("\n#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]\npub enum {name} {{\n");
    let mut taken = HashSet::new();
    for option in setting["options"].as_array().into_iter().flatten() {
        let (label, value) =
            (option["label"].as_str().unwrap_or_default(), option["value"].as_str().unwrap_or_default());
        let pascal = names::pascal(label);
        let digits = pascal.is_empty() || pascal.starts_with(|first: char| first.is_ascii_digit());
        let variant = names::free(&mut taken, &[if digits { format!("Option{pascal}") } else { pascal }]);
        let mut keys = Vec::new();
        if names::title_of_pascal(&variant) != label {
            keys.push(format!("label = {}", literal(label)));
        }
        if names::snake_of_pascal(&variant) != value {
            keys.push(format!("id = {}", literal(value)));
        }
        if setting["default"] == value {
            keys.push("default".to_owned());
        }
        if !keys.is_empty() {
            text += &write::attribute("choice", &keys, "    ");
        }
        text += &format!("    {variant},\n");
    }
    text + "}\n"
}

/// The last parts of the ids; nodes of one name are told apart by the parts before.
fn function_names(nodes: &[&Node]) -> Vec<String> {
    let part = |node: &Node, from_end: usize| {
        let parts: Vec<&str> = node.schema_id.split(':').collect();
        let start = parts.len().saturating_sub(from_end);
        names::lower(&parts[start..].join("_"), "node")
    };
    let mut count: HashMap<String, usize> = HashMap::new();
    for node in nodes {
        *count.entry(part(node, 1)).or_default() += 1;
    }
    let mut taken = HashSet::new();
    nodes
        .iter()
        .map(|node| {
            let (short, long) = (part(node, 1), part(node, 2));
            let candidates = if count[&short] == 1 { vec![short, long] } else { vec![long] };
            names::free(&mut taken, &candidates)
        })
        .collect()
}
