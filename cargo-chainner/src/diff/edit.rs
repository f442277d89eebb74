//! Edits of an author's source, at the very place and nowhere else.

use std::ops::Range;

use proc_macro2::{LineColumn, Literal, Span, TokenTree};
use syn::{Attribute, FnArg, Item, ItemEnum, ItemFn, Meta, Pat, Type, ext::IdentExt as _, spanned::Spanned as _};

/// A text in place of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Edit {
    /// Bytes of the source.
    pub(super) at: Range<usize>,
    /// What stands there then.
    pub(super) text: String,
}

/// A source file, parsed.
pub(super) struct Source {
    pub(super) text: String,
    syntax: syn::File,
}

impl Source {
    /// Parses a text; nothing if it is no Rust.
    pub(super) fn parse(text: String) -> Option<Self> {
        let syntax = syn::parse_file(&text).ok()?;
        Some(Self { text, syntax })
    }

    /// The node function of this name that stands nearest to a line.
    pub(super) fn node(&self, function: &str, line: u32) -> Option<&ItemFn> {
        let functions = all(&self.syntax.items).into_iter().filter_map(|item| match item {
            Item::Fn(function) => Some(function),
            _ => None,
        });
        functions
            .filter(|found| found.sig.ident.unraw() == function && attribute(&found.attrs, "node").is_some())
            .min_by_key(|found| (found.sig.ident.span().start().line as u32).abs_diff(line))
    }

    /// The enum of this name.
    pub(super) fn choice(&self, name: &str) -> Option<&ItemEnum> {
        all(&self.syntax.items).into_iter().find_map(|item| match item {
            Item::Enum(item) if item.ident.unraw() == name && derives_choice(&item.attrs) => Some(item),
            _ => None,
        })
    }

    /// Says the id of a node.
    pub(super) fn node_id(&self, node: &ItemFn, id: &str) -> Option<Edit> {
        Some(self.key(attribute(&node.attrs, "node")?, &Literal::string(id)))
    }

    /// Says the id of the input that is this argument.
    pub(super) fn input_id(&self, node: &ItemFn, argument: &str, id: i64) -> Option<Edit> {
        let id = Literal::i64_unsuffixed(id);
        let argument = argument_of(node, argument)?;
        Some(match attribute(&argument.attrs, "input") {
            Some(attribute) => self.key(attribute, &id),
            None => self.insert(argument.pat.span().start(), format!("#[input(id = {id})] ")),
        })
    }

    /// Says the value of a variant.
    pub(super) fn variant_id(&self, choice: &ItemEnum, place: usize, id: &Literal) -> Option<Edit> {
        let variant = choice.variants.iter().nth(place)?;
        Some(match attribute(&variant.attrs, "choice") {
            Some(attribute) => self.key(attribute, id),
            None => {
                let start = variant.ident.span().start();
                self.insert(start, format!("#[choice(id = {id})]\n{}", " ".repeat(start.column)))
            }
        })
    }

    /// Sets the key `id` of an attribute.
    fn key(&self, attribute: &Attribute, value: &Literal) -> Edit {
        let Meta::List(list) = &attribute.meta else {
            let end = attribute.meta.span().end();
            return self.insert(end, format!("(id = {value})"));
        };
        let mut tokens = list.tokens.clone().into_iter().peekable();
        let mut is_first = true;
        while let Some(token) = tokens.next() {
            let is_id = is_first && matches!(&token, TokenTree::Ident(ident) if ident == "id");
            is_first = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == ',');
            if is_id && tokens.next_if(|next| next.to_string() == "=").is_some() {
                let span = tokens.next().map_or(Span::call_site(), |value| value.span());
                return Edit { at: self.byte(span.start())..self.byte(span.end()), text: value.to_string() };
            }
        }
        let start = list.delimiter.span().open().end();
        let rest = if list.tokens.is_empty() { "" } else { ", " };
        self.insert(start, format!("id = {value}{rest}"))
    }

    fn insert(&self, at: LineColumn, text: String) -> Edit {
        let at = self.byte(at);
        Edit { at: at..at, text }
    }

    /// Where a place of the parser is in the text: columns are characters there.
    fn byte(&self, at: LineColumn) -> usize {
        let start: usize = self.text.split_inclusive('\n').take(at.line - 1).map(str::len).sum();
        let line = &self.text[start..];
        start + line.char_indices().nth(at.column).map_or(line.len(), |(index, _)| index)
    }
}

/// The type of an argument, by the last word of its name; that inside `Option<…>` or `Items<…>`.
pub(super) fn type_of(node: &ItemFn, argument: &str) -> Option<String> {
    fn last_word(ty: &Type) -> Option<String> {
        let Type::Path(path) = ty else { return None };
        let last = path.path.segments.last()?;
        let syn::PathArguments::AngleBracketed(arguments) = &last.arguments else {
            return Some(last.ident.unraw().to_string());
        };
        arguments.args.iter().find_map(|argument| match argument {
            syn::GenericArgument::Type(inner) => last_word(inner),
            _ => None,
        })
    }
    last_word(&argument_of(node, argument)?.ty)
}

fn argument_of<'a>(node: &'a ItemFn, name: &str) -> Option<&'a syn::PatType> {
    node.sig.inputs.iter().find_map(|argument| match argument {
        FnArg::Typed(typed) => match &*typed.pat {
            Pat::Ident(ident) if ident.ident.unraw() == name => Some(typed),
            _ => None,
        },
        FnArg::Receiver(_) => None,
    })
}

fn attribute<'a>(attributes: &'a [Attribute], name: &str) -> Option<&'a Attribute> {
    let is_it = |attribute: &&Attribute| attribute.path().segments.last().is_some_and(|last| last.ident == name);
    attributes.iter().find(is_it)
}

fn derives_choice(attributes: &[Attribute]) -> bool {
    attributes.iter().filter(|attribute| attribute.path().is_ident("derive")).any(|attribute| match &attribute.meta {
        Meta::List(list) => list.tokens.clone().into_iter().any(|token| token.to_string() == "Choice"),
        _ => false,
    })
}

/// The items, and those of the modules among them.
fn all<'a>(items: &'a [Item]) -> Vec<&'a Item> {
    let of_item = |item: &'a Item| match item {
        Item::Mod(module) => all(module.content.as_ref().map_or(&[], |(_, items)| items)),
        _ => vec![item],
    };
    items.iter().flat_map(of_item).collect()
}

/// A text with edits made, none of which overlaps another.
pub(super) fn edited(text: &str, edits: &[Edit]) -> String {
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sorted.sort_by_key(|edit| edit.at.start);
    let mut result = text.to_owned();
    for edit in sorted.into_iter().rev() {
        result.replace_range(edit.at.clone(), &edit.text);
    }
    result
}

/// The edits of a file as a patch without context, which `git apply --unidiff-zero` takes.
pub(super) fn patch(file: &str, text: &str, edits: &[Edit]) -> String {
    let mut patch = format!("--- a/{file}\n+++ b/{file}\n");
    let mut start = 0;
    let mut added = 0;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let end = start + line.len();
        let here: Vec<Edit> = edits
            .iter()
            .filter(|edit| (start..end).contains(&edit.at.start))
            .map(|edit| Edit { at: edit.at.start - start..edit.at.end - start, text: edit.text.clone() })
            .collect();
        if !here.is_empty() {
            let after = edited(line, &here);
            let count = after.lines().count();
            let number = index + 1;
            patch += &format!("@@ -{number} +{},{count} @@\n-{}\n", number + added, line.trim_end_matches('\n'));
            after.lines().for_each(|line| patch += &format!("+{line}\n"));
            added += count - 1;
        }
        start = end;
    }
    patch
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "\
/// Ä shape.
#[derive(Choice)]
pub enum Shape {
    Round,
    #[choice(label = \"Oval (fit)\")] Oval,
    #[choice(id = \"x\")]
    Star,
}

mod inner {
    #[node(id = \"a:b:blur\", group = G)]
    pub fn blur(
        image: ImageView<'_>, /* ä */ #[input(default = 1.0, range = 0.0..=8.0)] amount: f32,
        /// Why.
        #[input(id = 7)]
        shape: Option<Shape>,
        #[input] r#type: f32,
    ) -> Image { image }
}
";

    fn after(edit: impl Fn(&Source, &ItemFn) -> Option<Edit>) -> String {
        let source = Source::parse(SOURCE.to_owned()).expect("Rust");
        let node = source.node("blur", 12).expect("a node");
        edited(SOURCE, &[edit(&source, node).expect("an edit")])
    }

    #[test]
    fn nothing_but_the_place_itself_is_touched() {
        let text = Literal::string("round");
        let rows: [(String, &str, &str); 7] = [
            (after(|source, node| source.node_id(node, "a:b:old")), "id = \"a:b:blur\"", "id = \"a:b:old\""),
            (after(|source, node| source.input_id(node, "image", 3)), "image: Im", "#[input(id = 3)] image: Im"),
            (after(|source, node| source.input_id(node, "amount", 3)), "#[input(default", "#[input(id = 3, default"),
            (after(|source, node| source.input_id(node, "shape", 3)), "id = 7", "id = 3"),
            (after(|source, node| source.input_id(node, "type", 3)), "#[input] r#", "#[input(id = 3)] r#"),
            (
                after(|source, _| source.variant_id(source.choice("Shape")?, 0, &text)),
                "    Round,",
                "    #[choice(id = \"round\")]\n    Round,",
            ),
            (
                after(|source, _| source.variant_id(source.choice("Shape")?, 1, &text)),
                "#[choice(label",
                "#[choice(id = \"round\", label",
            ),
        ];
        for (after, from, to) in rows {
            assert_eq!(after, SOURCE.replacen(from, to, 1));
            assert!(syn::parse_file(&after).is_ok(), "{after}");
        }
        let source = Source::parse(SOURCE.to_owned()).expect("Rust");
        assert_eq!(type_of(source.node("blur", 1).expect("there"), "shape").as_deref(), Some("Shape"));
        assert!(source.node("sharpen", 1).is_none() && source.choice("Form").is_none());
    }

    #[test]
    fn patches_have_the_lines_before_and_after() {
        let source = Source::parse(SOURCE.to_owned()).expect("Rust");
        let node = source.node("blur", 1).expect("there");
        let choice = source.choice("Shape").expect("there");
        let edits = [
            source.variant_id(choice, 0, &Literal::string("r")).expect("an edit"),
            source.input_id(node, "shape", 3).expect("an edit"),
        ];
        let expected = "\
--- a/src/lib.rs
+++ b/src/lib.rs
@@ -4 +4,2 @@
-    Round,
+    #[choice(id = \"r\")]
+    Round,
@@ -15 +16,1 @@
-        #[input(id = 7)]
+        #[input(id = 3)]
";
        assert_eq!(patch("src/lib.rs", SOURCE, &edits), expected);
    }
}
