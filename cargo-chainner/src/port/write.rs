//! Declarations as Rust text.

use std::{
    io::Write as _,
    process::{Command, Stdio},
};

use super::{
    names,
    recognise::{Argument, Choice, Declaration, Inexpressible, Place, literal},
};

/// Width of a line.
const WIDTH: usize = 100;

/// What a node is written with besides its declaration.
pub(super) struct Frame<'a> {
    pub(super) function: &'a str,
    pub(super) id: &'a str,
    /// The id in the schema, where it has to be another here.
    pub(super) was: Option<&'a str>,
    /// Constant of the group.
    pub(super) group: &'a str,
    pub(super) icon: Option<&'a str>,
    pub(super) see_also: &'a [String],
    /// Constants of the features.
    pub(super) features: &'a [String],
}

/// A node: its function with a body still to be written.
pub(super) fn node(declaration: &Declaration, frame: &Frame<'_>) -> String {
    let mut text = frame.was.map(|was| format!("// In the app: `{was}`.\n")).unwrap_or_default();
    text += &docs(&declaration.docs, "");
    let mut keys = vec![format!("id = {}", literal(frame.id)), format!("group = {}", frame.group)];
    let (name, rest): (Vec<&String>, _) = declaration.keys.iter().partition(|key| key.starts_with("name = "));
    keys.extend(name.into_iter().cloned());
    keys.extend(frame.icon.map(|icon| format!("icon = {}", literal(icon))));
    keys.extend(rest.into_iter().cloned());
    if !frame.see_also.is_empty() {
        keys.push(format!("see_also = {}", texts(frame.see_also)));
    }
    if !frame.features.is_empty() {
        keys.push(format!("features = [{}]", frame.features.join(", ")));
    }
    text += &attribute("node", &keys, "");
    for keys in &declaration.outputs {
        text += &attribute("output", keys, "");
    }
    if let Some(places) = &declaration.layout {
        text += &format!("#[layout{}]\n", listed(places, '(', ')', 0, "#[layout".len()));
    }
    let returns = declaration.returns.as_ref().map(|ty| format!(" -> {ty}")).unwrap_or_default();
    let arguments: Vec<String> = declaration.arguments.iter().map(argument).collect();
    let one_line = format!("pub fn {}({}){returns} {{", names::written(frame.function), arguments.join(", "));
    let plain = arguments.iter().all(|argument| !argument.contains(['\n', '#']));
    if plain && one_line.chars().count() <= WIDTH {
        text += &one_line;
    } else {
        text += &format!("pub fn {}(\n", names::written(frame.function));
        for argument in &arguments {
            text += &format!("    {argument},\n");
        }
        text += &format!("){returns} {{");
    }
    text + "\n    todo!()\n}\n"
}

fn argument(argument: &Argument) -> String {
    let declared = format!("{}: {}", argument.name, argument.ty);
    let docs = docs(&argument.docs, "    ");
    let attribute = if argument.keys.is_empty() { String::new() } else { attribute("input", &argument.keys, "    ") };
    let attribute = attribute.trim_start();
    let fits = 5 + attribute.chars().count() + declared.chars().count() <= WIDTH;
    let attribute = match attribute.trim_end() {
        "" => String::new(),
        one if docs.is_empty() && fits && !one.contains('\n') => format!("{one} "),
        several => format!("{several}\n    "),
    };
    let docs = if docs.is_empty() { String::new() } else { format!("{}\n    ", docs.trim()) };
    format!("{docs}{attribute}{declared}")
}

/// An enum.
pub(super) fn choice(choice: &Choice, package: &str) -> Result<String, Inexpressible> {
    let mut text = String::from("#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]\n");
    let keys = choice.keys(package);
    if !keys.is_empty() {
        text += &attribute("choice", &keys, "");
    }
    text += &format!("pub enum {} {{\n", choice.name);
    for (index, variant) in choice.variants.iter().enumerate() {
        let keys = choice.variant_keys(index)?;
        if !keys.is_empty() {
            text += &attribute("choice", &keys, "    ");
        }
        text += &format!("    {},\n", variant.name);
    }
    Ok(text + "}\n")
}

/// Help as `///`.
pub(super) fn docs(text: &str, indent: &str) -> String {
    let lines = text.trim_end().lines();
    lines.map(|line| if line.is_empty() { format!("{indent}///\n") } else { format!("{indent}/// {line}\n") }).collect()
}

/// An attribute, with a line for each key if they do not fit one.
pub(super) fn attribute(name: &str, keys: &[String], indent: &str) -> String {
    if keys.is_empty() {
        return format!("{indent}#[{name}]\n");
    }
    let one_line = format!("{indent}#[{name}({})]\n", keys.join(", "));
    if one_line.chars().count() <= WIDTH && !one_line.trim_end().contains('\n') {
        return one_line;
    }
    let lines = keys.iter().map(|key| format!("{indent}    {},\n", wrapped(key, indent.len() + 4, 1)));
    let lines: String = lines.collect();
    format!("{indent}#[{name}(\n{lines}{indent})]\n")
}

/// Texts in brackets.
pub(super) fn texts(texts: &[String]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| literal(text)).collect();
    format!("[{}]", texts.join(", "))
}

/// A condition or list, broken at operators and commas where it does not fit a line that begins with `indent` spaces and has
/// `behind` more characters.
pub(super) fn wrapped(text: &str, indent: usize, behind: usize) -> String {
    const BREAKABLE: [&str; 8] = [
        "when(",
        "required_when(",
        "option_when(",
        "filetypes = [",
        "gradient = [",
        "navi = ",
        "categories: [",
        "groups: [",
    ];
    let fits = indent + text.chars().count() + behind <= WIDTH;
    if fits || text.contains('\n') || !BREAKABLE.iter().any(|start| text.starts_with(start)) {
        return text.to_owned();
    }
    let (mut lines, mut line, mut quoted) = (Vec::new(), String::new(), false);
    let words: Vec<&str> = text.split(' ').collect();
    for (index, word) in words.iter().enumerate() {
        quoted ^= word.matches('"').count() % 2 == 1;
        line += word;
        let Some(next) = words.get(index + 1) else { break };
        let operator = matches!(*next, "|" | "||" | "&&");
        // An operator stays with what is behind it.
        let behind = words.get(index + 2).filter(|_| operator).map_or(0, |word| word.chars().count() + 1);
        let ahead = 1 + next.chars().count() + behind;
        let start = indent + if lines.is_empty() { 0 } else { 4 };
        if !quoted && (operator || word.ends_with(',')) && start + line.chars().count() + ahead > WIDTH {
            lines.push(std::mem::take(&mut line));
        } else {
            line.push(' ');
        }
    }
    lines.push(line);
    lines.join(&format!("\n{}", " ".repeat(indent + 4)))
}

/// Places of the layout, each on its line if they do not fit one.
fn listed(places: &[Place], open: char, close: char, depth: usize, before: usize) -> String {
    let flat: Vec<String> = places.iter().map(|place| self::place(place, depth, 0)).collect();
    let one_line = format!("{open}{}{close}", flat.join(", "));
    if !one_line.contains('\n') && 4 * depth + before + one_line.chars().count() < WIDTH {
        return one_line;
    }
    let indent = "    ".repeat(depth + 1);
    let lines: String = places.iter().map(|place| format!("{indent}{},\n", self::place(place, depth + 1, 0))).collect();
    format!("{open}\n{lines}{}{close}", "    ".repeat(depth))
}

fn place(place: &Place, depth: usize, before: usize) -> String {
    match place {
        Place::Input(name) => name.clone(),
        Place::Group(head, places) => {
            let head = wrapped(head, 4 * depth, 0);
            let last = head.lines().last().map_or(0, |line| line.chars().count());
            let before = if head.contains('\n') { last.saturating_sub(4 * depth) } else { before + last };
            format!("{head}{}", listed(places, '[', ']', depth, before))
        }
    }
}

/// The text as rustfmt formats it; as it is where there is no rustfmt.
pub(super) fn formatted(text: &str) -> String {
    let run = || {
        let mut rustfmt = Command::new("rustfmt")
            .args(["--edition", "2024", "--emit", "stdout", "--quiet"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let mut stdin = rustfmt.stdin.take()?;
        let given = text.to_owned();
        // Beside the reading, or both sides would wait for each other.
        let writer = std::thread::spawn(move || stdin.write_all(given.as_bytes()));
        let output = rustfmt.wait_with_output().ok()?;
        writer.join().ok()?.ok()?;
        let formatted = String::from_utf8(output.stdout).ok()?;
        (output.status.success() && !formatted.is_empty()).then_some(formatted)
    };
    run().unwrap_or_else(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_conditions_are_broken_at_operators_and_not_in_texts() {
        let options = ["Blend::Multiply", "Blend::Screen", "Blend::Overlay", "Blend::Darken"].join(" | ");
        let text = format!("when(matches!(blend, {options}) && is(image, \"Image {{ channels: 3 | 4 }}\"))");
        assert_eq!(
            wrapped(&text, 4, 1),
            "when(matches!(blend, Blend::Multiply | Blend::Screen | Blend::Overlay | Blend::Darken)\n        \
             && is(image, \"Image { channels: 3 | 4 }\"))"
        );
        assert_eq!(wrapped("when(fast)", 4, 1), "when(fast)");
        let one_text = format!("label = \"{}\"", "a, ".repeat(60));
        assert_eq!(wrapped(&one_text, 0, 0), one_text);
    }

    #[test]
    fn places_that_do_not_fit_a_line_get_one_each() {
        let input = |name: &str| Place::Input(name.to_owned());
        let group =
            |head: &str, names: &[&str]| Place::Group(head.to_owned(), names.iter().map(|name| input(name)).collect());
        let few = [input("image"), group("linked", &["x", "y"])];
        assert_eq!(listed(&few, '(', ')', 0, 8), "(image, linked[x, y])");
        let long = ["a"; 30].map(|letter| letter.repeat(3));
        let long: Vec<&str> = long.iter().map(String::as_str).collect();
        let many = [input("image"), group("optional_list", &long)];
        let text = listed(&many, '(', ')', 0, 8);
        assert!(text.starts_with("(\n    image,\n    optional_list[\n        aaa,\n"), "{text}");
        assert!(text.ends_with("        aaa,\n    ],\n)"), "{text}");
    }
}
