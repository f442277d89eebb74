//! CSS colours.

use chainner_sdk::library::Place;

use crate::codes::Code;

use super::Findings;

/// The names of CSS Color Module Level 4, §6.1, and `transparent`.
const NAMES: &str = "aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue blueviolet brown \
    burlywood cadetblue chartreuse chocolate coral cornflowerblue cornsilk crimson cyan darkblue darkcyan darkgoldenrod darkgray \
    darkgreen darkgrey darkkhaki darkmagenta darkolivegreen darkorange darkorchid darkred darksalmon darkseagreen darkslateblue \
    darkslategray darkslategrey darkturquoise darkviolet deeppink deepskyblue dimgray dimgrey dodgerblue firebrick floralwhite \
    forestgreen fuchsia gainsboro ghostwhite gold goldenrod gray green greenyellow grey honeydew hotpink indianred indigo ivory \
    khaki lavender lavenderblush lawngreen lemonchiffon lightblue lightcoral lightcyan lightgoldenrodyellow lightgray lightgreen \
    lightgrey lightpink lightsalmon lightseagreen lightskyblue lightslategray lightslategrey lightsteelblue lightyellow lime \
    limegreen linen magenta maroon mediumaquamarine mediumblue mediumorchid mediumpurple mediumseagreen mediumslateblue \
    mediumspringgreen mediumturquoise mediumvioletred midnightblue mintcream mistyrose moccasin navajowhite navy oldlace olive \
    olivedrab orange orangered orchid palegoldenrod palegreen paleturquoise palevioletred papayawhip peachpuff peru pink plum \
    powderblue purple rebeccapurple red rosybrown royalblue saddlebrown salmon sandybrown seagreen seashell sienna silver skyblue \
    slateblue slategray slategrey snow springgreen steelblue tan teal thistle tomato transparent turquoise violet wheat white \
    whitesmoke yellow yellowgreen";

/// The functions of CSS that make colours, and that the app's libraries read.
const FUNCTIONS: &[&str] = &["rgb(", "rgba(", "hsl(", "hsla("];

/// Refuses what is no CSS colour.
pub(super) fn check(color: &str, of: &str, place: &Place, findings: &mut Findings) {
    if !is_color(color) {
        let message = format!("the colour \"{color}\" of {of} is not a CSS colour");
        findings.error(Code::Color, message).at(place).help("write it as `#rrggbb`, e.g. `#B7791F`");
    }
}

/// Whether a text is a CSS colour: `#rgb`, `#rrggbb` and their forms with opacity, a name, or `rgb(…)` and the like.
pub(super) fn is_color(text: &str) -> bool {
    if let Some(digits) = text.strip_prefix('#') {
        return matches!(digits.len(), 3 | 4 | 6 | 8) && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    }
    let lower = text.to_ascii_lowercase();
    let is_call = FUNCTIONS.iter().any(|function| lower.starts_with(function)) && lower.ends_with(')');
    is_call || NAMES.split(' ').any(|name| !name.is_empty() && name == lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn css_colours_are_told_from_other_texts() {
        for color in ["#fff", "#B7791F", "#B7791F80", "teal", "Tan", "rgb(1, 2, 3)", "hsl(20 10% 50%)"] {
            assert!(is_color(color), "{color}");
        }
        for text in ["", "#ff", "#ggg", "B7791F", "brownish", "rgb(1", "#B7791F "] {
            assert!(!is_color(text), "{text}");
        }
    }
}
