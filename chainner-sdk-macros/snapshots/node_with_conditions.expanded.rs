fn vignette(image: ImageView<'_>, amount: f32, shape: Shape, aspect: f32) -> u32 {
    0
}
#[doc(hidden)]
#[allow(non_upper_case_globals, reason = "named like the function")]
const __chainner_node_vignette: () = {
    const __CHAINNER_CONTEXT: ::core::primitive::bool = ::chainner_sdk::__private::input::<
        ImageView<'_>,
    >()
        .context;
    const _: () = ::chainner_sdk::__private::context_stands_first(
        !::chainner_sdk::__private::input::<f32>().context,
    );
    const _: () = ::chainner_sdk::__private::context_stands_first(
        !::chainner_sdk::__private::input::<Shape>().context,
    );
    const _: () = ::chainner_sdk::__private::context_stands_first(
        !::chainner_sdk::__private::input::<f32>().context,
    );
    const __CHAINNER_GROUP: ::chainner_sdk::__private::Group = LIGHT;
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
    const __CHAINNER_MIN_1: <f32 as ::chainner_sdk::__private::NumberInput>::Number = {
        let value: <f32 as ::chainner_sdk::__private::NumberInput>::Number = 0.0;
        value
    };
    const _: () = ::chainner_sdk::__private::end_is_finite(
        __CHAINNER_MIN_1 as ::core::primitive::f64,
    );
    const __CHAINNER_MAX_1: <f32 as ::chainner_sdk::__private::NumberInput>::Number = {
        let value: <f32 as ::chainner_sdk::__private::NumberInput>::Number = LIMIT;
        value
    };
    const _: () = ::chainner_sdk::__private::end_is_finite(
        __CHAINNER_MAX_1 as ::core::primitive::f64,
    );
    const _: () = ::chainner_sdk::__private::range_ascends(
        __CHAINNER_MIN_1 <= __CHAINNER_MAX_1,
    );
    const __CHAINNER_DEFAULT_1: <f32 as ::chainner_sdk::__private::DefaultInput>::Default = {
        let value: <f32 as ::chainner_sdk::__private::DefaultInput>::Default = LIMIT;
        value
    };
    const _: () = ::chainner_sdk::__private::within_range(
        __CHAINNER_MIN_1 > __CHAINNER_MAX_1
            || __CHAINNER_DEFAULT_1 >= __CHAINNER_MIN_1
                && __CHAINNER_DEFAULT_1 <= __CHAINNER_MAX_1,
    );
    const __CHAINNER_INPUT_2: ::chainner_sdk::__private::InputFacts = ::chainner_sdk::__private::input::<
        Shape,
    >()
        .facts();
    const _: () = ::chainner_sdk::__private::items_fit(
        __CHAINNER_INPUT_2.item.is_some(),
        __CHAINNER_INPUT_2.kind,
    );
    const _: () = ::chainner_sdk::__private::key_fits(
        "option_when",
        16u32,
        __CHAINNER_INPUT_2.kind,
    );
    const __CHAINNER_INPUT_3: ::chainner_sdk::__private::InputFacts = ::chainner_sdk::__private::input::<
        f32,
    >()
        .facts();
    const _: () = ::chainner_sdk::__private::items_fit(
        __CHAINNER_INPUT_3.item.is_some(),
        __CHAINNER_INPUT_3.kind,
    );
    const __CHAINNER_RETURNED: ::chainner_sdk::__private::ReturnFacts = ::chainner_sdk::__private::returns::<
        u32,
    >()
        .facts();
    const _: () = ::chainner_sdk::__private::outputs_fit(
        1usize,
        __CHAINNER_RETURNED.kinds.len(),
    );
    const _: () = ::chainner_sdk::__private::output_key_fits(
        "value",
        3u32,
        __CHAINNER_RETURNED.kinds,
        0usize,
    );
    const _: () = ::chainner_sdk::__private::input_has_pixels(__CHAINNER_INPUT_0.kind);
    const _: () = ::chainner_sdk::__private::input_has_pixels(__CHAINNER_INPUT_0.kind);
    const __CHAINNER_FEATURES: &[::chainner_sdk::__private::Feature] = &[];
    const _: () = ::chainner_sdk::__private::group_fits(
        "linked",
        __CHAINNER_INPUT_1.kind,
        __CHAINNER_INPUT_1.optional,
    );
    const _: () = ::chainner_sdk::__private::group_fits(
        "linked",
        __CHAINNER_INPUT_3.kind,
        __CHAINNER_INPUT_3.optional,
    );
    const __CHAINNER_SUGGESTED_0_0: <Shape as ::chainner_sdk::__private::DefaultInput>::Default = Shape::Oval;
    const _: () = ::chainner_sdk::__private::key_info_fits(__CHAINNER_INPUT_1.kind);
    const __CHAINNER_ARGUMENTS: &[::chainner_sdk::__private::InputDecl; 4usize] = &[
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
            name: "amount",
            id: if __CHAINNER_CONTEXT { 0u32 } else { 1u32 },
            label: "Amount",
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
                ..::chainner_sdk::__private::InputOptions::EMPTY
            },
            when: ::core::option::Option::None,
            required_when: ::core::option::Option::None,
            optional_list: false,
            linked: ::core::option::Option::None,
            option_conditions: &[],
            place: ::chainner_sdk::__private::Place::here(),
        },
        ::chainner_sdk::__private::InputDecl {
            name: "shape",
            id: if __CHAINNER_CONTEXT { 1u32 } else { 2u32 },
            label: "Shape",
            docs: "",
            kind: __CHAINNER_INPUT_2.kind,
            optional: __CHAINNER_INPUT_2.optional,
            declare: __CHAINNER_INPUT_2.declare,
            item: __CHAINNER_INPUT_2.item,
            lazy: __CHAINNER_INPUT_2.lazy,
            options: ::chainner_sdk::__private::InputOptions::EMPTY,
            when: ::core::option::Option::None,
            required_when: ::core::option::Option::None,
            optional_list: false,
            linked: ::core::option::Option::None,
            option_conditions: &[
                ::chainner_sdk::__private::OptionCondition {
                    option: || {
                        let value: Shape = Shape::Oval;
                        <Shape as ::chainner_sdk::__private::ConditionValue>::condition_value(
                            value,
                        )
                    },
                    condition: ::chainner_sdk::__private::Condition::Is {
                        input: ::chainner_sdk::__private::input_index(
                            __CHAINNER_CONTEXT,
                            1usize,
                        ),
                        values: &[
                            || {
                                let value: f32 = true;
                                <f32 as ::chainner_sdk::__private::ConditionValue>::condition_value(
                                    value,
                                )
                            },
                        ],
                    },
                },
            ],
            place: ::chainner_sdk::__private::Place::here(),
        },
        ::chainner_sdk::__private::InputDecl {
            name: "aspect",
            id: if __CHAINNER_CONTEXT { 2u32 } else { 3u32 },
            label: "Aspect",
            docs: "",
            kind: __CHAINNER_INPUT_3.kind,
            optional: __CHAINNER_INPUT_3.optional,
            declare: __CHAINNER_INPUT_3.declare,
            item: __CHAINNER_INPUT_3.item,
            lazy: __CHAINNER_INPUT_3.lazy,
            options: ::chainner_sdk::__private::InputOptions::EMPTY,
            when: ::core::option::Option::None,
            required_when: ::core::option::Option::None,
            optional_list: false,
            linked: ::core::option::Option::None,
            option_conditions: &[],
            place: ::chainner_sdk::__private::Place::here(),
        },
    ];
    static __CHAINNER_NODE: ::chainner_sdk::__private::NodeDecl = ::chainner_sdk::__private::NodeDecl {
        id: "film_lab:light:vignette",
        function: "vignette",
        name: "Vignette",
        docs: "",
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
                label: ::core::option::Option::Some("Area"),
                value: ::core::option::Option::Some(
                    if __CHAINNER_CONTEXT {
                        ::core::panic!("the context of the run is no input")
                    } else {
                        "Input0.width * Input0.height"
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
        layout: ::core::option::Option::Some(
            &[
                ::chainner_sdk::__private::LayoutItem::Input(
                    ::chainner_sdk::__private::input_index(__CHAINNER_CONTEXT, 0usize),
                ),
                ::chainner_sdk::__private::LayoutItem::Group {
                    kind: ::chainner_sdk::__private::GroupKind::Conditional(
                        ::chainner_sdk::__private::Condition::All(
                            &[
                                ::chainner_sdk::__private::Condition::Is {
                                    input: ::chainner_sdk::__private::input_index(
                                        __CHAINNER_CONTEXT,
                                        2usize,
                                    ),
                                    values: &[
                                        || {
                                            let value: Shape = Shape::Oval;
                                            <Shape as ::chainner_sdk::__private::ConditionValue>::condition_value(
                                                value,
                                            )
                                        },
                                    ],
                                },
                                ::chainner_sdk::__private::Condition::Type {
                                    input: ::chainner_sdk::__private::input_index(
                                        __CHAINNER_CONTEXT,
                                        0usize,
                                    ),
                                    ty: "Image { channels: 4 }",
                                    unconnected: false,
                                },
                            ],
                        ),
                    ),
                    items: &[
                        ::chainner_sdk::__private::LayoutItem::Group {
                            kind: ::chainner_sdk::__private::GroupKind::LinkedInputs,
                            items: &[
                                ::chainner_sdk::__private::LayoutItem::Input(
                                    ::chainner_sdk::__private::input_index(
                                        __CHAINNER_CONTEXT,
                                        1usize,
                                    ),
                                ),
                                ::chainner_sdk::__private::LayoutItem::Input(
                                    ::chainner_sdk::__private::input_index(
                                        __CHAINNER_CONTEXT,
                                        3usize,
                                    ),
                                ),
                            ],
                        },
                    ],
                },
                ::chainner_sdk::__private::LayoutItem::Input(
                    ::chainner_sdk::__private::input_index(__CHAINNER_CONTEXT, 2usize),
                ),
            ],
        ),
        key_info: ::core::option::Option::Some(
            ::chainner_sdk::__private::KeyInfo::Input(
                ::chainner_sdk::__private::input_index(__CHAINNER_CONTEXT, 1usize),
            ),
        ),
        suggestions: &[
            ::chainner_sdk::__private::Suggestion {
                query: "dark",
                name: ::core::option::Option::None,
                parse: ::core::option::Option::None,
                inputs: &[
                    (
                        ::chainner_sdk::__private::input_index(
                            __CHAINNER_CONTEXT,
                            2usize,
                        ),
                        || <Shape as ::chainner_sdk::__private::DefaultInput>::default_value(
                            __CHAINNER_SUGGESTED_0_0,
                        ),
                    ),
                ],
            },
        ],
        features: __CHAINNER_FEATURES,
        limited_to_8bit: ::core::option::Option::None,
        #[allow(deprecated, reason = "the node exists as long as its function does")]
        run: |arguments| {
            ::chainner_sdk::__private::returns::<u32>()
                .values(
                    vignette(
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
                        ::chainner_sdk::__private::input::<Shape>()
                            .take(
                                arguments,
                                ::chainner_sdk::__private::input_index(
                                    __CHAINNER_CONTEXT,
                                    2usize,
                                ),
                            )?,
                        ::chainner_sdk::__private::input::<f32>()
                            .take(
                                arguments,
                                ::chainner_sdk::__private::input_index(
                                    __CHAINNER_CONTEXT,
                                    3usize,
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
            use self::{id as _, group as _, key_info as _, suggestions as _};
        }
        #[cfg(rust_analyzer)]
        mod keys_2 {
            use ::chainner_sdk::__private::ide::input::*;
            use self::{default as _, range as _};
        }
        #[cfg(rust_analyzer)]
        mod keys_3 {
            use ::chainner_sdk::__private::ide::input::*;
            use self::option_when as _;
        }
        #[cfg(rust_analyzer)]
        mod keys_5 {
            use ::chainner_sdk::__private::ide::output::*;
            use self::{label as _, value as _};
        }
    };
};
