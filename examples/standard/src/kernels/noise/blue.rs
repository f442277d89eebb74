//! Blue noise: neighbours differ as much as they can, so that a threshold of it shows no lumps.
//!
//! R. Ulichney, *The Void-and-Cluster Method for Dither Array Generation* (1993). The picture tiles.

use crate::kernels::random::Generator;

/// The rank of each pixel, row after row; each of 0..width·height is there once.
///
/// `deviation` is that of the Gaussian by which pixels keep each other away, in pixels.
pub fn ranks(width: usize, height: usize, deviation: f64, seed: u64) -> Vec<u32> {
    let count = width * height;
    let mut order = Generator::new(seed).permutation(count as u32);
    order.truncate((count / 10).max(1));
    let mut crowd = Crowd::new(width, height, deviation);
    order.iter().for_each(|&place| crowd.add(place as usize));
    // Spread the first points evenly: the most crowded moves to where there is most room, until that is where it came from.
    for _ in 0..count {
        let from = crowd.most_crowded();
        crowd.remove(from);
        let to = crowd.most_room();
        crowd.add(to);
        if from == to {
            break;
        }
    }
    let mut ranks = vec![0; count];
    let first = crowd.clone();
    for rank in (0..order.len() as u32).rev() {
        let place = crowd.most_crowded();
        crowd.remove(place);
        ranks[place] = rank;
    }
    crowd = first;
    for rank in order.len() as u32..count as u32 {
        let place = crowd.most_room();
        crowd.add(place);
        ranks[place] = rank;
    }
    ranks
}

/// Points, and how much each place feels of them.
#[derive(Clone)]
struct Crowd {
    width: usize,
    height: usize,
    /// What a point adds to its surroundings, by distance right or left, and down or up.
    influence: Vec<f32>,
    reach: [usize; 2],
    felt: Vec<f32>,
    taken: Vec<bool>,
    blocks: Blocks,
}

impl Crowd {
    fn new(width: usize, height: usize, deviation: f64) -> Self {
        // Beyond four deviations nothing is felt; a picture is nowhere further away than half its size, as it tiles.
        let far = (deviation * 4.0).ceil() as usize;
        let reach = [far.min(width / 2), far.min(height / 2)];
        let fall = |distance: usize| (-((distance * distance) as f64) / (2.0 * deviation * deviation)).exp();
        let influence = (0..=reach[1]).flat_map(|y| (0..=reach[0]).map(move |x| (fall(x) * fall(y)) as f32)).collect();
        let mut crowd = Self {
            width,
            height,
            influence,
            reach,
            felt: vec![0.0; width * height],
            taken: vec![false; width * height],
            blocks: Blocks::new(width, height),
        };
        crowd.blocks.update_all(&crowd.felt, &crowd.taken);
        crowd
    }

    fn most_crowded(&self) -> usize {
        self.blocks.most_crowded()
    }

    fn most_room(&self) -> usize {
        self.blocks.most_room()
    }

    fn add(&mut self, place: usize) {
        self.taken[place] = true;
        self.feel(place, 1.0);
    }

    fn remove(&mut self, place: usize) {
        self.taken[place] = false;
        self.feel(place, -1.0);
    }

    fn feel(&mut self, place: usize, sign: f32) {
        let (x, y) = (place % self.width, place / self.width);
        let span = |at: usize, reach: usize, size: usize| {
            // Both ways, but an even size has only one opposite.
            let back = if 2 * reach == size && reach > 0 { reach - 1 } else { reach };
            (0..=reach + back).map(move |i| ((at + size + i - back) % size, i.abs_diff(back)))
        };
        for (row, down) in span(y, self.reach[1], self.height) {
            for (column, right) in span(x, self.reach[0], self.width) {
                self.felt[row * self.width + column] += sign * self.influence[down * (self.reach[0] + 1) + right];
            }
        }
        let rows = span(y, self.reach[1], self.height).map(|(row, _)| row / Blocks::SIDE);
        for block_y in distinct(rows) {
            for block_x in distinct(span(x, self.reach[0], self.width).map(|(column, _)| column / Blocks::SIDE)) {
                self.blocks.update([block_x, block_y], &self.felt, &self.taken);
            }
        }
    }
}

/// The places without repetitions.
fn distinct(places: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut places: Vec<usize> = places.collect();
    places.sort_unstable();
    places.dedup();
    places
}

/// What is felt at a place, and where it is.
type Place = (f32, usize);

/// The extreme places of each block of the picture, so that those of the whole are found without looking everywhere.
#[derive(Clone)]
struct Blocks {
    width: usize,
    height: usize,
    across: usize,
    /// The taken place that feels most, and the free one that feels least.
    extremes: Vec<[Option<Place>; 2]>,
}

impl Blocks {
    const SIDE: usize = 16;

    fn new(width: usize, height: usize) -> Self {
        let [across, down] = [width, height].map(|size| size.div_ceil(Self::SIDE));
        Self { width, height, across, extremes: vec![[None; 2]; across * down] }
    }

    fn update_all(&mut self, felt: &[f32], taken: &[bool]) {
        for block in 0..self.extremes.len() {
            self.update([block % self.across, block / self.across], felt, taken);
        }
    }

    fn update(&mut self, [block_x, block_y]: [usize; 2], felt: &[f32], taken: &[bool]) {
        let range = |block: usize, size: usize| block * Self::SIDE..((block + 1) * Self::SIDE).min(size);
        let [mut crowded, mut room]: [Option<Place>; 2] = [None, None];
        for y in range(block_y, self.height) {
            for x in range(block_x, self.width) {
                let place = y * self.width + x;
                let felt = felt[place];
                if taken[place] {
                    if crowded.is_none_or(|(most, _)| felt > most) {
                        crowded = Some((felt, place));
                    }
                } else if room.is_none_or(|(least, _)| felt < least) {
                    room = Some((felt, place));
                }
            }
        }
        self.extremes[block_y * self.across + block_x] = [crowded, room];
    }

    fn most_crowded(&self) -> usize {
        let of = self.extremes.iter().filter_map(|[crowded, _]| *crowded);
        of.max_by(|a, b| a.0.total_cmp(&b.0)).map_or(0, |(_, place)| place)
    }

    fn most_room(&self) -> usize {
        let of = self.extremes.iter().filter_map(|[_, room]| *room);
        of.min_by(|a, b| a.0.total_cmp(&b.0)).map_or(0, |(_, place)| place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rank_is_there_once() {
        for (width, height) in [(1, 1), (1, 7), (2, 2), (16, 16), (37, 21)] {
            let mut ranks = ranks(width, height, 1.5, 3);
            ranks.sort_unstable();
            assert!(ranks.into_iter().eq(0..(width * height) as u32), "{width}×{height}");
        }
    }

    #[test]
    fn what_is_felt_is_the_sum_over_all_points() {
        let (width, height) = (20, 9);
        let mut crowd = Crowd::new(width, height, 1.5);
        let points = [3, 19, 40, 41, 100, 179];
        points.iter().for_each(|&point| crowd.add(point));
        crowd.add(7);
        crowd.remove(7);
        for place in 0..width * height {
            let distance = |a: usize, b: usize, size: usize| a.abs_diff(b).min(size - a.abs_diff(b));
            let near = |point: &usize| {
                let (x, y) =
                    (distance(place % width, point % width, width), distance(place / width, point / width, height));
                if x <= 6 && y <= 4 { (-((x * x + y * y) as f64) / 4.5).exp() } else { 0.0 }
            };
            let exact: f64 = points.iter().map(near).sum();
            assert!((f64::from(crowd.felt[place]) - exact).abs() < 1e-5, "{place}");
        }
        let all = |taken: bool| (0..width * height).filter(move |&place| points.contains(&place) == taken);
        let felt = |place: usize| crowd.felt[place];
        assert!(all(true).all(|place| felt(place) <= felt(crowd.most_crowded())));
        assert!(all(false).all(|place| felt(place) >= felt(crowd.most_room())));
    }

    #[test]
    fn neighbours_differ_more_than_in_white_noise() {
        let size = 32;
        let ranks = ranks(size, size, 1.5, 3);
        let mean = (size * size) as f64 / 2.0;
        let neighbours = |x: usize, y: usize| [y * size + (x + 1) % size, (y + 1) % size * size + x];
        let together: f64 = (0..size * size)
            .flat_map(|place| neighbours(place % size, place / size).map(|other| (place, other)))
            .map(|(a, b)| (f64::from(ranks[a]) - mean) * (f64::from(ranks[b]) - mean))
            .sum();
        assert!(together < 0.0, "neighbours are alike");
    }
}
