//! Random numbers at the corners of a lattice.
//!
//! A shuffled table, looked up once for each axis: K. Perlin, *An Image Synthesizer* (SIGGRAPH 1985).

use crate::kernels::random::Generator;

/// A random number for each corner of a lattice of any number of axes.
#[derive(Debug, Clone)]
pub struct Lattice {
    table: Vec<u32>,
    kinds: u32,
}

impl Lattice {
    /// Numbers of 0..`kinds`, each equally often.
    pub fn new(kinds: u32, seed: u64) -> Self {
        Self { table: Generator::new(seed).permutation(16 * kinds), kinds }
    }

    /// The number of a corner.
    pub fn at<const N: usize>(&self, corner: [i32; N]) -> usize {
        let len = self.table.len() as i32;
        let entry = corner
            .into_iter()
            .rev()
            .fold(0, |entry, place| self.table[place.wrapping_add(entry).rem_euclid(len) as usize] as i32);
        (entry as u32 % self.kinds) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_equally_frequent_and_repeat_with_the_table() {
        let lattice = Lattice::new(16, 5);
        let mut seen = [0; 16];
        for y in 0..256 {
            for x in 0..256 {
                seen[lattice.at([x, y])] += 1;
                assert_eq!(lattice.at([x, y]), lattice.at([x - 256, y + 256]));
            }
        }
        assert_eq!(seen, [4096; 16]);
    }
}
