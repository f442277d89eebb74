//! What the author declared, apart from how it was written.

use proc_macro2::Span;
use syn::{Attribute, Expr, Ident, LitStr, Type, Variant};

use crate::{
    attr::{Group, Keys, Layout, Stored, Value},
    docs::Docs,
    names,
};

/// A node: a function with `#[node]`.
pub(crate) struct Node {
    /// The function's name.
    pub(crate) ident: Ident,
    pub(crate) keys: Keys,
    pub(crate) docs: Docs,
    /// `#[cfg(…)]` below `#[node]`: what is generated goes with the function.
    pub(crate) cfgs: Vec<Attribute>,
    pub(crate) inputs: Vec<Input>,
    /// One for each `#[output(…)]`.
    pub(crate) outputs: Vec<Output>,
    /// `#[layout(…)]`.
    pub(crate) layout: Option<Layout>,
    /// What the function returns, lifetimes left to inference.
    pub(crate) returns: Type,
}

/// An argument of the function.
pub(crate) struct Input {
    pub(crate) ident: Ident,
    /// Its type, lifetimes left to inference.
    pub(crate) ty: Type,
    pub(crate) keys: Keys,
    pub(crate) docs: Docs,
    /// Place among the arguments.
    pub(crate) index: usize,
}

/// An `#[output(…)]`.
pub(crate) struct Output {
    pub(crate) keys: Keys,
    pub(crate) span: Span,
}

impl Node {
    pub(crate) fn input(&self, name: &Ident) -> Option<&Input> {
        let name = names::plain(name);
        self.inputs.iter().find(|input| input.name() == name)
    }

    /// Whether an input is shown under a condition only.
    pub(crate) fn is_conditional(&self, input: &Input) -> bool {
        let in_layout = |layout: &Layout| {
            let conditional = layout.groups().into_iter().filter(|group| group.word == "when");
            conditional.flat_map(Group::inputs).any(|name| names::plain(name) == input.name())
        };
        input.keys.mention("when") || self.layout.as_ref().is_some_and(in_layout)
    }

    /// Id of the input of this name; `has_context` if the first argument is none.
    pub(crate) fn id(&self, name: &str, has_context: bool) -> Option<u32> {
        self.inputs.iter().find(|input| input.name() == name).map(|input| input.id(has_context))
    }

    pub(crate) fn input_names(&self) -> Vec<String> {
        self.inputs.iter().map(Input::name).collect()
    }
}

impl Input {
    pub(crate) fn name(&self) -> String {
        names::plain(&self.ident)
    }

    pub(crate) fn label(&self) -> String {
        self.keys.text("label").map_or_else(|| names::title_of_snake(&self.name()), LitStr::value)
    }

    /// Id in saved chains; `has_context` if the first argument is no input.
    pub(crate) fn id(&self, has_context: bool) -> u32 {
        let position = self.index.saturating_sub(usize::from(has_context));
        let position = u32::try_from(position).unwrap_or(u32::MAX);
        self.keys.integer("id").map_or(position, |(id, _)| id)
    }
}

/// A choice: an enum with `#[derive(Choice)]`.
pub(crate) struct Choice {
    pub(crate) ident: Ident,
    pub(crate) keys: Keys,
    pub(crate) options: Vec<ChoiceOption>,
}

/// A variant of the enum.
pub(crate) struct ChoiceOption {
    pub(crate) ident: Ident,
    pub(crate) keys: Keys,
    pub(crate) docs: Docs,
    /// Where it is said to be the default.
    pub(crate) default: Option<Span>,
}

impl ChoiceOption {
    pub(crate) fn new(variant: &Variant, keys: Keys) -> Self {
        let bare = variant.attrs.iter().find(|attr| attr.path().is_ident("default"));
        let keyed = keys.get("default").filter(|_| keys.flag("default") == Some(true));
        Self {
            ident: variant.ident.clone(),
            docs: Docs::of(&variant.attrs),
            default: keyed
                .map(|entry| entry.span)
                .or_else(|| bare.map(|attr| syn::spanned::Spanned::span(attr.path()))),
            keys,
        }
    }

    pub(crate) fn name(&self) -> String {
        names::plain(&self.ident)
    }

    pub(crate) fn label(&self) -> String {
        self.keys.text("label").map_or_else(|| names::title_of_pascal(&self.name()), LitStr::value)
    }

    /// What saved chains hold, in words that tell numbers and texts apart.
    pub(crate) fn stored(&self) -> StoredId {
        match self.keys.get("id").map(|entry| &entry.value) {
            Some(Value::Stored(Stored::Text(text))) => StoredId::Text(text.value()),
            Some(Value::Stored(Stored::Number(number))) => StoredId::Number(*number),
            _ => StoredId::Text(names::snake_of_pascal(&self.name())),
        }
    }
}

/// What saved chains hold for a variant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum StoredId {
    Text(String),
    Number(i64),
}

impl std::fmt::Display for StoredId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(text) => write!(f, "{text:?}"),
            Self::Number(number) => write!(f, "{number}"),
        }
    }
}

/// A package: a `package!`.
pub(crate) struct Package {
    pub(crate) keys: Keys,
    pub(crate) dependencies: Vec<Keys>,
}

impl Package {
    pub(crate) fn expressions(&self, key: &str) -> &[Expr] {
        self.keys.expressions(key)
    }
}

/// The settings of a package: a struct with `#[derive(Settings)]`.
pub(crate) struct Settings {
    pub(crate) ident: Ident,
    pub(crate) keys: Keys,
    pub(crate) fields: Vec<Setting>,
}

/// A field of the struct.
pub(crate) struct Setting {
    pub(crate) ident: Ident,
    pub(crate) ty: Type,
    pub(crate) keys: Keys,
    pub(crate) docs: Docs,
}

/// A type that travels between nodes: one with `#[derive(NaviType)]`.
pub(crate) struct NaviType {
    pub(crate) ident: Ident,
    pub(crate) keys: Keys,
}
