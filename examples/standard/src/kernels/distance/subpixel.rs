//! Distances from edges between pixels: S. Wittens, *Sub-pixel Distance Transform* (acko.net, 2023).
//!
//! What a pixel on an edge is covered by says where in it the edge runs. From each pixel an arrow points to the nearest edge; arrows go
//! on along columns, then along rows (after P. F. Felzenszwalb, D. P. Huttenlocher, *Distance Transforms of Sampled Functions*, Theory of
//! Computing 8, 2012). Beyond the image, its outermost pixels go on.

use chainner_sdk::{parallel, prelude::*};

/// More than any square of a distance.
const FAR: f32 = 1e10;
/// Half a pixel, and a little less, so that the edge of a white pixel is not the middle of the black one beside it.
const HALF: f32 = 0.4999;
/// Lines for one thread at a time.
const LINES: usize = 16;
/// Pixels along a side of the tiles that columns are turned to rows in.
const TILE: usize = 32;

/// How far each pixel of an image of one channel is from the edge, times `scale`, and `middle` more. Negative distances are outside.
///
/// # Panics
/// When the image does not have one channel.
pub fn signed(image: ImageView<'_>, scale: f32, middle: f32) -> Image {
    assert_eq!(image.channels(), 1, "the caller asks for the channels first");
    if image.samples().is_empty() {
        return image.to_image();
    }
    let [mut outside, mut inside] = arrows(image);
    parallel::for_each_item(&mut [&mut outside, &mut inside], |_, field| field.go_on());
    let width = image.width();
    Image::from_rows(width, image.height(), 1, |y, to| {
        let row = y * width..(y + 1) * width;
        let arrows = outside.arrows[row.clone()].iter().zip(&inside.arrows[row]);
        for ((to, sample), (outside, inside)) in to.iter_mut().zip(image.row(y)).zip(arrows) {
            let [outside, inside] = [outside, inside].map(|arrow| (length(*arrow) - 0.5).max(0.0));
            let distance = match Cover::of(*sample) {
                Cover::Part => sample - 0.5,
                _ if outside >= inside => -outside,
                _ => inside,
            };
            *to = distance * scale + middle;
        }
    })
}

/// To the right and down, in pixels.
type Arrow = [f32; 2];

/// No arrow; what is not a number may be one.
const UNKNOWN: Arrow = [f32::INFINITY; 2];

fn length([x, y]: Arrow) -> f32 {
    (x * x + y * y).sqrt()
}

/// How much of a pixel is in the shape.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cover {
    None,
    Part,
    All,
}

impl Cover {
    fn of(sample: f32) -> Self {
        match sample {
            _ if sample >= 1.0 => Self::All,
            _ if sample > 0.0 => Self::Part,
            _ => Self::None,
        }
    }
}

/// Arrows from pixels to the nearest edge.
struct Field {
    width: usize,
    /// [`UNKNOWN`] where there is none, until all have gone on.
    arrows: Vec<Arrow>,
}

/// For the distances outside and inside of the shape: the arrows of pixels at its edge.
fn arrows(image: ImageView<'_>) -> [Field; 2] {
    let (width, height) = (image.width(), image.height());
    let field = || Field { width, arrows: vec![[0.0; 2]; width * height] };
    let [mut outside, mut inside] = [field(), field()];
    let lines = outside.arrows.chunks_mut(width).zip(inside.arrows.chunks_mut(width));
    parallel::for_each_item(&mut lines.collect::<Vec<_>>(), |y, (outside, inside)| {
        let rows = [y.saturating_sub(1), y, (y + 1).min(height - 1)].map(|y| image.row(y));
        for x in 0..width {
            let (left, right) = (x.saturating_sub(1), (x + 1).min(width - 1));
            let [above, row, below] = rows;
            let around = [
                [above[left], above[x], above[right]],
                [row[left], row[x], row[right]],
                [below[left], below[x], below[right]],
            ];
            [outside[x], inside[x]] = at_edge(&around).map(|(arrow, unknown)| if unknown { UNKNOWN } else { arrow });
        }
    });
    [outside, inside]
}

/// The arrows of the middle one of 3×3 pixels, outside and inside, and whether they are unknown.
fn at_edge(around: &[[f32; 3]; 3]) -> [(Arrow, bool); 2] {
    let own = around[1][1];
    let [[nw, n, ne], [w, _, e], [sw, s, se]] = *around;
    let (arrow, unknown) = match Cover::of(own) {
        Cover::All => ([0.0; 2], [false, true]),
        Cover::None => {
            // The arrow points to a white neighbour, of two opposite ones to the later.
            let white = |sample: f32| Cover::of(sample) == Cover::All;
            let towards = |before: f32, after: f32| match (white(before), white(after)) {
                (_, true) => HALF,
                (true, false) => -HALF,
                (false, false) => 0.0,
            };
            let arrow = [towards(w, e), towards(n, s)];
            if arrow == [0.0; 2] {
                return [(arrow, true), (arrow, false)];
            }
            (arrow, [false; 2])
        }
        Cover::Part => {
            let others = [nw, n, ne, w, e, sw, s, se];
            if others.iter().all(|other| Cover::of(*other) != Cover::None) {
                return [([0.0; 2], false), ([0.0; 2], true)];
            }
            if others.iter().all(|other| Cover::of(*other) != Cover::All) {
                return [([0.0; 2], true), ([0.0; 2], false)];
            }
            let rise =
                [((ne + 2.0 * e + se) - (nw + 2.0 * w + sw)) / 4.0, ((sw + 2.0 * s + se) - (nw + 2.0 * n + ne)) / 4.0];
            let far = (own - 0.5) / length(rise);
            (rise.map(|rise| -far * rise), [false; 2])
        }
    };
    let far = length(arrow);
    if arrow == [0.0; 2] {
        return [(arrow, unknown[0]), (arrow, unknown[1])];
    }
    // From the edge to half a pixel outside and inside: the middle of a pixel that is not on an edge is as far from it.
    let step = arrow.map(|part| if (part / far).abs() > 0.5 { if part > 0.0 { 2 } else { 0 } } else { 1 });
    let there = around[step[1]][step[0]];
    let sign = if there > own {
        1.0
    } else if there < own {
        -1.0
    } else {
        0.0
    };
    let [outside, inside] = [far + HALF * sign, far - HALF * sign].map(|long| arrow.map(|part| part * (long / far)));
    [(outside, unknown[0]), (inside, unknown[1])]
}

impl Field {
    /// Lets arrows go on to all pixels, and then to the nearer ones of those beside.
    fn go_on(&mut self) {
        let height = self.arrows.len() / self.width;
        let mut columns = self.turned();
        let turn = |[x, y]: Arrow| [y, x];
        parallel::for_each_chunk(&mut columns.arrows, LINES * height, |_, arrows| {
            let mut line = Line::default();
            for arrows in arrows.chunks_mut(height) {
                arrows.iter_mut().for_each(|arrow| *arrow = turn(*arrow));
                line.go_on(arrows);
                arrows.iter_mut().for_each(|arrow| *arrow = turn(*arrow));
            }
        });
        *self = columns.turned();
        parallel::for_each_chunk(&mut self.arrows, LINES * self.width, |_, arrows| {
            let mut line = Line::default();
            arrows.chunks_mut(self.width).for_each(|arrows| line.go_on(arrows));
            arrows.iter_mut().filter(|arrow| **arrow == UNKNOWN).for_each(|arrow| *arrow = [0.0; 2]);
        });
        self.relax();
    }

    /// Columns as rows.
    fn turned(&self) -> Self {
        let (width, height) = (self.width, self.arrows.len() / self.width);
        let mut arrows = vec![[0.0; 2]; self.arrows.len()];
        parallel::for_each_chunk(&mut arrows, TILE * height, |tile, arrows| {
            let columns = tile * TILE..(tile * TILE + TILE).min(width);
            for start in (0..height).step_by(TILE) {
                for (i, x) in columns.clone().enumerate() {
                    for y in start..(start + TILE).min(height) {
                        arrows[i * height + y] = self.arrows[y * width + x];
                    }
                }
            }
        });
        Self { width: height, arrows }
    }

    /// Where a pixel near the end of an arrow knows a nearer edge, the arrow goes there. Pixels in their order: each sees what those before
    /// it have found.
    fn relax(&mut self) {
        let (width, height) = (self.width as isize, (self.arrows.len() / self.width) as isize);
        for y in 0..height {
            for x in 0..width {
                let at = (y * width + x) as usize;
                let arrow = self.arrows[at];
                if arrow == [0.0; 2] {
                    continue;
                }
                let mut far = length(arrow);
                let share = (far - 0.5) / far;
                let near = |from: isize, part: f32| {
                    let place = from as f32 + part * share + 0.5;
                    // Rounded down, which takes a call where there is no instruction for it.
                    let whole = place as isize;
                    whole - isize::from(whole as f32 > place)
                };
                let (near_x, near_y) = (near(x, arrow[0]), near(y, arrow[1]));
                for (dx, dy) in [(1, 0), (-1, 0), (0, 1), (0, -1)] {
                    let (to_x, to_y) = (near_x + dx, near_y + dy);
                    let there = to_y.clamp(0, height - 1) * width + to_x.clamp(0, width - 1);
                    let [on_x, on_y] = self.arrows[there as usize];
                    let other = [(to_x - x) as f32 + on_x, (to_y - y) as f32 + on_y];
                    if length(other) < far {
                        far = length(other);
                        self.arrows[at] = other;
                    }
                }
            }
        }
    }
}

/// Memory for a row or column.
#[derive(Default)]
struct Line {
    /// Arrows across the line, and where on the line they point.
    edges: Vec<(f32, f32)>,
    /// Square of the way across; [`FAR`] if it is not known.
    squares: Vec<f32>,
    /// Pixels whose edge is the nearest to some part of the line, and where that begins.
    best: Vec<(usize, f32)>,
}

impl Line {
    /// Gives each pixel the arrow to the nearest edge that one of the line knows.
    fn go_on(&mut self, arrows: &mut [Arrow]) {
        self.edges.clear();
        self.squares.clear();
        self.best.clear();
        let mut nothing = true;
        for (i, [along, across]) in arrows.iter().enumerate() {
            let known = *along != UNKNOWN[0];
            nothing &= !known;
            self.edges.push(if known { (*across, i as f32 + along) } else { (0.0, i as f32) });
            self.squares.push(if known { across * across } else { FAR });
        }
        self.best.push((0, -FAR));
        for (i, &(_, at)) in self.edges.iter().enumerate().skip(1) {
            // What is as far as nothing is never the nearest beside what is known.
            if self.squares[i] == FAR && !nothing {
                continue;
            }
            let begin = loop {
                let Some(&(other, from)) = self.best.last() else { break -FAR };
                let other_at = self.edges[other].1;
                let squares = self.squares[i] - self.squares[other] + at * at - other_at * other_at;
                let begin = squares / (at - other_at) / 2.0;
                // A place that is no number lies behind all others.
                if begin <= from {
                    self.best.pop();
                    if self.best.is_empty() {
                        break begin;
                    }
                } else {
                    break begin;
                }
            };
            self.best.push((i, begin));
        }
        let mut k = 0;
        for (i, arrow) in arrows.iter_mut().enumerate() {
            while self.best.get(k + 1).is_some_and(|(_, from)| *from < i as f32) {
                k += 1;
            }
            let nearest = self.best[k].0;
            let (across, at) = self.edges[nearest];
            let is_known = nearest != i || self.squares[i] != FAR;
            *arrow = if is_known { [at - i as f32, across] } else { UNKNOWN };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A disc, as an exact renderer would draw it.
    fn disc(side: usize, radius: f32) -> Image {
        let middle = side as f32 / 2.0;
        Image::from_rows(side, side, 1, |y, row| {
            for (x, to) in row.iter_mut().enumerate() {
                let parts = (0..16).flat_map(|i| (0..16).map(move |j| (i as f32 + 0.5, j as f32 + 0.5)));
                let inside =
                    |(i, j): &(f32, f32)| (x as f32 + i / 16.0 - middle).hypot(y as f32 + j / 16.0 - middle) < radius;
                *to = parts.filter(inside).count() as f32 / 256.0;
            }
        })
    }

    #[test]
    fn distances_from_a_disc_are_near_the_true_ones() {
        let image = disc(64, 20.3);
        let found = signed(image.view(), 0.01, 0.5);
        for (x, y) in (0..64).flat_map(|x| (0..64).map(move |y| (x, y))) {
            let true_distance = 20.3 - (x as f32 - 31.5).hypot(y as f32 - 31.5);
            let own = (found.view().pixel(x, y)[0] - 0.5) * 100.0;
            // Near its middle, a disc has no nearest edge.
            let tolerance = if true_distance > 15.0 { 0.6 } else { 0.2 };
            assert!((own - true_distance).abs() < tolerance, "{x} {y}: {own} {true_distance}");
        }
    }

    #[test]
    fn hard_edges_lie_between_the_pixels() {
        let image = Image::from_rows(12, 7, 1, |_, row| row[4..8].fill(1.0));
        let row = [-3.5, -2.5, -1.5, -0.5, 0.5, 1.5, 1.5, 0.5, -0.5, -1.5, -2.5, -3.5];
        let found = signed(image.view(), 0.1, 0.5);
        for (found, expected) in found.view().row(3).iter().zip(row) {
            assert!(((found - 0.5) * 10.0 - expected).abs() < 1e-3, "{found} {expected}");
        }
    }

    #[test]
    fn without_an_edge_all_is_in_the_middle() {
        for (width, height, sample) in [(5, 3, 0.0), (5, 3, 1.0), (1, 1, 0.5), (0, 2, 0.0)] {
            let flat = Image::from_rows(width, height, 1, |_, row| row.fill(sample));
            assert!(signed(flat.view(), 0.1, 0.5).view().samples().iter().all(|sample| *sample == 0.5));
        }
    }
}
