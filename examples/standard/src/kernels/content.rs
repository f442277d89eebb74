//! Where in an image something is.

use std::ops::Range;

use chainner_sdk::{image::for_each_row, parallel, prelude::*};

use super::place::Rect;

/// The largest number below 1: above a threshold of 1, too, is what is 1.
const ALMOST_ALL: f32 = 1.0 - f32::EPSILON / 2.0;

/// Rows for one thread at a time.
const ROWS: usize = 32;

/// The smallest part that holds all samples of a channel above a threshold; `None` if there are none.
///
/// Each row is searched from both sides, and only where it could make the part larger.
pub fn bounds(image: ImageView<'_>, channel: usize, threshold: f32) -> Option<Rect> {
    let (channels, width) = (image.channels(), image.width());
    let threshold = threshold.min(ALMOST_ALL);
    let sample = |row: &[f32], x: usize| row[x * channels + channel] > threshold;
    let none = [width, usize::MAX, 0, 0];
    let of_rows = |rows: Range<usize>| {
        rows.fold(none, |[left, top, right, bottom], y| {
            let row = image.row(y);
            let is_first = top == usize::MAX;
            let Some(first) = (0..left).find(|&x| sample(row, x)).or_else(|| {
                // Nothing to the left of what is known: anything at all will do for the rows.
                (!is_first).then(|| (left..width).find(|&x| sample(row, x))).flatten()
            }) else {
                return [left, top, right, bottom];
            };
            let last = (right.max(first)..width).rev().find(|&x| sample(row, x)).unwrap_or(first);
            [left.min(first), top.min(y), right.max(last), bottom.max(y)]
        })
    };
    let runs = parallel::map_runs(image.height(), ROWS, of_rows);
    let found = runs.into_iter().fold(none, |a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]);
    let [left, top, right, bottom] = found;
    (top != usize::MAX).then_some(Rect { left, top, right: right + 1, bottom: bottom + 1 })
}

/// Which of several parts is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// One that holds all of them.
    All,
    /// The one nearest to the middle of the image.
    Center,
    /// The one of the largest area.
    Largest,
}

/// The part of an image that is not border: pixels whose samples differ, on average, by more than a tolerance from the median of the
/// outermost pixels. `None` if everything is border.
///
/// Sections are what straight empty rows and columns separate, again and again (G. Nagy and S. Seth, *Hierarchical Representation of
/// Optically Scanned Documents*, 1984, the X-Y cut).
pub fn without_border(image: ImageView<'_>, tolerance: f32, section: Section) -> Option<Rect> {
    let (width, height, channels) = (image.width(), image.height(), image.channels());
    let border = border_color(image);
    let limit = tolerance * channels as f32;
    let mut mask = vec![false; width * height];
    for_each_row(&mut mask, width, |y, mask| {
        differs(image.row(y), &border, limit, mask);
    });
    let whole = trimmed(&mask, width, Rect::of(image))?;
    if section == Section::All {
        return Some(whole);
    }
    let mut sections = Vec::new();
    cut(&mask, width, whole, &mut sections);
    let middle = [width as f64 / 2.0, height as f64 / 2.0];
    let away = |from: usize, to: usize, at: f64| (from as f64 - at).max(at - to as f64).max(0.0);
    let distance = |part: &Rect| away(part.left, part.right, middle[0]).hypot(away(part.top, part.bottom, middle[1]));
    match section {
        Section::Largest => {
            // Of equals the first, where `max_by_key` would take the last.
            sections.into_iter().rev().max_by_key(|part| part.width() * part.height())
        }
        _ => sections.into_iter().min_by(|a, b| distance(a).total_cmp(&distance(b))),
    }
}

/// The median of each channel along the edges of the image.
fn border_color(image: ImageView<'_>) -> Vec<f32> {
    let (width, height) = (image.width(), image.height());
    let sides = (1..height.saturating_sub(1)).flat_map(|y| [(0, y), (width - 1, y)]);
    let ends = (0..width).flat_map(|x| [(x, 0), (x, height - 1)]);
    let mut places: Vec<(usize, usize)> = sides.chain(ends).collect();
    places.sort_unstable();
    places.dedup();
    (0..image.channels())
        .map(|channel| {
            let mut samples: Vec<f32> = places.iter().map(|&(x, y)| image.pixel(x, y)[channel]).collect();
            samples.sort_unstable_by(f32::total_cmp);
            let half = samples.len() / 2;
            if samples.len() % 2 == 1 { samples[half] } else { (samples[half - 1] + samples[half]) / 2.0 }
        })
        .collect()
}

fn differs(row: &[f32], border: &[f32], limit: f32, mask: &mut [bool]) {
    match *border {
        [v] => row.iter().zip(mask).for_each(|(sample, mask)| *mask = (sample - v).abs() > limit),
        [b, g, r] => row.as_chunks::<3>().0.iter().zip(mask).for_each(|(pixel, mask)| {
            *mask = (pixel[0] - b).abs() + (pixel[1] - g).abs() + (pixel[2] - r).abs() > limit;
        }),
        _ => row.chunks_exact(border.len()).zip(mask).for_each(|(pixel, mask)| {
            let sum: f32 = pixel.iter().zip(border).map(|(sample, border)| (sample - border).abs()).sum();
            *mask = sum > limit;
        }),
    }
}

/// Whether something is in each row, and in each column, of a part.
fn profile(mask: &[bool], width: usize, part: Rect) -> [Vec<bool>; 2] {
    let mut columns = vec![false; part.width()];
    let rows = (part.top..part.bottom)
        .map(|y| {
            let row = &mask[y * width..][part.left..part.right];
            columns.iter_mut().zip(row).for_each(|(column, here)| *column |= here);
            row.contains(&true)
        })
        .collect();
    [rows, columns]
}

/// Without empty rows and columns on the outside; `None` if all is empty.
fn trimmed(mask: &[bool], width: usize, part: Rect) -> Option<Rect> {
    let [rows, columns] = profile(mask, width, part);
    let ends = |line: &[bool]| Some((line.iter().position(|&here| here)?, line.iter().rposition(|&here| here)? + 1));
    let ((top, bottom), (left, right)) = (ends(&rows)?, ends(&columns)?);
    Some(Rect { left: part.left + left, top: part.top + top, right: part.left + right, bottom: part.top + bottom })
}

/// Stretches in which something is everywhere.
fn stretches(line: &[bool]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, &here) in line.iter().chain([&false]).enumerate() {
        match (here, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                found.push((from, at));
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// Cuts a part along empty rows, else along empty columns, until there are none.
fn cut(mask: &[bool], width: usize, part: Rect, sections: &mut Vec<Rect>) {
    let [rows, columns] = profile(mask, width, part);
    let (rows, columns) = (stretches(&rows), stretches(&columns));
    match (rows.as_slice(), columns.as_slice()) {
        ([(top, bottom)], [(left, right)]) => sections.push(Rect {
            left: part.left + left,
            top: part.top + top,
            right: part.left + right,
            bottom: part.top + bottom,
        }),
        _ => {
            for (top, bottom) in &rows {
                for (left, right) in &columns {
                    let inner = Rect {
                        left: part.left + left,
                        top: part.top + top,
                        right: part.left + right,
                        bottom: part.top + bottom,
                    };
                    if let Some(inner) = trimmed(mask, width, inner) {
                        cut(mask, width, inner, sections);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn boxes(width: usize, height: usize, boxes: &[(Rect, f32)]) -> Image {
        Image::from_pixels(width, height, |x, y| {
            let inside = |part: &Rect| (part.left..part.right).contains(&x) && (part.top..part.bottom).contains(&y);
            Gray { value: boxes.iter().find(|(part, _)| inside(part)).map_or(0.0, |(_, value)| *value) }
        })
    }

    fn rect([left, top, right, bottom]: [usize; 4]) -> Rect {
        Rect { left, top, right, bottom }
    }

    proptest! {
        #[test]
        fn bounds_hold_all_and_no_more(
            samples in prop::collection::vec(prop_oneof![9 => Just(0.0_f32), 1 => 0.0_f32..=1.0], 1..600),
            width in 1_usize..40, threshold in 0.0_f32..0.9,
        ) {
            let height = samples.len() / width;
            prop_assume!(height > 0);
            let image = ImageView::new(&samples[..width * height], width, height, 1).expect("whole rows");
            let above: Vec<(usize, usize)> =
                (0..width * height).filter(|&i| samples[i] > threshold).map(|i| (i % width, i / width)).collect();
            let plain = (!above.is_empty()).then(|| Rect {
                left: above.iter().map(|at| at.0).min().unwrap_or(0),
                top: above.iter().map(|at| at.1).min().unwrap_or(0),
                right: above.iter().map(|at| at.0 + 1).max().unwrap_or(0),
                bottom: above.iter().map(|at| at.1 + 1).max().unwrap_or(0),
            });
            prop_assert_eq!(bounds(image, 0, threshold), plain);
        }
    }

    #[test]
    fn sections_are_separated_by_straight_gaps() {
        let parts = [[3, 2, 8, 20], [12, 5, 20, 9], [12, 12, 30, 18]].map(rect);
        let image = boxes(40, 30, &parts.map(|part| (part, 1.0)));
        let found = |section| without_border(image.view(), 0.05, section);
        assert_eq!(found(Section::All), Some(rect([3, 2, 30, 20])));
        assert_eq!(found(Section::Largest), Some(parts[2]));
        assert_eq!(found(Section::Center), Some(parts[2]));
        // What encloses another is one with it.
        let ring = [([14, 14, 26, 26], 0.0), ([10, 10, 30, 29], 1.0)].map(|(part, value)| (rect(part), value));
        assert_eq!(without_border(boxes(40, 40, &ring).view(), 0.05, Section::Largest), Some(rect([10, 10, 30, 29])));
    }

    #[test]
    fn the_border_is_the_median_and_may_be_all() {
        let image = boxes(20, 20, &[(rect([0, 0, 1, 4]), 1.0), (rect([5, 5, 9, 8]), 0.5)]);
        assert_eq!(without_border(image.view(), 0.05, Section::Largest), Some(rect([5, 5, 9, 8])));
        assert_eq!(without_border(boxes(5, 5, &[]).view(), 0.0, Section::Center), None);
    }
}
