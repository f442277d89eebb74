const _: () = {
    #[automatically_derived]
    impl ::chainner_sdk::__private::Choice for Shape {
        const TABLE: ::chainner_sdk::__private::ChoiceTable = ::chainner_sdk::__private::ChoiceTable {
            name: "Shape",
            package: ::core::env!("CARGO_PKG_NAME"),
            type_name: ::core::option::Option::None,
            host_type: ::core::option::Option::None,
            definitions: ::core::option::Option::None,
            headings: &[],
            variants: &[
                ::chainner_sdk::__private::Variant {
                    name: "Round",
                    id: ::chainner_sdk::__private::VariantId::Text("round"),
                    label: "Round",
                    docs: "",
                    icon: ::core::option::Option::None,
                    heading: ::core::option::Option::None,
                    navi: ::core::option::Option::None,
                },
                ::chainner_sdk::__private::Variant {
                    name: "Oval",
                    id: ::chainner_sdk::__private::VariantId::Text("oval"),
                    label: "Oval (fit)",
                    docs: "Follows the image.",
                    icon: ::core::option::Option::None,
                    heading: ::core::option::Option::None,
                    navi: ::core::option::Option::Some(
                        ::chainner_sdk::__private::Navi::Text("number"),
                    ),
                },
            ],
            default: 1usize,
            style: ::chainner_sdk::__private::ChoiceStyle::Tabs,
        };
        fn from_index(index: ::core::primitive::usize) -> ::core::option::Option<Self> {
            match index {
                0usize => ::core::option::Option::Some(Self::Round),
                1usize => ::core::option::Option::Some(Self::Oval),
                _ => ::core::option::Option::None,
            }
        }
        fn index(&self) -> ::core::primitive::usize {
            match self {
                Self::Round => 0usize,
                Self::Oval => 1usize,
            }
        }
    }
    #[automatically_derived]
    impl ::chainner_sdk::__private::NodeInput<'_> for Shape {
        const KIND: ::chainner_sdk::__private::Kind = ::chainner_sdk::__private::Kind::Choice;
        fn declare(
            options: &::chainner_sdk::__private::InputOptions,
        ) -> ::chainner_sdk::__private::InputSpec {
            ::chainner_sdk::__private::declare_choice::<Self>(options)
        }
        fn take(
            value: &::chainner_sdk::__private::Value<'_>,
        ) -> ::core::result::Result<Self, ::chainner_sdk::__private::Mismatch> {
            ::chainner_sdk::__private::take_choice(value)
        }
    }
    #[automatically_derived]
    impl ::chainner_sdk::__private::DefaultInput for Shape {
        type Default = Self;
        fn default_value(default: Self) -> ::chainner_sdk::__private::DefaultValue {
            ::chainner_sdk::__private::default_choice(&default)
        }
    }
    #[automatically_derived]
    impl ::chainner_sdk::__private::SettingField for Shape {
        type Plain = Self;
        fn kind(
            options: ::chainner_sdk::__private::SettingOptions<Self>,
        ) -> ::chainner_sdk::__private::SettingKind {
            ::chainner_sdk::__private::choice_setting(options)
        }
        fn take(
            value: ::core::option::Option<&::chainner_sdk::__private::Value<'_>>,
            kind: ::chainner_sdk::__private::SettingKind,
        ) -> ::core::result::Result<Self, ::chainner_sdk::__private::Mismatch> {
            ::chainner_sdk::__private::take_choice_setting(value, kind)
        }
    }
    #[automatically_derived]
    impl ::chainner_sdk::__private::ConditionValue for Shape {
        fn condition_value(self) -> ::chainner_sdk::__private::ChoiceId {
            ::chainner_sdk::__private::condition_value(&self)
        }
    }
};
#[allow(unexpected_cfgs, reason = "rust-analyzer sets it")]
const _: () = {
    #[cfg(rust_analyzer)]
    mod keys_0 {
        use ::chainner_sdk::__private::ide::choice::*;
        use self::style as _;
    }
    #[cfg(rust_analyzer)]
    mod keys_2 {
        use ::chainner_sdk::__private::ide::variant::*;
        use self::{default as _, label as _, navi as _};
    }
};
