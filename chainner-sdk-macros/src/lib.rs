//! The macros of [chainner-sdk](https://docs.rs/chainner-sdk). Depend on that crate, not on this one.
