//! Names for the frames of a roll.

use chainner_sdk::prelude::*;

use crate::PRINT;

/// Names a frame after its roll, for the nodes that save images.
///
/// The frames of a roll are kept in a directory of the roll's name. What cannot stand in the name of a file becomes `_`.
#[node(id = "film_lab:print:roll", name = "File Under Roll", group = PRINT, icon = "MdCameraRoll", see_also = ["film_lab:print:date_stamp"])]
#[output(label = "Directory", docs = "Directory of the roll. It need not exist: nodes that save images make it.")]
#[output(label = "Name", docs = "Name of the file, without extension.")]
#[output(label = "Next Frame", value = frame + 1)]
pub fn roll(
    /// Where the rolls are kept.
    archive: DirPath,
    #[input(default = "Roll 1", length = 1..=80, placeholder = "Roll 1")] roll: &str,
    /// What the frame shows.
    #[input(placeholder = "Lighthouse")]
    title: Option<&str>,
    /// Number of the frame, as on the edge of the film.
    #[input(default = 1, range = 0..=9998)]
    frame: u32,
) -> (DirPath, String, u32) {
    let roll = file_name(roll);
    let name = match title {
        Some(title) if !title.trim().is_empty() => format!("{roll} {frame:02} {}", file_name(title)),
        _ => format!("{roll} {frame:02}"),
    };
    (DirPath(archive.join(&roll)), name, frame + 1)
}

/// A text as the name of a file on every system, after the rules of Microsoft's *Naming files, paths, and namespaces*, which are
/// the strictest.
fn file_name(text: &str) -> String {
    const DEVICES: [&str; 4] = ["CON", "PRN", "AUX", "NUL"];
    let forbidden = |c: char| c.is_control() || r#"<>:"/\|?*"#.contains(c);
    let name: String = text.trim().chars().map(|c| if forbidden(c) { '_' } else { c }).collect();
    let name = name.trim_end_matches(['.', ' ']);
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    let port = stem.strip_prefix("COM").or_else(|| stem.strip_prefix("LPT"));
    let device =
        DEVICES.contains(&stem.as_str()) || port.is_some_and(|n| n.len() == 1 && n != "0" && n.parse::<u8>().is_ok());
    if name.is_empty() || device { format!("_{name}") } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn names_of_files_stay_in_their_directory_and_are_valid_everywhere() {
        for (text, name) in [
            ("Roll 1", "Roll 1"),
            ("  Kyoto, 3 ", "Kyoto, 3"),
            ("../../etc", ".._.._etc"),
            ("a/b\\c:d", "a_b_c_d"),
            ("..", "_"),
            ("what?", "what_"),
            ("end. .", "end"),
            ("con.txt", "_con.txt"),
            ("COM3", "_COM3"),
            ("COMPANY", "COMPANY"),
            ("", "_"),
        ] {
            assert_eq!(file_name(text), name, "{text:?}");
        }
    }
}
