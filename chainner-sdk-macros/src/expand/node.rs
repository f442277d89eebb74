//! A node: checks, tables, registration.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::{
    attr::{KeyInfo, Value},
    ide,
    model::Node,
    names,
};

use super::{checks, context, input, layout, navi, optional, optional_text, output, private, suggestion};

/// What stands beside the function. Without `register`, the checks only: another mistake is reported already.
pub(crate) fn expand(node: &Node, register: bool) -> TokenStream {
    let p = private(&node.keys);
    let checks = checks::node(&p, node, register);
    let table = register.then(|| table(&p, node));
    let cfgs = &node.cfgs;
    let completion = [("node", &node.keys)]
        .into_iter()
        .chain(node.inputs.iter().map(|input| ("input", &input.keys)))
        .chain(node.outputs.iter().map(|output| ("output", &output.keys)));
    let completion = ide::completion(completion);
    // Named, since an `impl` may hold named constants only: a function there is then told to be no free function, and nothing else.
    let name = format_ident!("__chainner_node_{}", names::plain(&node.ident));
    quote! {
        #(#cfgs)*
        #[doc(hidden)]
        #[allow(non_upper_case_globals, reason = "named like the function")]
        const #name: () = {
            #checks
            #table
            #completion
        };
    }
}

fn table(p: &TokenStream, node: &Node) -> TokenStream {
    let Node { ident, keys, docs, returns, .. } = node;
    let id = keys.text("id");
    let function = names::plain(ident);
    let name = keys.text("name").map_or_else(|| names::title_of_snake(&function), syn::LitStr::value);
    let icon = optional_text(keys.text("icon"));
    let length = optional(
        keys.navi("length").map(|length| context::with_ids(node, ident.span(), |id| navi::expression(p, length, &id))),
    );
    let see_also = keys.texts("see_also");
    let deprecated = keys.flag("deprecated").unwrap_or(false);
    let replaces = optional_text(keys.text("replaces"));
    let side_effects = keys.flag("side_effects").unwrap_or(false);
    let inputs = node.inputs.iter().map(|input| input::declaration(p, node, input));
    let outputs = node.outputs.iter().map(|output| output::options(p, node, output));
    let count = node.inputs.len();
    let arguments = node.inputs.iter().map(|input| {
        let ty = &input.ty;
        // Of the first it does not matter: a context has no place, and an input has this one.
        let index = if input.index == 0 { quote!(0) } else { context::index(p, input.index, input.ident.span()) };
        quote!(#p::input::<#ty>().take(arguments, #index)?)
    });
    let place = input::place(p, ident);
    let returned = checks::returned();
    let layout = layout::table(p, node);
    let suggestions = suggestion::table(p, node);
    let key_info = optional(match keys.get("key_info").map(|entry| &entry.value) {
        Some(Value::KeyInfo(KeyInfo::Input(name))) => node.input(name).map(|input| {
            let index = context::index(p, input.index, name.span());
            quote!(#p::KeyInfo::Input(#index))
        }),
        Some(Value::KeyInfo(KeyInfo::Text(text))) => {
            let text = context::with_ids(node, ident.span(), |id| navi::expression(p, text, &id));
            Some(quote!(#p::KeyInfo::Type(#text)))
        }
        _ => None,
    });
    let limited_to_8bit = optional(match keys.get("limited_to_8bit").map(|entry| &entry.value) {
        Some(Value::Note(text)) => Some(text.as_ref().map_or_else(String::new, syn::LitStr::value)),
        _ => None,
    });
    quote! {
        const __CHAINNER_ARGUMENTS: &[#p::InputDecl; #count] = &[#(#inputs),*];
        static __CHAINNER_NODE: #p::NodeDecl = #p::NodeDecl {
            id: #id,
            function: #function,
            name: #name,
            docs: #docs,
            icon: #icon,
            group: __CHAINNER_GROUP,
            takes_context: __CHAINNER_CONTEXT,
            inputs: #p::inputs(__CHAINNER_CONTEXT, __CHAINNER_ARGUMENTS),
            outputs: #returned.kinds,
            output_options: &[#(#outputs),*],
            iterated_outputs: #returned.iterated,
            length: #length,
            see_also: &[#(#see_also),*],
            replaces: #replaces,
            deprecated: #deprecated,
            side_effects: #side_effects,
            layout: #layout,
            key_info: #key_info,
            suggestions: #suggestions,
            features: __CHAINNER_FEATURES,
            limited_to_8bit: #limited_to_8bit,
            #[allow(deprecated, reason = "the node exists as long as its function does")]
            run: |arguments| #p::returns::<#returns>().values(#ident(#(#arguments),*)),
            place: #place,
            package: ::core::env!("CARGO_PKG_NAME"),
        };
        #p::submit! { #p::NodeEntry(&__CHAINNER_NODE) }
    }
}
