//! Checks that only the compiler can make, since only it knows types and constants. Each is shown at the token it is about.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::Ident;

use crate::{
    attr::Value,
    model::{Input, Node, Output},
};

use super::{at, call_over, condition, input::style};

/// Keys that a trait bound judges, with a message of its own.
const JUDGED_BY_BOUNDS: [&str; 5] = ["default", "range", "step", "slider_step", "style"];
/// Keys that fit every kind need no check.
const KINDS: usize = 10;

/// The constant that holds a number of an input, in the input's own type.
pub(super) fn constant(input: &Input, what: &str) -> Ident {
    format_ident!("__CHAINNER_{}_{}", what, input.index, span = Span::mixed_site())
}

/// The checks of a node, among them the constants that its tables use.
pub(super) fn node(p: &TokenStream, node: &Node) -> TokenStream {
    let inputs = node.inputs.iter().map(|input| self::input(p, node, input));
    let outputs = node.outputs.iter().enumerate().map(|(index, output)| self::output(p, node, index, output));
    let group = node.keys.expression("group").map(|group| quote!(const __CHAINNER_GROUP: #p::Group = #group;));
    let returns = &node.returns;
    let declared = node.outputs.len();
    let surplus = node.outputs.last().map(|output| {
        let fits = at(output.span, quote!(#p::outputs_fit));
        let arguments = quote_spanned!(output.span=> (#declared, #p::returns::<#returns>().kinds.len()));
        quote!(const _: () = #fits #arguments;)
    });
    quote! {
        #group
        #(#inputs)*
        const _: &[#p::OutputKind] = #p::returns::<#returns>().kinds;
        #surplus
        #(#outputs)*
    }
}

fn input(p: &TokenStream, node: &Node, input: &Input) -> TokenStream {
    let ty = &input.ty;
    let kind = quote!(#p::input::<#ty>().kind);
    let mut checks = quote!(const _: #p::Kind = #kind;);
    for entry in input.keys.iter() {
        let name = entry.key.name;
        if entry.key.kinds.len() < KINDS && !JUDGED_BY_BOUNDS.contains(&name) {
            checks.extend(call(p, "key_fits", entry.span, quote!(#name, #kind)));
        }
    }
    checks.extend(range(p, input));
    checks.extend(default(p, input));
    if let Some(condition) = input.keys.condition("when") {
        checks.extend(condition::checks(p, node, condition));
    }
    if let Some((word, span)) = input.keys.word("style") {
        let style = style(p, word);
        let ty = at(span, ty);
        checks.extend(call(p, "style_fits", span, quote!(<#ty as #p::StyledInput>::TABLE, #style)));
    }
    checks
}

/// `const _: () = function(arguments);`, shown at `span`.
fn call(p: &TokenStream, function: &str, span: Span, arguments: TokenStream) -> TokenStream {
    let function = format_ident!("{function}");
    let path = at(span, quote!(#p::#function));
    let arguments = quote_spanned!(span=> (#arguments));
    quote!(const _: () = #path #arguments;)
}

/// The ends of `range` and `length`, the steps, and whether they are in order.
fn range(p: &TokenStream, input: &Input) -> TokenStream {
    let mut checks = TokenStream::new();
    for (key, names) in [("range", ["MIN", "MAX"]), ("length", ["SHORTEST", "LONGEST"])] {
        let (Some(range), Some(entry)) = (input.keys.range(key), input.keys.get(key)) else { continue };
        let ty = if key == "range" { number_type(p, input, entry.span) } else { quote!(u32) };
        let [lower, upper] = names.map(|name| constant(input, name));
        for (constant, end) in [(&lower, &range.lower), (&upper, &range.upper)] {
            checks.extend(end.as_ref().map(|end| quote!(const #constant: #ty = #end;)));
        }
        if range.lower.is_some() && range.upper.is_some() {
            let ascends = call_over(range, quote!(#p::range_ascends), quote!(#lower <= #upper));
            checks.extend(quote!(const _: () = #ascends;));
        }
    }
    for (key, name) in [("step", "STEP"), ("slider_step", "SLIDER_STEP")] {
        let (Some(step), Some(entry)) = (input.keys.expression(key), input.keys.get(key)) else { continue };
        let (ty, constant) = (number_type(p, input, entry.span), constant(input, name));
        let positive = call_over(step, quote!(#p::step_is_positive), quote!(#constant > 0 as #ty));
        checks.extend(quote!(const #constant: #ty = #step; const _: () = #positive;));
    }
    checks
}

fn number_type(p: &TokenStream, input: &Input, span: Span) -> TokenStream {
    at(span, bound(p, &input.ty, "NumberInput", "Number"))
}

fn bound(p: &TokenStream, ty: &impl ToTokens, of: &str, item: &str) -> TokenStream {
    let (of, item) = (format_ident!("{of}"), format_ident!("{item}"));
    quote!(<#ty as #p::#of>::#item)
}

fn default(p: &TokenStream, input: &Input) -> TokenStream {
    let (Some(default), Some(entry)) = (input.keys.expression("default"), input.keys.get("default")) else {
        return TokenStream::new();
    };
    let ty = at(entry.span, bound(p, &input.ty, "DefaultInput", "Default"));
    let constant = constant(input, "DEFAULT");
    let mut checks = quote!(const #constant: #ty = #default;);
    for (key, names, what) in [
        ("range", ["MIN", "MAX"], quote!(#constant)),
        ("length", ["SHORTEST", "LONGEST"], quote!(#p::characters(#constant))),
    ] {
        let Some(range) = input.keys.range(key) else { continue };
        let [lower, upper] = names.map(|name| self::constant(input, name));
        let above = range.lower.is_some().then(|| quote!(#what >= #lower));
        let below = range.upper.is_some().then(|| quote!(#what <= #upper));
        let inside = match (above, below) {
            // A range that is itself wrong is one mistake, not two.
            (Some(above), Some(below)) => quote!(#lower > #upper || #above && #below),
            (Some(end), None) | (None, Some(end)) => end,
            (None, None) => continue,
        };
        let check = if key == "range" { "within_range" } else { "within_length" };
        let check = format_ident!("{check}");
        let within = call_over(default, quote!(#p::#check), inside);
        checks.extend(quote!(const _: () = #within;));
    }
    checks
}

fn output(p: &TokenStream, node: &Node, index: usize, output: &Output) -> TokenStream {
    let returns = &node.returns;
    let kinds = quote!(#p::returns::<#returns>().kinds);
    let kind_of = |name: &Ident| {
        node.input(name).map(|input| {
            let ty = &input.ty;
            quote!(#p::input::<#ty>().kind)
        })
    };
    let mut checks = TokenStream::new();
    for entry in output.keys.iter() {
        let name = entry.key.name;
        checks.extend(call(p, "output_key_fits", entry.span, quote!(#name, #kinds, #index)));
        match &entry.value {
            Value::Input(input) => {
                let Some(kind) = kind_of(input) else { continue };
                checks.extend(match name {
                    "same_as" => call(p, "same_as_fits", input.span(), quote!(#kinds, #index, #kind)),
                    _ => call(p, "size_as_fits", input.span(), kind),
                });
            }
            Value::Formula(formula) => {
                for (input, field) in formula.inputs() {
                    let Some(kind) = kind_of(input) else { continue };
                    checks.extend(match field {
                        Some(field) => call(p, "input_has_pixels", field.name.span(), kind),
                        None => call(p, "input_is_number", input.span(), kind),
                    });
                }
            }
            _ => {}
        }
    }
    checks
}
