//! The grammar of the attributes: keys with values, checked against the tables of [`keys`](crate::keys).

pub(crate) mod choice;
mod condition;
mod formula;
mod layout;
mod navi;
pub(crate) mod navi_type;
pub(crate) mod node;
pub(crate) mod package;
pub(crate) mod settings;
mod suggestion;
mod value;

use proc_macro2::{Span, TokenStream, TokenTree};
use syn::{
    Attribute, Ident, Meta, Token,
    ext::IdentExt as _,
    parse::{ParseStream, Parser as _},
};

use crate::{
    error::{Errors, suggestion},
    keys::{Form, Key},
};

pub(crate) use condition::Condition;
pub(crate) use formula::Formula;
#[cfg(test)]
pub(crate) use layout::GROUPS;
pub(crate) use layout::{Group, Item, Layout};
pub(crate) use navi::{
    Known, Navi, TextKind, mistake as navi_mistake, names as navi_names, pointed_out, text as navi_text,
};
pub(crate) use suggestion::Suggestion;
pub(crate) use value::{KeyInfo, Range, Stored, Value};

/// What stands between a key and its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Separator {
    /// `key = value`, in attributes.
    Equals,
    /// `key: value`, in `package!`.
    Colon,
}

/// The keys that the author wrote, each once and in good form.
#[derive(Debug, Default)]
pub(crate) struct Keys {
    entries: Vec<Entry>,
    /// Those with a value in bad form.
    malformed: Vec<&'static str>,
    /// Every name that stands where a key should, for the editor to complete.
    pub(crate) written: Vec<Ident>,
}

/// One key with its value.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) key: &'static Key,
    pub(crate) span: Span,
    pub(crate) value: Value,
}

impl Keys {
    /// Parses `key, key = value, …`, noting every mistake and going on behind the next comma.
    pub(crate) fn parse(
        tokens: TokenStream,
        table: &'static [Key],
        separator: Separator,
        place: &str,
        errors: &mut Errors,
    ) -> Self {
        let mut keys = Self::default();
        let parser = |input: ParseStream<'_>| {
            while !input.is_empty() {
                if let Err(error) = keys.entry(input, table, separator, place, errors) {
                    errors.keep::<()>(Err(error));
                    skip_to_comma(input);
                }
                if !input.is_empty() && !input.peek(Token![,]) {
                    errors.at(input.span(), "expected `,` before this");
                    skip_to_comma(input);
                }
                input.parse::<Option<Token![,]>>()?;
            }
            Ok(())
        };
        let result = parser.parse2(tokens);
        errors.keep(result);
        keys
    }

    /// The keys of all attributes of this name, which may stand at most once.
    pub(crate) fn of(attrs: &[Attribute], name: &str, table: &'static [Key], place: &str, errors: &mut Errors) -> Self {
        let mut found = attrs.iter().filter(|attr| attr.path().is_ident(name));
        let keys = found.next().map(|attr| Self::of_one(attr, name, table, place, errors)).unwrap_or_default();
        for second in found {
            errors.on(second, format!("`#[{name}]` stands here twice; put all keys into one"));
        }
        keys
    }

    /// The keys of one attribute.
    pub(crate) fn of_one(
        attr: &Attribute,
        name: &str,
        table: &'static [Key],
        place: &str,
        errors: &mut Errors,
    ) -> Self {
        match &attr.meta {
            Meta::List(list) => Self::parse(list.tokens.clone(), table, Separator::Equals, place, errors),
            Meta::Path(_) => Self::default(),
            Meta::NameValue(_) => {
                errors.on(attr, format!("expected keys in parentheses, such as `#[{name}({})]`", table[0].example));
                Self::default()
            }
        }
    }

    fn entry(
        &mut self,
        input: ParseStream<'_>,
        table: &'static [Key],
        separator: Separator,
        place: &str,
        errors: &mut Errors,
    ) -> syn::Result<()> {
        if !input.peek(Ident::peek_any) {
            return Err(input.error(format!("expected a key of {place}, such as `{}`", table[0].example)));
        }
        let ident = Ident::parse_any(input)?;
        self.written.push(ident.clone());
        let name = ident.unraw().to_string();
        let Some(key) = table.iter().find(|key| key.name == name) else {
            let hint = suggestion(&name, table.iter().map(|key| key.name));
            return Err(syn::Error::new(ident.span(), format!("unknown key `{name}` of {place}; {hint}")));
        };
        // Each is about another option.
        let repeats = key.form == Form::OptionCondition;
        if self.get(key.name).is_some() && !repeats {
            errors.at(ident.span(), format!("`{name}` is given twice"));
        }
        let value = Value::parse(input, key, &ident, separator).inspect_err(|_| self.malformed.push(key.name))?;
        if self.get(key.name).is_none() || repeats {
            self.entries.push(Entry { key, span: ident.span(), value });
        }
        Ok(())
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter()
    }

    /// Whether the author wrote the key, in whatever form.
    pub(crate) fn mention(&self, name: &str) -> bool {
        self.get(name).is_some() || self.malformed.contains(&name)
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key.name == name)
    }

    pub(crate) fn text(&self, name: &str) -> Option<&syn::LitStr> {
        match &self.get(name)?.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn texts(&self, name: &str) -> &[syn::LitStr] {
        match self.get(name).map(|entry| &entry.value) {
            Some(Value::Texts(texts)) => texts,
            _ => &[],
        }
    }

    /// Whether the flag is set; `None` if it is not mentioned.
    pub(crate) fn flag(&self, name: &str) -> Option<bool> {
        match self.get(name)?.value {
            Value::Flag(is) => Some(is),
            _ => None,
        }
    }

    pub(crate) fn integer(&self, name: &str) -> Option<(u32, Span)> {
        match self.get(name)?.value {
            Value::Integer(integer, span) => Some((integer, span)),
            _ => None,
        }
    }

    pub(crate) fn integers(&self, name: &str) -> &[(u32, Span)] {
        match self.get(name).map(|entry| &entry.value) {
            Some(Value::Integers(integers, _)) => integers,
            _ => &[],
        }
    }

    pub(crate) fn expression(&self, name: &str) -> Option<&syn::Expr> {
        match &self.get(name)?.value {
            Value::Expression(expression) => Some(expression),
            _ => None,
        }
    }

    pub(crate) fn expressions(&self, name: &str) -> &[syn::Expr] {
        match self.get(name).map(|entry| &entry.value) {
            Some(Value::Expressions(expressions)) => expressions,
            _ => &[],
        }
    }

    pub(crate) fn range(&self, name: &str) -> Option<&Range> {
        match &self.get(name)?.value {
            Value::Range(range) => Some(range),
            _ => None,
        }
    }

    pub(crate) fn word(&self, name: &str) -> Option<(&'static str, Span)> {
        match self.get(name)?.value {
            Value::Word(word, span) => Some((word, span)),
            _ => None,
        }
    }

    pub(crate) fn navi(&self, name: &str) -> Option<&Navi> {
        match &self.get(name)?.value {
            Value::Navi(navi) => Some(navi),
            _ => None,
        }
    }

    pub(crate) fn condition(&self, name: &str) -> Option<&Condition> {
        match &self.get(name)?.value {
            Value::Condition(condition) => Some(condition),
            _ => None,
        }
    }

    /// The options with their conditions: `option_when(…)`, as often as it stands here.
    pub(crate) fn option_conditions(&self) -> impl Iterator<Item = (&syn::Expr, &Condition)> {
        self.entries.iter().filter_map(|entry| match &entry.value {
            Value::OptionCondition(option, condition) => Some((&**option, condition)),
            _ => None,
        })
    }

    pub(crate) fn suggestions(&self) -> &[Suggestion] {
        match self.get("suggestions").map(|entry| &entry.value) {
            Some(Value::Suggestions(suggestions)) => suggestions,
            _ => &[],
        }
    }

    pub(crate) fn path(&self, name: &str) -> Option<&syn::Path> {
        match &self.get(name)?.value {
            Value::Path(path) => Some(path),
            _ => None,
        }
    }
}

fn skip_to_comma(input: ParseStream<'_>) {
    while !input.is_empty() && !input.peek(Token![,]) {
        if input.parse::<TokenTree>().is_err() {
            return;
        }
    }
}
