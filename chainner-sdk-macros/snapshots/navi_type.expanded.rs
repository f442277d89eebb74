#[automatically_derived]
impl ::chainner_sdk::__private::NaviType for Lut {
    const NAVI: &'static ::chainner_sdk::__private::NaviStruct = &::chainner_sdk::__private::NaviStruct {
        name: "Lut",
        package: ::core::env!("CARGO_PKG_NAME"),
        type_name: ::core::option::Option::None,
        fields: &[("size", "int(2..)")],
    };
}
#[allow(unexpected_cfgs, reason = "rust-analyzer sets it")]
const _: () = {
    #[cfg(rust_analyzer)]
    mod keys_0 {
        use ::chainner_sdk::__private::ide::navi::*;
        use self::fields as _;
    }
};
