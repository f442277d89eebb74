#[automatically_derived]
impl ::chainner_sdk::__private::Settings for LabSettings {
    const TABLE: &'static [::chainner_sdk::__private::SettingDecl] = &[
        ::chainner_sdk::__private::SettingDecl {
            key: "keep",
            label: "Keep",
            docs: "Keeps films.",
            disabled: false,
            kind: || {
                let mut options = <bool as ::chainner_sdk::__private::SettingField>::options();
                options.directory = "keep";
                options.default = ::core::option::Option::Some(true);
                <bool as ::chainner_sdk::__private::SettingField>::kind(options)
            },
        },
        ::chainner_sdk::__private::SettingDecl {
            key: "threads",
            label: "Threads",
            docs: "",
            disabled: false,
            kind: || {
                let mut options = <u32 as ::chainner_sdk::__private::SettingField>::options();
                options.directory = "threads";
                options.min = ::core::option::Option::Some(1);
                options.max = ::core::option::Option::Some(64);
                <u32 as ::chainner_sdk::__private::SettingField>::kind(options)
            },
        },
        ::chainner_sdk::__private::SettingDecl {
            key: "cache",
            label: "Cache",
            docs: "",
            disabled: false,
            kind: || {
                let mut options = <Option<
                    CacheDir,
                > as ::chainner_sdk::__private::SettingField>::options();
                options.directory = "films";
                <Option<
                    CacheDir,
                > as ::chainner_sdk::__private::SettingField>::kind(options)
            },
        },
    ];
    fn read<'v>(
        get: &mut dyn ::core::ops::FnMut(
            &::core::primitive::str,
        ) -> ::core::option::Option<::chainner_sdk::__private::Value<'v>>,
    ) -> Self {
        Self {
            keep: <bool as ::chainner_sdk::__private::SettingField>::read(
                &<Self as ::chainner_sdk::__private::Settings>::TABLE[0usize],
                get,
            ),
            threads: <u32 as ::chainner_sdk::__private::SettingField>::read(
                &<Self as ::chainner_sdk::__private::Settings>::TABLE[1usize],
                get,
            ),
            cache: <Option<
                CacheDir,
            > as ::chainner_sdk::__private::SettingField>::read(
                &<Self as ::chainner_sdk::__private::Settings>::TABLE[2usize],
                get,
            ),
        }
    }
}
#[allow(unexpected_cfgs, reason = "rust-analyzer sets it")]
const _: () = {
    #[cfg(rust_analyzer)]
    mod keys_0 {
        use ::chainner_sdk::__private::ide::setting::*;
        use self::default as _;
    }
    #[cfg(rust_analyzer)]
    mod keys_1 {
        use ::chainner_sdk::__private::ide::setting::*;
        use self::range as _;
    }
    #[cfg(rust_analyzer)]
    mod keys_2 {
        use ::chainner_sdk::__private::ide::setting::*;
        use self::directory as _;
    }
};
