fn gain(shape: bool) {}
#[doc(hidden)]
#[allow(non_upper_case_globals, reason = "named like the function")]
const __chainner_node_gain: () = {
    const __CHAINNER_CONTEXT: ::core::primitive::bool = ::chainner_sdk::__private::input::<
        bool,
    >()
        .context;
    const _: () = ::chainner_sdk::__private::context_takes_no_keys(__CHAINNER_CONTEXT);
    const __CHAINNER_GROUP: ::chainner_sdk::__private::Group = TONE;
    const __CHAINNER_INPUT_0: ::chainner_sdk::__private::InputFacts = ::chainner_sdk::__private::input::<
        bool,
    >()
        .facts();
    const _: () = ::chainner_sdk::__private::items_fit(
        __CHAINNER_INPUT_0.item.is_some(),
        __CHAINNER_INPUT_0.kind,
    );
    const __CHAINNER_RETURNED: ::chainner_sdk::__private::ReturnFacts = ::chainner_sdk::__private::returns::<
        (),
    >()
        .facts();
    const __CHAINNER_FEATURES: &[::chainner_sdk::__private::Feature] = &[];
    #[allow(unexpected_cfgs, reason = "rust-analyzer sets it")]
    const _: () = {
        #[cfg(rust_analyzer)]
        mod keys_0 {
            use ::chainner_sdk::__private::ide::node::*;
            use self::{id as _, group as _, colour as _};
        }
        #[cfg(rust_analyzer)]
        mod keys_1 {
            use ::chainner_sdk::__private::ide::input::*;
            use self::when as _;
        }
    };
};
::core::compile_error! {
    "unknown key `colour` of `#[node]`; expected one of `id`, `group`, `name`, `icon`, `length`, `see_also`, `replaces`, `deprecated`, `side_effects`, `key_info`, `suggestions`, `features`, `limited_to_8bit`, `crate`"
}
::core::compile_error! {
    "an id is lower-case words (a-z, 0-9, `_`) with `:` between them, such as `film_lab:light:vignette`"
}
::core::compile_error! {
    "no input is called `shap`; did you mean `shape`?"
}
