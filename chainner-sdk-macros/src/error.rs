//! Mistakes of the author: all of them reported in one run, none of them losing the item.

use std::{
    any::Any,
    fmt::Display,
    panic::{self, AssertUnwindSafe},
};

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

/// The mistakes found so far.
#[derive(Debug, Default)]
pub(crate) struct Errors {
    list: Vec<syn::Error>,
}

impl Errors {
    /// A mistake at one token.
    pub(crate) fn at(&mut self, span: Span, message: impl Display) {
        self.list.push(syn::Error::new(span, message));
    }

    /// A mistake that spans several tokens.
    pub(crate) fn on(&mut self, tokens: impl ToTokens, message: impl Display) {
        self.list.push(syn::Error::new_spanned(tokens, message));
    }

    /// The value, or `None` with its mistake noted.
    pub(crate) fn keep<T>(&mut self, result: syn::Result<T>) -> Option<T> {
        result.map_err(|error| self.list.push(error)).ok()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub(crate) fn append(&mut self, mut others: Self) {
        self.list.append(&mut others.list);
    }

    #[cfg(test)]
    pub(crate) fn messages(&self) -> Vec<String> {
        self.list.iter().flatten().map(|error| error.to_string()).collect()
    }
}

impl ToTokens for Errors {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(self.list.iter().map(syn::Error::to_compile_error));
    }
}

/// Runs an expansion. A panic in it is our bug; it becomes an error too, and the author's item is kept.
///
/// Without this, one bug would take the item with it, and with the item everything the editor knows of it
/// (tokio-rs/tokio#4162).
pub(crate) fn guarded(item: TokenStream, expand: impl FnOnce() -> TokenStream) -> TokenStream {
    let expansion = panic::catch_unwind(AssertUnwindSafe(expand)).unwrap_or_else(|payload| {
        let message = format!("bug in chainner-sdk-macros, please report it with this code: {}", said(&*payload));
        let error = syn::Error::new(Span::call_site(), message).to_compile_error();
        quote::quote!(#item #error)
    });
    if std::env::var_os("CHAINNER_MACROS_DEBUG").is_some_and(|value| value == "1") {
        eprintln!("{expansion}\n");
    }
    expansion
}

fn said(payload: &(dyn Any + Send)) -> &str {
    match (payload.downcast_ref::<&str>(), payload.downcast_ref::<String>()) {
        (Some(text), _) => text,
        (_, Some(text)) => text,
        _ => "no message",
    }
}

/// `did you mean …?` if one of the candidates is near, else what there is.
pub(crate) fn suggestion<'a>(given: &str, candidates: impl IntoIterator<Item = &'a str> + Clone) -> String {
    let near = candidates
        .clone()
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(given, candidate), candidate))
        .filter(|(similarity, _)| *similarity > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0));
    match near {
        Some((_, candidate)) => format!("did you mean `{candidate}`?"),
        None => {
            let all: Vec<String> = candidates.into_iter().map(|candidate| format!("`{candidate}`")).collect();
            match &all[..] {
                [] => "there is none".to_owned(),
                [one] => format!("there is only {one}"),
                all => format!("expected one of {}", all.join(", ")),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    #[test]
    fn a_panic_is_an_error_and_the_item_is_kept() {
        let expansion = guarded(
            quote!(
                fn kept() {}
            ),
            || panic!("index {} is out", 7),
        )
        .to_string();
        assert!(expansion.starts_with("fn kept () { }"), "{expansion}");
        assert!(expansion.contains("please report it with this code: index 7 is out"), "{expansion}");
    }

    #[test]
    fn near_names_are_suggested_and_others_listed() {
        assert_eq!(suggestion("shap", ["image", "shape"]), "did you mean `shape`?");
        assert_eq!(suggestion("x", ["image", "shape"]), "expected one of `image`, `shape`");
        assert_eq!(suggestion("x", ["image"]), "there is only `image`");
        assert_eq!(suggestion("x", []), "there is none");
    }
}
