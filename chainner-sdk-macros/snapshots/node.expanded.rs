/// Brightens.
pub fn gain(image: ImageView<'_>, gain: f32) -> Image {
    image.map_colors(|_, _, sample| sample * gain)
}
#[doc(hidden)]
#[allow(non_upper_case_globals, reason = "named like the function")]
const __chainner_node_gain: () = {
    const __CHAINNER_CONTEXT: ::core::primitive::bool = ::chainner_sdk::__private::input::<
        ImageView<'_>,
    >()
        .context;
    const _: () = ::chainner_sdk::__private::context_stands_first(
        !::chainner_sdk::__private::input::<f32>().context,
    );
    const __CHAINNER_GROUP: ::chainner_sdk::__private::Group = TONE;
    const __CHAINNER_INPUT_0: ::chainner_sdk::__private::InputFacts = ::chainner_sdk::__private::input::<
        ImageView<'_>,
    >()
        .facts();
    const _: () = ::chainner_sdk::__private::items_fit(
        __CHAINNER_INPUT_0.item.is_some(),
        __CHAINNER_INPUT_0.kind,
    );
    const __CHAINNER_INPUT_1: ::chainner_sdk::__private::InputFacts = ::chainner_sdk::__private::input::<
        f32,
    >()
        .facts();
    const _: () = ::chainner_sdk::__private::items_fit(
        __CHAINNER_INPUT_1.item.is_some(),
        __CHAINNER_INPUT_1.kind,
    );
    const _: () = ::chainner_sdk::__private::key_fits(
        "slider",
        3u32,
        __CHAINNER_INPUT_1.kind,
    );
    const _: () = ::chainner_sdk::__private::control_fits(
        "slider",
        __CHAINNER_INPUT_1.item.is_some(),
        ::core::option::Option::None,
    );
    const __CHAINNER_MIN_1: <f32 as ::chainner_sdk::__private::NumberInput>::Number = {
        let value: <f32 as ::chainner_sdk::__private::NumberInput>::Number = 0.0;
        value
    };
    const _: () = ::chainner_sdk::__private::end_is_finite(
        __CHAINNER_MIN_1 as ::core::primitive::f64,
    );
    const __CHAINNER_MAX_1: <f32 as ::chainner_sdk::__private::NumberInput>::Number = {
        let value: <f32 as ::chainner_sdk::__private::NumberInput>::Number = 8.0;
        value
    };
    const _: () = ::chainner_sdk::__private::end_is_finite(
        __CHAINNER_MAX_1 as ::core::primitive::f64,
    );
    const _: () = ::chainner_sdk::__private::range_ascends(
        __CHAINNER_MIN_1 <= __CHAINNER_MAX_1,
    );
    const __CHAINNER_DEFAULT_1: <f32 as ::chainner_sdk::__private::DefaultInput>::Default = {
        let value: <f32 as ::chainner_sdk::__private::DefaultInput>::Default = 1.0;
        value
    };
    const _: () = ::chainner_sdk::__private::within_range(
        __CHAINNER_MIN_1 > __CHAINNER_MAX_1
            || __CHAINNER_DEFAULT_1 >= __CHAINNER_MIN_1
                && __CHAINNER_DEFAULT_1 <= __CHAINNER_MAX_1,
    );
    const __CHAINNER_RETURNED: ::chainner_sdk::__private::ReturnFacts = ::chainner_sdk::__private::returns::<
        Image,
    >()
        .facts();
    const _: () = ::chainner_sdk::__private::outputs_fit(
        1usize,
        __CHAINNER_RETURNED.kinds.len(),
    );
    const _: () = ::chainner_sdk::__private::output_key_fits(
        "same_as",
        367u32,
        __CHAINNER_RETURNED.kinds,
        0usize,
    );
    const _: () = ::chainner_sdk::__private::same_as_fits(
        __CHAINNER_RETURNED.kinds,
        0usize,
        __CHAINNER_INPUT_0.kind,
    );
    const __CHAINNER_FEATURES: &[::chainner_sdk::__private::Feature] = &[];
    const __CHAINNER_ARGUMENTS: &[::chainner_sdk::__private::InputDecl; 2usize] = &[
        ::chainner_sdk::__private::InputDecl {
            name: "image",
            id: 0u32,
            label: "Image",
            docs: "",
            kind: __CHAINNER_INPUT_0.kind,
            optional: __CHAINNER_INPUT_0.optional,
            declare: __CHAINNER_INPUT_0.declare,
            item: __CHAINNER_INPUT_0.item,
            lazy: __CHAINNER_INPUT_0.lazy,
            options: ::chainner_sdk::__private::InputOptions::EMPTY,
            when: ::core::option::Option::None,
            required_when: ::core::option::Option::None,
            optional_list: false,
            linked: ::core::option::Option::None,
            option_conditions: &[],
            place: ::chainner_sdk::__private::Place::here(),
        },
        ::chainner_sdk::__private::InputDecl {
            name: "gain",
            id: if __CHAINNER_CONTEXT { 0u32 } else { 1u32 },
            label: "Gain",
            docs: "",
            kind: __CHAINNER_INPUT_1.kind,
            optional: __CHAINNER_INPUT_1.optional,
            declare: __CHAINNER_INPUT_1.declare,
            item: __CHAINNER_INPUT_1.item,
            lazy: __CHAINNER_INPUT_1.lazy,
            options: ::chainner_sdk::__private::InputOptions {
                default: ::core::option::Option::Some(|| <f32 as ::chainner_sdk::__private::DefaultInput>::default_value(
                    __CHAINNER_DEFAULT_1,
                )),
                min: ::core::option::Option::Some(
                    __CHAINNER_MIN_1 as ::core::primitive::f64,
                ),
                max: ::core::option::Option::Some(
                    __CHAINNER_MAX_1 as ::core::primitive::f64,
                ),
                slider: true,
                ..::chainner_sdk::__private::InputOptions::EMPTY
            },
            when: ::core::option::Option::None,
            required_when: ::core::option::Option::None,
            optional_list: false,
            linked: ::core::option::Option::None,
            option_conditions: &[],
            place: ::chainner_sdk::__private::Place::here(),
        },
    ];
    static __CHAINNER_NODE: ::chainner_sdk::__private::NodeDecl = ::chainner_sdk::__private::NodeDecl {
        id: "film_lab:tone:gain",
        function: "gain",
        name: "Gain",
        docs: "Brightens.",
        icon: ::core::option::Option::None,
        group: __CHAINNER_GROUP,
        takes_context: __CHAINNER_CONTEXT,
        inputs: ::chainner_sdk::__private::inputs(
            __CHAINNER_CONTEXT,
            __CHAINNER_ARGUMENTS,
        ),
        outputs: __CHAINNER_RETURNED.kinds,
        output_options: &[
            ::chainner_sdk::__private::OutputOptions {
                same_as: ::core::option::Option::Some(
                    if __CHAINNER_CONTEXT {
                        ::core::panic!("the context of the run is no input")
                    } else {
                        0u32
                    },
                ),
                ..::chainner_sdk::__private::OutputOptions::EMPTY
            },
        ],
        iterated_outputs: __CHAINNER_RETURNED.iterated,
        length: ::core::option::Option::None,
        see_also: &[],
        replaces: ::core::option::Option::None,
        deprecated: false,
        side_effects: false,
        layout: ::core::option::Option::None,
        key_info: ::core::option::Option::None,
        suggestions: &[],
        features: __CHAINNER_FEATURES,
        limited_to_8bit: ::core::option::Option::None,
        #[allow(deprecated, reason = "the node exists as long as its function does")]
        run: |arguments| {
            ::chainner_sdk::__private::returns::<Image>()
                .values(
                    gain(
                        ::chainner_sdk::__private::input::<ImageView<'_>>()
                            .take(arguments, 0)?,
                        ::chainner_sdk::__private::input::<f32>()
                            .take(
                                arguments,
                                ::chainner_sdk::__private::input_index(
                                    __CHAINNER_CONTEXT,
                                    1usize,
                                ),
                            )?,
                    ),
                )
        },
        place: ::chainner_sdk::__private::Place::here(),
        package: ::core::env!("CARGO_PKG_NAME"),
    };
    ::chainner_sdk::__private::submit! {
        ::chainner_sdk::__private::NodeEntry(& __CHAINNER_NODE)
    }
    #[allow(unexpected_cfgs, reason = "rust-analyzer sets it")]
    const _: () = {
        #[cfg(rust_analyzer)]
        mod keys_0 {
            use ::chainner_sdk::__private::ide::node::*;
            use self::{id as _, group as _};
        }
        #[cfg(rust_analyzer)]
        mod keys_2 {
            use ::chainner_sdk::__private::ide::input::*;
            use self::{default as _, range as _, slider as _};
        }
        #[cfg(rust_analyzer)]
        mod keys_3 {
            use ::chainner_sdk::__private::ide::output::*;
            use self::same_as as _;
        }
    };
};
