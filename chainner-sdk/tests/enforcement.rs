//! Properties of enforcement: whatever comes, a node sees only what its declaration allows.

use chainner_sdk::{
    declare::{InputOptions, Precision},
    enforce::{
        BoolSpec, ClipboardSpec, ColorSpec, DirectorySpec, ExecutionSpec, FileSpec, FloatSpec, ImageSpec, InputSpec,
        IntegerSpec, RelativePathSpec, SeedSpec, TextSpec,
    },
    image::{Image, ImageView},
    value::{Color, Seed, Value},
};
use proptest::prelude::*;

/// Any value without pixels.
fn plain_value() -> impl Strategy<Value = Value<'static>> {
    prop_oneof![
        Just(Value::Missing),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::Integer),
        prop::num::f64::ANY.prop_map(Value::Float),
        (-1e6..1e6).prop_map(Value::Float),
        any::<String>().prop_map(|text| Value::Text(text.into())),
        any::<String>().prop_map(|path| Value::Path(path.into())),
        prop::collection::vec(prop::num::f32::ANY, 0..6).prop_map(Value::Numbers),
        any::<i64>().prop_map(|seed| Value::Seed(Seed(seed))),
        any::<usize>().prop_map(Value::Variant),
        Just(Value::Color(Color::rgba(0.1, 0.2, 0.3, 0.4))),
        Just(Value::Foreign("a thing".to_owned())),
    ]
}

fn range() -> impl Strategy<Value = (Option<f64>, Option<f64>)> {
    (prop::option::of(-1000..1000), prop::option::of(0..2000))
        .prop_map(|(min, span)| (min.map(f64::from), span.map(|span| f64::from(min.unwrap_or(-1000) + span))))
}

proptest! {
    #[test]
    fn whole_numbers_lie_within_their_range(value in plain_value(), (min, max) in range()) {
        let spec = InputSpec::Integer(IntegerSpec::new(&InputOptions { min, max, ..InputOptions::EMPTY }, false));
        if let Ok(enforced) = spec.enforce(value, false) {
            let Value::Integer(number) = enforced else { panic!("{enforced}") };
            prop_assert!(min.is_none_or(|min| number >= min as i64) && max.is_none_or(|max| number <= max as i64));
            prop_assert_eq!(spec.enforce(Value::Integer(number), false), Ok(Value::Integer(number)));
        }
    }

    #[test]
    fn numbers_lie_within_their_range_and_keep_their_digits(
        value in plain_value(),
        (min, max) in range(),
        digits in 0_u8..8,
    ) {
        let options = InputOptions { min, max, precision: Some(Precision::Digits(digits)), ..InputOptions::EMPTY };
        let spec = InputSpec::Float(FloatSpec::new(&options, false));
        if let Ok(enforced) = spec.enforce(value, false) {
            let Value::Float(number) = enforced else { panic!("{enforced}") };
            prop_assert!(!number.is_nan());
            prop_assert!(min.is_none_or(|min| number >= min) && max.is_none_or(|max| number <= max));
            prop_assert_eq!(spec.enforce(Value::Float(number), false), Ok(Value::Float(number)));
        }
    }

    #[test]
    fn rounding_agrees_with_the_exact_decimal_expansion(value in -1e9..1e9_f64, digits in 0_u8..12) {
        let options = InputOptions { precision: Some(Precision::Digits(digits)), ..InputOptions::EMPTY };
        let spec = InputSpec::Float(FloatSpec::new(&options, false));
        // `{:.n}` prints the exact expansion, rounded half to even.
        let exact: f64 = format!("{value:.*}", usize::from(digits)).parse().unwrap();
        prop_assert_eq!(spec.enforce(Value::Float(value), false), Ok(Value::Float(exact)));
    }

    #[test]
    fn text_keeps_its_lengths(value in plain_value(), least in 0_u32..5, more in 0_u32..5) {
        let options =
            InputOptions { min_length: Some(least), max_length: Some(least + more), ..InputOptions::EMPTY };
        let spec = InputSpec::Text(TextSpec::new(&options));
        if let Ok(enforced) = spec.enforce(value, false) {
            let Value::Text(text) = &enforced else { panic!("{enforced}") };
            let length = text.chars().count();
            prop_assert!((least as usize..=(least + more) as usize).contains(&length));
            prop_assert_eq!(spec.enforce(enforced.clone(), false), Ok(enforced));
        }
    }

    #[test]
    fn every_refusal_says_what_was_expected_and_what_came(value in plain_value()) {
        let specs = [
            InputSpec::Integer(IntegerSpec::new(&InputOptions::EMPTY, true)),
            InputSpec::Float(FloatSpec::new(&InputOptions::EMPTY, true)),
            InputSpec::Text(TextSpec::new(&InputOptions::EMPTY)),
            InputSpec::Bool(BoolSpec::new(&InputOptions::EMPTY)),
            InputSpec::Image(ImageSpec::new(&InputOptions::EMPTY, true)),
            InputSpec::Color(ColorSpec::new(&InputOptions::EMPTY)),
            InputSpec::File(FileSpec::new(&InputOptions::EMPTY)),
            InputSpec::Directory(DirectorySpec::new(&InputOptions::EMPTY)),
            InputSpec::Seed(SeedSpec::new(&InputOptions::EMPTY)),
            InputSpec::RelativePath(RelativePathSpec::new(&InputOptions::EMPTY)),
            InputSpec::Clipboard(ClipboardSpec),
            InputSpec::ExecutionNumber(ExecutionSpec),
        ];
        for spec in specs {
            if let Err(refusal) = spec.enforce(value.clone(), false) {
                let message = refusal.to_string();
                prop_assert!(message.starts_with("expected ") && message.contains(", got "), "{}", message);
            }
            prop_assert_eq!(spec.enforce(Value::Missing, true), Ok(Value::Missing));
            prop_assert!(spec.enforce(Value::Missing, false).is_err());
        }
    }

    #[test]
    fn relative_paths_stay_below_where_they_start(path in any::<String>()) {
        let spec = InputSpec::RelativePath(RelativePathSpec::new(&InputOptions::EMPTY));
        if let Ok(Value::Text(path)) = spec.enforce(Value::Text(path.into()), false) {
            prop_assert!(!std::path::Path::new(&*path).has_root() && !path.contains(':') && !path.is_empty());
        }
    }

    #[test]
    fn images_made_row_by_row_are_within_0_and_1(
        width in 1_usize..40,
        height in 1_usize..40,
        channels in 1_usize..6,
        sample in prop::num::f32::ANY,
    ) {
        let image = Image::from_rows(width, height, channels, |_, row| row.fill(sample));
        prop_assert!(image.view().samples().iter().all(|sample| (0.0..=1.0).contains(sample)));
        prop_assert_eq!(image.view().samples().len(), width * height * channels);
    }
}

#[test]
fn a_view_needs_as_many_samples_as_its_shape_says() {
    assert!(ImageView::new(&[0.0; 12], 2, 2, 3).is_some());
    assert!(ImageView::new(&[0.0; 11], 2, 2, 3).is_none());
    assert!(ImageView::new(&[], usize::MAX, 2, 3).is_none(), "a shape beyond the address space is none");
}
