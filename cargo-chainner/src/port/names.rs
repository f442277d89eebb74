//! Names a person would choose.

use std::collections::HashSet;

/// Words that are no identifiers without `r#`.
const KEYWORDS: &str = "abstract as async await become box break const continue do dyn else enum extern false final fn for gen if impl \
    in let loop macro match mod move mut override priv pub ref return static struct trait true try type typeof unsafe unsized use \
    virtual where while yield";

/// Names of types that nodes are written with.
const TYPES: &str = "Any Bgr Bgra CacheDir Category Choice Clipboard Color DirPath ExecutionNumber Feature FeatureState FilePath Generator \
    Gray Group Handle Image ImageOrColor ImageView Items NodeError Option Pixel Pixels RelativePath Result Seed Self Settings Some None \
    Ok Err String Vec Box Default Clone Copy Debug Eq From Into Iterator";

/// Whether the language of types can hold it.
pub(super) fn is_navi_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// `Number of rows (height)` → `number_of_rows_height`; empty if no letters are in it.
pub(super) fn snake(text: &str) -> String {
    words(text).join("_").to_lowercase()
}

/// `BC1_UNORM_SRGB` → `Bc1UnormSrgb`.
pub(super) fn pascal(text: &str) -> String {
    words(text).iter().map(|word| capital(word)).collect()
}

/// `Input & Output` → `INPUT_AND_OUTPUT`.
pub(super) fn constant(text: &str) -> String {
    let name = snake(&text.replace('&', " and ")).to_uppercase();
    if name.starts_with(|first: char| first.is_ascii_alphabetic()) { name } else { format!("G_{name}") }
}

/// The words of a label: what stands between other characters than letters and digits.
fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let rest = |rest: &str| {
        // `RGB` stays in a name of its own only: `RgbImage` reads better than `RGBImage`.
        if rest.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit()) {
            rest.to_lowercase()
        } else {
            rest.to_owned()
        }
    };
    letters.next().map(|first| first.to_ascii_uppercase().to_string() + &rest(letters.as_str())).unwrap_or_default()
}

/// A name as it is written: `r#type`.
pub(super) fn written(name: &str) -> String {
    if KEYWORDS.split_whitespace().any(|word| word == name) { format!("r#{name}") } else { name.to_owned() }
}

/// A name for a function, an argument or a module from a text.
pub(super) fn lower(text: &str, otherwise: &str) -> String {
    let text = text.replace("(s)", "");
    let without_remark = match (text.find(" ("), text.ends_with(')')) {
        (Some(start), true) => &text[..start],
        _ => &text,
    };
    let name = snake(without_remark);
    match name.chars().next() {
        None => otherwise.to_owned(),
        Some(first) if first.is_ascii_digit() => format!("{otherwise}_{name}"),
        _ if matches!(name.as_str(), "self" | "super" | "crate") => format!("{name}_"),
        _ => name,
    }
}

/// Whether a type of this name would hide one that nodes are written with.
pub(super) fn hides_a_type(name: &str) -> bool {
    TYPES.split_whitespace().any(|word| word == name)
}

/// The first of the names that is free, or the last with a number.
pub(super) fn free(taken: &mut HashSet<String>, names: &[String]) -> String {
    let last = names.last().cloned().unwrap_or_default();
    let numbered = (2..).map(|number| format!("{last}_{number}"));
    let free = names.iter().cloned().chain(numbered).find(|name| !taken.contains(name)).unwrap_or(last);
    taken.insert(free.clone());
    free
}

/// The label that an argument of this name has: `radius_x` → `Radius X`.
pub(super) fn title_of_snake(name: &str) -> String {
    title(name.split('_').filter(|word| !word.is_empty()))
}

/// The label that a variant of this name has: `TopLeft` → `Top Left`, `Bc1` → `Bc 1`.
pub(super) fn title_of_pascal(name: &str) -> String {
    title(borders(name, true).into_iter())
}

/// The id that a variant of this name has: `TopLeft` → `top_left`, `Bc1` → `bc1`.
pub(super) fn snake_of_pascal(name: &str) -> String {
    borders(name, false).join("_").to_lowercase()
}

fn title<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let words: Vec<String> = words
        .map(|word| {
            let mut chars = word.chars();
            chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
        })
        .collect();
    words.join(" ")
}

/// The words of a variant, as the derive takes them apart.
fn borders(name: &str, at_digits: bool) -> Vec<&str> {
    let chars: Vec<(usize, char)> = name.char_indices().collect();
    let mut words = Vec::new();
    let mut start = 0;
    for at in 1..chars.len() {
        let (before, (index, here)) = (chars[at - 1].1, chars[at]);
        let next = chars.get(at + 1).map(|next| next.1);
        let border = (here.is_uppercase() && (before.is_lowercase() || before.is_ascii_digit()))
            || (before.is_uppercase() && here.is_uppercase() && next.is_some_and(char::is_lowercase))
            || (at_digits && before.is_ascii_digit() != here.is_ascii_digit());
        if border || here == '_' || before == '_' {
            words.push(&name[start..index]);
            start = index;
        }
    }
    words.push(&name[start..]);
    words.retain(|word| word.chars().any(|c| c != '_'));
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_called_as_they_are_labelled() {
        for (label, name) in [
            ("Image A", "image_a"),
            ("X offset", "x_offset"),
            ("Number of rows (height)", "number_of_rows"),
            ("Channel(s) A", "channel_a"),
            ("FPS", "fps"),
            ("WCMatch Glob", "wcmatch_glob"),
            ("{0}", "input_0"),
            ("Type", "type"),
            ("°", "input"),
            ("Self", "self_"),
        ] {
            assert_eq!(lower(label, "input"), name, "{label}");
        }
        assert_eq!([written("type"), written("kind")], ["r#type", "kind"]);
    }

    #[test]
    fn names_differ() {
        let mut taken = HashSet::new();
        let names = ["width", "width_axis"].map(str::to_owned);
        let given: Vec<String> = (0..4).map(|_| free(&mut taken, &names)).collect();
        assert_eq!(given, ["width", "width_axis", "width_axis_2", "width_axis_3"]);
    }

    #[test]
    fn labels_are_read_as_the_macros_make_them() {
        assert_eq!(title_of_snake("radius_x"), "Radius X");
        assert_eq!([title_of_pascal("Bc1"), title_of_pascal("RGBAImage")], ["Bc 1", "RGBA Image"]);
        assert_eq!([snake_of_pascal("Bc1"), snake_of_pascal("TopLeft")], ["bc1", "top_left"]);
        assert_eq!([constant("Input & Output"), constant("3D")], ["INPUT_AND_OUTPUT", "G_3D"]);
        assert_eq!([pascal("Alpha Fill"), pascal("RGB"), pascal("8-bit")], ["AlphaFill", "Rgb", "8Bit"]);
    }
}
