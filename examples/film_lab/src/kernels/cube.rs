//! Colour look-up tables in `.cube` files.
//!
//! Sources: Adobe, *Cube LUT Specification 1.0* (2013) for the file; Kasson, Nin, Plouffe, Hafner, *Performing color space conversions
//! with three-dimensional linear interpolation*, Journal of Electronic Imaging 4 (1995) for the interpolation in tetrahedra.

use std::{fmt, num::NonZeroUsize, ops::RangeInclusive};

use chainner_sdk::image::Bgr;

use super::unit;

/// A colour look-up table.
#[derive(Debug, Clone, PartialEq)]
pub struct Cube {
    title: Option<String>,
    table: Table,
    /// Lower and upper end of red, green and blue.
    domain: [[f32; 3]; 2],
}

/// Entries are red, green, blue.
#[derive(Debug, Clone, PartialEq)]
enum Table {
    /// One curve for each colour.
    Curves(Vec<[f32; 3]>),
    /// A lattice of `size` points a side; red changes fastest.
    Lattice { size: usize, entries: Vec<[f32; 3]> },
}

/// Why a text is not a `.cube` file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CubeError {
    /// The line at fault, from 1; none if it is the file as a whole.
    line: Option<NonZeroUsize>,
    message: String,
}

impl fmt::Display for CubeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "line {line}: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl std::error::Error for CubeError {}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Size {
    Curves(usize),
    Lattice(usize),
}

impl Size {
    fn entries(self) -> usize {
        match self {
            Self::Curves(size) => size,
            Self::Lattice(size) => size.pow(3),
        }
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Curves(size) => write!(f, "LUT_1D_SIZE {size}"),
            Self::Lattice(size) => write!(f, "LUT_3D_SIZE {size}"),
        }
    }
}

impl Cube {
    /// Reads the text of a file.
    ///
    /// # Errors
    /// What is wrong, and in which line.
    pub fn parse(text: &str) -> Result<Self, CubeError> {
        let mut title = None;
        let mut size = None;
        let mut domain = [[0.0; 3], [1.0; 3]];
        let mut entries = Vec::new();
        for (index, line) in text.lines().enumerate() {
            let at = |message: String| CubeError { line: NonZeroUsize::new(index + 1), message };
            let line = line.trim();
            let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
            match word {
                "" => {}
                comment if comment.starts_with('#') => {}
                "TITLE" => title = Some(rest.trim().trim_matches('"').to_owned()),
                "DOMAIN_MIN" => domain[0] = numbers(rest).map_err(at)?,
                "DOMAIN_MAX" => domain[1] = numbers(rest).map_err(at)?,
                "LUT_1D_SIZE" => {
                    declare(&mut size, Size::Curves(number_of(rest, 2..=65_536).map_err(at)?)).map_err(at)?
                }
                "LUT_3D_SIZE" => {
                    declare(&mut size, Size::Lattice(number_of(rest, 2..=256).map_err(at)?)).map_err(at)?
                }
                keyword if keyword.starts_with(|c: char| c.is_ascii_alphabetic()) => {
                    return Err(at(format!(
                        "unknown keyword '{keyword}'; the format knows TITLE, DOMAIN_MIN, DOMAIN_MAX, LUT_1D_SIZE and LUT_3D_SIZE"
                    )));
                }
                _ => match size {
                    None => return Err(at("a colour comes before LUT_1D_SIZE or LUT_3D_SIZE".to_owned())),
                    Some(size) if entries.len() == size.entries() => {
                        return Err(at(format!("more than the {} colours of {size}", size.entries())));
                    }
                    Some(_) => entries.push(numbers(line).map_err(at)?),
                },
            }
        }
        let whole = |message: String| CubeError { line: None, message };
        let size = size.ok_or_else(|| whole("neither LUT_1D_SIZE nor LUT_3D_SIZE is given".to_owned()))?;
        if entries.len() < size.entries() {
            return Err(whole(format!("{size} needs {} colours, the file has {}", size.entries(), entries.len())));
        }
        if (0..3).any(|i| domain[0][i] >= domain[1][i]) {
            return Err(whole("DOMAIN_MIN is not below DOMAIN_MAX".to_owned()));
        }
        let table = match size {
            Size::Curves(_) => Table::Curves(entries),
            Size::Lattice(size) => Table::Lattice { size, entries },
        };
        Ok(Self { title, table, domain })
    }

    /// The title, if the file has one.
    pub fn title(&self) -> Option<&str> {
        self.title.as_deref().filter(|title| !title.is_empty())
    }

    /// The colour that the table has for a colour.
    pub fn look_up(&self, color: Bgr) -> Bgr {
        let [r, g, b] = match &self.table {
            Table::Curves(entries) => {
                let [red, green, blue] = self.places(color, entries.len());
                let between =
                    |place: Place, i: usize| mix(entries[place.step][i], entries[place.step + 1][i], place.fraction);
                [between(red, 0), between(green, 1), between(blue, 2)]
            }
            Table::Lattice { size, entries } => tetrahedral(self.places(color, *size), *size, entries),
        };
        Bgr { b, g, r }
    }

    /// Where red, green and blue lie among `size` points.
    fn places(&self, Bgr { b, g, r }: Bgr, size: usize) -> [Place; 3] {
        let [least, greatest] = self.domain;
        let place = |value: f32, i: usize| {
            let place = unit((value - least[i]) / (greatest[i] - least[i])) * (size - 1) as f32;
            let step = (place as usize).min(size - 2);
            Place { step, fraction: place - step as f32 }
        };
        [place(r, 0), place(g, 1), place(b, 2)]
    }
}

/// Between the points `step` and `step + 1`.
#[derive(Debug, Clone, Copy)]
struct Place {
    step: usize,
    fraction: f32,
}

fn mix(a: f32, b: f32, share: f32) -> f32 {
    a + (b - a) * share
}

/// Interpolates in the tetrahedron of four corners of a cell: from its darkest corner to its lightest, first along the axis with
/// the greatest fraction, last along the one with the least.
fn tetrahedral(places: [Place; 3], size: usize, entries: &[[f32; 3]]) -> [f32; 3] {
    let strides = [1, size, size * size];
    let mut axes = [0, 1, 2];
    // A network of three comparisons, for three numbers faster than a sort.
    for (a, b) in [(0, 1), (1, 2), (0, 1)] {
        if places[axes[a]].fraction < places[axes[b]].fraction {
            axes.swap(a, b);
        }
    }
    let mut index: usize = (0..3).map(|axis| places[axis].step * strides[axis]).sum();
    let mut last = entries[index];
    let mut color = last;
    for axis in axes {
        index += strides[axis];
        let next = entries[index];
        (0..3).for_each(|i| color[i] += (next[i] - last[i]) * places[axis].fraction);
        last = next;
    }
    color
}

fn declare(size: &mut Option<Size>, new: Size) -> Result<(), String> {
    match size.replace(new) {
        None => Ok(()),
        Some(old) => Err(format!("{new} after {old}; a file holds one table")),
    }
}

fn number_of(text: &str, range: RangeInclusive<usize>) -> Result<usize, String> {
    let (least, most) = (range.start(), range.end());
    text.trim()
        .parse()
        .ok()
        .filter(|size| range.contains(size))
        .ok_or_else(|| format!("expected a whole number from {least} to {most}, got '{}'", text.trim()))
}

fn numbers(text: &str) -> Result<[f32; 3], String> {
    let expected = || format!("expected three numbers, got '{}'", text.trim());
    let mut words = text.split_whitespace();
    let mut numbers = [0.0; 3];
    for number in &mut numbers {
        let word = words.next().ok_or_else(expected)?;
        *number = word.parse().ok().filter(|number: &f32| number.is_finite()).ok_or_else(expected)?;
    }
    if words.next().is_some() { Err(expected()) } else { Ok(numbers) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lattice(size: usize, f: impl Fn([f32; 3]) -> [f32; 3]) -> Cube {
        let mut text = format!("TITLE \"Test\"\n# a comment\nLUT_3D_SIZE {size}\n\n");
        let unit = |i: usize| i as f32 / (size - 1) as f32;
        for i in 0..size.pow(3) {
            let [r, g, b] = f([unit(i % size), unit(i / size % size), unit(i / size / size)]);
            text += &format!("{r} {g} {b}\n");
        }
        Cube::parse(&text).expect("a table")
    }

    /// Interpolation between all eight corners of a cell.
    fn trilinear(cube: &Cube, color: Bgr) -> [f32; 3] {
        let Table::Lattice { size, entries } = &cube.table else { panic!("a lattice") };
        let places = cube.places(color, *size);
        let mut sum = [0.0; 3];
        for corner in 0..8 {
            let (mut weight, mut index) = (1.0, 0);
            for (axis, place) in places.iter().enumerate() {
                let far = corner >> axis & 1;
                weight *= if far == 1 { place.fraction } else { 1.0 - place.fraction };
                index += (place.step + far) * size.pow(axis as u32);
            }
            (0..3).for_each(|i| sum[i] += weight * entries[index][i]);
        }
        sum
    }

    fn colors() -> impl Iterator<Item = Bgr> {
        (0..1000).map(|i| Bgr { b: (i % 10) as f32 / 9.0, g: (i / 10 % 10) as f32 / 9.0, r: (i / 100) as f32 / 9.0 })
    }

    #[test]
    fn tetrahedral_and_trilinear_agree_on_tables_that_are_linear_in_each_cell() {
        let cube = lattice(5, |[r, g, b]| [0.2 * r + 0.5 * g + 0.1, 1.0 - b, 0.5 * (r + b)]);
        for color in colors() {
            let Bgr { b, g, r } = cube.look_up(color);
            for (a, b) in [r, g, b].into_iter().zip(trilinear(&cube, color)) {
                assert!((a - b).abs() < 1e-5, "{color:?}");
            }
        }
    }

    #[test]
    fn greys_pass_along_the_diagonal_alone() {
        // A table that is right on greys only: tetrahedra keep them, eight corners do not.
        let cube = lattice(2, |[r, g, b]| if r == g && g == b { [r, g, b] } else { [0.9, 0.1, 0.4] });
        for i in 0..=10 {
            let v = i as f32 / 10.0;
            let Bgr { b, g, r } = cube.look_up(Bgr { b: v, g: v, r: v });
            assert!([b, g, r].iter().all(|sample| (sample - v).abs() < 1e-6));
        }
    }

    #[test]
    fn identities_change_nothing() {
        let curves = Cube::parse("LUT_1D_SIZE 3\n0 0 0\n0.5 0.5 0.5\n1 1 1\n").expect("a table");
        for cube in [lattice(2, |color| color), lattice(33, |color| color), curves] {
            for color in colors() {
                let found = cube.look_up(color);
                assert!((found.b - color.b).abs() + (found.g - color.g).abs() + (found.r - color.r).abs() < 1e-5);
            }
        }
    }

    #[test]
    fn the_domain_scales_what_is_looked_up() {
        let cube = Cube::parse("DOMAIN_MIN 0 0 0\nDOMAIN_MAX 2 2 2\nLUT_1D_SIZE 2\n0 0 0\n1 1 1\n").expect("a table");
        assert_eq!(cube.look_up(Bgr { b: 1.0, g: 0.5, r: 7.0 }), Bgr { b: 0.5, g: 0.25, r: 1.0 });
        assert_eq!(cube.look_up(Bgr { b: f32::NAN, g: -1.0, r: 0.0 }), Bgr { b: 0.0, g: 0.0, r: 0.0 });
    }

    #[test]
    fn errors_name_the_line_and_what_was_expected() {
        for (text, message) in [
            ("", "neither LUT_1D_SIZE nor LUT_3D_SIZE is given"),
            ("LUT_3D_SIZE 2\n0 0 0\n", "LUT_3D_SIZE 2 needs 8 colours, the file has 1"),
            ("LUT_3D_SIZE 1\n", "line 1: expected a whole number from 2 to 256, got '1'"),
            ("LUT_1D_SIZE 2\n0 0 0\n1 1\n", "line 3: expected three numbers, got '1 1'"),
            ("LUT_1D_SIZE 2\n0 0 nan\n", "line 2: expected three numbers, got '0 0 nan'"),
            ("LUT_1D_SIZE 2\n0 0 0\n1 1 1\n1 1 1\n", "line 4: more than the 2 colours of LUT_1D_SIZE 2"),
            ("\n0 0 0\n", "line 2: a colour comes before LUT_1D_SIZE or LUT_3D_SIZE"),
            ("LUT_1D_SIZE 2\nLUT_3D_SIZE 2\n", "line 2: LUT_3D_SIZE 2 after LUT_1D_SIZE 2; a file holds one table"),
            ("DOMAIN_MIN 1 0 0\nLUT_1D_SIZE 2\n0 0 0\n1 1 1\n", "DOMAIN_MIN is not below DOMAIN_MAX"),
        ] {
            assert_eq!(Cube::parse(text).map_err(|error| error.to_string()), Err(message.to_owned()));
        }
        let unknown = Cube::parse("LUT_4D_SIZE 2\n").expect_err("no such keyword").to_string();
        assert!(unknown.starts_with("line 1: unknown keyword 'LUT_4D_SIZE'; the format knows TITLE"), "{unknown}");
    }

    #[test]
    fn titles_lose_their_quotes() {
        assert_eq!(lattice(2, |color| color).title(), Some("Test"));
        assert_eq!(Cube::parse("TITLE \"\"\nLUT_1D_SIZE 2\n0 0 0\n1 1 1").expect("a table").title(), None);
    }
}
