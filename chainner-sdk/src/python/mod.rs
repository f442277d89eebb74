//! The pyo3 half: translates between Python's values and [`Value`](crate::value::Value), nothing more.
