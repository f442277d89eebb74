//! Which features of the app's schema a document uses, under the names that the checklist of features has for them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use crate::texts;

/// Features, each with those that have it: ids of nodes, of packages, of categories and of their groups.
#[derive(Debug, Default)]
pub(crate) struct Features(BTreeMap<String, BTreeSet<String>>);

/// Where a feature is found: the node, package, category or group.
struct Found<'a> {
    all: &'a mut Features,
    at: String,
}

impl Features {
    /// Adds those of a document: a schema, or the host's answers to `/nodes` and `/packages`.
    pub(crate) fn add(&mut self, document: &Json) {
        for node in list(&document["nodes"]) {
            Found { all: self, at: text(&node["schemaId"]) }.node(node);
        }
        for category in list(&document["categories"]) {
            Found { all: self, at: text(&category["id"]) }.category(category);
            for group in list(&category["groups"]) {
                let at = text(&group["id"]);
                let order = if list(&group["order"]).is_empty() { "empty" } else { "explicit" };
                Found { all: self, at }.note("nodeGroup", "-", "order", order);
            }
        }
        let packages = document.as_array().map(Vec::as_slice).unwrap_or_default();
        for package in packages.iter().chain(document.get("package")) {
            Found { all: self, at: text(&package["id"]) }.package(package);
        }
    }

    /// Whether the feature is there.
    pub(crate) fn has(&self, id: &str) -> bool {
        self.0.contains_key(id)
    }

    /// Whether the feature is there, at this place.
    pub(crate) fn has_at(&self, id: &str, at: &str) -> bool {
        self.0.get(id).is_some_and(|places| places.contains(at))
    }
}

impl Found<'_> {
    fn note(&mut self, scope: &str, kind: &str, option: &str, value: impl AsRef<str>) {
        let id = id(scope, kind, option, value.as_ref());
        self.all.0.entry(id).or_default().insert(self.at.clone());
    }

    fn node(&mut self, node: &Json) {
        let mut note = |option: &str, value: &str| self.note("node", "-", option, value);
        note("kind", &text(&node["kind"]));
        for key in ["hasSideEffects", "deprecated"] {
            note(key, &plain(&node[key]));
        }
        let icon = text(&node["icon"]);
        // The icons of react-icons are called by their set and a name: `MdTune`; the app's own by a word: `ONNX`.
        let of_a_set = icon.len() > 2
            && icon.starts_with(|c: char| c.is_ascii_uppercase())
            && icon[1..].starts_with(|c: char| c.is_ascii_lowercase())
            && icon[2..].starts_with(|c: char| c.is_ascii_uppercase())
            && icon != "PyTorch";
        let icon = if of_a_set { format!("react-icons {}", &icon[..2]) } else { "builtin".to_owned() };
        note("icon", &icon);
        note("seeAlso", ["none", "one", "several"][list(&node["seeAlso"]).len().min(2)]);
        for key in ["features", "suggestions"] {
            note(key, some(&node[key]));
        }
        let description = text(&node["description"]);
        let paragraphs = description.trim().split("\n\n").count();
        note("description", if paragraphs > 1 { "several paragraphs" } else { "one paragraph" });
        if description.contains("#### Limited color depth") {
            note("description", "limited_to_8bpc section");
        }
        let key_info = &node["keyInfo"];
        note("keyInfo", &if key_info.is_null() { "null".to_owned() } else { text(&key_info["kind"]) });
        note("inputs count", if list(&node["inputs"]).is_empty() { "0" } else { "1+" });
        // Nine stands for more, too.
        note("outputs count", &list(&node["outputs"]).len().min(9).to_string());
        for (key, option) in [("inputs", "explicit input ids (not 0..n in order)"), ("outputs", "explicit output ids")]
        {
            let in_order = list(&node[key]).iter().enumerate().all(|(index, of)| of["id"] == index);
            note(option, &(!in_order).to_string());
        }
        let mut placed = Vec::new();
        flattened(&node["groupLayout"], &mut placed);
        let ids: Vec<Json> = list(&node["inputs"]).iter().map(|input| input["id"].clone()).collect();
        note("inputs[] order equals layout order", &(placed == ids).to_string());

        list(&node["inputs"]).iter().for_each(|input| self.input(input));
        list(&node["outputs"]).iter().for_each(|output| self.output(output));
        self.layout(node);
        self.sequences(node);
        if !key_info["expression"].is_null() {
            self.expression(&key_info["expression"]);
        }
        for found in list(&node["suggestions"]) {
            self.note("suggestion", "-", "name", sort(&found["name"]));
            self.note("suggestion", "-", "parseInput", sort(&found["parseInput"]));
            for value in found["inputs"].as_object().into_iter().flat_map(|inputs| inputs.values()) {
                self.note("suggestion", "-", "input value", sort(value));
            }
        }
    }

    fn input(&mut self, input: &Json) {
        let kind = text(&input["kind"]);
        for key in ["adapt", "typeDefinitions"] {
            self.note("input", &kind, key, if input[key].is_null() { "null" } else { "text" });
        }
        if let Some(adapt) = input["adapt"].as_str() {
            self.note("input", &kind, "adapt text", spaced(adapt));
        }
        for key in ["optional", "hasHandle", "hint", "suggest"] {
            self.note("input", &kind, key, plain(&input[key]));
        }
        let form = match (&input["type"], &input["optional"]) {
            (Json::Array(items), Json::Bool(true)) if items.len() == 2 && items[1] == "null" => {
                "list (union) [optional: T, null]".to_owned()
            }
            (ty, _) => texts::form(ty),
        };
        self.note("input", &kind, "type", form);
        if list(&input["conversions"]).is_empty() {
            self.note("input", &kind, "conversions", "none");
        }
        for conversion in list(&input["conversions"]) {
            let value = format!("{} -> {}", text(&conversion["type"]), text(&conversion["convert"]));
            self.note("input", &kind, "conversions", value);
            self.expression(&conversion["type"]);
            self.expression(&conversion["convert"]);
        }
        self.note("input", &kind, "fused", if input["fused"].is_null() { "null" } else { "outputId" });
        self.note("input", &kind, "description", prose(&input["description"]));
        self.expression(&input["type"]);
        self.expression(&input["adapt"]);
        self.expression(&input["typeDefinitions"]);
        self.face(input, &kind);
    }

    /// What an input of a kind has of its own.
    fn face(&mut self, input: &Json, kind: &str) {
        let given = |key: &str| input.get(key);
        let mut note = |option: &str, value: &str| self.note("input", kind, option, value);
        for key in ["labelStyle", "fileKind", "scale", "preferredStyle", "value"] {
            given(key).into_iter().for_each(|value| note(key, &text(value)));
        }
        for key in ["primaryInput", "multiline", "allowEmptyString", "hideTrailingZeros"] {
            given(key).into_iter().for_each(|value| note(key, &plain(value)));
        }
        for key in ["precision", "controlsStep", "sliderStep", "minLength", "maxLength"] {
            given(key).into_iter().for_each(|value| note(key, &plain(value)));
        }
        for key in ["placeholder", "invalidPattern", "noteExpression", "unit"] {
            given(key).into_iter().for_each(|value| note(key, &spaced(&plain(value))));
        }
        for key in ["min", "max"] {
            given(key).into_iter().for_each(|value| note(key, sort(value)));
        }
        if let Some(types) = given("filetypes") {
            note("filetypes", &format!("{} types", list(types).len()));
        }
        if let Some(ends) = given("ends") {
            let ends: Vec<&str> = list(ends).iter().map(|end| if end.is_null() { "null" } else { "text" }).collect();
            note("ends", &format!("({})", ends.join(",")));
        }
        if let Some(gradient) = given("gradient") {
            let colors = list(gradient).len();
            note("gradient", &if colors == 0 { "null".to_owned() } else { format!("list of {colors} colors") });
        }
        if let Some(channels) = given("channels") {
            note("channels", &spaced(&plain(channels).replace(',', ", ")));
        }
        if let Some(default) = given("def") {
            let color = || serde_json::from_str::<Json>(default.as_str()?).ok()?["kind"].as_str().map(str::to_owned);
            note("def", &if kind == "color" { color().unwrap_or_default() } else { sort(default).to_owned() });
        }
        if kind == "dropdown" {
            self.choice(input);
        }
    }

    fn choice(&mut self, input: &Json) {
        if let Some(definitions) = input["typeDefinitions"].as_str() {
            let more = definitions.split_whitespace().any(|word| word == "def");
            self.note("input", "dropdown", "typeDefinitions form", if more { "with extra def" } else { "enum only" });
        }
        let options = list(&input["options"]);
        let count = match options.len() {
            2 => "2",
            9 => "9",
            _ => "many",
        };
        self.note("input", "dropdown", "options count", count);
        for option in options {
            let mut keys: Vec<&str> =
                option.as_object().into_iter().flat_map(|option| option.keys()).map(String::as_str).collect();
            keys.sort_unstable();
            self.note("input", "dropdown", "option keys", keys.join(","));
            self.note("input", "dropdown", "option value type", sort(&option["value"]));
            let ty = option.get("type").map_or("(absent)".to_owned(), texts::form);
            self.note("input", "dropdown", "option type", ty);
            self.expression(&option["type"]);
            for key in ["condition", "icon"] {
                if !option[key].is_null() {
                    self.note("input", "dropdown", &format!("option {key}"), "set");
                }
            }
            self.condition(&option["condition"], "dropdown option", 0);
        }
        self.note("input", "dropdown", "groups", some(&input["groups"]));
        for group in list(&input["groups"]) {
            let label = if group["label"].is_null() { "null (divider)" } else { "text" };
            self.note("input", "dropdown", "dropdown group label", label);
            self.note("input", "dropdown", "dropdown group startAt", sort(&group["startAt"]));
        }
    }

    fn output(&mut self, output: &Json) {
        let kind = text(&output["kind"]);
        self.note("output", &kind, "type", texts::form(&output["type"]));
        self.expression(&output["type"]);
        let never = if output["neverReason"].is_null() { "null" } else { "text" };
        self.note("output", &kind, "neverReason", never);
        let description = if output["description"].is_null() { "null" } else { "text" };
        self.note("output", &kind, "description", description);
        for key in ["hasHandle", "suggest"] {
            self.note("output", &kind, key, plain(&output[key]));
        }
        let passed = if output["passthroughOf"].is_null() { "null" } else { "inputId" };
        self.note("output", &kind, "passthroughOf", passed);
    }

    fn layout(&mut self, node: &Json) {
        let mut ids = Vec::new();
        for item in list(&node["groupLayout"]) {
            self.group(node, item, "(top level)", &mut ids);
        }
        if !ids.is_empty() {
            let in_order = ids.iter().enumerate().all(|(index, id)| *id == index);
            self.note("group", "-", "ids are 0..n in pre-order", in_order.to_string());
        }
    }

    fn group(&mut self, node: &Json, item: &Json, parent: &str, ids: &mut Vec<Json>) {
        if !item.is_object() {
            if parent != "(top level)" {
                let input = list(&node["inputs"]).iter().find(|input| input["id"] == *item);
                let kind = input.map(|input| text(&input["kind"])).unwrap_or_default();
                self.note("group", parent, "holds input", kind);
            }
            return;
        }
        ids.push(item["id"].clone());
        let kind = text(&item["kind"]);
        let options: Vec<&str> =
            item["options"].as_object().into_iter().flat_map(|options| options.keys()).map(String::as_str).collect();
        self.note("group", &kind, "options", if options.is_empty() { "{}".to_owned() } else { options.join(",") });
        self.note("group", &kind, "nested in", parent);
        let items = list(&item["items"]);
        self.note("group", &kind, "items", ["0", "1", "2", "3", "4+"][items.len().min(4)]);
        self.condition(&item["options"]["condition"], &format!("{kind} group"), 0);
        for inner in items {
            self.group(node, inner, &kind, ids);
        }
    }

    fn condition(&mut self, condition: &Json, place: &str, depth: usize) {
        let Some(kind) = condition["kind"].as_str() else { return };
        self.note("condition", kind, &format!("used in {place}"), format!("depth {depth}"));
        match kind {
            "and" | "or" => {
                let items = list(&condition["items"]);
                let count = if items.is_empty() { "0 (constant)".to_owned() } else { items.len().to_string() };
                self.note("condition", kind, "items", count);
                items.iter().for_each(|item| self.condition(item, place, depth + 1));
            }
            "not" => self.condition(&condition["condition"], place, depth + 1),
            "enum" => {
                let values = list(&condition["values"]);
                self.note("condition", kind, "values", if values.len() == 1 { "one" } else { "several" });
                values.iter().for_each(|value| self.note("condition", kind, "value type", sort(value)));
            }
            _ => {
                self.note("condition", kind, "ifNotConnected", plain(&condition["ifNotConnected"]));
                self.note("condition", kind, "condition expr", texts::form(&condition["condition"]));
                self.expression(&condition["condition"]);
            }
        }
    }

    fn sequences(&mut self, node: &Json) {
        let kind = text(&node["kind"]);
        for of in list(&node["iteratorInputs"]) {
            self.note("iteratorInput", &kind, "inputs", list(&of["inputs"]).len().to_string());
            self.sequence("iteratorInput", &kind, of);
        }
        for of in list(&node["iteratorOutputs"]) {
            let value = format!("{} of {}", list(&of["outputs"]).len(), list(&node["outputs"]).len());
            self.note("iteratorOutput", &kind, "outputs", value);
            self.sequence("iteratorOutput", &kind, of);
        }
    }

    fn sequence(&mut self, scope: &str, kind: &str, of: &Json) {
        let length = &of["sequenceType"]["fields"]["length"];
        self.note(scope, kind, "length expr", texts::form(length));
        self.expression(&of["sequenceType"]);
    }

    /// What of the type language is used.
    fn expression(&mut self, ty: &Json) {
        match ty {
            Json::String(text) => texts::words(text).into_iter().for_each(|(option, value)| {
                self.note("navi", option, &value, "used");
            }),
            Json::Array(items) => items.iter().for_each(|item| self.expression(item)),
            Json::Object(parts) => {
                let kind = text(&ty["type"]);
                self.note("navi", "json node", &kind, "used");
                match kind.as_str() {
                    "named" => {
                        let fields = ty["fields"].as_object().is_some_and(|fields| !fields.is_empty());
                        let form = if fields { "with fields" } else { "fields {}" };
                        self.note("navi", "named", &text(&ty["name"]), form);
                        ty["fields"]
                            .as_object()
                            .into_iter()
                            .flat_map(|of| of.values())
                            .for_each(|of| self.expression(of));
                    }
                    "interval" | "int-interval" => {
                        for end in ["min", "max"] {
                            let form = if ty[end].is_string() { text(&ty[end]) } else { sort(&ty[end]).to_owned() };
                            self.note("navi", &kind, end, form);
                        }
                    }
                    "string-literal" => self.note("navi", "string-literal", "value", "string"),
                    "match" => {
                        self.expression(&ty["of"]);
                        for arm in list(&ty["arms"]) {
                            self.expression(&arm["pattern"]);
                            self.expression(&arm["to"]);
                        }
                    }
                    _ => ["of", "items", "args"]
                        .iter()
                        .filter_map(|key| parts.get(*key))
                        .for_each(|of| self.expression(of)),
                }
            }
            _ => {}
        }
    }

    fn category(&mut self, category: &Json) {
        self.note("category", "-", "installHint", sort(&category["installHint"]));
        self.note("category", "-", "icon", text(&category["icon"]));
    }

    fn package(&mut self, package: &Json) {
        self.note("package", "-", "disabled", plain(&package["disabled"]));
        for pip in list(&package["dependencies"]) {
            self.note("dependency", "-", "autoUpdate", plain(&pip["autoUpdate"]));
            self.note("dependency", "-", "findLink", sort(&pip["findLink"]));
        }
        for setting in list(&package["settings"]) {
            let kind = text(&setting["type"]);
            self.note("setting", &kind, "keys", keys(setting));
            self.note("setting", &kind, "disabled", plain(&setting["disabled"]));
        }
        for feature in list(&package["features"]) {
            self.note("feature", "-", "keys", keys(feature));
        }
    }
}

/// How a feature is called.
pub(crate) fn id(scope: &str, kind: &str, option: &str, value: &str) -> String {
    // A number is the same however it is written.
    let value = value.parse::<f64>().map_or_else(|_| value.to_owned(), |number| number.to_string());
    format!("{scope}/{kind}/{option}={value}")
}

fn list(of: &Json) -> &[Json] {
    of.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn text(of: &Json) -> String {
    of.as_str().unwrap_or_default().to_owned()
}

/// As it is; texts without quotes.
fn plain(of: &Json) -> String {
    of.as_str().map_or_else(|| of.to_string(), str::to_owned)
}

fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn some(of: &Json) -> &'static str {
    if list(of).is_empty() { "none" } else { "some" }
}

/// What sort of value it is, a number as it is written.
fn sort(of: &Json) -> &'static str {
    match of {
        Json::String(_) => "string",
        Json::Number(number) => {
            if number.is_f64() {
                "float"
            } else {
                "int"
            }
        }
        _ => "null",
    }
}

fn prose(of: &Json) -> &'static str {
    match of.as_str() {
        None => "null",
        Some(text) if text.trim().contains("\n\n") => "several paragraphs",
        Some(_) => "text",
    }
}

fn keys(of: &Json) -> String {
    let mut keys: Vec<&str> = of.as_object().into_iter().flat_map(|of| of.keys()).map(String::as_str).collect();
    keys.sort_unstable();
    keys.join(",")
}

fn flattened(items: &Json, into: &mut Vec<Json>) {
    for item in list(items) {
        if item.is_object() { flattened(&item["items"], into) } else { into.push(item.clone()) }
    }
}
