//! The grammar of `#[layout(…)]`.

use proc_macro2::Span;
use syn::{
    Attribute, Ident, LitStr, Meta, Token, bracketed, ext::IdentExt as _, parenthesized, parse::ParseStream, token,
};

use crate::error::{Errors, suggestion};

use super::Condition;

/// Where the inputs stand.
#[derive(Debug)]
pub(crate) struct Layout {
    pub(crate) items: Vec<Item>,
    pub(crate) span: Span,
}

/// A place in the layout.
#[derive(Debug)]
pub(crate) enum Item {
    Input(Ident),
    Group(Group),
}

/// A group of places.
#[derive(Debug)]
pub(crate) struct Group {
    pub(crate) word: &'static str,
    pub(crate) span: Span,
    pub(crate) condition: Option<Condition>,
    pub(crate) label: Option<LitStr>,
    pub(crate) items: Vec<Item>,
}

/// The words for groups, each with what it holds and an example.
pub(crate) const GROUPS: [(&str, &str, &str); 9] = [
    ("when", "anything, shown only while the condition holds", "when(shape == Shape::Oval)[aspect]"),
    (
        "required_when",
        "optional inputs without a control, asked for while the condition holds",
        "required_when(mode == Mode::Custom)[mask]",
    ),
    ("optional_list", "optional inputs, each shown once those before are filled", "optional_list[b, c, d]"),
    ("seed", "one seed or number, with a button for a new one", "seed[start]"),
    ("linked", "two numbers or more, kept equal until they are unlinked", "linked[x, y]"),
    ("icon_set", "`bool`s as icons, below a label", "icon_set(\"Style\")[bold, italic]"),
    ("menu_icons", "icon sets and choices drawn as icons, in one row", "menu_icons[icon_set(\"Style\")[bold], align]"),
    ("from_to", "two choices, with an arrow between", "from_to[source, target]"),
    ("ncnn_files", "two files, the `.param` and the `.bin`", "ncnn_files[param, bin]"),
];

impl Layout {
    /// The layout among the attributes of the function.
    pub(crate) fn of(attrs: &[Attribute], errors: &mut Errors) -> Option<Self> {
        let mut found = attrs.iter().filter(|attr| attr.path().is_ident("layout"));
        let attr = found.next()?;
        for second in found {
            errors.on(second, "`#[layout]` stands here twice; a node has one");
        }
        let Meta::List(list) = &attr.meta else {
            errors.on(attr, "expected the inputs in parentheses: `#[layout(image, linked[x, y])]`");
            return None;
        };
        let items = errors.keep(list.parse_args_with(items))?;
        Some(Self { items, span: attr.path().segments[0].ident.span() })
    }

    /// The inputs named, in order.
    pub(crate) fn inputs(&self) -> Vec<&Ident> {
        inputs(&self.items)
    }

    /// All groups, the outer ones first.
    pub(crate) fn groups(&self) -> Vec<&Group> {
        fn of(items: &[Item]) -> Vec<&Group> {
            items
                .iter()
                .flat_map(|item| match item {
                    Item::Input(_) => Vec::new(),
                    Item::Group(group) => std::iter::once(group).chain(of(&group.items)).collect(),
                })
                .collect()
        }
        of(&self.items)
    }
}

impl Group {
    /// The inputs named in it and in the groups in it.
    pub(crate) fn inputs(&self) -> Vec<&Ident> {
        inputs(&self.items)
    }
}

fn inputs(items: &[Item]) -> Vec<&Ident> {
    items
        .iter()
        .flat_map(|item| match item {
            Item::Input(name) => vec![name],
            Item::Group(group) => group.inputs(),
        })
        .collect()
}

fn items(input: ParseStream<'_>) -> syn::Result<Vec<Item>> {
    let mut items = Vec::new();
    while !input.is_empty() {
        items.push(item(input)?);
        if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
    }
    Ok(items)
}

fn item(input: ParseStream<'_>) -> syn::Result<Item> {
    let name = input.call(Ident::parse_any).map_err(|error| {
        syn::Error::new(error.span(), "expected the name of an input, or a group such as `linked[x, y]`")
    })?;
    if !input.peek(token::Paren) && !input.peek(token::Bracket) {
        return Ok(Item::Input(name));
    }
    let given = name.unraw().to_string();
    let Some((word, _, example)) = GROUPS.into_iter().find(|(word, ..)| *word == given) else {
        let hint = suggestion(&given, GROUPS.map(|(word, ..)| word));
        return Err(syn::Error::new(name.span(), format!("unknown group `{given}`; {hint}")));
    };
    let form = |span| syn::Error::new(span, format!("expected `{example}`"));
    let (mut condition, mut label) = (None, None);
    if matches!(word, "when" | "required_when" | "icon_set") {
        if !input.peek(token::Paren) {
            return Err(form(name.span()));
        }
        let content;
        parenthesized!(content in input);
        if word == "icon_set" {
            label = Some(content.parse().map_err(|_| form(name.span()))?);
        } else {
            condition = Some(Condition::parse(&content)?);
        }
    }
    if !input.peek(token::Bracket) {
        return Err(form(name.span()));
    }
    let content;
    bracketed!(content in input);
    Ok(Item::Group(Group { word, span: name.span(), condition, label, items: items(&content)? }))
}
